import type { Outcome } from "../../hold/index.ts";
import type { Order } from "../port.ts";
import type { WireResult } from "../wire-client.ts";
import { adviceOf } from "./advice.ts";
import { problem, readJson, type Problem } from "./wire.ts";

/**
 * What an error answer means. A status alone proves nothing: a page of something that stands between may carry any of
 * them after the request was applied. Only Moneris' own problem document is its no, and its category says what kind.
 */
export function refusedBy(
  { status, body }: Extract<WireResult, { is: "answered" }>,
  order: Order,
  attempt: number,
): Outcome {
  // OpenAPI 2.6.1 describes no body for it.
  if (status === 429 && (body === "" || readJson(problem, body))) return rejected("too_many_requests", "later");
  const said = readJson(problem, body);
  if (!said) return unknown(MAY_BE_OURS.has(status) ? "unreadable_answer" : `http_${status}`);
  if (!MAY_BE_OURS.has(status)) return unknown(`http_${status}`);
  switch (said.category) {
    case "DECLINED_ERROR":
      return declined(said);
    case "UNAUTHORIZED_ERROR":
      return status === 401 ? rejected("credentials_refused", "later") : refused(said, attempt);
    case "IDEMPOTENCY_ERROR":
      return attempt > 1 ? { is: "received", cause: "key_conflict" } : rejected("key_conflict", "never");
    case "INVALID_REQUEST_ERROR":
      return attempt > 1 && order.kind === "authorize" && namesOrder(said)
        ? { is: "received", cause: "order_id_conflict" }
        : refused(said, attempt);
    // "This occurs due to an intermittent issue": whether before or after it was applied is not said.
    case "API_ERROR":
    case "INTERNAL_SERVER_ERROR":
      return unknown(causeOf(said));
  }
}

/** OpenAPI 2.6.1: the statuses under which a request can be turned down. 500 and 503 say nothing about it. */
const MAY_BE_OURS = new Set([400, 401, 403, 404, 409, 422]);

/** The request can't be carried out as it is, which on a later attempt may be so because an earlier one was. */
function refused(said: Problem, attempt: number): Outcome {
  return attempt > 1 ? unknown(`refused_later: ${causeOf(said)}`) : rejected(causeOf(said), "never");
}

/** An `orderId` is unique, and ours is random: known already, it came by an earlier attempt. */
function namesOrder({ errors = [] }: Problem): boolean {
  return errors.some(({ parameterName, reasonCode }) => parameterName === "orderId" && reasonCode === "INVALID_VALUE");
}

/** OpenAPI 2.6.1: 422, and 400 for a completion, with DECLINED_ERROR: "Transaction was declined by the issuer". */
function declined({ title }: Problem): Outcome {
  const code = wordOf(title) ?? "DECLINED";
  return { is: "declined", code, networkCode: null, advice: adviceOf(code, null) };
}

/** Names only: a parameter's value and the detail could quote what was sent. */
function causeOf({ category, title, errors = [] }: Problem): string {
  const { parameterName = "", reasonCode = "" } = errors[0] ?? {};
  const where = /^[\w.[\]-]{1,80}$/.test(parameterName)
    ? `: ${parameterName} ${wordOf(reasonCode) ?? ""}`.trimEnd()
    : "";
  return `${wordOf(title) ?? category}${where}`;
}

function wordOf(word: string | undefined): string | undefined {
  return word !== undefined && /^[A-Z][A-Z0-9_]{0,59}$/.test(word) ? word : undefined;
}

function rejected(cause: string, again: "never" | "later"): Outcome {
  return { is: "rejected", cause, again };
}

function unknown(cause: string): Outcome {
  return { is: "unknown", cause };
}
