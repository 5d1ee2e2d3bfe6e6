import cardValidator from "card-validator";
import { z } from "zod";

/** Direction controls can turn an amount around on the screen of whoever reads it (U+202E and its kin). */
const BIDI_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu;

/** Whatever people put between a card's groups of digits: up to two of it. */
const BETWEEN = String.raw`[\s\p{Pd}./_]{0,2}`;
const RUNS = new RegExp(String.raw`(?<!\d)\d(?:${BETWEEN}\d){12,18}(?!${BETWEEN}\d)`, "gu");

/**
 * True where a text holds a payment card's number: a whole run of 13 to 19 digits, however grouped, that passes
 * Luhn and lies in a network's range. Parts of longer runs don't count: gateways' own ids are such runs.
 */
export function holdsCardNumber(text: string): boolean {
  const runs = text.normalize("NFKC").match(RUNS) ?? [];
  return runs.some((run) => cardValidator.number(run.replace(/\D/gu, "")).isValid);
}

/** Words that people typed and people will read: trimmed, one line, no direction controls, no card number. */
export function words(longest: number) {
  return z
    .string()
    .max(longest * 4)
    .transform((text) => text.replace(BIDI_CONTROLS, "").replace(CONTROLS, " ").trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(longest)
        .refine((text) => !holdsCardNumber(text), {
          params: { code: "card_number" },
          error: "a card number is never accepted",
        }),
    );
}

const SHAPE = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/;

/** A reference of the merchant's own: an order, a line of a bill. */
export const reference = z
  .string()
  .regex(SHAPE)
  .refine((text) => !holdsCardNumber(text), {
    params: { code: "card_number" },
    error: "a card number is never accepted",
  });

/** What a gateway calls something of its own. Exempt from the card guard: one in ten such numbers passes Luhn. */
export const gatewayReference = z.string().regex(SHAPE);
