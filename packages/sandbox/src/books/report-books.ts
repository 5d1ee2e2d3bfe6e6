import type { BooksReport, PaymentReport, Sums } from "../control/reports.ts";
import type { Ledger } from "./ledger.ts";
import type { Payment } from "./payment.ts";
import { stateOf, sumsOf } from "./payment.ts";

type Told = PaymentReport["facts"];

/**
 * A payment as the control door tells of it.
 * @param expires when the issuer frees it by itself, milliseconds since 1970 in the payment's own time
 */
export function reportPayment(payment: Payment, expires: number | null, facts: Told): PaymentReport {
  const { id, currency, exponent, network, lastFour, ahead, movements } = payment;
  return {
    id,
    currency,
    exponent,
    network,
    lastFour,
    state: stateOf(payment),
    sums: sumsOf(payment),
    movements: movements.map(({ at, totalAfter: _total, closes: _closes, undoes: _undoes, key: _key, ...told }) => ({
      ...told,
      at: new Date(at).toISOString(),
    })),
    ahead,
    expires: expires === null ? null : new Date(expires).toISOString(),
    facts,
  };
}

/** @param payments in order of opening */
export function reportBooks(merchant: string, payments: readonly PaymentReport[]): BooksReport {
  const sums: Record<string, Sums & { exponent: number }> = {};
  for (const { currency, exponent, sums: one } of payments) {
    const total = sums[currency] ?? { authorized: 0, captured: 0, released: 0, held: 0 };
    sums[currency] = {
      exponent,
      authorized: total.authorized + one.authorized,
      captured: total.captured + one.captured,
      released: total.released + one.released,
      held: total.held + one.held,
    };
  }
  return { merchant, sums, payments };
}

/** What the control door shows and moves of a ledger: `books`, `payment` and `advance` of an imitated gateway. */
export interface ShownBooks {
  books(merchant: string): BooksReport | undefined;
  payment(merchant: string, id: string): PaymentReport | undefined;
  advance(merchant: string, id: string, ms: number): PaymentReport | undefined;
}

/**
 * @param known has this merchant an account here?
 * @param facts what is told of the gateway's own facts
 */
export function shownBooks<Facts extends object>(
  ledger: Ledger<Facts>,
  known: (merchant: string) => boolean,
  facts: (payment: Payment<Facts>) => Told,
): ShownBooks {
  const report = (payment: Payment<Facts>) => reportPayment(payment, ledger.expires(payment), facts(payment));
  const found = (merchant: string, id: string) => ledger.byAnyId(merchant, id);
  return {
    books: (merchant) => (known(merchant) ? reportBooks(merchant, ledger.of(merchant).map(report)) : undefined),
    payment: (merchant, id) => {
      const payment = found(merchant, id);
      return payment === undefined ? undefined : report(payment);
    },
    advance: (merchant, id, ms) => {
      const payment = found(merchant, id);
      return payment === undefined ? undefined : report(ledger.advance(payment, ms));
    },
  };
}
