import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { outcomeTable } from "./outcomes.ts";
import { createCybersourceReadings } from "./readings.ts";

const readme = readFileSync(new URL("README.md", import.meta.url), "utf8");

describe("the README tells the truth", () => {
  it.each(createCybersourceReadings().report())("about the reading $name", ({ name, values }) => {
    const row = readme.split("\n").find((line) => line.startsWith(`| \`${name}\``)) ?? "";
    for (const value of values) expect(row).toContain(`\`${value}\``);
    expect(row).toContain(`**\`${values[0]}\`**`);
  });

  it.each(outcomeTable)("about the outcome $name", ({ name, cents }) => {
    expect(readme).toMatch(new RegExp(`\\| ${cents ?? "by script only"} +\\| \`${name}\` +\\|`, "u"));
  });
});
