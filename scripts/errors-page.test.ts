import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { errorsFile, errorsPage } from "./errors-page.ts";

it("documents every code as the list has it (node --conditions=@plimsoll/source scripts/errors-page.ts writes it anew)", () => {
  expect(readFileSync(errorsFile, "utf8")).toBe(errorsPage);
});
