import type { Outcome } from "../../hold/index.ts";
import type { Order } from "../port.ts";
import type { WireResult } from "../wire-client.ts";
import { classOf, verdictOf, type CodeClass } from "./codes.ts";
import { isId, namesIn } from "./references.ts";
import type { ComputopSettings } from "./settings.ts";
import { doorError, readJson, stepAnswer, type StepAnswer } from "./wire.ts";

interface About {
  readonly order: Order;
  readonly attempt: number;
  readonly settings: ComputopSettings;
}

/** What an answer to a money call means. Never throws; what can't be told for certain is `unknown`. */
export function outcomeOf(result: WireResult, order: Order, attempt: number, settings: ComputopSettings): Outcome {
  switch (result.is) {
    case "not_sent":
      return { is: "rejected", cause: `not_sent: ${result.cause}`, again: "later" };
    case "unclear":
      return unknown(result.cause);
    case "answered":
      return answered(result, { order, attempt, settings });
  }
}

function answered({ status, body }: Extract<WireResult, { is: "answered" }>, about: About): Outcome {
  const answer = readJson(stepAnswer, body);
  // A page is answered with 202 ("Card payment form").
  if (status === 200 || status === 201 || status === 202)
    return answer ? accepted(answer, about) : unknown("unreadable_answer");
  const door = DOOR.get(status);
  if (door) return saysNo(answer, body) ? turnedAway(door, about) : unknown("unreadable_answer");
  if (status === 409) return conflict(answer, body, about);
  if (status !== 400 && status !== 402 && status !== 422) return unknown(`http_${status}`);
  if (!answer || isAnothers(answer, about.order)) return unknown("unreadable_answer");
  const said = verdictOf(answer, stepOf(about.order), about.settings);
  return said.is === "declined" || said.is === "refused" ? failed(said, answer, about) : unknown("unreadable_answer");
}

/** A status alone proves nothing: a page of something that stands between may carry any of them after the request was applied. */
function saysNo(answer: StepAnswer | undefined, body: string): boolean {
  const said = classOf(answer?.responseCode).is;
  return said === "declined" || said === "refused" || readJson(doorError, body) !== undefined;
}

/** Turned away at the door: nothing behind it has seen this attempt. A redirect is not followed and tells nothing. */
const DOOR = new Map<number, { readonly cause: string; readonly again: "never" | "later" }>([
  [401, { cause: "credentials_refused", again: "later" }],
  [403, { cause: "not_permitted", again: "never" }],
  [404, { cause: "not_found", again: "never" }],
  [429, { cause: "too_many_requests", again: "later" }],
]);

/** That a later attempt was not let in tells nothing of an earlier one. */
function turnedAway({ cause, again }: { cause: string; again: "never" | "later" }, { attempt }: About): Outcome {
  return { is: "rejected", cause, again: attempt > 1 ? "later" : again };
}

/** The key belongs to another request, or to one that is still worked on. */
function conflict(answer: StepAnswer | undefined, body: string, about: About): Outcome {
  const pending = classOf(answer?.responseCode).is === "pending";
  if (pending && about.attempt === 1) return unknown("pending");
  return pending || saysNo(answer, body) ? taken("conflict", about) : unknown("unreadable_answer");
}

/** Key or transId were seen before: a fault on a first attempt, on a later one a sign that an earlier one arrived. */
function taken(cause: string, { attempt }: About): Outcome {
  return attempt > 1 ? { is: "received", cause } : { is: "rejected", cause, again: "never" };
}

/** A 200 is no approval: its `status` and its `responseCode` say together what it is, and a page is only opened. */
function accepted(answer: StepAnswer, about: About): Outcome {
  const { order, settings } = about;
  if (isAnothers(answer, order)) return unknown("answer_to_another_request");
  const said = verdictOf(answer, stepOf(order), settings);
  if (said.is === "declined" || said.is === "refused") return failed(said, answer, about);
  if (order.kind === "authorize" && (order.means?.by === "page" || said.is !== "success"))
    return sentToPage(answer, about);
  if (said.is !== "success") return unknown(said.is === "pending" ? "pending" : "unknown_status");
  if (order.kind === "authorize" && !isId(answer.payId)) return unknown("no_payment_id");
  // No answer to a POST names an amount: what was applied is read back.
  return { is: "approved", grade: "none", applied: null, total: null, references: namesIn(answer) };
}

/** Where the payer has to go, if the answer says so; a session's answer may name no status at all. */
function sentToPage({ page, status, responseCode, ...ids }: StepAnswer, { order, settings }: About): Outcome {
  const fails = status !== undefined && settings.statuses.failed.includes(status);
  const unclear = responseCode !== undefined && classOf(responseCode).is === "unclear";
  if (page === undefined || fails || unclear)
    return unknown(classOf(responseCode).is === "pending" ? "pending" : "unknown_status");
  if (!isSafeAddress(page, settings)) return unknown("page_address_unsafe");
  const { hold } = namesIn(ids);
  const until = order.at + settings.pageLife;
  return { is: "waiting", on: "payer", until, action: page, ...(hold ? { references: { hold } } : {}) };
}

/** A payer is sent over https only, or to the sandbox where the account is there. */
function isSafeAddress(page: string, { host }: ComputopSettings): boolean {
  if (!URL.canParse(page)) return false;
  const { protocol, username, hostname } = new URL(page);
  return (protocol === "https:" || (protocol === "http:" && hostname === new URL(host).hostname)) && username === "";
}

/** An answer about another operation or payment than ours was crossed on its way. */
function isAnothers({ transId, payId }: StepAnswer, { reference, payment }: Order): boolean {
  const known = payment.references["payment"];
  return (
    (transId !== undefined && transId !== reference) || (payId !== undefined && known !== undefined && payId !== known)
  );
}

type Failure = Extract<CodeClass, { is: "declined" | "refused" }>;

function failed(failure: Failure, answer: StepAnswer, about: About): Outcome {
  const code = answer.responseCode ?? "";
  if (failure.is === "declined") {
    const { entry } = namesIn(answer);
    return { ...failure, ...(entry ? { references: { entry } } : {}) };
  }
  if (failure.why === "seen_before") return taken(code, about);
  // A gateway that has forgotten the key, or judges the step by what the first attempt did, says no as well.
  if (about.attempt > 1 && failure.again === "never") return unknown(`refused_when_asked_again: ${code}`);
  const cause = failure.why === "gateway" && isFirstIncrement(about) ? `no_pre_authorization_perhaps: ${code}` : code;
  return { is: "rejected", cause, again: failure.again };
}

/** "Incremental authorization": where the profile is not set up for it, nothing says so before the first increment. */
function isFirstIncrement({ order }: About): boolean {
  return order.kind === "increment" && order.increments === 0;
}

function stepOf({ kind }: Order): "authorize" | "increment" | "capture" | "reverse" {
  return kind === "extend" ? "increment" : kind;
}

function unknown(cause: string): Outcome {
  return { is: "unknown", cause };
}
