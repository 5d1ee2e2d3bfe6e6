/**
 * Decimal places of a currency's amounts on the wire, after ISO 4217 (list one, minor units).
 * Everything that is not listed has two. HUF has two, whatever shops print.
 */
export function exponentOf(currency: string): number {
  if (NONE.has(currency)) return 0;
  if (THREE.has(currency)) return 3;
  return FOUR.has(currency) ? 4 : 2;
}

const NONE = new Set("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" "));
const THREE = new Set("BHD IQD JOD KWD LYD OMR TND".split(" "));
const FOUR = new Set("CLF UYW".split(" "));

/**
 * A decimal string in minor units, or null where it says more decimals than the currency has
 * or more than fits an exact integer. Never passes through a float.
 */
export function toMinor(decimal: string, exponent: number): number | null {
  const [whole = "", fraction = ""] = decimal.split(".");
  if (fraction.length > exponent) return null;
  const minor = Number(BigInt(whole + fraction.padEnd(exponent, "0")));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** Minor units as the wire's decimal string: 1000 in USD is `10.00`, in JPY `1000`. */
export function toDecimal(minor: number, exponent: number): string {
  const text = String(minor).padStart(exponent + 1, "0");
  return exponent === 0 ? text : `${text.slice(0, -exponent)}.${text.slice(-exponent)}`;
}
