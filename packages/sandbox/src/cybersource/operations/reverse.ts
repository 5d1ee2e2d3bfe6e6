import type { JsonObject } from "../../control/fault.ts";
import type { Answer } from "../../control/journal.ts";
import { link, refuse, refuseField, utc } from "../answers.ts";
import type { Movement } from "../../books/payment.ts";
import { asBelieved, byTransactionId } from "../payments.ts";
import type { CybersourcePayment } from "../payments.ts";
import { standingCaptures, stateOf, sumsOf } from "../../books/payment.ts";
import { toDecimal } from "../../currency.ts";
import type { Reference } from "../wire.ts";
import { minorOf, parseWire, reversalSchema, timeoutReversalSchema } from "../wire.ts";
import type { Asked, Bank } from "./operation.ts";
import { claimReference, echoReference, newId, paymentAt, referencesOf, sameCurrency } from "./operation.ts";
import { scriptedAnswer } from "./scripted-answer.ts";

const AMOUNT = "reversalInformation.amountDetails.totalAmount";
const CURRENCY = "reversalInformation.amountDetails.currency";

/** "Wait 60 seconds": CyberSource, "Timeout Authorization Reversals". */
const TIMEOUT_WAIT_MS = 60_000;

/** POST /pts/v2/payments/{id}/reversals: all of it. Source: REST SDK, AuthReversalRequest. */
export function reverse(asked: Asked, bank: Bank): Answer {
  const request = parseWire(reversalSchema, asked.body);
  const payment = paymentAt(asked, bank);
  if (payment === undefined) throw missingAuth();
  const { totalAmount, currency } = request.reversalInformation.amountDetails;
  sameCurrency(payment, currency, CURRENCY);
  const stated = minorOf(totalAmount, currency, AMOUNT);
  canBeReversed(payment);
  const { held } = sumsOf(asBelieved(payment));
  const base = payment.movements[0]?.applied ?? 0;
  if (stated !== (bank.readings.get("reversalAmount") === "base" ? base : held)) {
    throw refuse("INVALID_AMOUNT", "Declined - The amount does not match the authorized amount.");
  }
  return release(asked, bank, {
    payment,
    stated,
    amount: held,
    kind: "reversal",
    undoes: null,
    reference: request.clientReferenceInformation,
  });
}

/**
 * POST /pts/v2/reversals: undoes a request whose answer never came, by the transactionId that it carried.
 * Source: REST SDK, MitReversalRequest; CyberSource, "Timeout Authorization Reversals".
 */
export function timeoutReverse(asked: Asked, bank: Bank): Answer {
  const request = parseWire(timeoutReversalSchema, asked.body);
  const reference = request.clientReferenceInformation;
  const found = byTransactionId(bank.ledger, asked.merchant.mid, reference.transactionId);
  if (found === undefined || found.movement.applied === 0) throw missingAuth();
  const { payment, movement } = found;
  const { totalAmount, currency } = request.reversalInformation.amountDetails;
  if (currency !== undefined) sameCurrency(payment, currency, CURRENCY);
  canBeReversed(payment);
  isDue(payment, movement, bank);
  if (isUndone(payment, movement))
    throw refuse("AUTH_ALREADY_REVERSED", "Declined - The authorization is already reversed.");
  const stated = minorOf(totalAmount, payment.currency, AMOUNT);
  const amount = scopeOf(payment, movement, bank);
  if (stated !== amount && stated !== movement.amount)
    throw refuse("INVALID_AMOUNT", "Declined - The amount does not match the authorized amount.");
  return release(asked, bank, {
    payment,
    stated: amount,
    amount,
    kind: "timeout reversal",
    undoes: movement.key,
    reference,
  });
}

function missingAuth() {
  return refuse("MISSING_AUTH", "Declined - There is no authorization to reverse.");
}

function canBeReversed(payment: CybersourcePayment): void {
  const state = stateOf(asBelieved(payment));
  if (state === "declined") throw missingAuth();
  if (state === "reversed") throw refuse("AUTH_ALREADY_REVERSED", "Declined - The authorization is already reversed.");
  if (standingCaptures(payment).length > 0)
    throw refuse("TRANSACTION_ALREADY_SETTLED", "Declined - The authorization is already captured.");
}

function isDue(payment: CybersourcePayment, movement: Movement, { ledger }: Bank): void {
  if (ledger.now(payment) - movement.at < TIMEOUT_WAIT_MS)
    throw refuseField("clientReferenceInformation.transactionId");
}

function isUndone({ movements }: CybersourcePayment, movement: Movement): boolean {
  return movements.some(({ kind, undoes }) => kind === "timeout reversal" && undoes === movement.key);
}

/** How much the timeout reversal of this movement lets go. The base's lets everything go; an increment's is a reading. */
function scopeOf(payment: CybersourcePayment, movement: Movement, { readings }: Bank): number {
  const { held } = sumsOf(asBelieved(payment));
  if (movement.kind === "authorization") return held;
  const reading = readings.get("timeoutReversalOfIncrement");
  if (movement.kind !== "increment" || reading === "refused")
    throw refuse("NOT_SUPPORTED", "Declined - This transaction takes no timeout reversal.");
  return reading === "releases-hold" ? held : Math.min(held, movement.applied);
}

interface Release {
  readonly payment: CybersourcePayment;
  /** As the answer says it. */
  readonly stated: number;
  /** As it takes effect. */
  readonly amount: number;
  readonly kind: "reversal" | "timeout reversal";
  readonly undoes: number | null;
  readonly reference: Reference | undefined;
}

function release(asked: Asked, bank: Bank, what: Release): Answer {
  const { payment, amount, kind, undoes, reference } = what;
  const scripted = scriptedAnswer(asked.outcome, bank.clock.now());
  if (scripted?.applied === false) return scripted.answer;
  if (kind === "reversal") claimReference("reverse", reference?.code, asked.merchant.mid, bank);
  const id = newId(bank.random);
  bank.ledger.post(payment, {
    id,
    kind,
    amount,
    // An issuer that let go by itself has nothing left; CyberSource does not know it.
    applied: Math.min(amount, sumsOf(payment).held),
    status: "REVERSED",
    undoes,
    ...referencesOf(reference),
  });
  return scripted?.answer ?? { status: 201, body: answerBody(id, what, bank) };
}

/** REST SDK, PtsV2PaymentsReversalsPost201Response. */
function answerBody(id: string, { payment, stated, reference }: Release, { clock }: Bank): JsonObject {
  const { currency, exponent } = payment;
  const amount = toDecimal(stated, exponent);
  return {
    _links: { self: link("GET", `/pts/v2/reversals/${id}`) },
    ...echoReference(reference),
    id,
    orderInformation: { amountDetails: { currency } },
    processorInformation: { responseCode: "200" },
    reconciliationId: payment.id,
    reversalAmountDetails: { reversedAmount: amount, originalTransactionAmount: amount, currency },
    status: "REVERSED",
    submitTimeUtc: utc(clock.now()),
  };
}
