import type { Network } from "./cards.ts";

export type MovementKind =
  | "authorization"
  | "increment"
  | "capture"
  | "automatic reversal"
  | "reversal"
  | "timeout reversal"
  | "void"
  | "issuer release";

/** One thing that happened to a payment. Amounts are integer minor units of the payment's currency. */
export interface Movement {
  /** The id that CyberSource gave it; increments may carry the original's. */
  readonly id: string;
  readonly kind: MovementKind;
  /** As asked. */
  readonly amount: number;
  /** As it took effect: 0 for a decline, less for a partial approval. */
  readonly applied: number;
  /** CyberSource's status word. */
  readonly status: string;
  readonly reason: string | null;
  /** Our references, as the request carried them. */
  readonly code: string | null;
  readonly transactionId: string | null;
  /** Milliseconds since 1970, the gateway's time. */
  readonly at: number;
  /** The running authorized total right after it. */
  readonly totalAfter: number;
  /** Captures: does it close the authorization? Voids and timeout reversals: which movement they undo (its `key`). */
  readonly closes: boolean;
  readonly undoes: number | null;
  /** Position in the payment, unique. */
  readonly key: number;
}

export interface Payment {
  readonly id: string;
  readonly mid: string;
  readonly currency: string;
  readonly exponent: number;
  readonly network: Network;
  readonly lastFour: string;
  readonly networkTransactionId: string;
  /** `authIndicator`: "0" pre, "1" final, absent undefined. */
  readonly authIndicator: "0" | "1" | null;
  readonly industryDataType: string | null;
  readonly review: "none" | "pending" | "accepted" | "rejected";
  readonly movements: readonly Movement[];
}

export interface Sums {
  readonly authorized: number;
  readonly captured: number;
  readonly released: number;
  readonly held: number;
}

/** What the issuer holds and what was charged, from the movements alone. */
export function sumsOf({ movements }: Payment): Sums {
  const sum = (...kinds: MovementKind[]) =>
    movements.filter(({ kind }) => kinds.includes(kind)).reduce((total, { applied }) => total + applied, 0);
  const authorized = sum("authorization", "increment");
  const captured = sum("capture") - sum("void");
  const released = sum("automatic reversal", "reversal", "timeout reversal", "issuer release");
  return { authorized, captured, released, held: Math.max(0, authorized - captured - released) };
}

export type PaymentState = "declined" | "open" | "captured" | "reversed";

export function stateOf(payment: Payment): PaymentState {
  const { authorized, captured, held } = sumsOf(payment);
  if (authorized === 0) return "declined";
  if (standingCaptures(payment).some(({ closes }) => closes)) return "captured";
  if (held > 0) return "open";
  return captured > 0 ? "captured" : "reversed";
}

/** Captures that no void has undone. */
export function standingCaptures({ movements }: Payment): Movement[] {
  const undone = new Set(movements.filter(({ kind }) => kind === "void").map(({ undoes }) => undoes));
  return movements.filter(({ kind, key }) => kind === "capture" && !undone.has(key));
}

export interface PaymentReport {
  readonly id: string;
  readonly currency: string;
  readonly exponent: number;
  readonly network: Network;
  readonly lastFour: string;
  readonly state: PaymentState;
  readonly review: Payment["review"];
  readonly preAuthorization: boolean;
  readonly sums: Sums;
  readonly movements: readonly MovementReport[];
}

export type MovementReport = Pick<
  Movement,
  "id" | "kind" | "amount" | "applied" | "status" | "reason" | "code" | "transactionId"
> & {
  /** ISO 8601. */
  readonly at: string;
};

/** A payment as the control door tells of it. */
export function reportPayment(payment: Payment): PaymentReport {
  const { id, currency, exponent, network, lastFour, review, authIndicator, movements } = payment;
  const told = movements.map(({ id: movementId, kind, amount, applied, status, reason, code, transactionId, at }) => ({
    id: movementId,
    kind,
    amount,
    applied,
    status,
    reason,
    code,
    transactionId,
    at: new Date(at).toISOString(),
  }));
  const state = stateOf(payment);
  const preAuthorization = authIndicator !== "1";
  return {
    id,
    currency,
    exponent,
    network,
    lastFour,
    state,
    review,
    preAuthorization,
    sums: sumsOf(payment),
    movements: told,
  };
}

export interface BooksReport {
  readonly merchant: string;
  /** By currency, in its minor units. */
  readonly sums: Readonly<Record<string, Sums & { readonly exponent: number }>>;
  readonly payments: readonly PaymentReport[];
}

export function reportBooks(merchant: string, payments: readonly Payment[]): BooksReport {
  const sums: Record<string, Sums & { exponent: number }> = {};
  for (const payment of payments) {
    const one = sumsOf(payment);
    const total = sums[payment.currency] ?? {
      exponent: payment.exponent,
      authorized: 0,
      captured: 0,
      released: 0,
      held: 0,
    };
    sums[payment.currency] = {
      exponent: payment.exponent,
      authorized: total.authorized + one.authorized,
      captured: total.captured + one.captured,
      released: total.released + one.released,
      held: total.held + one.held,
    };
  }
  return { merchant, sums, payments: payments.map(reportPayment) };
}
