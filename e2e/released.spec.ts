import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { books, Stay } from "./stay.ts";

/** Pages pin a released script for years: each must go on working with today's BFF, by its hash. */
const releases = join(import.meta.dirname, "../packages/widget/releases");

for (const version of readdirSync(releases)) {
  test(`a page that pins ${version} shows a stay to its end`, async ({ page }) => {
    const integrity = JSON.parse(readFileSync(join(releases, version, "integrity.json"), "utf8")) as Record<
      string,
      string
    >;
    await page.route("**/stays/*", async (route) => {
      const answer = await route.fetch();
      const pinned = (await answer.text()).replaceAll(
        /src="([^"]*)\/plimsoll\/dev\/(\w+\.js)"/g,
        (_, host: string, file: string) => `src="${host}/plimsoll/${version}/${file}" integrity="${integrity[file]}"`,
      );
      await route.fulfill({ response: answer, body: pinned });
    });
    const stay = new Stay(page);
    await stay.checkIn();
    await expect(page.locator(`script[src*="/plimsoll/${version}/hold.js"][integrity^="sha384-"]`)).toHaveCount(1);
    await stay.shows("$400.00");
    await stay.add("Dinner");
    await stay.shows("$450.00");
    await expect(stay.desk.locator("[part~=amount]")).toHaveText("$450.00");
    await stay.checkOut();
    await stay.shows("$450.00", "charged");
    expect(await books()).toEqual({ authorized: 45_000, captured: 45_000, released: 0, held: 0 });
  });
}
