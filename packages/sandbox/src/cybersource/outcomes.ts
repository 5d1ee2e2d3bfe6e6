import type { Operation } from "../control/fault.ts";
import type { OutcomeReport } from "../control/reports.ts";
import type { Answer } from "../control/journal.ts";
import type { ServerErrorReason } from "./answers.ts";

/** What the imitated issuer, risk engine or processor makes of an authorization or increment. */
export type Outcome =
  | { readonly kind: "approved"; readonly manner?: "slow" | "lost" }
  | {
      readonly kind: "declined";
      readonly reason: string;
      readonly message: string;
      readonly responseCode: string;
      readonly reasonCode: string;
    }
  /** Half of it is authorized (PARTIAL_AUTHORIZED; an increment has no such status and answers AUTHORIZED with the lower amount). */
  | { readonly kind: "partial" }
  /** Held at the issuer; CyberSource asks for a look first. */
  | { readonly kind: "review"; readonly reason: string; readonly message: string }
  /** Held at the issuer, turned down by Decision Manager. */
  | { readonly kind: "risk-declined"; readonly reason: string; readonly message: string }
  /** A flat 400; nothing is applied. */
  | { readonly kind: "refused"; readonly reason: string; readonly message: string }
  /** A 502, with or without effect. */
  | { readonly kind: "server-error"; readonly reason: ServerErrorReason; readonly applied: boolean };

export interface OutcomeRow {
  readonly name: string;
  /** The last two digits of the amount in minor units that ask for it. */
  readonly cents: string | null;
  readonly outcome: Outcome;
}

const decline = (
  cents: string,
  reason: string,
  responseCode: string,
  reasonCode: string,
  message: string,
): OutcomeRow => ({ name: reason, cents, outcome: { kind: "declined", reason, message, responseCode, reasonCode } });

const serverError = (cents: string, name: string, reason: ServerErrorReason, applied: boolean): OutcomeRow => ({
  name,
  cents,
  outcome: { kind: "server-error", reason, applied },
});

/**
 * Which amount gives which outcome, for authorizations and increments: the amount's last two digits decide.
 * CyberSource has no verified amount table for REST, so this one is the sandbox's own; the reasons and statuses are
 * those of PtsV2PaymentsPost201ResponseErrorInformation, the numbers its response code page's.
 * Everything from 00 to 50, and every ending that prices like (…60, 70, 75, 80, 90, 95, 99), is approved.
 */
export const outcomeTable: readonly OutcomeRow[] = [
  decline("51", "INSUFFICIENT_FUND", "51", "204", "The account has insufficient funds."),
  decline("52", "STOLEN_LOST_CARD", "43", "205", "The card was reported stolen or lost."),
  decline("53", "PROCESSOR_DECLINED", "05", "203", "The issuer declined the request without a reason."),
  decline("54", "EXPIRED_CARD", "54", "202", "The card has expired."),
  decline("55", "GENERAL_DECLINE", "05", "233", "The processor declined the request."),
  decline("56", "ISSUER_UNAVAILABLE", "91", "207", "The issuer could not be reached."),
  decline("57", "UNAUTHORIZED_CARD", "57", "208", "The card is inactive or not allowed for this kind of payment."),
  decline("58", "PAYMENT_REFUSED", "05", "223", "The payment was refused."),
  decline("59", "DECISION_PROFILE_REJECT", "59", "481", "Decision Manager rejected the order."),
  decline("61", "EXCEEDS_CREDIT_LIMIT", "61", "210", "The card has reached its credit limit."),
  decline("62", "BLACKLISTED_CUSTOMER", "62", "221", "The customer is on the processor's negative list."),
  decline("63", "SUSPENDED_ACCOUNT", "62", "222", "The account is frozen."),
  decline("64", "CVN_NOT_MATCH", "N7", "209", "The card verification number does not match."),
  decline("65", "CONSUMER_AUTHENTICATION_REQUIRED", "65", "478", "The issuer wants the cardholder to authenticate."),
  decline("66", "PROCESSOR_ERROR", "96", "236", "The processor failed."),
  { name: "PARTIAL_AUTHORIZED", cents: "71", outcome: { kind: "partial" } },
  {
    name: "AUTHORIZED_PENDING_REVIEW",
    cents: "72",
    outcome: {
      kind: "review",
      reason: "DECISION_PROFILE_REVIEW",
      message: "Decision Manager wants a person to review the order.",
    },
  },
  {
    name: "AUTHORIZED_RISK_DECLINED",
    cents: "73",
    outcome: {
      kind: "risk-declined",
      reason: "SCORE_EXCEEDS_THRESHOLD",
      message: "The fraud score exceeds the threshold.",
    },
  },
  {
    name: "PROCESSOR_UNAVAILABLE",
    cents: "81",
    outcome: { kind: "refused", reason: "PROCESSOR_UNAVAILABLE", message: "The processor is not available." },
  },
  serverError("82", "SYSTEM_ERROR", "SYSTEM_ERROR", false),
  serverError("83", "SERVER_TIMEOUT", "SERVER_TIMEOUT", true),
  serverError("84", "SERVICE_TIMEOUT", "SERVICE_TIMEOUT", false),
  { name: "SLOW_APPROVAL", cents: "91", outcome: { kind: "approved", manner: "slow" } },
  { name: "LOST_APPROVAL", cents: "92", outcome: { kind: "approved", manner: "lost" } },
  {
    name: "INVALID_MERCHANT_CONFIGURATION",
    cents: null,
    outcome: {
      kind: "refused",
      reason: "INVALID_MERCHANT_CONFIGURATION",
      message: "The merchant account is not set up for this.",
    },
  },
];

const approved: Outcome = { kind: "approved" };

/** The table as the control door tells of it. */
export const outcomeReports: readonly OutcomeReport[] = [
  {
    name: "AUTHORIZED",
    amounts: "any other ending",
    what: "201 AUTHORIZED",
    operations: ["authorize", "increment"],
    source: "REST SDK, PtsV2PaymentsPost201Response",
  },
  ...outcomeTable.map(({ name, cents, outcome }): OutcomeReport => ({
    name,
    amounts: cents === null ? null : `ends in ${cents}`,
    what: whatOf(outcome),
    operations: operationsOf(outcome),
    source: "the amounts are the sandbox's own; statuses and reasons as in the REST SDK",
  })),
];

function whatOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case "approved":
      return outcome.manner === "slow"
        ? "201, held at once, answered after 12 s"
        : "held, and the connection is cut without an answer";
    case "declined":
      return "201 DECLINED, nothing applied";
    case "partial":
      return "201, half of it held (an increment answers AUTHORIZED with the lower amounts)";
    case "review":
      return "201, held, capture waits for `review(id, decision)`";
    case "risk-declined":
      return "201, held at the issuer all the same (an increment is DECLINED)";
    case "refused":
      return "400, nothing applied";
    case "server-error":
      return `502 ${outcome.reason}, ${outcome.applied ? "applied" : "nothing applied"}`;
  }
}

/** Captures, reversals and voids have no issuer: only what refuses or breaks fits them. */
function operationsOf({ kind }: Outcome): readonly Operation[] {
  const grows: readonly Operation[] = ["authorize", "increment"];
  return kind === "refused" || kind === "server-error"
    ? [...grows, "capture", "reverse", "timeout-reversal", "void", "timeout-void"]
    : grows;
}

export function outcomeOfAmount(minor: number): Outcome {
  const cents = String(minor).padStart(2, "0").slice(-2);
  return outcomeTable.find((row) => row.cents === cents)?.outcome ?? approved;
}

/** How an approval reaches the caller. */
export function mannerOf(outcome: Outcome): Pick<Answer, "manner"> {
  return outcome.kind === "approved" && outcome.manner ? { manner: outcome.manner } : {};
}

export function outcomeNamed(name: string): Outcome | undefined {
  return name === "AUTHORIZED" ? approved : outcomeTable.find((row) => row.name === name)?.outcome;
}

/** What an issuer says to a card that it always declines, and to an authorization that it has let go. */
export const declinedByIssuer: Outcome = outcomeNamed("PROCESSOR_DECLINED") ?? approved;
