import type { Ledger } from "../books/ledger.ts";
import type { Movement, Payment } from "../books/payment.ts";
import { isExpiry } from "../books/payment.ts";

/** What CyberSource knows of a payment besides its movements. */
export interface CybersourceFacts {
  readonly networkTransactionId: string;
  /** `authIndicator`: "0" pre, "1" final, absent null. */
  readonly authIndicator: "0" | "1" | null;
  readonly industryDataType: string | null;
  readonly review: "none" | "pending" | "accepted" | "rejected";
}

export type CybersourcePayment = Payment<CybersourceFacts>;
export type CybersourceLedger = Ledger<CybersourceFacts>;

/** The newest movement with this transactionId. */
export function byTransactionId(
  ledger: CybersourceLedger,
  mid: string,
  transactionId: string,
): { payment: CybersourcePayment; movement: Movement } | undefined {
  return ledger
    .of(mid)
    .flatMap((payment) => payment.movements.map((movement) => ({ payment, movement })))
    .findLast(({ movement }) => movement.references["transactionId"] === transactionId);
}

/**
 * The payment as CyberSource believes it to be. An issuer that lets an old authorization go tells nobody: CyberSource
 * goes on saying AUTHORIZED, and a reversal that found nothing left to let go has worked all the same.
 */
export function asBelieved(payment: CybersourcePayment): CybersourcePayment {
  const movements = payment.movements
    .filter((movement) => !isExpiry(movement))
    .map((movement) =>
      movement.kind === "reversal" || movement.kind === "timeout reversal"
        ? { ...movement, applied: movement.amount }
        : movement,
    );
  return { ...payment, movements };
}
