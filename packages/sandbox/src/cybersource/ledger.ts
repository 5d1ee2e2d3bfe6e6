import type { Clock } from "../clock.ts";
import type { Operation } from "../control/fault.ts";
import type { Movement, Payment } from "./books.ts";
import { sumsOf } from "./books.ts";

/** What an operation writes; the ledger adds when, where and the running total. */
export type Posting = Pick<Movement, "id" | "kind" | "amount" | "applied" | "status"> &
  Partial<Pick<Movement, "reason" | "code" | "transactionId" | "closes" | "undoes">>;

export interface Accepted {
  readonly mid: string;
  readonly operation: Operation;
  readonly code: string;
  readonly at: number;
}

/** The imitated gateway's memory: all payments of all merchants. */
export interface Ledger {
  open(payment: Omit<Payment, "movements" | "review">, posting: Posting): Payment;
  post(payment: Payment, posting: Posting): Payment;
  review(payment: Payment, review: Payment["review"]): Payment;
  of(mid: string): Payment[];
  /** By the original's id, or by the id of any of its movements. */
  byAnyId(mid: string, id: string): Payment | undefined;
  /** The newest movement with this transactionId. */
  byTransactionId(mid: string, transactionId: string): { payment: Payment; movement: Movement } | undefined;
  accept(accepted: Accepted): void;
  acceptedWith(mid: string, code: string): Accepted[];
  clear(): void;
}

export function createLedger(clock: Clock): Ledger {
  const payments = new Map<string, Payment>();
  const accepted: Accepted[] = [];
  const keep = (payment: Payment): Payment => {
    payments.set(payment.id, payment);
    return payment;
  };
  const of = (mid: string) => [...payments.values()].filter((payment) => payment.mid === mid);
  const post = (payment: Payment, posting: Posting) =>
    keep(posted(payments.get(payment.id) ?? payment, posting, clock.now()));
  return {
    open: (payment, posting) => post({ ...payment, review: "none", movements: [] }, posting),
    post,
    review: (payment, review) => keep({ ...(payments.get(payment.id) ?? payment), review }),
    of,
    byAnyId: (mid, id) =>
      of(mid).find((payment) => payment.id === id || payment.movements.some((movement) => movement.id === id)),
    byTransactionId: (mid, transactionId) =>
      of(mid)
        .flatMap((payment) => payment.movements.map((movement) => ({ payment, movement })))
        .findLast(({ movement }) => movement.transactionId === transactionId && isAsked(movement)),
    accept: (one) => void accepted.push(one),
    acceptedWith: (mid, code) => accepted.filter((one) => one.mid === mid && one.code === code),
    clear: () => {
      payments.clear();
      accepted.length = 0;
    },
  };
}

/** A timeout reversal or void quotes the transactionId of what it undoes; it must not find itself. */
function isAsked({ kind }: Movement): boolean {
  return kind === "authorization" || kind === "increment" || kind === "capture";
}

function posted(payment: Payment, posting: Posting, at: number): Payment {
  const grows = posting.kind === "authorization" || posting.kind === "increment";
  const movement: Movement = {
    reason: null,
    code: null,
    transactionId: null,
    closes: false,
    undoes: null,
    ...posting,
    at,
    key: payment.movements.length,
    totalAfter: sumsOf(payment).authorized + (grows ? posting.applied : 0),
  };
  return { ...payment, movements: [...payment.movements, movement] };
}
