import currencyCodes from "currency-codes";
import { z } from "zod";

/**
 * Money is an integer count of minor units beside an ISO 4217 currency. A bare number never says
 * whether it is a step or a sum, so the two are branded: what wants a total can't be handed a delta.
 */
declare const unit: unique symbol;

/** An amount to add or take away, in minor units. May be negative in corrections. */
export type Delta = number & { readonly [unit]: "delta" };
/** A running sum, in minor units. Never negative. */
export type Total = number & { readonly [unit]: "total" };

/** The greatest amount on our wire: 15 digits of minor units, exactly representable in JSON. */
export const MAX_MINOR = 999_999_999_999_999;

/** A step of so many minor units. Throws on fractions and on what 15 digits can't hold: that is a bug, not bad input. */
export function delta(minor: number): Delta {
  if (!isMinor(minor)) throw new RangeError(`not an amount of minor units: ${minor}`);
  return minor as Delta;
}

/** A sum of so many minor units, zero or more. */
export function total(minor: number): Total {
  if (!isMinor(minor) || minor < 0) throw new RangeError(`not a total of minor units: ${minor}`);
  return minor as Total;
}

export const ZERO: Total = total(0);

function isMinor(minor: number): boolean {
  return Number.isSafeInteger(minor) && Math.abs(minor) <= MAX_MINOR;
}

/** ISO 4217's number of decimals (JPY 0, USD and HUF 2, KWD 3), or undefined where the code is not in the table. */
export function exponentOf(currency: string): number | undefined {
  if (NOT_MONEY.has(currency)) return undefined;
  return NEWER[currency] ?? currencyCodes.code(currency)?.digits;
}

/** ISO 4217 codes of metals, testing, funds and units of account: nothing can be held on a card in them. */
const NOT_MONEY = new Set(
  "XAU XAG XPT XPD XXX XTS XDR XSU XUA XBA XBB XBC XBD BOV CHE CHW CLF COU MXV USN UYI UYW".split(" "),
);

/** Of ISO 4217 since the table's edition: the Caribbean guilder (amendment 176) and Zimbabwe Gold (177). */
const NEWER: Readonly<Record<string, number>> = { XCG: 2, ZWG: 2 };

/** Minor units as a decimal string with all the currency's decimals: `1000, 2` gives `"10.00"`, `1000, 0` gives `"1000"`. */
export function toDecimal(minor: number, exponent: number): string {
  const digits = String(Math.abs(minor)).padStart(exponent + 1, "0");
  const cut = digits.length - exponent;
  const whole = digits.slice(0, cut);
  return `${minor < 0 ? "-" : ""}${exponent === 0 ? whole : `${whole}.${digits.slice(cut)}`}`;
}

/**
 * A decimal string as minor units, exactly; undefined where it is not a plain decimal or has more
 * decimals than the currency (zeros excepted: `"10.000"` in USD is 1000).
 */
export function fromDecimal(decimal: string, exponent: number): number | undefined {
  const parts = /^(\d{1,15})(?:\.(\d{1,9}))?$/.exec(decimal);
  if (!parts) return undefined;
  const [, whole = "", fraction = ""] = parts;
  if (/[1-9]/.test(fraction.slice(exponent))) return undefined;
  const minor = Number(whole + fraction.slice(0, exponent).padEnd(exponent, "0"));
  return minor <= MAX_MINOR ? minor : undefined;
}

/** An ISO 4217 currency that a card can be held in. */
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .refine((code) => exponentOf(code) !== undefined, { error: "not a currency of ISO 4217" });

/** An amount on our wire: a JSON integer of minor units. Sign and size are judged by the rules, with a code of their own. */
export const minor = z.number();

/** An amount in an answer: an integer of minor units, zero or more. */
export const amount = z.int().min(0).max(MAX_MINOR);
