import type { Advice } from "../../hold/index.ts";

/**
 * REST SDK, PtsV2PaymentsPost201ResponseProcessorInformationMerchantAdvice: Visa's codes have one digit, Mastercard's
 * two. What is not in its table, or says nothing about trying again, gives no advice.
 */
const ADVICE: Readonly<Record<string, Advice>> = {
  // Visa
  "1": "never_again",
  "2": "later",
  "3": "other_data",
  // Mastercard
  "01": "other_data",
  "02": "later",
  "03": "never_again",
  "04": "other_data",
  "21": "never_again",
  "22": "never_again",
  "24": "later",
  "25": "later",
  "26": "later",
  "27": "later",
  "28": "later",
  "29": "later",
  "30": "later",
  "42": "never_again",
  "99": "never_again",
};

/** The network's word where it gave one, else what the gateway's own reason says about trying again. */
export function adviceOf(code: string | undefined, reason: string): Advice | null {
  const word = code !== undefined && Object.hasOwn(ADVICE, code) ? ADVICE[code] : undefined;
  if (word) return word;
  switch (reason) {
    case "ISSUER_UNAVAILABLE":
      return "later";
    case "STOLEN_LOST_CARD":
      return "never_again";
    case "EXPIRED_CARD":
      return "other_data";
    default:
      return null;
  }
}
