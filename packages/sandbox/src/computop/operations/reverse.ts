import { stateOf } from "../../books/payment.ts";
import { answerTo, toldOf } from "../answers.ts";
import type { Bank } from "../bank.ts";
import { claimTransId, newId, paymentOf, referencesOf, sameCurrency } from "../bank.ts";
import type { Worked } from "../idempotency.ts";
import { notify } from "../notify.ts";
import { isCaptured, lastOf, openSteps } from "../payments.ts";
import { refusals, refuse } from "../response-codes.ts";
import { followUpSchema, parseWire } from "../wire.ts";
import type { Asked } from "./operation.ts";
import { brokenAnswer, nothingWorked, scriptedEnd } from "./operation.ts";

/**
 * POST /payments/{payId}/reversals: an amount and no target. It takes the last step that still stands: the increments one
 * by one, newest first, then the pre-authorization (developer.computop.com, "Incremental authorisation": "each increment
 * must be reversed individually starting with the latest"). Only before a capture (API reference, "Reverse payment").
 */
export function reverse(asked: Asked, bank: Bank): Worked {
  const request = parseWire(followUpSchema, asked.body, bank.readings);
  const payment = paymentOf(asked.merchant, asked.id, bank);
  sameCurrency(payment, request.amount.currency);
  if (isCaptured(payment)) throw refuse(refusals.captured);
  const last = openSteps(payment).at(-1);
  if (last === undefined || stateOf(payment) !== "open") throw refuse(refusals.notOpen);
  if (request.amount.value !== last.applied && bank.readings.get("reversalAmount") === "must-match")
    throw refuse(refusals.otherAmount);
  claimTransId(asked.merchant, request.transId, false, bank);
  const end = scriptedEnd(asked.outcome);
  if (end === "not applied") return nothingWorked;
  const reversed = bank.ledger.post(payment, {
    id: newId(bank.random),
    kind: "reversal",
    amount: request.amount.value,
    applied: last.applied,
    status: "REVERSED",
    undoes: last.key,
    references: referencesOf(request),
  });
  const told = toldOf(lastOf(reversed));
  notify(reversed, told, "operation", bank);
  const truth = answerTo(reversed, told, bank.readings);
  return end === "applied" ? { answer: brokenAnswer, behind: truth } : { answer: truth };
}
