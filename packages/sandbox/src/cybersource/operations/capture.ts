import type { z } from "zod";
import type { JsonObject } from "../../control/fault.ts";
import type { Answer } from "../../control/journal.ts";
import { link, refuse, refuseField, utc } from "../answers.ts";
import { isExpired } from "../expiry.ts";
import { asBelieved } from "../payments.ts";
import type { CybersourcePayment } from "../payments.ts";
import { standingCaptures, stateOf, sumsOf } from "../../books/payment.ts";
import { toDecimal } from "../../currency.ts";
import { captureSchema, minorOf, parseWire } from "../wire.ts";
import type { Asked, Bank } from "./operation.ts";
import { claimReference, echoReference, newId, paymentAt, referencesOf, sameCurrency } from "./operation.ts";
import { scriptedAnswer } from "./scripted-answer.ts";

type CaptureRequest = z.output<typeof captureSchema>;

const AMOUNT = "orderInformation.amountDetails.totalAmount";

/** POST /pts/v2/payments/{id}/captures. Source: REST SDK, CapturePaymentRequest and PtsV2PaymentsCapturesPost201Response. */
export function capture(asked: Asked, bank: Bank): Answer {
  const request = parseWire(captureSchema, asked.body);
  const payment = paymentAt(asked, bank);
  if (payment === undefined) throw refuse("MISSING_AUTH", "Declined - There is no authorization for this capture.");
  const { totalAmount, currency } = request.orderInformation.amountDetails;
  sameCurrency(payment, currency, "orderInformation.amountDetails.currency");
  const amount = minorOf(totalAmount, currency, AMOUNT);
  const closes = isClosing(request);
  canBeCaptured(payment, bank);
  if (!closes && payment.movements.some(({ kind }) => kind === "increment")) {
    // "Split shipments are not supported": CyberSource, "Incremental Authorization".
    throw refuseField("processingInformation.captureOptions");
  }
  if (amount === 0) throw refuse("INVALID_AMOUNT", "Declined - The amount must be greater than zero.");
  if (amount > sumsOf(asBelieved(payment)).held)
    throw refuse("EXCEEDS_AUTH_AMOUNT", "Declined - The capture exceeds the authorized amount.");
  const scripted = scriptedAnswer(asked.outcome, bank.clock.now());
  if (scripted?.applied === false) return scripted.answer;
  claimReference("capture", request.clientReferenceInformation?.code, asked.merchant.mid, bank);
  const answer = write(asked, payment, request, { amount, closes }, bank);
  return scripted?.answer ?? { status: 201, body: answer };
}

function isClosing({ processingInformation }: CaptureRequest): boolean {
  const options = processingInformation?.captureOptions;
  if (options?.isFinal !== undefined) return options.isFinal;
  return (options?.captureSequenceNumber ?? 1) >= (options?.totalCaptureCount ?? 1);
}

function canBeCaptured(payment: CybersourcePayment, { readings }: Bank): void {
  switch (stateOf(asBelieved(payment))) {
    case "declined":
      throw refuse("MISSING_AUTH", "Declined - There is no authorization for this capture.");
    case "captured":
      // "No corresponding, unused authorization record": CyberSource response codes.
      throw refuse("MISSING_AUTH", "Declined - The authorization is already used by another capture.");
    case "reversed":
    case "expired":
    case "waiting":
      throw refuse("AUTH_ALREADY_REVERSED", "Declined - The authorization is already reversed.");
    case "open":
      break;
  }
  if (isExpired(payment) && readings.get("lateCapture") === "refused")
    throw refuse("MISSING_AUTH", "Declined - The issuer no longer has the authorization.");
  const waits = payment.facts.review === "pending" && readings.get("captureUnderReview") === "refused";
  if (waits || payment.facts.review === "rejected")
    throw refuse("NOT_SUPPORTED", "Declined - The authorization is under review or was rejected.");
}

interface Taken {
  readonly amount: number;
  readonly closes: boolean;
}

function write(
  { merchant }: Asked,
  payment: CybersourcePayment,
  request: CaptureRequest,
  { amount, closes }: Taken,
  { ledger, random, readings, clock }: Bank,
): JsonObject {
  const id = newId(random);
  const status = merchant.settings.onlineCapture ? "TRANSMITTED" : "PENDING";
  const references = referencesOf(request.clientReferenceInformation);
  const captured = ledger.post(payment, {
    id,
    kind: "capture",
    amount,
    applied: amount,
    status,
    closes,
    ...references,
  });
  const rest = sumsOf(asBelieved(captured)).held;
  const reading = readings.get("partialReversal");
  if (closes && rest > 0 && reading !== "not-sent") {
    // Sent by the host, never by the merchant: CyberSource, "Automatic Partial Authorization Reversals".
    const applied = reading === "automatic" ? Math.min(rest, sumsOf(captured).held) : 0;
    ledger.post(captured, {
      id: newId(random),
      kind: "automatic reversal",
      amount: rest,
      applied,
      status: reading === "automatic" ? "REVERSED" : "IGNORED",
    });
  }
  return {
    _links: { void: link("POST", `/pts/v2/captures/${id}/voids`), self: link("GET", `/pts/v2/captures/${id}`) },
    ...echoReference(request.clientReferenceInformation),
    id,
    orderInformation: {
      amountDetails: { totalAmount: toDecimal(amount, payment.exponent), currency: payment.currency },
    },
    reconciliationId: payment.id,
    status,
    submitTimeUtc: utc(clock.now()),
  };
}

/** Captures that could still be undone. */
export function captureById(payment: CybersourcePayment, id: string) {
  return standingCaptures(payment).find((movement) => movement.id === id);
}
