import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { currency, delta, exponentOf, fromDecimal, MAX_MINOR, toDecimal, total, type Total } from "./money.ts";

describe("minor units and decimals", () => {
  it.each([0, 2, 3, 4])("go there and back exactly with %i decimals", (exponent) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_MINOR }), (minor) => {
        const decimal = toDecimal(minor, exponent);
        expect(fromDecimal(decimal, exponent)).toBe(minor);
        expect(decimal.split(".")[1]?.length ?? 0).toBe(exponent);
      }),
    );
  });

  it.each([
    [1000, 0, "1000"],
    [5, 0, "5"],
    [1999, 2, "19.99"],
    [5, 2, "0.05"],
    [0, 2, "0.00"],
    [-1999, 2, "-19.99"],
    [1005, 3, "1.005"],
    [MAX_MINOR, 2, "9999999999999.99"],
  ])("%i with %i decimals is written %s", (minor, exponent, decimal) => {
    expect(toDecimal(minor, exponent)).toBe(decimal);
  });

  it.each([
    ["19.99", 2, 1999],
    ["1.1", 2, 110],
    ["0.29", 2, 29],
    ["1.005", 3, 1005],
    ["10.000", 2, 1000],
    ["10", 2, 1000],
    ["100", 0, 100],
    ["100.00", 0, 100],
  ])("%s with %i decimals is %i, and passes no float", (decimal, exponent, minor) => {
    expect(fromDecimal(decimal, exponent)).toBe(minor);
  });

  it.each([
    ["10.005", 2],
    ["100.5", 0],
    ["", 2],
    [".5", 2],
    ["5.", 2],
    ["-5", 2],
    ["+5", 2],
    ["1e3", 2],
    ["1,000.00", 2],
    ["0x10", 2],
    [" 5", 2],
    ["5\n", 2],
    ["٥", 2],
    ["NaN", 2],
    ["99999999999999.99", 2],
  ])("%j with %i decimals is no amount", (decimal, exponent) => {
    expect(fromDecimal(decimal, exponent)).toBeUndefined();
  });

  it("refuse what a float made of them", () => {
    expect(() => delta(0.1 + 0.2)).toThrow(RangeError);
    expect(() => total(19.99)).toThrow(RangeError);
    expect(() => delta(MAX_MINOR + 1)).toThrow(RangeError);
    expect(() => total(-1)).toThrow(RangeError);
    expect(() => total(Number.NaN)).toThrow(RangeError);
  });
});

describe("steps and sums", () => {
  it("are not taken for one another", () => {
    const wantsTotal = (sum: Total) => sum;
    // @ts-expect-error a delta is not a total
    expect(wantsTotal(delta(5_000))).toBe(5_000);
    // @ts-expect-error neither is a bare number
    expect(wantsTotal(5_000)).toBe(5_000);
  });
});

describe("currencies", () => {
  it.each([
    ["USD", 2],
    ["EUR", 2],
    ["JPY", 0],
    ["KRW", 0],
    ["KWD", 3],
    ["BHD", 3],
    ["HUF", 2],
    ["ISK", 0],
    ["XCG", 2],
  ])("%s has the %i decimals of ISO 4217, whatever a locale shows", (code, exponent) => {
    expect(exponentOf(code)).toBe(exponent);
  });

  it.each(["XAU", "XXX", "XTS", "XDR", "ABC", "usd", "", "__proto__", "constructor"])(
    "%j can't be held on a card",
    (code) => {
      expect(currency.safeParse(code).success).toBe(false);
    },
  );
});
