import type { Ledger } from "../books/ledger.ts";
import { createLedger } from "../books/ledger.ts";
import type { Movement } from "../books/payment.ts";
import { sumsOf } from "../books/payment.ts";
import type { Clock } from "../clock.ts";
import type { Outbox } from "../control/notices.ts";
import type { Random } from "../random.ts";
import { hexLetters } from "../random.ts";
import type { PseudoCards } from "./cards.ts";
import type { Merchant } from "./merchants.ts";
import type { PaygateFacts, PaygatePayment } from "./payments.ts";
import { ISSUER_KEEPS_MS, issuerKeepsFrom } from "./payments.ts";
import type { PaygateReadings } from "./readings.ts";
import { refuseParameter } from "./response-codes.ts";

/** What an operation works with: the bank behind the wire. */
export interface Bank {
  readonly ledger: Ledger<PaygateFacts>;
  readonly readings: PaygateReadings;
  readonly clock: Clock;
  readonly random: Random;
  readonly cards: PseudoCards;
  readonly outbox: Outbox;
}

/** `payId` and `xId` alike: 32 characters (Axepta BNP Paribas, answers of getByPayId). */
export function newId(random: Random): string {
  return hexLetters(random, 32).toLowerCase();
}

/** The books, which make a delayed capture when whoever looks finds it due. */
export function createBooks(clock: Clock, random: Random, readings: PaygateReadings): Ledger<PaygateFacts> {
  const ledger = createLedger<PaygateFacts>({
    clock,
    livesMs: () => ISSUER_KEEPS_MS,
    livesFrom: (payment) => issuerKeepsFrom(payment, readings),
  });
  const settled = (payment: PaygatePayment): PaygatePayment => {
    const { captureAt } = payment.facts;
    if (captureAt === null || ledger.now(payment) < captureAt) return payment;
    ledger.update(payment, { captureAt: null });
    return captureHeld(payment, ledger, random);
  };
  const found = (payment: PaygatePayment | undefined) => (payment === undefined ? undefined : settled(payment));
  return {
    ...ledger,
    of: (merchant) => ledger.of(merchant).map(settled),
    byId: (merchant, id) => found(ledger.byId(merchant, id)),
    byAnyId: (merchant, id) => found(ledger.byAnyId(merchant, id)),
    advance: (payment, ms) => settled(ledger.advance(payment, ms)),
  };
}

/** The capture that Paygate makes by itself (captureMethod AUTOMATIC and DELAYED): all that is held. */
export function captureHeld(payment: PaygatePayment, ledger: Ledger<PaygateFacts>, random: Random): PaygatePayment {
  const { held } = sumsOf(payment);
  if (held === 0) return payment;
  const amounts = { amount: held, applied: held };
  const capture = { id: newId(random), kind: "capture", ...amounts, status: "CAPTURED", closes: true } as const;
  return ledger.post(payment, { ...capture, references: payment.references });
}

/** @throws PaygateRefusal where the merchant has no such payment, or its payer has not made it yet */
export function paymentOf({ merchantId }: Merchant, payId: string, { ledger }: Bank): PaygatePayment {
  const payment = ledger.byId(merchantId, payId);
  if (payment?.id !== payId || payment.movements.length === 0) throw refuseParameter("unknown", "payId", 404);
  return payment;
}

export interface References {
  readonly transId: string;
  readonly refNr?: string | undefined;
}

/** As the books keep them. */
export function referencesOf({ transId, refNr }: References): Record<string, string> {
  return refNr === undefined ? { transId } : { transId, refNr };
}

/** @throws PaygateRefusal where the merchant has used this transId before */
export function claimTransId({ merchantId }: Merchant, transId: string, opens: boolean, bank: Bank): void {
  const reading = bank.readings.get("transIdUnique");
  if (reading === "off" || (reading === "payments" && !opens)) return;
  const uses = ({ references }: Pick<Movement, "references">) => references["transId"] === transId;
  const used = bank.ledger
    .of(merchantId)
    .some((payment) => uses(payment) || (reading === "every-operation" && payment.movements.some(uses)));
  if (used) throw refuseParameter("present", "transId");
}

/** @throws PaygateRefusal when the request is in another currency than the authorization */
export function sameCurrency(payment: PaygatePayment, currency: string): void {
  if (payment.currency !== currency) throw refuseParameter("invalid", "amount.currency");
}
