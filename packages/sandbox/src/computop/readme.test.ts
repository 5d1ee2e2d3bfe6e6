import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { testCards } from "./cards.ts";
import { testMerchant } from "./merchants.ts";
import { outcomeTable } from "./outcomes.ts";
import { createPaygateReadings } from "./readings.ts";

const readme = readFileSync(new URL("README.md", import.meta.url), "utf8");
const rows = readme.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
const row = (column: number, cell: string) => rows.find((cells) => cells[column] === cell) ?? [];

describe("the README tells the truth", () => {
  it.each(createPaygateReadings().report())("about the reading $name", ({ name, values, meaning }) => {
    const [first, ...others] = values.map((value) => `\`${value}\``);
    expect(row(1, `\`${name}\``).slice(2, 4)).toEqual([[`**${first}**`, ...others].join(", "), meaning]);
  });

  it.each(outcomeTable)("about the outcome $name", ({ name, cents, what }) => {
    expect(row(2, `\`${name}\``).slice(1, 4)).toEqual([cents ?? "by script only", `\`${name}\``, what]);
  });

  it.each(testCards)("about the card $name", ({ name, label, number }) => {
    expect(row(1, `\`${name}\``).slice(2, 4)).toEqual([label, number.slice(-4)]);
  });

  it("about the test merchant", () => {
    expect(row(1, "merchant id")[2]).toBe(`\`${testMerchant.merchantId}\``);
    expect(row(1, "API key")[2]).toBe(`\`${testMerchant.apiKey}\``);
  });
});
