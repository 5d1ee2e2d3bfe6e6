import { z } from "zod";
import type { Outcome } from "../../hold/index.ts";
import type { Order } from "../port.ts";
import type { WireResult } from "../wire-client.ts";
import { adviceOf } from "./advice.ts";
import { approvalOf } from "./approvals.ts";
import { isId } from "./references.ts";
import type { CyberSourceSettings } from "./settings.ts";
import { paymentAnswer, readJson, type PaymentAnswer } from "./wire.ts";

/** What an answer to a money call means. Never throws; what can't be told for certain is `unknown`. */
export function outcomeOf(result: WireResult, order: Order, attempt: number, settings: CyberSourceSettings): Outcome {
  switch (result.is) {
    case "not_sent":
      return { is: "rejected", cause: `not_sent: ${result.cause}`, again: "later" };
    case "unclear":
      return unknown(result.cause);
    case "answered":
      return answered(result, order, attempt, settings);
  }
}

function answered(
  { status, body }: Extract<WireResult, { is: "answered" }>,
  order: Order,
  attempt: number,
  settings: CyberSourceSettings,
): Outcome {
  if (status === 201 || status === 200) {
    const answer = readJson(paymentAnswer, body);
    return answer ? accepted(answer, order, settings) : unknown("unreadable_answer");
  }
  if (status === 400) return refused(readJson(flatError, body), attempt);
  const rejected = REJECTED.get(status);
  if (!rejected) return unknown(`http_${status}`);
  return saysNo(body) ? { is: "rejected", ...rejected } : unknown("unreadable_answer");
}

/**
 * A status alone proves nothing: a page of something that stands between may carry any of them after the request was
 * applied. Only the gateway's own error in one of its shapes is its no; SERVER_ERROR is none, whatever carries it.
 */
function saysNo(body: string): boolean {
  const flat = readJson(flatError, body);
  return (flat !== undefined && flat.status !== "SERVER_ERROR") || readJson(doorError, body) !== undefined;
}

/** REST SDK, PtsV2IncrementalAuthorizationPatch400Response, PtsV2PaymentsPost502Response. It names no payment. */
const flatError = z.looseObject({
  status: z.string(),
  reason: z.string().min(1),
  message: z.string(),
  id: z.undefined().optional(),
});

/** What answers a request that is not let in: wrong credentials, wrong signatures, test and live mixed up. */
const doorError = z.looseObject({ response: z.looseObject({ rmsg: z.string() }) });

/** Turned away at the door: nothing behind it has seen the request. A redirect is not followed and tells nothing. */
const REJECTED = new Map<number, { readonly cause: string; readonly again: "never" | "later" }>([
  [401, { cause: "credentials_refused", again: "later" }],
  [403, { cause: "not_permitted", again: "never" }],
  [404, { cause: "not_found", again: "never" }],
  [429, { cause: "too_many_requests", again: "later" }],
]);

/**
 * REST SDK, PtsV2IncrementalAuthorizationPatch400Response and its siblings: a flat body. PROCESSOR_UNAVAILABLE is a 400
 * though it passes. DUPLICATE_REQUEST says that this reference was seen: on a first attempt a fault of ours, on a later
 * one a sign that an earlier one arrived, and no word about what became of it.
 */
function refused(error: z.output<typeof flatError> | undefined, attempt: number): Outcome {
  if (error?.status !== "INVALID_REQUEST") return unknown("unreadable_answer");
  const { reason } = error;
  if (reason === "DUPLICATE_REQUEST" && attempt > 1) return unknown("duplicate_request");
  return { is: "rejected", cause: reason, again: reason === "PROCESSOR_UNAVAILABLE" ? "later" : "never" };
}

/** A 201 is no approval: its `status` says what it is. */
function accepted(answer: PaymentAnswer, order: Order, settings: CyberSourceSettings): Outcome {
  if (isAnothers(answer, order)) return unknown("answer_to_another_request");
  const { status } = answer;
  if (status === "DECLINED") return declined(answer);
  if (status === "PENDING_AUTHENTICATION") return declinedWith(answer, "authentication_required");
  if (status === "FAILED")
    return { is: "rejected", cause: answer.errorInformation?.reason ?? "FAILED", again: "never" };
  const meaning = meaningOf(status, order);
  if (meaning === null) return unknown("unknown_status");
  if (order.kind === "authorize" && !isId(answer.id)) return unknown("no_payment_id");
  const approval = approvalOf(answer, order, settings);
  if (approval === "wrong_currency") return unknown("currency_disagrees");
  return meaning === "review" ? { is: "waiting", on: "review", approval } : { is: "approved", ...approval };
}

/**
 * Which statuses mean that a step was done. AUTHORIZED_RISK_DECLINED is held at the issuer and turned down by Decision
 * Manager alone: it may not be captured, and is let go by a reversal, so it counts as held and under review.
 * A capture's PENDING is accepted: it waits for the day's batch.
 */
function meaningOf(status: string | undefined, { kind }: Order): "done" | "review" | null {
  switch (kind) {
    case "authorize":
    case "increment":
      if (status === "AUTHORIZED" || (status === "PARTIAL_AUTHORIZED" && kind === "authorize")) return "done";
      return status === "AUTHORIZED_PENDING_REVIEW" || status === "AUTHORIZED_RISK_DECLINED" ? "review" : null;
    case "capture":
      return status === "PENDING" || status === "TRANSMITTED" ? "done" : null;
    case "reverse":
      return status === "REVERSED" ? "done" : null;
    case "extend":
      return null;
  }
}

/** An answer that repeats another reference than ours was crossed on its way. */
function isAnothers({ clientReferenceInformation }: PaymentAnswer, { reference }: Order): boolean {
  const code = clientReferenceInformation?.code;
  return code !== undefined && code !== reference;
}

/**
 * Reasons of a declined answer that are the gateway's or the processor's own: no issuer has said anything.
 * REST SDK, PtsV2PaymentsPost201ResponseErrorInformation lists all of them in one enumeration.
 */
const NOT_THE_ISSUERS = new Map<string, "never" | "later">([
  ["ADDRESS_COUNTRY_WATCHLIST_MATCH", "never"],
  ["BLACKLISTED_CUSTOMER", "never"],
  ["CUSTOMER_WATCHLIST_MATCH", "never"],
  ["DAGGDENIED", "never"],
  ["DAGGREJECTED", "never"],
  ["DECISION_PROFILE_REJECT", "never"],
  ["DSYSREJECTED", "never"],
  ["EMAIL_COUNTRY_WATCHLIST_MATCH", "never"],
  ["INVALID_MERCHANT_CONFIGURATION", "never"],
  ["IP_COUNTRY_WATCHLIST_MATCH", "never"],
  ["PROCESSOR_ERROR", "later"],
  ["SCORE_EXCEEDS_THRESHOLD", "never"],
]);

function declined(answer: PaymentAnswer): Outcome {
  const reason = answer.errorInformation?.reason ?? "DECLINED";
  const again = NOT_THE_ISSUERS.get(reason);
  if (again) return { is: "rejected", cause: reason, again };
  return declinedWith(answer, reason === "CONSUMER_AUTHENTICATION_REQUIRED" ? "authentication_required" : reason);
}

function declinedWith({ id, processorInformation: processor }: PaymentAnswer, code: string): Outcome {
  return {
    is: "declined",
    code,
    networkCode: processor?.responseCode ?? null,
    advice: adviceOf(processor?.merchantAdvice?.code, code),
    ...(isId(id) ? { references: { entry: { id } } } : {}),
  };
}

function unknown(cause: string): Outcome {
  return { is: "unknown", cause };
}
