import { isExpiry, standingCaptures, stateOf, sumsOf } from "../../books/payment.ts";
import { answerTo, toldOf } from "../answers.ts";
import type { Bank } from "../bank.ts";
import { claimTransId, newId, paymentOf, referencesOf, sameCurrency } from "../bank.ts";
import type { Worked } from "../idempotency.ts";
import { notify } from "../notify.ts";
import type { PaygatePayment } from "../payments.ts";
import { capturable, lastOf } from "../payments.ts";
import { refusals, refuse, refuseParameter } from "../response-codes.ts";
import { followUpSchema, parseWire } from "../wire.ts";
import type { Asked } from "./operation.ts";
import { brokenAnswer, nothingWorked, scriptedEnd } from "./operation.ts";

/**
 * POST /payments/{payId}/captures: at most the sum of the pre-authorization and its increments.
 * Source: Computop, "Incremental Authorization"; Computop Paygate API 2.0.0, "Capture payment".
 */
export function capture(asked: Asked, bank: Bank): Worked {
  const request = parseWire(followUpSchema, asked.body, bank.readings);
  const payment = paymentOf(asked.merchant, asked.id, bank);
  sameCurrency(payment, request.amount.currency);
  canBeCaptured(payment, bank);
  const amount = request.amount.value;
  const most = capturable(payment);
  if (amount > most) throw refuse(refusals.exceeds);
  claimTransId(asked.merchant, request.transId, false, bank);
  const end = scriptedEnd(asked.outcome);
  if (end === "not applied") return nothingWorked;
  const closes = amount === most || bank.readings.get("captures") === "one";
  const taken = bank.ledger.post(payment, {
    id: newId(bank.random),
    kind: "capture",
    amount,
    applied: amount,
    status: "CAPTURED",
    closes,
    references: referencesOf(request),
  });
  const told = toldOf(lastOf(taken));
  if (closes) releaseRest(taken, bank);
  notify(taken, told, "operation", bank);
  const truth = answerTo(taken, told, bank.readings);
  return end === "applied" ? { answer: brokenAnswer, behind: truth } : { answer: truth };
}

/** @throws PaygateRefusal when this authorization takes no (further) capture */
function canBeCaptured(payment: PaygatePayment, { readings }: Bank): void {
  if (standingCaptures(payment).some(({ closes }) => closes)) throw refuse(refusals.captured);
  if (payment.movements.some(isExpiry)) {
    if (readings.get("lateCapture") === "refused") throw refuseParameter("expired", "payId");
    return;
  }
  if (stateOf(payment) !== "open") throw refuse(refusals.notOpen);
}

function releaseRest(payment: PaygatePayment, { ledger, readings, random }: Bank): void {
  const rest = sumsOf(payment).held;
  if (rest === 0 || readings.get("restAfterCapture") === "lapses") return;
  const amounts = { amount: rest, applied: rest };
  ledger.post(payment, { id: newId(random), kind: "automatic reversal", ...amounts, status: "REVERSED" });
}
