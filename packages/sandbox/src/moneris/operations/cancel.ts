import { sumsOf } from "../../books/payment.ts";
import type { Answer } from "../../control/journal.ts";
import { paymentBody } from "../payment-body.ts";
import type { MonerisPayment } from "../payments.ts";
import { phaseOf, standingCompletions } from "../payments.ts";
import { invalidValue } from "../problems.ts";
import { cancelSchema, parseRequest } from "../requests.ts";
import type { Asked, Bank } from "./operation.ts";
import { claimKey, hostSaid, paymentAt, referencesOf, wrongState } from "./operation.ts";
import { brokenOff, declineAnswer, scripted, verdictOf } from "./verdict.ts";

/** POST /payments/{payment-id}/cancel: the whole payment. A single increment has no id by which it could be named. */
export async function cancel(asked: Asked, bank: Bank): Promise<Answer> {
  const request = parseRequest(cancelSchema, asked.body);
  paymentAt(asked, bank);
  const claim = await claimKey(asked, "reverse", request.idempotencyKey, bank);
  const payment = paymentAt(asked, bank);
  if (request.multipleCompletion !== undefined && request.multipleCompletion !== null)
    throw invalidValue("multipleCompletion", null, "The sandbox cancels whole payments only.");
  canBeCanceled(payment, bank);
  const { held } = sumsOf(payment);
  const verdict = verdictOf(scripted(asked), held, bank.readings);
  if (verdict.is === "broken") return brokenOff(verdict.answer, claim);
  const { id } = payment;
  const references = referencesOf({ idempotencyKey: request.idempotencyKey });
  if (verdict.is === "declined") {
    if (bank.readings.get("keyAfterDecline") === "used") claim.use();
    const { title: reason } = verdict;
    bank.ledger.post(payment, {
      id,
      kind: "reversal",
      amount: held,
      applied: 0,
      status: "DECLINED",
      reason,
      references,
    });
    return declineAnswer(verdict, id);
  }
  claim.use();
  const open = bank.readings.get("cancelAfterCompletion") === "voids-all" ? undone(payment, bank) : payment;
  const amount = sumsOf(open).held;
  const canceled = bank.ledger.update(
    bank.ledger.post(open, { id, kind: "reversal", amount, applied: amount, status: "CANCELED", references }),
    { host: hostSaid(verdict.says, true, bank.random) },
  );
  return verdict.instead ?? { status: 200, body: paymentBody(canceled, bank.readings), ...verdict.manner };
}

function canBeCanceled(payment: MonerisPayment, bank: Bank): void {
  const phase = phaseOf(payment);
  if (phase === "declined" || phase === "canceled") throw wrongState(payment, `The payment is ${phase}.`, bank);
  if (standingCompletions(payment).length === 0) return;
  const reading = bank.readings.get("cancelAfterCompletion");
  const nothingLeft = phase === "completed" || phase === "spent";
  if (reading === "refused" || (reading === "releases-rest" && nothingLeft))
    throw wrongState(payment, "The payment is completed, or a part of it.", bank);
}

function undone(payment: MonerisPayment, { ledger }: Bank): MonerisPayment {
  return standingCompletions(payment).reduce(
    (now, { id, applied, key }) =>
      ledger.post(now, { id, kind: "void", amount: applied, applied, status: "CANCELED", undoes: key }),
    payment,
  );
}
