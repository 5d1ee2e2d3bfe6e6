import type { Movement } from "../books/payment.ts";
import type { JsonObject } from "../control/fault.ts";
import type { Answer } from "../control/journal.ts";
import { brandOf, EXPIRY } from "./cards.ts";
import { outcomeTable } from "./outcomes.ts";
import type { PaygatePayment } from "./payments.ts";
import type { PaygateReadings } from "./readings.ts";
import type { ResponseCode } from "./response-codes.ts";
import { definedOnly, pending, refusals, succeeded } from "./response-codes.ts";

/** What an operation came to, in the books' own words. */
export type Status = "AUTHORIZED" | "CAPTURED" | "REVERSED" | "FAILED" | "PENDING" | "EXPIRED";

const requestWords: Partial<Record<Status, string>> = {
  AUTHORIZED: "AUTHORIZE_REQUEST",
  CAPTURED: "CAPTURE_REQUEST",
  REVERSED: "REVERSE_REQUEST",
};

/** @param where a look-up has plain words where the answers to a POST say no more than OK */
export function statusWord(status: Status, where: "answer" | "look-up", readings: PaygateReadings): string {
  const words = readings.get("statusWords");
  if (words === "requests") return requestWords[status] ?? status;
  return words === "ok" && where === "answer" && status in requestWords ? "OK" : status;
}

/** What is said of one operation. */
export interface Told {
  readonly xId: string;
  readonly references: Readonly<Record<string, string>>;
  readonly status: Status;
  readonly code: ResponseCode;
}

/** The fields that all answers share: Computop Paygate API 2.0.0, "Incremental authorization", 200. */
export function envelope(payment: PaygatePayment, told: Told, status: string): JsonObject {
  const { transId, refNr } = told.references;
  return definedOnly({
    payId: payment.id,
    merchantId: payment.merchant,
    transId,
    xId: told.xId,
    refNr,
    status,
    ...told.code,
  });
}

/** The answer to a POST. It names no amount. */
export function answerTo(
  payment: PaygatePayment,
  told: Told,
  readings: PaygateReadings,
  more: JsonObject = {},
): Answer {
  const declined = told.status === "FAILED";
  return {
    status: declined && readings.get("declineHttp") === "400" ? 400 : 200,
    body: { ...envelope(payment, told, statusWord(told.status, "answer", readings)), ...more },
  };
}

/** How the books tell of one of their movements. */
export function toldOf({ id, kind, references, reason }: Movement): Told {
  const code = reason === null ? succeeded : { responseCode: reason, responseDescription: descriptionOf(reason) };
  return { xId: id, references, status: reason === null ? statusOf(kind) : "FAILED", code };
}

export function toldPending(told: Told): Told {
  return { ...told, status: "PENDING", code: pending };
}

function statusOf(kind: Movement["kind"]): Status {
  if (kind === "capture") return "CAPTURED";
  return kind === "reversal" ? "REVERSED" : "AUTHORIZED";
}

function descriptionOf(responseCode: string): string {
  const declines = outcomeTable.flatMap(({ outcome }) => ("code" in outcome ? [outcome.code] : []));
  const codes: readonly ResponseCode[] = [...declines, ...Object.values(refusals)];
  return codes.find((code) => code.responseCode === responseCode)?.responseDescription ?? "Transaction failed";
}

/** `paymentMethods` of an answer: Computop Paygate API 2.0.0, "Create payment", 200. */
export function paymentMethods({ facts: { card, schemeReferenceId } }: PaygatePayment): JsonObject {
  if (card === null) return {};
  const told = {
    first6Digits: card.number.slice(0, 6),
    last4Digits: card.number.slice(-4),
    expiryDate: EXPIRY,
    brand: brandOf(card),
    schemeReferenceId,
  };
  return { paymentMethods: { type: "CARD", card: told } };
}
