/** Writes amounts of one currency in one locale. */
export interface Money {
  /** Minor units as a person reads them: 4200 is "$42.00". */
  readonly plain: (minor: number) => string;
  /** With its sign: "+$50.00", "-$50.00". */
  readonly signed: (minor: number) => string;
}

/**
 * The number of decimals comes with the hold and never from `Intl`, which differs from ISO 4217 in some twenty
 * currencies. The amount goes through a decimal string, never a float. In right-to-left languages the currency
 * is written as its code: symbols like "US$" would be torn apart.
 */
export function money(locale: string, currency: string, exponent: number, rtl = false): Money {
  const key = [locale, currency, exponent, rtl].join();
  const found = known.get(key);
  if (found) return found;
  const options: Intl.NumberFormatOptions = {
    style: "currency",
    currency,
    currencyDisplay: rtl ? "code" : "symbol",
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  };
  const plain = new Intl.NumberFormat(locale, options);
  const signed = new Intl.NumberFormat(locale, { ...options, signDisplay: "exceptZero" });
  const made: Money = {
    plain: (minor) => plain.format(decimal(minor, exponent)),
    signed: (minor) => signed.format(decimal(minor, exponent)),
  };
  known.set(key, made);
  return made;
}

/** Making a formatter costs far more than using it. */
const known = new Map<string, Money>();

/** Minor units as a decimal: `decimal(1000, 2)` is "10.00", `decimal(5, 3)` is "0.005". */
export function decimal(minor: number, exponent: number): Intl.StringNumericLiteral {
  const digits = String(Math.abs(minor)).padStart(exponent + 1, "0");
  const cut = digits.length - exponent;
  const text = `${minor < 0 ? "-" : ""}${digits.slice(0, cut)}.${digits.slice(cut)}0`;
  return isDecimal(text) ? text : "0";
}

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+\.\d+$/.test(text);
}
