import type { JsonObject } from "../../control/fault.ts";
import type { Answer } from "../../control/journal.ts";
import type { Random } from "../../random.ts";
import { digits } from "../../random.ts";
import { refuse, serverError } from "../answers.ts";
import type { Outcome } from "../outcomes.ts";

/** What an authorization or increment came to. */
export interface Verdict {
  readonly status: string;
  readonly applied: number;
  readonly reason: string | null;
  readonly message: string | null;
  readonly responseCode: string;
  /** Applied, but the caller is told of a server error. */
  readonly says: ((now: number) => Answer) | null;
}

/**
 * @param amount minor units asked for
 * @throws WireRefusal where the outcome is a 400, or a 502 without effect
 */
export function verdictOn(outcome: Outcome, amount: number, on: "authorization" | "increment"): Verdict {
  const approved: Verdict = {
    status: "AUTHORIZED",
    applied: amount,
    reason: null,
    message: null,
    responseCode: "00",
    says: null,
  };
  switch (outcome.kind) {
    case "approved":
      return approved;
    case "partial":
      // REST SDK, PtsV2IncrementalAuthorizationPatch201Response has no PARTIAL_AUTHORIZED: there only the amounts tell.
      return {
        ...approved,
        applied: Math.ceil(amount / 2),
        status: on === "authorization" ? "PARTIAL_AUTHORIZED" : "AUTHORIZED",
      };
    case "review":
      return { ...approved, status: "AUTHORIZED_PENDING_REVIEW", reason: outcome.reason, message: outcome.message };
    case "risk-declined":
      return on === "authorization"
        ? { ...approved, status: "AUTHORIZED_RISK_DECLINED", reason: outcome.reason, message: outcome.message }
        : {
            ...approved,
            status: "DECLINED",
            applied: 0,
            reason: outcome.reason,
            message: outcome.message,
            responseCode: "59",
          };
    case "declined":
      return { ...approved, ...outcome, status: "DECLINED", applied: 0 };
    case "refused":
      throw refuse(outcome.reason, `Declined - ${outcome.message}`);
    case "server-error":
      return { ...approved, says: (now) => serverError(outcome.reason, now) };
    default:
      return outcome satisfies never;
  }
}

export function errorInformation({ reason, message }: Verdict): JsonObject {
  return reason === null ? {} : { errorInformation: { reason, message } };
}

export function processorInformation(verdict: Verdict, networkTransactionId: string, random: Random): JsonObject {
  if (verdict.applied === 0) return { responseCode: verdict.responseCode, systemTraceAuditNumber: digits(random, 6) };
  return {
    systemTraceAuditNumber: digits(random, 6),
    approvalCode: digits(random, 6),
    networkTransactionId,
    transactionId: networkTransactionId,
    responseCode: verdict.responseCode,
  };
}
