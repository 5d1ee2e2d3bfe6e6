import type { Movement } from "../books/payment.ts";
import { sumsOf } from "../books/payment.ts";
import type { Json, JsonObject } from "../control/fault.ts";
import { brandOf } from "./cards.ts";
import type { MonerisFacts, MonerisPayment } from "./payments.ts";
import { approvedIncrements, isCanceled, phaseOf, standingCompletions } from "./payments.ts";
import type { MonerisReadings } from "./readings.ts";

/** What only the answer to an increment or completion says otherwise than a read does. */
export interface Answering {
  readonly kind: "increment" | "completion";
  /** The transaction's own amount, in minor units. */
  readonly amount: number;
}

/** A payment as Moneris tells of it (OpenAPI 2.6.1, payment). @param answering absent in a read */
export function paymentBody(payment: MonerisPayment, readings: MonerisReadings, answering?: Answering): JsonObject {
  const { id, merchant, currency, facts } = payment;
  const told = payment.movements.filter(({ kind }) => kind !== "issuer release");
  const created = timeOf(told.at(0));
  const newest = timeOf(told.at(-1));
  const money = (amount: number): JsonObject => ({ amount, currency });
  return {
    paymentId: id,
    merchantId: merchant,
    orderId: facts.orderId,
    invoiceNumber: facts.invoiceNumber,
    transactionDateTime: newest,
    createdAt: created,
    modifiedAt: told.length > 1 ? newest : null,
    amount: money(amountTold(payment, readings, answering)),
    authorizedAmount: money(sumsOf(payment).authorized),
    capturableAmount: money(capturableTold(payment, readings, answering)),
    amountDetails: null,
    paymentMethod: methodBody(merchant, facts, created),
    paymentStatus: statusOf(payment, readings),
    transactionDetails: {
      transactionUniqueId: facts.host.uniqueId,
      isoResponseCode: facts.host.iso,
      responseCode: facts.host.code,
      authorizationCode: facts.host.authorizationCode,
      message: facts.host.message,
      ecommerceIndicator: facts.ecommerceIndicator,
    },
    verificationDetails: {
      addressVerificationServiceResultCode: null,
      cardSecurityCodeResultCode: "MATCH",
      threeDSecureAuthenticationValueResultCode: null,
    },
    credentialOnFileResponse: null,
    refundDetails: null,
    customData: facts.customData === null ? null : { ...facts.customData },
    ...lists(payment, readings, answering),
  };
}

/** OpenAPI 2.6.1, paymentStatus. INCREMENTED is where an incremented payment rests, until it is completed. */
export function statusOf(payment: MonerisPayment, readings: MonerisReadings): string {
  const phase = phaseOf(payment);
  const afterPartial = readings.get("statusAfterPartial");
  switch (phase) {
    case "declined":
      return payment.movements[0]?.status ?? "DECLINED";
    case "canceled":
      return "CANCELED";
    case "completed":
      return "SUCCEEDED";
    case "spent":
      return afterPartial;
    case "released":
    case "open":
      if (phase === "released" && readings.get("readAfterRelease") === "canceled") return "CANCELED";
      if (standingCompletions(payment).length > 0) return afterPartial;
      return approvedIncrements(payment).length > 0 ? "INCREMENTED" : "AUTHORIZED";
  }
}

/** What can still be completed as far as Moneris knows, which hears nothing when an issuer lets go. */
export function capturableOf(payment: MonerisPayment): number {
  const { authorized, captured } = sumsOf(payment);
  const closed = isCanceled(payment) || standingCompletions(payment).some(({ closes }) => closes);
  return closed ? 0 : Math.max(0, authorized - captured);
}

function capturableTold(payment: MonerisPayment, readings: MonerisReadings, answering: Answering | undefined): number {
  if (answering?.kind === "increment" && readings.get("answerCapturable") === "zero") return 0;
  const hidden = phaseOf(payment) === "released" && readings.get("readAfterRelease") !== "unchanged";
  return hidden ? 0 : capturableOf(payment);
}

function amountTold(payment: MonerisPayment, readings: MonerisReadings, answering: Answering | undefined): number {
  const original = payment.movements[0]?.amount ?? 0;
  if (answering === undefined) return original;
  const told = { transaction: answering.amount, original, total: sumsOf(payment).authorized };
  return told[readings.get("answerAmount")];
}

function lists(payment: MonerisPayment, readings: MonerisReadings, answering: Answering | undefined): JsonObject {
  const increments = approvedIncrements(payment).filter(
    ({ kind }) => kind === "increment" || readings.get("zeroIncrementAnswer") === "listed",
  );
  const ownIsLast = answering?.kind === "increment" && (answering.amount > 0 || increments.at(-1)?.amount === 0);
  const told = ownIsLast && readings.get("incrementList") === "previous" ? increments.slice(0, -1) : increments;
  const completions = standingCompletions(payment);
  const several = completions.some(({ closes }) => !closes);
  const listed = several || readings.get("completionList") === "all" ? completions : [];
  const { currency } = payment;
  return {
    incrementalAuthorizations: told.map((movement): Json => ({
      amount: { amount: movement.applied, currency },
      [readings.get("listField")]: timeOf(movement),
    })),
    multipleCompletions: listed.map((movement): Json => ({
      amount: { amount: movement.applied, currency },
      processedAt: timeOf(movement),
      finalCompletion: movement.closes,
    })),
  };
}

function methodBody(
  merchantId: string,
  { card, paymentMethodId, source }: MonerisFacts,
  createdAt: string,
): JsonObject {
  return {
    paymentMethodId,
    merchantId,
    cardholderInformation: null,
    contactDetails: null,
    billingAddress: null,
    paymentMethodInformation: {
      paymentMethodType: "CARD",
      // OpenAPI 2.6.1 has no PAYMENT_METHOD_ID here; a stored method was made from a permanent token.
      paymentMethodSource: source === "PAYMENT_METHOD_ID" ? "PERMANENT_TOKEN" : source,
      cardInformation: {
        bankIdentificationNumber: card.bin,
        lastFour: card.lastFour,
        expiryMonth: card.expiryMonth,
        expiryYear: card.expiryYear,
        cardBrand: brandOf(card.network),
        cardType: "CREDIT",
        cardFingerprint: null,
        issuer: null,
      },
      paymentAccountReference: null,
      storePaymentMethod: "DO_NOT_STORE",
    },
    createdAt,
    modifiedAt: null,
    customData: null,
  };
}

function timeOf(movement: Movement | undefined): string {
  return new Date(movement?.at ?? 0).toISOString();
}
