import { exponentOf, fromDecimal, toDecimal } from "@plimsoll/shared";
import type { CyberSourceSettings } from "./settings.ts";

/** REST SDK, amountDetails.totalAmount: "CTV … processors, the maximum length for this field is 12". */
const LONGEST = 12;

type Exponents = Pick<CyberSourceSettings, "wireExponents">;

interface Money {
  readonly currency: string;
  readonly exponent: number;
}

/**
 * Minor units as CyberSource writes an amount. Its currency table ("ISO Standard Currency Codes") has ISO's decimals;
 * a processor that differs is in the settings. CyberSource cuts superfluous decimals off in silence, so what can't be
 * written exactly throws: the rules refuse it before, by `step`.
 */
export function wireAmount(minor: number, { currency, exponent }: Money, { wireExponents }: Exponents): string {
  const wire = wireExponents[currency] ?? exponent;
  const scaled = wire >= exponent ? minor * 10 ** (wire - exponent) : minor / 10 ** (exponent - wire);
  if (!Number.isSafeInteger(scaled) || scaled < 0) throw new RangeError(`not an amount of CyberSource: ${minor}`);
  return toDecimal(scaled, wire);
}

/** An amount of an answer in minor units; null where none is named or what is named is no amount of this currency. */
export function readAmount(named: string | undefined, { exponent }: Pick<Money, "exponent">): number | null {
  return named === undefined ? null : (fromDecimal(named, exponent) ?? null);
}

/** Minor units are sent in steps of this many. */
export function stepOf(currency: string, { wireExponents }: Exponents): number {
  const exponent = exponentOf(currency) ?? 2;
  return 10 ** Math.max(0, exponent - (wireExponents[currency] ?? exponent));
}

/** The greatest amount that fits into the field, in minor units. */
export function greatestOf(currency: string, { wireExponents }: Exponents): number {
  const exponent = exponentOf(currency) ?? 2;
  const wire = wireExponents[currency] ?? exponent;
  const digits = wire === 0 ? LONGEST : LONGEST - 1;
  return (10 ** digits - 1) * 10 ** Math.max(0, exponent - wire);
}
