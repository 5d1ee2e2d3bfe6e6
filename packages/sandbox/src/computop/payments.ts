import type { Movement, Payment } from "../books/payment.ts";
import { standingCaptures, sumsOf } from "../books/payment.ts";
import type { Card } from "./cards.ts";
import type { PaygateReadings } from "./readings.ts";
import type { SessionRequest, Urls } from "./wire.ts";

/** What only Paygate's books know of a payment. */
export interface PaygateFacts {
  /** By the merchant's profile when it was authorized: can it be incremented at all? */
  readonly preAuthorization: boolean;
  readonly captureMethod: SessionRequest["captureMethod"];
  /** A delayed capture: when, milliseconds since 1970 in the payment's own time. */
  readonly captureAt: number | null;
  readonly card: Card | null;
  /** What links further authorizations to the first at the card network. */
  readonly schemeReferenceId: string;
  /** The four digits of `Test:nnnn`: nothing was asked of any bank. */
  readonly simulation: string | null;
  readonly urls: Urls;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly session: Session | null;
}

/** A payment that its payer makes on the hosted page. */
export interface Session {
  /** The last part of the page's address; nobody but the merchant and the payer knows it. */
  readonly page: string;
  readonly amount: number;
  /** Milliseconds since 1970, the payment's own time. */
  readonly until: number;
  readonly ended: "paid" | "cancelled" | null;
}

export type PaygatePayment = Payment<PaygateFacts>;

const DAY_MS = 24 * 60 * 60_000;

/** "The 30 day chargeback protection timeframe" (developer.computop.com, "Incremental authorisation"). */
export const ISSUER_KEEPS_MS = 30 * DAY_MS;

export function issuerKeepsFrom({ movements }: PaygatePayment, readings: PaygateReadings): number {
  const approved = movements.filter(({ kind, applied }) => isStep(kind) && applied > 0);
  const counted = readings.get("expiryRunsFrom") === "first" ? approved.at(0) : approved.at(-1);
  return counted?.at ?? Number.POSITIVE_INFINITY;
}

/** The authorization and its increments that no reversal has undone, oldest first. */
export function openSteps({ movements }: PaygatePayment): Movement[] {
  const undone = new Set(movements.filter(({ kind }) => kind === "reversal").map(({ undoes }) => undoes));
  return movements.filter(({ kind, applied, key }) => isStep(kind) && applied > 0 && !undone.has(key));
}

function isStep(kind: Movement["kind"]): boolean {
  return kind === "authorization" || kind === "increment";
}

/** What was just posted. */
export function lastOf({ movements }: PaygatePayment): Movement {
  const last = movements.at(-1);
  if (last === undefined) throw new Error("what was posted stands in the books");
  return last;
}

/** What is authorized and not reversed, captured or not. */
export function standing(payment: PaygatePayment): number {
  return openSteps(payment).reduce((sum, { applied }) => sum + applied, 0);
}

/** What captures may still take, whether or not the issuer has let go meanwhile. */
export function capturable(payment: PaygatePayment): number {
  return standing(payment) - sumsOf(payment).captured;
}

export function isCaptured(payment: PaygatePayment): boolean {
  return standingCaptures(payment).length > 0;
}

/** Is it a hosted payment that its payer has not made? `null` where it is none. */
export function sessionState({ facts: { session } }: PaygatePayment, now: number) {
  if (session === null) return null;
  return session.ended ?? (now < session.until ? "open" : "expired");
}

export function factsTold(payment: PaygatePayment, now: number) {
  const { preAuthorization, captureMethod, simulation } = payment.facts;
  return {
    preAuthorization,
    captureMethod: captureMethod.type,
    simulation,
    session: sessionState(payment, now),
  };
}
