import { isExpiry, standingCaptures, sumsOf } from "../../books/payment.ts";
import type { Movement } from "../../books/payment.ts";
import type { Answer } from "../../control/journal.ts";
import type { JsonObject } from "../../control/fault.ts";
import type { Told } from "../answers.ts";
import { envelope, paymentMethods, statusWord, toldOf } from "../answers.ts";
import type { Bank } from "../bank.ts";
import type { PaygatePayment } from "../payments.ts";
import { openSteps, sessionState, standing } from "../payments.ts";
import type { PaygateReadings } from "../readings.ts";
import { pending, refuseParameter, succeeded, wrongParameter } from "../response-codes.ts";
import type { Asked } from "./operation.ts";

/** GET /payments/getByPayId/{id}. Source: Computop Paygate API 2.0.0; Axepta BNP Paribas shows a whole answer. */
export function getByPayId({ merchant, id }: Asked, bank: Bank): Answer {
  const payment = bank.ledger.byId(merchant.merchantId, id);
  if (payment?.id !== id) throw refuseParameter("unknown", "payId", 404);
  return details(known(payment, bank), undefined, bank);
}

/** GET /payments/getByTransId/{id}. Source: Computop Paygate API 2.0.0, "Retrieve payment details by Transaction ID". */
export function getByTransId({ merchant, id }: Asked, bank: Bank): Answer {
  const carries = ({ references }: Pick<Movement, "references">) => references["transId"] === id;
  const payments = bank.ledger.of(merchant.merchantId).map((payment) => known(payment, bank));
  const own = payments.findLast(carries);
  if (own !== undefined) return details(own, undefined, bank);
  if (bank.readings.get("lookUpByTransId") === "every-operation") {
    for (const payment of payments.toReversed()) {
      const movement = payment.movements.findLast(carries);
      if (movement !== undefined) return details(payment, movement, bank);
    }
  }
  throw refuseParameter("unknown", "transId", 404);
}

const LAG_MS = { "0s": 0, "20s": 20_000 };

/** The payment as far as a look-up knows it yet. */
function known(payment: PaygatePayment, { ledger, readings }: Bank): PaygatePayment {
  const until = ledger.now(payment) - LAG_MS[readings.get("lookUpLag")];
  return { ...payment, movements: payment.movements.filter(({ at }) => at <= until) };
}

/** @param movement the operation that was asked for; without it the payment */
function details(payment: PaygatePayment, movement: Movement | undefined, bank: Bank): Answer {
  const { readings, ledger } = bank;
  const told = movement === undefined ? toldOfPayment(payment, ledger.now(payment), readings) : toldOf(movement);
  const { captureMethod, metadata } = payment.facts;
  return {
    status: 200,
    body: {
      amount: amountOf(payment, readings),
      ...envelope(payment, told, statusWord(told.status, "look-up", readings)),
      captureMethod: { type: captureMethod.type },
      ...(metadata === null ? {} : { metadata }),
      ...paymentMethods(payment),
    },
  };
}

/** @throws PaygateRefusal where the look-up does not know of it yet */
function toldOfPayment(payment: PaygatePayment, now: number, readings: PaygateReadings): Told {
  const asked = payment.movements.filter(({ kind }) => kind !== "issuer release" && kind !== "automatic reversal");
  const last = asked.at(-1);
  const { references } = payment;
  if (last === undefined) return toldOfSession(payment, now, readings);
  const first = asked.find(({ kind }) => kind === "authorization");
  if (first?.applied === 0) return { ...toldOf(first), references };
  const shown = { xId: last.id, references, code: succeeded };
  if (standingCaptures(payment).some(({ closes }) => closes)) return { ...shown, status: "CAPTURED" };
  if (openSteps(payment).length === 0) return { ...shown, status: "REVERSED" };
  const ended = payment.movements.some(isExpiry) && readings.get("readAfterExpiry") === "expired";
  return { ...shown, status: ended ? "EXPIRED" : "AUTHORIZED" };
}

function toldOfSession(payment: PaygatePayment, now: number, readings: PaygateReadings): Told {
  const state = sessionState(payment, now);
  const { id: xId, references } = payment;
  if (state === null || readings.get("openSession") === "unknown") throw refuseParameter("unknown", "payId", 404);
  if (state === "expired") {
    return { xId, references, status: "FAILED", code: wrongParameter("expired", "expirationTime") };
  }
  return { xId, references, status: "PENDING", code: pending };
}

/** "amount":{"value":126,"currency":"EUR","capturedValue":0,"refundedValue":0} (Axepta BNP Paribas). */
export function amountOf(payment: PaygatePayment, readings: PaygateReadings): JsonObject {
  const { authorized, captured } = sumsOf(payment);
  const first = payment.movements.find(({ kind }) => kind === "authorization");
  const values = { standing: standing(payment), gross: authorized, first: first?.applied ?? 0 };
  const asked = first?.amount ?? payment.facts.session?.amount ?? 0;
  return {
    // A payment that nothing has come of has only what was asked.
    value: authorized === 0 ? asked : values[readings.get("readTotal")],
    currency: payment.currency,
    capturedValue: captured,
    refundedValue: 0,
  };
}
