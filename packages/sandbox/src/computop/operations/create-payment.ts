import { paymentMethods } from "../answers.ts";
import type { Bank } from "../bank.ts";
import { claimTransId } from "../bank.ts";
import type { Card } from "../cards.ts";
import type { Worked } from "../idempotency.ts";
import { notify } from "../notify.ts";
import { refusals, refuse, refuseParameter } from "../response-codes.ts";
import { simulationOf } from "../simulation.ts";
import type { PaymentRequest } from "../wire.ts";
import { parseWire, paymentSchema, sessionSchema } from "../wire.ts";
import { authorize, openWaiting, outcomeOf } from "./authorize.ts";
import { openSession } from "./create-session.ts";
import type { Asked } from "./operation.ts";
import { nothingWorked } from "./operation.ts";
import { verdictOn, worked } from "./verdict.ts";

/** POST /payments. Source: Computop Paygate API 2.0.0, "Create payment", HOSTED and DIRECT. */
export function createPayment(asked: Asked, bank: Bank): Worked {
  const request = parseWire(paymentSchema, asked.body, bank.readings);
  if (request.paymentMethods.integrationType === "HOSTED") {
    const hosted = parseWire(sessionSchema, asked.body, bank.readings);
    return openSession(asked, { ...hosted, preAuthorizes: preAuthorizes(request, bank) }, bank);
  }
  const card = cardOf(request, bank);
  const amount = request.amount.value;
  const outcome = outcomeOf(asked.outcome, simulationOf(request), card, amount);
  claimTransId(asked.merchant, request.transId, true, bank);
  if (verdictOn(outcome, amount) === null) return nothingWorked;
  const more = { session: null, preAuthorizes: preAuthorizes(request, bank), urls: request.urls ?? {} };
  const payment = openWaiting(asked.merchant, request, more, bank);
  const written = authorize({ payment, amount, card, outcome }, bank);
  if (written === null) return nothingWorked;
  notify(written.payment, written.told, "operation", bank);
  return worked(outcome, written.payment, written.told, bank, paymentMethods(written.payment));
}

/** @throws PaygateRefusal where there is no card in the field that the reading names, or none that is known */
function cardOf({ paymentMethods: { card } }: PaymentRequest, { readings, cards }: Bank): Card {
  const field = readings.get("tokenField");
  const number = {
    "paymentMethods.card.number": card?.number,
    "paymentMethods.card.pseudoCardNumber": card?.pseudoCardNumber,
    "paymentMethods.card.prefillInfo.number": card?.prefillInfo?.number,
  }[field];
  if (number === undefined) throw refuseParameter("missing", field);
  const found = cards.find(number);
  if (found === undefined) throw refuse(refusals.cardInvalid);
  return found;
}

function preAuthorizes({ paymentMethods: { card } }: PaymentRequest, { readings }: Bank): boolean {
  return readings.get("eventToken") === "pre-authorizes" && card?.eventToken === "PRE_AUTH";
}
