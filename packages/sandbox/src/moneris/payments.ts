import type { Ledger } from "../books/ledger.ts";
import type { Movement, Payment } from "../books/payment.ts";
import { standingCaptures, sumsOf } from "../books/payment.ts";
import type { Card } from "./cards.ts";
import { takesZeroIncrement } from "./cards.ts";
import type { HostSays } from "./outcomes.ts";
import type { NamedMethod } from "./payment-methods.ts";
import type { MonerisReadings } from "./readings.ts";

/** What the host said of the newest transaction: `transactionDetails`. */
export interface HostSaid extends HostSays {
  readonly uniqueId: string;
  /** Null for a decline. */
  readonly authorizationCode: string | null;
}

/** What Moneris knows of a payment besides its movements. */
export interface MonerisFacts {
  readonly orderId: string | null;
  readonly invoiceNumber: string | null;
  /** Marked for increments when it was made. */
  readonly incrementable: boolean;
  readonly card: Card;
  readonly paymentMethodId: string;
  readonly source: NamedMethod["source"];
  readonly ecommerceIndicator: string;
  readonly customData: Readonly<Record<string, string>> | null;
  readonly host: HostSaid;
}

export type MonerisPayment = Payment<MonerisFacts>;
export type MonerisLedger = Ledger<MonerisFacts>;

/** `released`: the issuer let go of all of it by itself. `spent`: partial completions took all. */
export type Phase = "declined" | "open" | "completed" | "canceled" | "released" | "spent";

export function phaseOf(payment: MonerisPayment): Phase {
  const { movements } = payment;
  const { authorized, held } = sumsOf(payment);
  if (authorized === 0) return "declined";
  if (isCanceled(payment)) return "canceled";
  if (standingCompletions(payment).some(({ closes }) => closes)) return "completed";
  if (held > 0) return "open";
  return movements.some(({ kind }) => kind === "issuer release") ? "released" : "spent";
}

/** Completions that were approved and that no cancel has undone. */
export function standingCompletions(payment: MonerisPayment): Movement[] {
  return standingCaptures(payment).filter(({ status }) => status !== "DECLINED");
}

export function isCanceled({ movements }: MonerisPayment): boolean {
  return movements.some(({ kind, status }) => kind === "reversal" && status === "CANCELED");
}

/** Those that took effect, $0 ones too. */
export function approvedIncrements({ movements }: MonerisPayment): Movement[] {
  return movements.filter(
    ({ kind, status }) => (kind === "increment" || kind === "extension") && status === "INCREMENTED",
  );
}

const DAY_MS = 86_400_000;

/** "Incremental Authorization": a $0 increment asks for 30 days, for example. */
const EXTENDED_MS = 30 * DAY_MS;

/** How long the issuer keeps the money, from `issuerKeepsFrom` on. */
export function issuerKeepsMs(payment: MonerisPayment, readings: MonerisReadings): number {
  const keeps = readings.get("issuerKeeps") === "7d" ? 7 * DAY_MS : 31 * DAY_MS;
  return prolonging(payment, readings)?.kind === "extension" ? Math.max(keeps, EXTENDED_MS) : keeps;
}

export function issuerKeepsFrom(payment: MonerisPayment, readings: MonerisReadings): number {
  const opening = payment.movements.find(({ kind, applied }) => kind === "authorization" && applied > 0);
  return prolonging(payment, readings)?.at ?? opening?.at ?? Number.POSITIVE_INFINITY;
}

/** The newest movement that started the issuer's time anew. */
function prolonging(payment: MonerisPayment, readings: MonerisReadings): Movement | undefined {
  const reading = readings.get("incrementProlongs");
  const increments = reading === "always" || (reading === "mastercard" && isMastercard(payment));
  return approvedIncrements(payment).findLast(({ kind }) => kind === "extension" || increments);
}

function isMastercard({ facts: { card } }: MonerisPayment): boolean {
  return takesZeroIncrement(card.network);
}
