import type { Outcome } from "../../hold/index.ts";
import type { Order } from "../port.ts";
import type { WireResult } from "../wire-client.ts";
import { adviceOf } from "./advice.ts";
import { approvalOf } from "./approvals.ts";
import { booksOf, type Books } from "./books.ts";
import { refusedBy } from "./problems.ts";
import { isId } from "./references.ts";
import type { MonerisSettings } from "./settings.ts";
import { paymentAnswer, readJson, type PaymentAnswer } from "./wire.ts";
import { completesToLetGo } from "./write.ts";

/** What an answer to a money call means. Never throws; what can't be told for certain is `unknown`. */
export function outcomeOf(result: WireResult, order: Order, attempt: number, settings: MonerisSettings): Outcome {
  switch (result.is) {
    case "not_sent":
      return { is: "rejected", cause: `not_sent: ${result.cause}`, again: "later" };
    case "unclear":
      return unknown(result.cause);
    case "answered":
      if (result.status !== 200 && result.status !== 201) return refusedBy(result, order, attempt);
      return accepted(readJson(paymentAnswer, result.body), order, settings);
  }
}

function accepted(answer: PaymentAnswer | undefined, order: Order, settings: MonerisSettings): Outcome {
  if (!answer || answer.paymentStatus === undefined) return unknown("unreadable_answer");
  const known = order.kind === "authorize" ? null : (order.payment.references["payment"] ?? null);
  if (known === null && !isId(answer.paymentId)) return unknown("no_payment_id");
  if (known === null && answer.orderId !== undefined && answer.orderId !== order.reference) {
    return unknown("answer_to_another_request");
  }
  const books = booksOf(answer, known, order.payment, settings);
  if (typeof books === "string") return unknown(books);
  if (books.status === "DECLINED" || books.status === "DECLINED_RETRY") return declined(answer, books);
  if (saysDeclined(answer)) return unknown("status_and_code_disagree");
  if (!isDone(books, order, settings)) return undecided(answer, books, order);
  return { is: "approved", ...approvalOf(answer, books, order) };
}

/**
 * Which statuses mean that a step was done. A last completion that leaves the payment open, and one that closes it
 * though it was not to be the last, are neither: what is still held isn't known then.
 */
function isDone({ status, authorized, captured }: Books, order: Order, settings: MonerisSettings): boolean {
  switch (order.kind) {
    case "authorize":
      return status === "AUTHORIZED";
    case "increment":
      return status === "INCREMENTED";
    case "extend":
      // Raised by nothing: whether that counts as an increment in the status is not documented.
      return status === "INCREMENTED" || status === "AUTHORIZED";
    case "capture":
      if (order.final) return status === "SUCCEEDED";
      return (
        status === "PARTIALLY_COMPLETED" || (status === "SUCCEEDED" && captured !== null && captured === authorized)
      );
    case "reverse":
      return status === (completesToLetGo(order, settings) ? "SUCCEEDED" : "CANCELED");
  }
}

/** "Response Codes": below 50 is approved; "null" and the like say nothing. */
function saysDeclined({ transactionDetails }: PaymentAnswer): boolean {
  const code = transactionDetails?.responseCode;
  return code !== undefined && /^\d{1,4}$/.test(code) && Number(code) >= 50;
}

/** OpenAPI 2.6.1 has declines as errors; its statuses have them too, with and without a hope of another try. */
function declined({ paymentId, transactionDetails }: PaymentAnswer, { status }: Books): Outcome {
  const networkCode = transactionDetails?.isoResponseCode ?? null;
  const named = isId(paymentId) ? { references: { entry: { payment: paymentId } } } : {};
  return { is: "declined", code: status, networkCode, advice: adviceOf(status, networkCode), ...named };
}

/** In motion, or a word that says nothing of this step: what a new payment is called is known all the same. */
function undecided({ paymentId }: PaymentAnswer, { status }: Books, { kind }: Order): Outcome {
  const named = kind === "authorize" && isId(paymentId) ? { references: { hold: { payment: paymentId } } } : {};
  return { is: "unknown", cause: `status_${status.toLowerCase()}`, ...named };
}

function unknown(cause: string): Outcome {
  return { is: "unknown", cause };
}
