import { sumsOf } from "../../books/payment.ts";
import type { Answer } from "../../control/journal.ts";
import { declinedByIssuer } from "../outcomes.ts";
import { capturableOf, paymentBody } from "../payment-body.ts";
import type { MonerisPayment } from "../payments.ts";
import { phaseOf } from "../payments.ts";
import { invalidValue } from "../problems.ts";
import type { CompletionRequest } from "../requests.ts";
import { completionSchema, parseRequest } from "../requests.ts";
import type { Asked, Bank } from "./operation.ts";
import { claimKey, hostSaid, paymentAt, referencesOf, sameCurrency, wrongState } from "./operation.ts";
import { brokenOff, declineAnswer, scripted, verdictOf } from "./verdict.ts";

/** POST /payments/{payment-id}/complete. Source: OpenAPI 2.6.1, completePayment; "Multiple Completions". */
export async function complete(asked: Asked, bank: Bank): Promise<Answer> {
  const request = parseRequest(completionSchema, asked.body);
  paymentAt(asked, bank);
  const claim = await claimKey(asked, "capture", request.idempotencyKey, bank);
  const payment = paymentAt(asked, bank);
  const amount = amountOf(request, payment);
  canBeCompleted(payment, asked, request, bank);
  fits(amount, request, payment, bank);
  const gone = phaseOf(payment) === "released" && bank.readings.get("lateCompletion") === "declined";
  const verdict = verdictOf(gone ? declinedByIssuer : scripted(asked), amount, bank.readings);
  if (verdict.is === "broken") return brokenOff(verdict.answer, claim);
  const { idempotencyKey, invoiceNumber } = request;
  const posting = { id: payment.id, kind: "capture", amount } as const;
  const references = referencesOf({ idempotencyKey, invoiceNumber });
  if (verdict.is === "declined") {
    if (bank.readings.get("keyAfterDecline") === "used") claim.use();
    bank.ledger.post(payment, { ...posting, applied: 0, status: "DECLINED", reason: verdict.title, references });
    return declineAnswer(verdict, payment.id);
  }
  claim.use();
  const closes = request.finalCompletion;
  const status = closes ? "SUCCEEDED" : "PARTIALLY_COMPLETED";
  const taken = bank.ledger.post(payment, { ...posting, applied: amount, status, closes, references });
  const settled = bank.ledger.update(closes ? letGo(taken, bank) : taken, {
    host: hostSaid(verdict.says, true, bank.random),
  });
  const body = paymentBody(settled, bank.readings, { kind: "completion", amount });
  return verdict.instead ?? { status: 200, body, ...verdict.manner };
}

/** What is not said is everything (OpenAPI 2.6.1: `amount` may be left out). */
function amountOf({ amount }: CompletionRequest, payment: MonerisPayment): number {
  if (amount === undefined || amount === null) return capturableOf(payment);
  sameCurrency(payment, amount);
  return amount.amount;
}

function canBeCompleted(payment: MonerisPayment, { caller }: Asked, request: CompletionRequest, bank: Bank): void {
  const phase = phaseOf(payment);
  if (phase !== "open" && phase !== "released") throw wrongState(payment, `The payment is ${phase}.`, bank);
  if (!request.finalCompletion && !caller.merchant.settings.multipleCompletions)
    throw invalidValue("finalCompletion", false, "The store is not set up for multiple completions.");
}

/** How far above the authorized amount "variances" may go; Moneris gives no figure. */
const VARIANCE_PERCENT = 15;

function fits(
  amount: number,
  { finalCompletion }: CompletionRequest,
  payment: MonerisPayment,
  { readings }: Bank,
): void {
  const zeroIsFine = finalCompletion && readings.get("zeroCompletion") === "releases";
  if (amount === 0 && !zeroIsFine) throw invalidValue("amount.amount", 0, "The amount must be greater than zero.");
  const { authorized } = sumsOf(payment);
  const within = readings.get("completionAbove") === "within-variance";
  const above = within ? Math.floor((authorized * VARIANCE_PERCENT) / 100) : 0;
  if (amount > capturableOf(payment) + above)
    throw invalidValue("amount.amount", amount, "The amount exceeds what can be captured.");
}

function letGo(payment: MonerisPayment, { ledger, readings }: Bank): MonerisPayment {
  const { held } = sumsOf(payment);
  if (held === 0 || readings.get("lowerCompletion") === "stays") return payment;
  const { id } = payment;
  return ledger.post(payment, { id, kind: "automatic reversal", amount: held, applied: held, status: "RELEASED" });
}
