import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { amountText, separatorsOf, typedAmount } from "./amount.ts";

const english = { decimal: ".", group: "," };
const german = { decimal: ",", group: "." };
const minor = fc.integer({ min: 1, max: 999_999_999_999_999 });
const exponent = fc.constantFrom(0, 2, 3);

describe("an amount as typed", () => {
  test.each([
    ["120", 2, 12_000],
    ["120.5", 2, 12_050],
    [" 1,200.50 ", 2, 120_050],
    ["0.01", 2, 1],
    ["1200", 0, 1_200],
    ["1,200", 0, 1_200],
    ["1.250", 3, 1_250],
    ["10.000", 2, 1_000],
    ["1,00,000", 2, 10_000_000],
  ])("%j with %d decimals is %d minor units", (text, decimals, expected) => {
    expect(typedAmount(text, decimals, english)).toEqual({ ok: true, minor: expected });
  });

  test.each([
    ["", 2, "amountMissing"],
    ["twelve", 2, "amountUnreadable"],
    ["-5", 2, "amountUnreadable"],
    ["1.2.3", 2, "amountUnreadable"],
    ["1,5", 2, "amountUnreadable"],
    ["1e3", 2, "amountUnreadable"],
    ["0.00", 2, "amountZero"],
    ["10.505", 2, "amountDecimals"],
    ["1200.5", 0, "amountDecimals"],
    ["1.2505", 3, "amountDecimals"],
    ["9999999999999999", 0, "amountLarge"],
  ])("%j with %d decimals is refused: %s", (text, decimals, problem) => {
    expect(typedAmount(text, decimals, english)).toEqual({ ok: false, problem });
  });

  test("follows the locale's own separators, and never guesses", () => {
    expect(typedAmount("1.200,50", 2, german)).toEqual({ ok: true, minor: 120_050 });
    expect(typedAmount("120.50", 2, german)).toEqual({ ok: false, problem: "amountUnreadable" });
    expect(separatorsOf("en-US")).toEqual(english);
    expect(separatorsOf("de-DE")).toEqual(german);
    expect(typedAmount("1 200,50", 2, separatorsOf("fr-FR"))).toEqual({ ok: true, minor: 120_050 });
  });

  test("comes back exactly as it was written, whatever the currency", () => {
    fc.assert(
      fc.property(minor, exponent, fc.constantFrom(english, german), (amount, decimals, separators) => {
        const text = amountText(amount, decimals, separators);
        expect(typedAmount(text, decimals, separators)).toEqual({ ok: true, minor: amount });
      }),
    );
  });

  test("comes back exactly from what Intl writes, groups and all", () => {
    fc.assert(
      fc.property(
        minor,
        exponent,
        fc.constantFrom("en-US", "en-IN", "de-DE", "fr-FR", "de-CH"),
        (amount, decimals, locale) => {
          const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
          const text = amountText(amount, decimals, english) as `${number}`;
          const written = new Intl.NumberFormat(locale, digits).format(text);
          expect(typedAmount(written, decimals, separatorsOf(locale))).toEqual({ ok: true, minor: amount });
        },
      ),
    );
  });

  test("is a whole number above zero or a problem, and never throws", () => {
    fc.assert(
      fc.property(
        fc.string(),
        exponent,
        fc.constantFrom(english, german, { decimal: ".", group: "" }),
        (text, decimals, separators) => {
          const typed = typedAmount(text, decimals, separators);
          if (typed.ok) expect(Number.isSafeInteger(typed.minor) && typed.minor > 0).toBe(true);
        },
      ),
    );
  });
});
