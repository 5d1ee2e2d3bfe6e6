import type { IncomingHttpHeaders } from "node:http";
import { Agent, type Dispatcher } from "undici";
import { isOver } from "./deadline.ts";

/** One request in the very bytes that go out. */
export interface WireRequest {
  readonly origin: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/**
 * What became of a request. `not_sent` is certain: not one byte of it was written to a connection.
 * `unclear` is everything else that is not a whole answer: it may have been applied.
 */
export type WireResult =
  | { readonly is: "answered"; readonly status: number; readonly contentType: string; readonly body: string }
  | { readonly is: "not_sent"; readonly cause: string }
  | { readonly is: "unclear"; readonly cause: string };

/** Sends once, never throws. An aborted signal ends the wait, also the wait for a connection. */
export type Send = (request: WireRequest, signal: AbortSignal) => Promise<WireResult>;

export interface WireClient {
  readonly send: Send;
  close(): Promise<void>;
}

export interface WireClientOptions {
  /** PEM of the authorities to trust besides the machine's own; for tests and private gateways. */
  readonly ca?: string;
  /** How long a connection may take to stand, TLS included. */
  readonly connectTimeout?: number;
}

/** Answers larger than this are cut off and tell nothing: no gateway's answer to a money call comes near. */
const LARGEST_ANSWER = 256 * 1024;

/**
 * The one way out for money calls: no redirects, no retries, no pipelining, one request a connection at a time.
 * A connection idle over 3 s is not used again: most "resets" are a request written to a connection that the other
 * side had already given up (many servers close after 5 s). The deadline is the caller's signal.
 */
export function createWireClient({ ca, connectTimeout = 10_000 }: WireClientOptions = {}): WireClient {
  const agent = new Agent({
    allowH2: false,
    pipelining: 1,
    keepAliveTimeout: 3_000,
    keepAliveMaxTimeout: 3_000,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: connectTimeout, ...(ca === undefined ? {} : { ca }) },
  });
  return {
    send: (request, signal) => send(agent, request, signal),
    close: () => agent.close(),
  };
}

function send(agent: Dispatcher, request: WireRequest, signal: AbortSignal): Promise<WireResult> {
  const { promise, resolve } = Promise.withResolvers<WireResult>();
  const exchange = new Exchange(resolve, signal);
  const onAbort = () => exchange.giveUp();
  if (isOver(signal)) return Promise.resolve({ is: "not_sent", cause: "aborted" });
  signal.addEventListener("abort", onAbort, { once: true });
  const { origin, method, path, headers, body } = request;
  try {
    agent.dispatch({ origin, method, path, headers: { ...headers }, body }, exchange);
  } catch (error) {
    exchange.onResponseError(null, error);
  }
  return promise.finally(() => signal.removeEventListener("abort", onAbort));
}

/**
 * One request on its way. undici calls `onRequestStart` when a connection stands and right before the first byte of
 * the request is written to it: what fails before that was certainly not sent.
 */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #settle: (result: WireResult) => void;
  readonly #signal: AbortSignal;
  #controller: Dispatcher.DispatchController | null = null;
  #givenUp = false;
  #status = 0;
  #contentType = "";
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(settle: (result: WireResult) => void, signal: AbortSignal) {
    this.#settle = settle;
    this.#signal = signal;
  }

  giveUp(): void {
    this.#givenUp = true;
    if (!this.#controller) return this.#settle({ is: "not_sent", cause: "aborted" });
    this.#settle({ is: "unclear", cause: "timed_out" });
    this.#controller.abort(new Error("timed out"));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (isOver(this.#signal)) this.giveUp();
    if (this.#givenUp) return controller.abort(new Error("given up before it was written"));
    this.#controller = controller;
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status;
    this.#contentType = headers["content-type"] ?? "";
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > LARGEST_ANSWER) {
      this.#settle({ is: "unclear", cause: "answer_too_large" });
      return controller.abort(new Error("answer too large"));
    }
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const body = Buffer.concat(this.#chunks).toString("utf8");
    this.#settle({ is: "answered", status: this.#status, contentType: this.#contentType, body });
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: unknown): void {
    const cause = codeOf(error);
    this.#settle(this.#controller ? { is: "unclear", cause } : { is: "not_sent", cause });
  }
}

/** An error's code and never its message or options: those can quote what was sent. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "failed";
  const inner = error instanceof AggregateError ? error.errors.find(hasCode) : undefined;
  const found = inner ?? error;
  return hasCode(found) ? found.code.toLowerCase() : "failed";
}

function hasCode(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && "code" in error && typeof error.code === "string" && /^\w{1,60}$/.test(error.code);
}
