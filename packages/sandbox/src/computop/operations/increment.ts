import { stateOf, sumsOf } from "../../books/payment.ts";
import { toldOf } from "../answers.ts";
import type { Bank } from "../bank.ts";
import { claimTransId, newId, paymentOf, referencesOf, sameCurrency } from "../bank.ts";
import { takesIncrements } from "../cards.ts";
import type { Worked } from "../idempotency.ts";
import type { Merchant } from "../merchants.ts";
import { notify } from "../notify.ts";
import { outcomeOfAmount } from "../outcomes.ts";
import type { PaygatePayment } from "../payments.ts";
import { isCaptured, lastOf } from "../payments.ts";
import { refusals, refuse } from "../response-codes.ts";
import { incrementSchema, parseWire } from "../wire.ts";
import type { Asked } from "./operation.ts";
import { nothingWorked } from "./operation.ts";
import { verdictOn, worked } from "./verdict.ts";

/**
 * POST /payments/{payId}/incrementals: the amount is what is added. Source: Computop, "Incremental Authorization" ("not
 * the new total"), against the API reference, which calls the same field the total order amount.
 */
export function increment(asked: Asked, bank: Bank): Worked {
  const request = parseWire(incrementSchema, asked.body, bank.readings);
  const payment = paymentOf(asked.merchant, asked.id, bank);
  sameCurrency(payment, request.amount.currency);
  canGrow(payment, asked.merchant);
  claimTransId(asked.merchant, request.transId, false, bank);
  const amount = request.amount.value;
  const outcome = asked.outcome ?? outcomeOfAmount(amount);
  const verdict = verdictOn(outcome, amount);
  if (verdict === null) return nothingWorked;
  const id = newId(bank.random);
  const grown = bank.ledger.post(payment, {
    id,
    kind: "increment",
    amount,
    ...verdict,
    references: referencesOf(request),
  });
  const told = toldOf(lastOf(grown));
  if (verdict.status === "FAILED") loseHold(grown, bank);
  notify(grown, told, "operation", bank);
  return worked(outcome, grown, told, bank);
}

/** @throws PaygateRefusal when this authorization takes no increment: until then nobody has said so */
function canGrow(payment: PaygatePayment, { settings }: Merchant): void {
  if (isCaptured(payment)) throw refuse(refusals.captured);
  if (stateOf(payment) !== "open") throw refuse(refusals.notOpen);
  if (!payment.facts.preAuthorization) throw refuse(refusals.notIncrementable);
  const { card } = payment.facts;
  if (card === null || !takesIncrements(card, settings.acquirer)) throw refuse(refusals.brandTakesNoIncrement);
}

function loseHold(payment: PaygatePayment, { ledger, readings, random }: Bank): void {
  const { held } = sumsOf(payment);
  if (readings.get("declinedIncrement") === "leaves-hold" || held === 0) return;
  const amounts = { amount: held, applied: held };
  ledger.post(payment, { id: newId(random), kind: "issuer release", ...amounts, status: "RELEASED" });
}
