import { delta } from "@plimsoll/shared";
import type { Outcome } from "../../hold/index.ts";
import type { Order } from "../port.ts";
import type { WireResult } from "../wire-client.ts";
import { readAmount, wireAmount } from "./amounts.ts";
import type { Door } from "./door.ts";
import { namesOfStep } from "./references.ts";
import type { CyberSourceSettings } from "./settings.ts";
import { paymentAnswer, readJson, type PaymentAnswer } from "./wire.ts";

/**
 * Undoes one operation by the transactionId that it carried. CyberSource, "Timeout Authorization Reversals": not
 * before 60 s, for authorizations that are not captured; "Timeout Void" for a capture. `approved` is undone; `rejected`
 * is only said where there is certainly nothing to undo. All else, refused credentials too, leaves it open.
 */
export async function undo(
  door: Door,
  order: Order,
  settings: CyberSourceSettings,
  signal: AbortSignal,
): Promise<Outcome> {
  const request = undoing(order, settings);
  if (!request) return unknown("undo_not_documented");
  const result = await door("POST", request.path, JSON.stringify(request.body), signal);
  return undoneBy(result, order, settings);
}

function undoing(order: Order, settings: CyberSourceSettings) {
  const clientReferenceInformation = { transactionId: order.reference };
  const { payment } = order;
  switch (order.kind) {
    case "increment":
      // What it lets go is not documented: the increment or the whole hold.
      if (!settings.undoOfIncrements || settings.clientReferenceInPatch === "omit") return undefined;
      return reversal();
    case "authorize":
      return reversal();
    case "capture":
      return { path: "/pts/v2/voids", body: { clientReferenceInformation } };
    case "extend":
    case "reverse":
      return undefined;
  }
  function reversal() {
    const amountDetails = { totalAmount: wireAmount(order.delta, payment, settings), currency: payment.currency };
    const reversalInformation = { amountDetails, reason: "no answer was received" };
    return { path: "/pts/v2/reversals", body: { clientReferenceInformation, reversalInformation } };
  }
}

/** REST SDK, PtsV2PaymentsReversalsPost400Response. NOT_VOIDABLE is not among them: a capture already sent gets it too. */
const NOTHING_THERE = new Set(["AUTH_ALREADY_REVERSED", "MISSING_AUTH"]);

function undoneBy(result: WireResult, order: Order, settings: CyberSourceSettings): Outcome {
  if (result.is !== "answered") return unknown(result.cause);
  const answer = readJson(paymentAnswer, result.body);
  if (!answer) return unknown("unreadable_answer");
  const { reason, status } = answer;
  if (result.status === 400 && reason !== undefined && NOTHING_THERE.has(reason)) {
    return { is: "rejected", cause: reason, again: "never" };
  }
  const done = order.kind === "capture" ? status === "VOIDED" || status === "CANCELLED" : status === "REVERSED";
  if (!done || (result.status !== 201 && result.status !== 200)) return unknown(reason ?? `http_${result.status}`);
  return letGo(answer, order, settings);
}

/** Something else than what was to be undone proves nothing: asked again, the gateway says whether anything is left. */
function letGo(answer: PaymentAnswer, { kind, delta: asked, payment }: Order, settings: CyberSourceSettings): Outcome {
  const { reversalAmountDetails: reversed, voidAmountDetails: voided } = answer;
  const currency = reversed?.currency ?? voided?.currency ?? payment.currency;
  if (currency !== payment.currency) return unknown("currency_disagrees");
  const amount = readAmount(reversed?.reversedAmount ?? voided?.voidAmount, payment);
  const known = { is: "approved", references: namesOfStep(answer), total: null } as const;
  if (amount === null) return { ...known, grade: "none", applied: null };
  const inPart = kind === "authorize" && settings.partialApproval && amount < asked;
  return amount === asked || inPart
    ? { ...known, grade: "own_amount", applied: delta(amount) }
    : unknown("amount_disagrees");
}

function unknown(cause: string): Outcome {
  return { is: "unknown", cause };
}
