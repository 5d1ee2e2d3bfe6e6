/** How a locale writes numbers. */
export interface Separators {
  readonly decimal: string;
  readonly group: string;
}

export type AmountProblem = "amountMissing" | "amountUnreadable" | "amountDecimals" | "amountZero" | "amountLarge";

export type Typed =
  | { readonly ok: true; readonly minor: number }
  | { readonly ok: false; readonly problem: AmountProblem };

/** The greatest amount on the wire: 15 digits of minor units. */
const MOST = 999_999_999_999_999;

/**
 * What somebody typed as minor units, exactly: "120", "1,200.50" where the locale writes it so. Digits never go
 * through a float. Groups count only where they stand right, so that "1,5" is never read as fifteen, and more
 * decimals than the currency has are a problem, not a rounding.
 */
export function typedAmount(text: string, exponent: number, { decimal, group }: Separators): Typed {
  const plain = text.trim();
  if (plain === "") return no("amountMissing");
  const [whole = "", fraction = "", ...more] = plain.split(decimal);
  const digits = ungrouped(whole, group);
  if (more.length > 0 || digits === undefined || !/^\d*$/.test(fraction)) return no("amountUnreadable");
  if (/[1-9]/.test(fraction.slice(exponent))) return no("amountDecimals");
  const minor = (digits + fraction.slice(0, exponent).padEnd(exponent, "0")).replace(/^0+/, "");
  if (minor === "") return no("amountZero");
  if (minor.length > String(MOST).length) return no("amountLarge");
  return { ok: true, minor: Number(minor) };
}

/** Minor units as somebody would type them: `120000, 2` is "1200.00". */
export function amountText(minor: number, exponent: number, { decimal }: Pick<Separators, "decimal">): string {
  const digits = String(minor).padStart(exponent + 1, "0");
  const cut = digits.length - exponent;
  return exponent === 0 ? digits : `${digits.slice(0, cut)}${decimal}${digits.slice(cut)}`;
}

export function separatorsOf(locale: string): Separators {
  // Seven digits: some locales group only from five on.
  const parts = new Intl.NumberFormat(locale, { numberingSystem: "latn" }).formatToParts(1_234_567.8);
  const written = (type: string): string => parts.find((part) => part.type === type)?.value ?? "";
  return { decimal: written("decimal") || ".", group: written("group") };
}

/** The whole part without its group separators, or undefined where it is no whole number. India groups by two before the last three. */
function ungrouped(whole: string, group: string): string | undefined {
  if (/^\d+$/.test(whole)) return whole;
  if (group === "") return undefined;
  // A space of any width stands for the thin ones that nobody can type.
  const parts = whole.split(/\s/.test(group) ? /\s/ : group);
  const last = parts.length - 1;
  const right = parts.every((part, at) => (at === 0 ? /^\d{1,3}$/ : at === last ? /^\d{3}$/ : /^\d{2,3}$/).test(part));
  return right ? parts.join("") : undefined;
}

function no(problem: AmountProblem): Typed {
  return { ok: false, problem };
}
