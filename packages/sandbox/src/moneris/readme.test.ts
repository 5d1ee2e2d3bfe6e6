import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { testCards } from "./cards.ts";
import { testMerchant } from "./merchants.ts";
import { outcomeReports, outcomeTable } from "./outcomes.ts";
import { paymentMethodIdOf, permanentTokenOf } from "./payment-methods.ts";
import { createMonerisReadings } from "./readings.ts";

const readme = readFileSync(new URL("README.md", import.meta.url), "utf8");
const rowsWith = (cell: string) => readme.split("\n").filter((line) => line.includes(`| ${cell} `));

describe("the README tells the truth", () => {
  it.each(createMonerisReadings().report())("about the reading $name", ({ name, values, meaning, source }) => {
    const [row = ""] = rowsWith(`\`${name}\``);
    for (const value of values) expect(row).toContain(`\`${value}\``);
    for (const text of [`**\`${values[0]}\`**`, meaning, source]) expect(row).toContain(text);
  });

  it.each(outcomeTable)("about the outcome $name", ({ name, cents, rare }) => {
    const report = outcomeReports.find((one) => one.name === name);
    const [row = ""] = rowsWith(`\`${name}\``);
    const ending = cents === null ? "by script only" : rare ? `${cents} (whole table)` : cents;
    expect(row.startsWith(`| ${ending} `)).toBe(true);
    for (const text of [report?.what, report?.source, report?.operations.join(", ")]) expect(row).toContain(text);
  });

  it.each(testCards)("about the card $name", (card) => {
    const [row = ""] = rowsWith(`\`${card.name}\``);
    for (const text of [card.network, card.lastFour, paymentMethodIdOf(card), permanentTokenOf(card)])
      expect(row).toContain(text);
  });

  it("about the test merchant", () => {
    const { merchantId, clientId, clientSecret } = testMerchant;
    for (const text of [merchantId, clientId, clientSecret]) expect(readme).toContain(`\`${text}\``);
  });
});
