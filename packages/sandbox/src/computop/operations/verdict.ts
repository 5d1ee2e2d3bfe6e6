import type { Answer } from "../../control/journal.ts";
import type { Told } from "../answers.ts";
import { answerTo, toldPending } from "../answers.ts";
import type { Bank } from "../bank.ts";
import type { Worked } from "../idempotency.ts";
import type { Outcome } from "../outcomes.ts";
import type { PaygatePayment } from "../payments.ts";
import type { JsonObject } from "../../control/fault.ts";
import { refuse } from "../response-codes.ts";
import { brokenAnswer } from "./operation.ts";

/** What an authorization or increment came to, as the books keep it. */
export interface Verdict {
  readonly status: "AUTHORIZED" | "FAILED";
  readonly applied: number;
  /** The response code of a decline. */
  readonly reason: string | null;
}

/**
 * @param amount minor units asked for
 * @returns null where nothing comes of it but a 500
 * @throws PaygateRefusal where the outcome is a 400
 */
export function verdictOn(outcome: Outcome, amount: number): Verdict | null {
  switch (outcome.kind) {
    case "approved":
    case "pending":
      return { status: "AUTHORIZED", applied: amount, reason: null };
    case "partial":
      return { status: "AUTHORIZED", applied: Math.ceil(amount / 2), reason: null };
    case "declined":
      return { status: "FAILED", applied: 0, reason: outcome.code.responseCode };
    case "refused":
      throw refuse(outcome.code);
    case "server-error":
      return outcome.applied ? { status: "AUTHORIZED", applied: amount, reason: null } : null;
    default:
      return outcome satisfies never;
  }
}

/** How what was written reaches the caller. */
export function worked(
  outcome: Outcome,
  payment: PaygatePayment,
  told: Told,
  { readings }: Bank,
  more: JsonObject = {},
): Worked {
  const truth = answerTo(payment, told, readings, more);
  if (outcome.kind === "server-error") return { answer: brokenAnswer, behind: truth };
  if (outcome.kind === "pending") return { answer: answerTo(payment, toldPending(told), readings, more) };
  return { answer: { ...truth, ...mannerOf(outcome) } };
}

function mannerOf(outcome: Outcome): Pick<Answer, "manner"> {
  return outcome.kind === "approved" && outcome.manner !== undefined ? { manner: outcome.manner } : {};
}
