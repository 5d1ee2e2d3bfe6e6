import type { MovementKind, PaymentState, Sums } from "../control/reports.ts";

/** One thing that happened to a payment. Amounts are integer minor units of the payment's currency. */
export interface Movement {
  /** As the gateway calls it; several movements may share one id. */
  readonly id: string;
  readonly kind: MovementKind;
  /** As asked. */
  readonly amount: number;
  /** As it took effect: 0 for a decline, less for a partial approval. */
  readonly applied: number;
  /** The gateway's own status word. */
  readonly status: string;
  readonly reason: string | null;
  /** The caller's own references, under the wire's names. */
  readonly references: Readonly<Record<string, string>>;
  /** Milliseconds since 1970, the payment's own time. */
  readonly at: number;
  /** The running authorized total right after it. */
  readonly totalAfter: number;
  /** Captures: does it close the authorization? */
  readonly closes: boolean;
  /** Voids and reversals of one movement: which one they undo (its `key`). */
  readonly undoes: number | null;
  /** Position in the payment, unique. */
  readonly key: number;
}

/**
 * A payment in an imitated gateway's books.
 * @typeParam Facts what only this gateway knows of a payment: a review, a pre-authorization or not
 */
export interface Payment<Facts extends object = object> {
  readonly id: string;
  readonly merchant: string;
  readonly currency: string;
  readonly exponent: number;
  readonly network: string;
  readonly lastFour: string;
  /** Those of the opening, so that a payment that waits for its payer is found by them. */
  readonly references: Readonly<Record<string, string>>;
  readonly movements: readonly Movement[];
  /** By how much its time runs ahead of the gateway's clock, in milliseconds. */
  readonly ahead: number;
  readonly facts: Facts;
}

/** The status of the movement by which an issuer lets an authorization go that has lived too long. */
export const EXPIRED = "EXPIRED";

/** What the issuer holds and what was charged, from the movements alone. */
export function sumsOf({ movements }: Pick<Payment, "movements">): Sums {
  const sum = (...kinds: MovementKind[]) =>
    movements.filter(({ kind }) => kinds.includes(kind)).reduce((total, { applied }) => total + applied, 0);
  const authorized = sum("authorization", "increment", "extension");
  const captured = sum("capture") - sum("void");
  const released = sum("automatic reversal", "reversal", "timeout reversal", "issuer release");
  return { authorized, captured, released, held: Math.max(0, authorized - captured - released) };
}

/** `waiting`: nothing has come of it yet. `expired`: the issuer freed all of it by itself and nothing was charged. */
export function stateOf(payment: Pick<Payment, "movements">): PaymentState {
  const { movements } = payment;
  const { authorized, captured, held } = sumsOf(payment);
  if (movements.length === 0) return "waiting";
  if (authorized === 0) return "declined";
  if (standingCaptures(payment).some(({ closes }) => closes)) return "captured";
  if (held > 0) return "open";
  if (captured > 0) return "captured";
  return movements.some(isExpiry) ? "expired" : "reversed";
}

/** Captures that no void has undone. */
export function standingCaptures({ movements }: Pick<Payment, "movements">): Movement[] {
  const undone = new Set(movements.filter(({ kind }) => kind === "void").map(({ undoes }) => undoes));
  return movements.filter(({ kind, key }) => kind === "capture" && !undone.has(key));
}

/** Did the issuer let go here because the authorization had lived too long? */
export function isExpiry({ kind, status }: Movement): boolean {
  return kind === "issuer release" && status === EXPIRED;
}
