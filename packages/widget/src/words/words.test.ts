import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { consentNames, en, type HoldName } from "./en.ts";
import { decimal, money } from "./money.ts";
import { times } from "./time.ts";
import { isolated, localeFor, translator } from "./words.ts";

describe("money", () => {
  test("has as many decimals as the hold says, not as Intl would", () => {
    expect(money("en-US", "USD", 2).plain(4200)).toBe("$42.00");
    expect(money("en-US", "JPY", 0).plain(4200)).toBe("¥4,200");
    expect(money("en-US", "KWD", 3).plain(4200)).toBe("KWD\u00A04.200");
    expect(money("en-US", "HUF", 2).plain(123_456)).toBe("HUF\u00A01,234.56");
  });

  test("shows the sign of a step, and none at zero", () => {
    const { signed } = money("en-US", "USD", 2);
    expect([signed(5000), signed(-5000), signed(0)]).toEqual(["+$50.00", "-$50.00", "$0.00"]);
  });

  test("writes the currency as a code in right-to-left languages", () => {
    expect(money("ar", "USD", 2, true).plain(4200)).toContain("USD");
  });

  test("prints the greatest amount to the last digit", () => {
    expect(money("en-US", "USD", 2).plain(999_999_999_999_999)).toBe("$9,999,999,999,999.99");
  });

  test("turns minor units into decimals exactly", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999_999_999_999_999 }),
        fc.integer({ min: 0, max: 4 }),
        (minor, exponent) => {
          const [whole = "", rest = ""] = decimal(minor, exponent).split(".");
          expect(Number(whole) * 10 ** exponent + Number(rest.slice(0, exponent) || "0")).toBe(minor);
        },
      ),
    );
  });
});

describe("times", () => {
  const now = Date.parse("2026-11-21T14:00:00Z");
  const american = times("en-US", now, "UTC");

  test("are of the clock today and with their day otherwise", () => {
    expect(american.clock("2026-11-21T13:58:00Z")).toMatch(/^1:58\sPM$/);
    expect(american.clock("2026-11-20T13:58:00Z")).toMatch(/^Nov 20, 1:58\sPM$/);
  });

  test("name their zone where the end of a hold is meant", () => {
    expect(american.whole("2026-11-27T21:00:00Z")).toMatch(/^Fri, Nov 27, 9:00\sPM UTC$/);
  });

  test("are relative in minutes, hours and days, never zero", () => {
    expect(american.until("2026-11-21T23:00:00Z")).toBe("in 9 hours");
    expect(american.until("2026-11-21T14:20:00Z")).toBe("in 20 minutes");
    expect(american.until("2026-11-21T14:00:01Z")).toBe("in 1 minute");
    expect(american.until("2026-11-24T14:00:00Z")).toBe("in 3 days");
    expect(american.until("2026-11-21T23:00:00Z", (count) => `about ${count}`)).toBe("in about 9 hours");
  });
});

describe("a translator", () => {
  test("fills places, and isolates what runs the other way", () => {
    const say = translator<HoldName>(en, undefined);
    expect(say("waitingForYou", { merchant: "Harbor Hotel" })).toBe("Harbor Hotel is waiting for your answer.");
    expect(say("waitingForYou", { merchant: "فندق" })).toBe("\u2068فندق\u2069 is waiting for your answer.");
    expect(isolated("$50.00", true)).toBe("\u2068$50.00\u2069");
  });

  test("takes a merchant's wording, but never for what the payer consents to", () => {
    const say = translator<HoldName>(en, { total: "Sum", askTitle: "Free money?" }, consentNames);
    expect(say("total")).toBe("Sum");
    expect(say("askTitle", { total: "$900.00" })).toBe("Raise the hold to $900.00?");
  });

  test("says nothing of a refund, a deposit or a charge for a hold", () => {
    for (const message of Object.values(en.messages)) expect(message).not.toMatch(/refund|deposit/i);
    expect(en.messages.onHold).toBe("on hold, not charged");
  });

  test("writes numbers in the page's locale only where the words are of its language", () => {
    expect(localeFor("en-GB", "en")).toBe("en-GB");
    expect(localeFor("de-DE", "en")).toBe("en");
    expect(localeFor("no locale!", "en")).toBe("en");
  });
});
