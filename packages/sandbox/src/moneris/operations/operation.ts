import type { Clock } from "../../clock.ts";
import type { Operation } from "../../control/fault.ts";
import type { Answer } from "../../control/journal.ts";
import type { WireAsked } from "../../control/wire.ts";
import type { Random } from "../../random.ts";
import { digits, hexLetters } from "../../random.ts";
import type { Arrival, Arrivals } from "../arrivals.ts";
import type { Keys } from "../keys.ts";
import type { Merchant } from "../merchants.ts";
import type { HostSays } from "../outcomes.ts";
import type { PaymentMethods } from "../payment-methods.ts";
import type { HostSaid, MonerisLedger, MonerisPayment } from "../payments.ts";
import { invalidValue, keyConflict, notFound, WireRefusal } from "../problems.ts";
import type { MonerisReadings } from "../readings.ts";
import type { Money } from "../requests.ts";

/** What an operation works with: the bank behind the wire. */
export interface Bank {
  readonly ledger: MonerisLedger;
  readonly readings: MonerisReadings;
  readonly clock: Clock;
  readonly random: Random;
  readonly methods: PaymentMethods;
  readonly keys: Keys;
  readonly arrivals: Arrivals;
}

export interface Caller {
  readonly merchant: Merchant;
  readonly arrival: Arrival;
}

export type Asked = WireAsked<Caller>;
export type Handler = (asked: Asked, bank: Bank) => Promise<Answer> | Answer;

/** A request's claim on its idempotency key. */
export interface Claim {
  /** The key conflicts from now on. */
  use(): void;
}

/** @throws WireRefusal 409 when the key was used before, or a request with it is still running */
export async function claimKey(asked: Asked, operation: Operation, key: string, bank: Bank): Promise<Claim> {
  const { merchant, arrival } = asked.caller;
  const running = bank.arrivals.before(arrival, key);
  if (running !== undefined) {
    if (bank.readings.get("keyWhileRunning") === "conflict") throw keyConflict();
    await running;
  }
  const use = { merchant: merchant.merchantId, operation, key };
  if (bank.keys.isUsed(use, bank.clock.now())) throw keyConflict();
  return { use: () => bank.keys.use(use, bank.clock.now()) };
}

/** @throws WireRefusal 404 */
export function paymentAt({ caller, params }: Asked, { ledger }: Bank): MonerisPayment {
  const id = params["id"] ?? "";
  const payment = ledger.byId(caller.merchant.merchantId, id);
  if (payment === undefined) throw notFound(instanceOf(id));
  return payment;
}

/** @throws WireRefusal when the request is in another currency than the payment */
export function sameCurrency(payment: MonerisPayment, { currency }: Money): void {
  if (payment.currency !== currency)
    throw invalidValue("amount.currency", currency, `The payment is in ${payment.currency}.`);
}

const stateStatus = { "http-400": 400, "http-422": 422, "http-409": 409 } as const;

/** What the payment cannot do, or no longer. */
export function wrongState(payment: MonerisPayment, detail: string, { readings }: Bank): WireRefusal {
  return new WireRefusal({
    status: stateStatus[readings.get("wrongState")],
    title: "INVALID_PAYMENT_STATE",
    category: "INVALID_REQUEST_ERROR",
    detail,
    instance: instanceOf(payment.id),
  });
}

export function instanceOf(id: string): string {
  return `/payments/${id}`;
}

/** `pi01` and 26 letters: no run of digits can be taken for a card number. */
export function newPaymentId(random: Random): string {
  return `pi01${hexLetters(random, 26)}`;
}

export function hostSaid(says: HostSays, approved: boolean, random: Random): HostSaid {
  const uniqueId = hexLetters(random, 32).toLowerCase();
  return { ...says, uniqueId, authorizationCode: approved ? digits(random, 6) : null };
}

/** The caller's references as the books keep them. */
export function referencesOf(given: Readonly<Record<string, string | null | undefined>>): Record<string, string> {
  const defined: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) if (typeof value === "string") defined[name] = value;
  return defined;
}
