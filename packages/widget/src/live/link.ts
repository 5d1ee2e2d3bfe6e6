import type { Operation, TRPCLink } from "@trpc/client";
import { TRPCClientError } from "@trpc/client";
import type { AnyTRPCRouter } from "@trpc/server";
import { observable } from "@trpc/server/observable";
import { field } from "./decode.ts";
import { Failed, failureOf, UNREADABLE } from "./failure.ts";
import { eventReader } from "./sse.ts";

/** What a call carries beside its input, in the client's context. */
export interface CallContext extends Record<string, unknown> {
  readonly token: string;
  /** Idempotency key of a mutation. */
  readonly key?: string;
  /** Called whenever bytes arrive on a stream. */
  readonly alive?: () => void;
}

/**
 * A terminating link over `fetch`. Unlike EventSource it can send headers: the token never stands in a URL,
 * and a subscription resumes by `Last-Event-ID` at a constant URL, which needs one preflight and not one a
 * reconnect. It makes one request a call: reconnecting is its caller's rule.
 */
export function fetchLink<R extends AnyTRPCRouter>(endpoint: string, fetch: typeof globalThis.fetch): TRPCLink<R> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        const stop = new AbortController();
        const signal = op.signal ? AbortSignal.any([op.signal, stop.signal]) : stop.signal;
        const call = async (): Promise<void> => {
          const response = await fetch(...request(endpoint, op, signal));
          if (op.type === "subscription" && response.ok) {
            await readStream(response, op, observer.next);
          } else {
            const body: unknown = await response.json().catch(() => undefined);
            observer.next({ result: { type: "data", data: dataOf(response, body) } });
          }
        };
        call().then(
          () => observer.complete(),
          (cause: unknown) => {
            if (!signal.aborted) observer.error(TRPCClientError.from(cause instanceof Error ? cause : new Error()));
          },
        );
        return () => stop.abort();
      });
}

function request(
  endpoint: string,
  { path, type, input, context }: Operation,
  signal: AbortSignal,
): [string, RequestInit] {
  const headers: Record<string, string> = { authorization: `Bearer ${String(context["token"])}` };
  const init: RequestInit = { headers, signal, credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" };
  const url = `${endpoint}/plimsoll/trpc/${path}`;
  if (type === "mutation") {
    headers["content-type"] = "application/json";
    headers["idempotency-key"] = String(context["key"]);
    return [url, { ...init, method: "POST", body: JSON.stringify(input) }];
  }
  if (type === "query")
    return [input === undefined ? url : `${url}?input=${encodeURIComponent(JSON.stringify(input))}`, init];
  const last = field(input, "lastEventId");
  headers["accept"] = "text/event-stream";
  if (typeof last === "string") headers["last-event-id"] = last;
  return [url, init];
}

/** The wire of a tRPC answer: `{result:{data}}` or `{error}`. */
function dataOf({ ok, status }: Response, body: unknown): unknown {
  const result = field(body, "result");
  if (!ok) throw new Failed(failureOf(status, field(body, "error")));
  if (result === undefined) throw new Failed(UNREADABLE);
  return field(result, "data");
}

type Next = (envelope: { result: { type: "data"; id?: string; data: unknown } }) => void;

/** tRPC's stream: `connected`, unnamed messages with an id, `ping`, `return`, `serialized-error`. */
async function readStream(response: Response, { context }: Operation, next: Next): Promise<void> {
  const reader = response.body?.getReader();
  const read = eventReader();
  const { alive } = context;
  for (;;) {
    const chunk = await reader?.read();
    if (!chunk?.value) return;
    if (typeof alive === "function") alive();
    for (const { event, data, id } of read(chunk.value)) {
      if (event === "serialized-error") throw streamError(parse(data));
      if (event === "return") return;
      // Results of `tracked()` reach the client's caller as an id and its data.
      if (event === "") next({ result: { type: "data", ...(id && { id }), data: { id, data: parse(data) } } });
    }
  }
}

function streamError(shape: unknown): Failed {
  const status = field(field(shape, "data"), "httpStatus");
  return new Failed(failureOf(typeof status === "number" ? status : 500, shape));
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Failed(UNREADABLE);
  }
}
