import express from "express";
import type { Express, Request, Response } from "express";
import { z } from "zod";
import { carryOut, sendAnswer } from "./carry-out.ts";
import type { Json, Operation, ServerError } from "./fault.ts";
import type { GatewayParts } from "./gateway-parts.ts";
import type { Answer } from "./journal.ts";
import { redactKeys } from "./journal.ts";

/** A request as it came over the wire. */
export interface WireRequest {
  /** Upper case. */
  readonly method: string;
  /** Path with query, as sent. */
  readonly target: string;
  /** What the route's path names: `{ id }`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Nothing re-serialised, nothing re-ordered: signatures cover these bytes. */
  readonly raw: Buffer;
  /** JSON, or a form's fields as strings; null where there is no body, undefined where it is neither. */
  readonly body: Json | undefined;
}

/** A request whose caller is known. */
export interface WireAsked<Caller> extends WireRequest {
  readonly caller: Caller;
  /** The name of an outcome that a script asks for; else amount and card decide. */
  readonly outcome: string | undefined;
}

interface Route<Asked> {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** Express's form: `/payments/:id/increment`. */
  readonly path: string;
  readonly operation: Operation;
  readonly handle: (asked: Asked) => Promise<Answer> | Answer;
}

export type WireRoute<Caller> = Route<WireAsked<Caller>>;
export type OpenRoute = Route<Omit<WireAsked<never>, "caller">>;

export type Authenticated<Caller> =
  | { readonly caller: Caller; readonly merchant: string }
  | { readonly refused: Answer };

/** How one gateway speaks, around what its operations do. */
export interface Wire<Caller> {
  /** As in `fault.gateway`. */
  readonly gateway: string;
  readonly routes: readonly WireRoute<Caller>[];
  /** Those that nobody has to be known for: the token endpoint. */
  readonly openRoutes?: readonly OpenRoute[];
  /** Keys of bodies, asked and answered, whose values no journal keeps: card numbers, secrets, tokens. */
  readonly secrets: readonly string[];
  authenticate(request: WireRequest): Promise<Authenticated<Caller>> | Authenticated<Caller>;
  /** By what a script may mean this request, besides what its path names. */
  references(request: WireRequest): readonly string[];
  /** What the gateway answers where an operation threw its own refusal; undefined for anything else: that is a fault of ours. */
  refusal(error: unknown): Answer | undefined;
  /** "Something broke here", as a script wants it. */
  serverError(error: ServerError): Answer;
  /** To a path that is not imitated. */
  notFound(request: WireRequest): Answer;
  /** On every answer: a correlation id. */
  headers?(request: WireRequest): Readonly<Record<string, string>>;
}

type Parts = Pick<GatewayParts, "faults" | "journal">;

/** Adds a gateway's documented paths to `app`; whatever the gateway serves besides must stand on it already. */
export function serveWire<Caller>(app: Express, wire: Wire<Caller>, parts: Parts): void {
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(express.raw({ type: () => true, limit: "256kb" }));
  for (const { method, path, operation, handle } of wire.openRoutes ?? []) {
    const serve = server(wire, parts, operation, () => ({ merchant: null, handle }));
    app[method](path, (request, response) => serve(request, response));
  }
  for (const { method, path, operation, handle } of wire.routes) {
    const serve = server(wire, parts, operation, (asked) => admitted(wire, asked, handle));
    app[method](path, (request, response) => serve(request, response));
  }
  const elsewhere = (asked: WireRequest) => admitted(wire, asked, () => wire.notFound(asked));
  const serve = server(wire, parts, "unknown", elsewhere);
  app.use((request, response) => serve(request, response));
}

/** Who asks, and what answers; or the answer to somebody unknown. */
type Admitted =
  | { readonly merchant: string | null; readonly handle: OpenRoute["handle"] }
  | { readonly refused: Answer };

async function admitted<Caller>(
  wire: Wire<Caller>,
  request: WireRequest,
  handle: WireRoute<Caller>["handle"],
): Promise<Admitted> {
  const known = await wire.authenticate(request);
  if ("refused" in known) return known;
  const { caller, merchant } = known;
  return { merchant, handle: (asked) => handle({ ...asked, caller }) };
}

function server<Caller>(
  wire: Wire<Caller>,
  { faults, journal }: Parts,
  operation: Operation | "unknown",
  admit: (request: WireRequest) => Promise<Admitted> | Admitted,
): (request: Request, response: Response) => Promise<void> {
  const redact = redactKeys(new Set(wire.secrets));
  return async (incoming, response) => {
    const { gateway } = wire;
    const request = wireRequest(incoming);
    const note = journal.open({ gateway, operation, method: request.method, path: request.target }, redact);
    response.set(wire.headers?.(request) ?? {});
    const who = await admit(request);
    note({ request: request.body === undefined ? "[no JSON]" : request.body });
    if ("refused" in who) {
      sendAnswer(response, who.refused);
      note({ answer: who.refused, delivery: "whole" });
      return;
    }
    note({ merchant: who.merchant });
    const references = [...Object.values(request.params), ...wire.references(request)];
    const met = operation === "unknown" ? undefined : faults.take({ gateway, operation, references });
    const apply = (outcome: string | undefined) => answering(() => who.handle({ ...request, outcome }), wire);
    try {
      await carryOut(met, { apply, serverError: (wanted) => wire.serverError(wanted), note }, response);
    } catch (error) {
      // A reset or closing sandbox lets go of what it held; anything else is a fault of ours and must be loud.
      response.destroy();
      if (met === undefined) throw error;
    }
  };
}

async function answering<Caller>(work: () => Promise<Answer> | Answer, wire: Wire<Caller>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    const answer = wire.refusal(error);
    if (answer === undefined) throw error;
    return answer;
  }
}

const paramsSchema = z.record(z.string(), z.string()).catch({});

function wireRequest({ method, originalUrl: target, params, headers, body }: Request): WireRequest {
  const raw = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const form = headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
  const { searchParams: query } = new URL(target, "http://gateway");
  return {
    method,
    target,
    params: paramsSchema.parse(params),
    query,
    headers,
    raw,
    body: form ? Object.fromEntries(new URLSearchParams(raw.toString("utf8"))) : parsedJson(raw),
  };
}

const jsonSchema = z.json();

function parsedJson(raw: Buffer): Json | undefined {
  try {
    return raw.length === 0 ? null : jsonSchema.parse(JSON.parse(raw.toString("utf8")));
  } catch {
    return undefined;
  }
}
