import { total, type Total } from "@plimsoll/shared";
import type { Snapshot } from "../../hold/index.ts";
import type { Payment } from "../port.ts";
import type { WireResult } from "../wire-client.ts";
import { classOf } from "./codes.ts";
import type { ComputopSettings } from "./settings.ts";
import { details, readJson, type Details } from "./wire.ts";

export type Fetched =
  | { readonly is: "found"; readonly found: Details }
  | { readonly is: "not_there" }
  | { readonly is: "cannot"; readonly cause: string };

/** A payment's details, or the gateway's own word that there are none. */
export function fetchedFrom(result: WireResult): Fetched {
  if (result.is !== "answered") return cannot(result.cause);
  const { status, body } = result;
  const answer = readJson(details, body);
  if (status === 404 && classOf(answer?.responseCode).is === "refused") return { is: "not_there" };
  if (status !== 200) return cannot(`http_${status}`);
  return answer?.payId === undefined ? cannot("unreadable_answer") : { is: "found", found: answer };
}

/** The sums of a payment: `standing` is what reversals have left of what was `authorized`. */
export interface Sums {
  readonly is: "sums";
  readonly authorized: Total;
  readonly standing: Total;
  readonly captured: Total;
}

/**
 * Details show no reversals, so one of the two sums is made with what we know to be reversed. Which one is shown is the
 * account's setting; a wrong one shows after the first reversal as books that disagree, and blocks.
 */
export function sumsOf(
  { amount }: Details,
  { currency, reversed = total(0) }: Pick<Payment, "currency" | "reversed">,
  { amountValue }: Pick<ComputopSettings, "amountValue">,
): Sums | { readonly is: "cannot"; readonly cause: string } {
  if (amountValue === "first") return cannot("increments_not_in_details");
  if (amount?.currency !== currency) return cannot("currency_disagrees");
  const { value, capturedValue } = amount;
  if (value === undefined || capturedValue === undefined) return cannot("amounts_not_named");
  const captured = total(capturedValue);
  if (amountValue === "standing")
    return { is: "sums", authorized: total(value + reversed), standing: total(value), captured };
  // More reversed than there ever was: these books are not of the hold that we know.
  if (reversed > value) return cannot("reversed_more_than_authorized");
  return { is: "sums", authorized: total(value), standing: total(value - reversed), captured };
}

type State = Extract<Snapshot, { is: "snapshot" }>["state"];

/** What the details' words say of the payment; a word that is not known, or that the sums don't bear out, is none. */
export function stateOf({ status = "", amount }: Details, { statuses }: Pick<ComputopSettings, "statuses">): State {
  if (statuses.reversed.includes(status)) return "reversed";
  if (statuses.expired.includes(status)) return "expired";
  const captured = (amount?.capturedValue ?? 0) > 0;
  if ([...statuses.authorized, ...statuses.done].includes(status)) return captured ? "captured" : "open";
  return statuses.captured.includes(status) && captured ? "captured" : "unrecognised";
}

function cannot(cause: string): { readonly is: "cannot"; readonly cause: string } {
  return { is: "cannot", cause };
}
