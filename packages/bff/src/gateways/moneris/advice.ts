import type { Advice } from "../../hold/index.ts";

/**
 * What a decline says about trying again. OpenAPI 2.6.1: DECLINED_RETRY beside DECLINED. Else the network's own
 * response code: ISO 8583's for a card that is expired, lost, stolen or to be picked up, an issuer that can't be
 * reached. What says nothing about trying again gives no advice.
 */
export function adviceOf(code: string, networkCode: string | null): Advice | null {
  if (code.endsWith("_RETRY")) return "later";
  const word = networkCode ?? code;
  return Object.hasOwn(ADVICE, word) ? (ADVICE[word] ?? null) : null;
}

const ADVICE: Readonly<Record<string, Advice>> = {
  "04": "never_again",
  "07": "never_again",
  "41": "never_again",
  "43": "never_again",
  "54": "other_data",
  "91": "later",
  EXPIRED_CARD: "other_data",
  LOST_CARD: "never_again",
  STOLEN_CARD: "never_again",
  PICK_UP_CARD: "never_again",
  ISSUER_UNAVAILABLE: "later",
};
