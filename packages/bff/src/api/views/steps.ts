import type { StaffStep, Step } from "@plimsoll/shared";
import { decide, isInDoubt, type Actor, type Cause, type Entry, type Hold, type Instant } from "../../hold/index.ts";
import { isoOf, permissionOf } from "./wire.ts";

/** One entry as a payer may see it: the class of reason, never the issuer's own. */
export function stepOf(hold: Hold, entry: Entry, now: Instant): Step {
  const { id, kind, state, asked, applied, final, reason, at, endedAt } = entry;
  return {
    id,
    kind,
    state,
    doubt: hold.operations.some((operation) => operation.entry === id && isInDoubt(operation, now)),
    asked: Math.abs(asked),
    applied: Math.abs(applied),
    sign: signOf(entry),
    final,
    reason,
    at: isoOf(endedAt ?? at),
    why: whyOf(entry),
  };
}

export function staffStepOf(hold: Hold, entry: Entry, viewer: Actor, now: Instant): StaffStep {
  const { id, line, unverified, by, cause } = entry;
  const target = { entry: "", by: viewer, reason: null, target: id };
  return {
    ...stepOf(hold, entry, now),
    by: by.name,
    line,
    unverified,
    answer: answerOf(cause),
    withdraw: permissionOf(decide(hold, { do: "withdraw", entry: id, by: viewer }, now)),
    reverse: permissionOf(decide(hold, { do: "reverse_increment", ...target }, now)),
  };
}

function signOf({ kind, asked }: Entry): Step["sign"] {
  switch (kind) {
    case "authorization":
    case "increment":
      return 1;
    case "reversal":
      return -1;
    case "correction":
      return asked < 0 ? -1 : 1;
    case "capture":
    case "extension":
      return 0;
  }
}

function whyOf({ state, cause }: Entry): Step["why"] {
  switch (state) {
    case "declined":
      return cause?.is === "declined" && cause.code === "authentication_required" ? "authentication" : "not_approved";
    case "failed":
      return cause ? classOf(cause) : "not_sent";
    case "lapsed":
      return "not_sent";
    case "denied":
    case "withdrawn":
      return state;
    case "proposed":
    case "queued":
    case "asking":
    case "applied":
      return null;
  }
}

function classOf(cause: Cause): Step["why"] {
  switch (cause.is) {
    case "declined":
      return "not_approved";
    case "rejected":
    case "refused":
      return "rejected";
    case "not_sent":
      return "not_sent";
    case "absent":
    case "undone":
    case "abandoned":
    case "resolved":
      return "no_answer";
  }
}

/** What the issuer or the gateway said, for those who have to act on it. */
function answerOf(cause: Cause | null): StaffStep["answer"] {
  if (cause?.is === "declined") return { code: cause.code, networkCode: cause.networkCode, advice: cause.advice };
  const isAnswer = cause?.is === "rejected" || cause?.is === "refused";
  return isAnswer ? { code: cause.code, networkCode: null, advice: null } : null;
}
