import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { gatewaysFile, gatewaysPage } from "./gateways-page.ts";

it("documents every gateway as its rows have it (node --conditions=@plimsoll/source scripts/gateways-page.ts writes it anew)", () => {
  expect(readFileSync(gatewaysFile, "utf8")).toBe(gatewaysPage);
});
