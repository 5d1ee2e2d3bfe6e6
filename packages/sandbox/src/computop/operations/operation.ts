import type { Json } from "../../control/fault.ts";
import type { Answer } from "../../control/journal.ts";
import type { Bank } from "../bank.ts";
import type { Worked } from "../idempotency.ts";
import type { Merchant } from "../merchants.ts";
import type { Outcome } from "../outcomes.ts";
import { errorAnswer, refuse, SERVER_ERROR } from "../response-codes.ts";

export interface Asked {
  readonly merchant: Merchant;
  /** From the path; empty where the path has none. */
  readonly id: string;
  readonly body: Json;
  /** Asked for by a script; without it amount and card decide. */
  readonly outcome: Outcome | undefined;
  /** Where this wire is served: the hosted page stands there. */
  readonly origin: string;
}

/** A POST, which an idempotency key may guard. */
export type Operation = (asked: Asked, bank: Bank) => Worked;
/** A GET. */
export type LookUp = (asked: Asked, bank: Bank) => Answer;

/** What a 500 says; no page documents its code. */
export const brokenAnswer: Answer = errorAnswer(500, {
  responseCode: SERVER_ERROR,
  responseDescription: "Internal server error",
});

/** Nothing was written, and the caller is told of a server error. */
export const nothingWorked: Worked = { answer: brokenAnswer, behind: "nothing" };

/**
 * Does a script break or refuse this capture or reversal, which have no issuer to decline them?
 * @throws PaygateRefusal for an outcome that is a 400
 */
export function scriptedEnd(outcome: Outcome | undefined): "not applied" | "applied" | undefined {
  if (outcome?.kind === "refused") throw refuse(outcome.code);
  if (outcome?.kind !== "server-error") return undefined;
  return outcome.applied ? "applied" : "not applied";
}
