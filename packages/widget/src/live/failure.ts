import { maybe, shape, text } from "./decode.ts";

/** Why a call did not succeed, in the words of the BFF where it said any. */
export interface Failure {
  /** One of the contract's codes, or "network" (no answer), "unreadable" (not of the documented form), "http". */
  readonly code: string;
  /** A sentence for a person, in English; empty where nobody said one. */
  readonly message: string;
  /** For support; empty where there is none. */
  readonly reference: string;
  /** HTTP status; 0 without an answer. */
  readonly status: number;
  /** Worth trying again: network, 408, 429, 5xx. */
  readonly passing: boolean;
}

/** What the wire throws: a failure that is also an Error, so that it travels through the tRPC client untouched. */
export class Failed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** A status and body as a failure. The body's `error.data.plimsoll` is the contract's ErrorData. */
export function failureOf(status: number, body: unknown): Failure {
  const said = sayings(body);
  return {
    code: said?.code ?? "http",
    message: said?.message ?? "",
    reference: said?.reference ?? "",
    status,
    passing: passing(status),
  };
}

/** Whatever was thrown on the way, as a failure: one of ours, wrapped by the client or not, else the network's. */
export function asFailure(thrown: unknown): Failure {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (error instanceof Failed) return error.failure;
  }
  return NETWORK;
}

const NETWORK: Failure = { code: "network", message: "", reference: "", status: 0, passing: true };
export const UNREADABLE: Failure = { code: "unreadable", message: "", reference: "", status: 0, passing: false };

const errorShape = shape({
  data: shape({ plimsoll: shape({ code: text, message: text, reference: maybe(text) }) }),
});

function sayings(body: unknown) {
  try {
    return errorShape(body).data.plimsoll;
  } catch {
    return undefined;
  }
}

function passing(status: number): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500;
}
