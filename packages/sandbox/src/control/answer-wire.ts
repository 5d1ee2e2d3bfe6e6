import { match } from "path-to-regexp";
import type { MatchFunction } from "path-to-regexp";
import { z } from "zod";
import { carryOut, sendAnswer } from "./carry-out.ts";
import type { Json, Operation } from "./fault.ts";
import type { GatewayParts } from "./gateway-parts.ts";
import type { Answer } from "./journal.ts";
import { redactKeys } from "./journal.ts";
import type { Line, Spoken } from "./line.ts";
import type { Incoming, OpenRoute, Wire, WireRequest, WireRoute } from "./wire.ts";

export type WireParts = Pick<GatewayParts, "faults" | "journal">;

/** A gateway's documented paths, whatever carries them: each request is noted, known, worked on and answered over its line. */
export function createAnswering<Caller>(
  wire: Wire<Caller>,
  parts: WireParts,
): (request: Incoming, line: Line) => Promise<void> {
  const paths = [
    ...(wire.openRoutes ?? []).map((route) => path(route, () => ({ merchant: null, handle: route.handle }))),
    ...wire.routes.map((route) => path(route, (asked) => admitted(wire, asked, route.handle))),
  ];
  const elsewhere: Path = {
    method: "",
    operation: "unknown",
    find: () => false,
    admit: (asked) => admitted(wire, asked, () => wire.notFound(asked)),
  };
  const redact = redactKeys(new Set(wire.secrets));
  return async (incoming, line) => {
    const { pathname, searchParams: query } = new URL(incoming.target, "http://gateway");
    const [to, params] = found(paths, incoming.method, pathname) ?? [elsewhere, {}];
    const { gateway } = wire;
    const { method, target, headers, raw } = incoming;
    const request: WireRequest = { method, target, params, query, headers, raw, body: bodyOf(incoming) };
    const note = parts.journal.open({ gateway, operation: to.operation, method, path: target }, redact);
    const ours = wire.headers?.(request) ?? {};
    const own = withHeaders(line, ours);
    const who = await to.admit(request);
    note({ request: request.body === undefined ? "[no JSON]" : request.body });
    if ("refused" in who) {
      sendAnswer(own, who.refused);
      note({ answer: who.refused, delivery: "whole" });
      return;
    }
    note({ merchant: who.merchant });
    const references = [...Object.values(params), ...wire.references(request)];
    const met =
      to.operation === "unknown" ? undefined : parts.faults.take({ gateway, operation: to.operation, references });
    const apply = (outcome: string | undefined) => answering(() => who.handle({ ...request, outcome }), wire);
    try {
      await carryOut(met, { apply, serverError: (wanted) => wire.serverError(wanted), note }, own);
    } catch (error) {
      // A reset or closing sandbox lets go of what it held; anything else is a fault of ours and must be loud.
      line.cut();
      if (met === undefined) throw error;
    }
  };
}

/** Who asks, and what answers; or the answer to somebody unknown. */
type Admitted =
  | { readonly merchant: string | null; readonly handle: OpenRoute["handle"] }
  | { readonly refused: Answer };

interface Path {
  readonly method: string;
  readonly operation: Operation | "unknown";
  readonly find: MatchFunction<Partial<Record<string, string | string[]>>>;
  readonly admit: (request: WireRequest) => Promise<Admitted> | Admitted;
}

function path({ method, path: form, operation }: Omit<OpenRoute, "handle">, admit: Path["admit"]): Path {
  return { method: method.toUpperCase(), operation, find: match(form), admit };
}

/** The first path that fits, with what it names. */
function found(
  paths: readonly Path[],
  method: string,
  pathname: string,
): [Path, Readonly<Record<string, string>>] | undefined {
  for (const candidate of paths) {
    if (candidate.method !== method) continue;
    const fit = candidate.find(pathname);
    if (fit) return [candidate, paramsSchema.parse(fit.params)];
  }
  return undefined;
}

const paramsSchema = z.record(z.string(), z.string()).catch({});

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

async function answering<Caller>(work: () => Promise<Answer> | Answer, wire: Wire<Caller>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    const answer = wire.refusal(error);
    if (answer === undefined) throw error;
    return answer;
  }
}

/** The same line, on which every answer has these headers too. */
function withHeaders(line: Line, headers: Spoken["headers"]): Line {
  const dressed = (spoken: Spoken) => ({ ...spoken, headers: { ...headers, ...spoken.headers } });
  return {
    get gone() {
      return line.gone;
    },
    send: (spoken) => line.send(dressed(spoken)),
    sendHalf: (spoken) => line.sendHalf(dressed(spoken)),
    cut: () => line.cut(),
    pause: (ms) => line.pause(ms),
  };
}

function bodyOf({ headers, raw }: Incoming): Json | undefined {
  const type = headers["content-type"];
  const form = typeof type === "string" && type.startsWith("application/x-www-form-urlencoded");
  return form ? Object.fromEntries(new URLSearchParams(raw.toString("utf8"))) : parsedJson(raw);
}

const jsonSchema = z.json();

function parsedJson(raw: Buffer): Json | undefined {
  try {
    return raw.length === 0 ? null : jsonSchema.parse(JSON.parse(raw.toString("utf8")));
  } catch {
    return undefined;
  }
}
