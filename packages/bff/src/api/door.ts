import { refuse, type Mode } from "@plimsoll/shared";
import { text, type Request, type RequestHandler, type Response } from "express";
import { isKnown, type ApiKeys, type Streams, type Tokens } from "../access/index.ts";
import type { Directory } from "../directory.ts";
import type { Caller } from "./context.ts";
import { accepted, Refused } from "./errors.ts";
import { appRouter } from "./router.ts";

export interface DoorParts {
  readonly keys: ApiKeys;
  readonly tokens: Tokens;
  readonly streams: Streams;
  readonly directory: Directory;
}

/** A request that its door has let in. */
export interface Entered {
  readonly caller: Caller;
  readonly procedure: string;
}

/** The longest body, in bytes. */
const LONGEST = 16 * 1024;

/** Each door takes one kind of credential. */
const KINDS = { widget: "payer", console: "console", merchant: "merchant" } as const;

/** Every procedure by its path, with its type: query, mutation or subscription. */
const flat: Readonly<Record<string, unknown>> = appRouter._def.procedures;
const types: ReadonlyMap<string, unknown> = new Map(
  Object.entries(flat).map(([path, procedure]) => [
    path,
    Reflect.get(Object(Reflect.get(Object(procedure), "_def")), "type"),
  ]),
);

/*
 * Everything that a request is judged by before any procedure sees it: its form, then its credential, then its page.
 * Refused here a stream too gets a real status, which it could not once it has begun.
 */

/** The form: a known procedure, its method, JSON alone, no batch, and nothing of ours in the address. */
export const checkForm: RequestHandler = (request, response, next) => {
  const type = typeOf(procedureOf(request));
  const method = type === "mutation" ? "POST" : "GET";
  if (request.method !== method) {
    response.set("Allow", method);
    throw new Refused(refuse("wrong_method", { method }));
  }
  const content = request.headers["content-type"];
  if (content === undefined ? method === "POST" : !isJson(content)) throw new Refused(refuse("not_json"));
  const extra = Object.keys(request.query).find((name) => name !== "input" && name !== "lastEventId");
  if (extra !== undefined) throw new Refused(refuse("invalid_input", { field: "query" }));
  next();
};

/** The body as it was sent, up to 16 KB; compressed ones are not taken. */
export const readBody: RequestHandler = text({
  type: () => true,
  limit: LONGEST,
  inflate: false,
  defaultCharset: "utf-8",
});

/** The credential and the page that it was given to. */
export async function enter(parts: DoorParts, request: Request, response: Response): Promise<Entered> {
  const procedure = procedureOf(request);
  const caller = await callerOf(parts, request);
  const door = Object.entries(KINDS).find(([name]) => procedure.startsWith(`${name}.`));
  if (door?.[1] !== caller.kind) throw new Refused(refuse("forbidden"));
  if (typeOf(procedure) === "subscription" && caller.kind !== "merchant") {
    takePlace(parts.streams, caller.claims.jti, response);
  }
  return { caller, procedure };
}

function procedureOf(request: Request): string {
  return request.path.slice(1);
}

function typeOf(procedure: string): unknown {
  const type = types.get(procedure);
  if (type === undefined) throw new Refused(refuse("unknown_procedure"));
  return type;
}

function isJson(content: string): boolean {
  return content.split(";", 1)[0]?.trim().toLowerCase() === "application/json";
}

async function callerOf({ keys, tokens, directory }: DoorParts, request: Request): Promise<Caller> {
  const bearer = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (bearer === undefined) throw new Refused(refuse("unauthorized"));
  const { origin } = request.headers;
  if (bearer.startsWith("plim_")) {
    // A secret key in a page is a leak: no browser gets an answer with one.
    if (origin !== undefined) throw new Refused(refuse("forbidden"));
    const key = await keys.find(bearer);
    if (!key || !isServed(directory, key)) throw new Refused(refuse("unauthorized"));
    return { kind: "merchant", key };
  }
  const claims = accepted(await tokens.verify(bearer));
  if (!isServed(directory, claims)) throw new Refused(refuse("unauthorized"));
  if (origin !== claims.origin || !isKnown(origin, directory, claims.merchant))
    throw new Refused(refuse("origin_refused"));
  return claims.scope === "payer" ? { kind: "payer", claims } : { kind: "console", claims };
}

/** A merchant that has left the configuration has no callers either. */
function isServed(directory: Directory, { merchant }: { merchant: string; mode: Mode }): boolean {
  return directory.merchant(merchant) !== undefined;
}

/** Given back when the connection ends, however it ends. */
function takePlace(streams: Streams, token: string, response: Response): void {
  if (!streams.enter(token)) throw new Refused(refuse("too_many_streams"));
  response.once("close", () => streams.leave(token));
}
