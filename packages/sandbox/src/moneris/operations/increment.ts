import { sumsOf } from "../../books/payment.ts";
import type { Answer } from "../../control/journal.ts";
import { takesZeroIncrement } from "../cards.ts";
import type { Outcome } from "../outcomes.ts";
import { declinedByIssuer, outcomeNamed, outcomeOfAmount } from "../outcomes.ts";
import { paymentBody } from "../payment-body.ts";
import type { MonerisPayment } from "../payments.ts";
import { phaseOf, standingCompletions } from "../payments.ts";
import { invalidValue } from "../problems.ts";
import type { Money } from "../requests.ts";
import { incrementSchema, parseRequest } from "../requests.ts";
import type { Asked, Bank } from "./operation.ts";
import { claimKey, hostSaid, paymentAt, referencesOf, sameCurrency, wrongState } from "./operation.ts";
import type { Verdict } from "./verdict.ts";
import { brokenOff, declineAnswer, verdictOf } from "./verdict.ts";

/** POST /payments/{payment-id}/increment. Source: OpenAPI 2.6.1; the guide "Incremental Authorization": the amount is added. */
export async function increment(asked: Asked, bank: Bank): Promise<Answer> {
  const { idempotencyKey, invoiceNumber, amount: money } = parseRequest(incrementSchema, asked.body);
  paymentAt(asked, bank);
  const claim = await claimKey(asked, "increment", idempotencyKey, bank);
  // Only now: a request that ran with the same key may have changed it.
  const payment = paymentAt(asked, bank);
  canGrow(payment, money, bank);
  const { amount } = money;
  const verdict = verdictOf(outcomeFor(asked, payment, amount, bank), amount, bank.readings);
  if (verdict.is === "broken") return brokenOff(verdict.answer, claim);
  const references = referencesOf({ idempotencyKey, invoiceNumber });
  const grown = write(payment, amount, references, verdict, bank);
  if (verdict.is === "declined") {
    if (bank.readings.get("keyAfterDecline") === "used") claim.use();
    const status = bank.readings.get("declinedIncrementStatus") === "http-422" ? 422 : 400;
    return declineAnswer(verdict, payment.id, status);
  }
  claim.use();
  const body = paymentBody(grown, bank.readings, { kind: "increment", amount });
  return verdict.instead ?? { status: 200, body, ...verdict.manner };
}

/** @throws WireRefusal when this payment takes no increment, or not this one */
function canGrow(payment: MonerisPayment, money: Money, bank: Bank): void {
  sameCurrency(payment, money);
  if (!payment.facts.incrementable)
    throw wrongState(payment, "The payment was not made as an incremental authorization.", bank);
  const phase = phaseOf(payment);
  if (phase === "declined" || phase === "completed" || phase === "canceled" || phase === "spent")
    throw wrongState(payment, `The payment is ${phase}.`, bank);
  if (standingCompletions(payment).length > 0 && bank.readings.get("incrementAfterPartial") === "refused")
    throw wrongState(payment, "A part of the payment is completed.", bank);
  if (money.amount === 0 && !takesZeroIncrement(payment.facts.card.network))
    throw invalidValue("amount.amount", 0, "Only Mastercard takes an increment of 0.");
  if (sumsOf(payment).authorized + money.amount > GREATEST)
    throw invalidValue("amount.amount", money.amount, `The authorized amount may not exceed ${GREATEST}.`);
}

/** OpenAPI 2.6.1, amount: also what `authorizedAmount` can say. */
const GREATEST = 999_999_999;

/** There is nobody left to approve more of what the issuer let go. */
function outcomeFor({ outcome }: Asked, payment: MonerisPayment, amount: number, { readings }: Bank): Outcome {
  if (phaseOf(payment) === "released") return declinedByIssuer;
  const { card } = payment.facts;
  return (
    outcomeNamed(outcome ?? "") ?? (card.declines ? declinedByIssuer : outcomeOfAmount(amount, card.network, readings))
  );
}

function write(
  payment: MonerisPayment,
  amount: number,
  references: Record<string, string>,
  verdict: Exclude<Verdict, { is: "broken" }>,
  { ledger, readings, random }: Bank,
): MonerisPayment {
  const { id } = payment;
  const posting = { id, kind: amount === 0 ? "extension" : "increment", amount, references } as const;
  if (verdict.is === "approved") {
    const host = hostSaid(verdict.says, true, random);
    return ledger.update(ledger.post(payment, { ...posting, applied: verdict.applied, status: "INCREMENTED" }), {
      host,
    });
  }
  const declined = ledger.post(payment, { ...posting, applied: 0, status: "DECLINED", reason: verdict.title });
  const { held } = sumsOf(declined);
  if (held === 0 || readings.get("declinedIncrement") === "leaves-hold") return declined;
  return ledger.post(declined, { id, kind: "issuer release", amount: held, applied: held, status: "RELEASED" });
}
