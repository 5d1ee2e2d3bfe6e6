import type { OutcomeReport } from "../control/reports.ts";
import type { ResponseCode } from "./response-codes.ts";
import { SERVER_ERROR } from "./response-codes.ts";

/** What the imitated issuer, acquirer or Paygate itself makes of an authorization or increment. */
export type Outcome =
  | { readonly kind: "approved"; readonly manner?: "slow" | "lost" }
  | { readonly kind: "declined"; readonly code: ResponseCode; readonly issuer: string }
  /** Half of it is held, and the answer, which names no amount, does not say so. */
  | { readonly kind: "partial" }
  /** Held, but the answer says PENDING: only a look-up tells. */
  | { readonly kind: "pending" }
  /** A 400 without a payment in it; nothing is applied. */
  | { readonly kind: "refused"; readonly code: ResponseCode }
  /** A 500, with or without effect. */
  | { readonly kind: "server-error"; readonly applied: boolean };

interface OutcomeRow {
  readonly name: string;
  /** The last two digits of the amount in minor units that ask for it. */
  readonly cents: string | null;
  readonly outcome: Outcome;
  readonly what: string;
  readonly source: string;
}

const OWN = "the sandbox's own";

/** `220603` and the issuer's own two characters (ISO 8583, field 39; 1A is the networks' word for an authentication). */
function decline(cents: string, name: string, issuer: string, responseDescription: string, source = OWN): OutcomeRow {
  const responseCode = `220603${issuer}`;
  return {
    name,
    cents,
    outcome: { kind: "declined", code: { responseCode, responseDescription }, issuer },
    what: `FAILED with ${responseCode}, nothing applied`,
    source,
  };
}

/**
 * Which amount gives which outcome, for authorizations and increments: the amount's last two digits decide.
 * Paygate has no amount table: this one is the sandbox's own, in step with that of the other imitated gateways.
 * Everything from 00 to 50, and every ending that is not listed, is approved.
 */
export const outcomeTable: readonly OutcomeRow[] = [
  decline("51", "INSUFFICIENT_FUNDS", "51", "Insufficient funds"),
  decline("52", "STOLEN_LOST_CARD", "43", "The card was reported stolen or lost"),
  decline(
    "53",
    "REJECTED_BY_ISSUER",
    "05",
    "Rejected by acquirer or issuer",
    'Computop, "Simulation": 0305 is a card that the acquirer or issuer rejects',
  ),
  decline("54", "EXPIRED_CARD", "54", "The card has expired"),
  decline("55", "GENERAL_DECLINE", "12", "The transaction is not valid"),
  decline("56", "ISSUER_UNAVAILABLE", "91", "The issuer could not be reached"),
  decline("57", "NOT_PERMITTED", "57", "The card is not allowed for this kind of payment"),
  decline("59", "SUSPECTED_FRAUD", "59", "The issuer suspects fraud"),
  decline("61", "EXCEEDS_LIMIT", "61", "The card has reached its limit"),
  decline("62", "RESTRICTED_CARD", "62", "The card is restricted"),
  decline("65", "AUTHENTICATION_REQUIRED", "1A", "The issuer wants the cardholder to authenticate"),
  {
    name: "ACQUIRER_UNAVAILABLE",
    cents: "81",
    outcome: {
      kind: "refused",
      code: { responseCode: "22060396", responseDescription: "The acquirer is not available" },
    },
    what: "400 with 22060396, nothing applied",
    source: OWN,
  },
  {
    name: "SERVER_ERROR_APPLIED",
    cents: "83",
    outcome: { kind: "server-error", applied: true },
    what: `500 with ${SERVER_ERROR}, applied`,
    source: OWN,
  },
  {
    name: "SERVER_ERROR",
    cents: "84",
    outcome: { kind: "server-error", applied: false },
    what: `500 with ${SERVER_ERROR}, nothing applied`,
    source: OWN,
  },
  {
    name: "SLOW_APPROVAL",
    cents: "91",
    outcome: { kind: "approved", manner: "slow" },
    what: "200, held at once, answered after 12 s",
    source: OWN,
  },
  {
    name: "LOST_APPROVAL",
    cents: "92",
    outcome: { kind: "approved", manner: "lost" },
    what: "held, and the connection is cut without an answer",
    source: OWN,
  },
  {
    name: "PARTIAL_APPROVAL",
    cents: null,
    outcome: { kind: "partial" },
    what: "200 as for an approval, half of it held: only a look-up tells",
    source: OWN,
  },
  {
    name: "PENDING_APPROVAL",
    cents: null,
    outcome: { kind: "pending" },
    what: "200 PENDING with 60000000, held: only a look-up tells",
    source: 'developer.computop.com, "A4 Error codes": a code that begins with 6 is not final yet',
  },
];

const approved: Outcome = { kind: "approved" };

export function outcomeOfAmount(minor: number): Outcome {
  const cents = String(minor).padStart(2, "0").slice(-2);
  return outcomeTable.find((row) => row.cents === cents)?.outcome ?? approved;
}

export function outcomeNamed(name: string): Outcome | undefined {
  return name === "AUTHORIZED" ? approved : outcomeTable.find((row) => row.name === name)?.outcome;
}

/** Captures and reversals have no issuer to decline them: only what refuses or breaks fits. */
export function fitsFollowUps({ kind }: Outcome): boolean {
  return kind === "refused" || kind === "server-error";
}

export function reportOutcomes(): OutcomeReport[] {
  return outcomeTable.map(({ name, cents, outcome, what, source }) => ({
    name,
    amounts: cents === null ? null : `ends in ${cents}`,
    what,
    operations: ["authorize", "increment", ...(fitsFollowUps(outcome) ? ["capture", "reverse"] : [])],
    source,
  }));
}

/** What an issuer says to a card that it always declines. */
export const cardDeclined: Outcome = outcomeNamed("REJECTED_BY_ISSUER") ?? approved;
