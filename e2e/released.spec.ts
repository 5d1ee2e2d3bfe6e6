import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { books } from "./gateway-books.ts";
import { Stay } from "./stay.ts";

/** Pages pin a released script for years: each must go on working with today's BFF, by its hash. */
const releases = join(import.meta.dirname, "../packages/widget/releases");

for (const version of readdirSync(releases)) {
  test(`a page that pins ${version} shows a stay to its end`, async ({ page }) => {
    const served: string[] = [];
    await page.route("**/plimsoll/dev/*.js", async (route) => {
      const answer = await route.fetch({ url: route.request().url().replace("/dev/", `/${version}/`) });
      served.push(integrityOf(await answer.body()));
      await route.fulfill({ response: answer });
    });
    const stay = new Stay(page);
    await stay.checkIn();
    await stay.shows("$400.00");
    await stay.add("Dinner");
    await stay.shows("$450.00");
    await expect(stay.desk.locator("[part~=amount]")).toHaveText("$450.00");
    await stay.checkOut();
    await stay.shows("$450.00", "charged");
    expect(served.toSorted()).toEqual(pinned(version));
    expect(await books()).toEqual({ authorized: 45_000, captured: 45_000, released: 0, held: 0 });
  });
}

/** The hashes by which pages pin the two scripts. */
function pinned(version: string): string[] {
  const text = readFileSync(join(releases, version, "integrity.json"), "utf8");
  const hashes = JSON.parse(text) as Record<string, string>;
  return [hashes["hold.js"] ?? "", hashes["console.js"] ?? ""].toSorted();
}

function integrityOf(script: Buffer): string {
  return `sha384-${createHash("sha384").update(script).digest("base64")}`;
}
