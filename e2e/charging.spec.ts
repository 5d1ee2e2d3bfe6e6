import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { gateways } from "../examples/demo/gateways.ts";
import { books, declineNextIncrement, leftOver, leftOverInWords, movements } from "./gateway-books.ts";
import { Visit } from "./visit.ts";

class Session extends Visit {
  async plugIn(car: "Hatchback" | "Van"): Promise<void> {
    await this.begin("charging");
    await this.page.getByRole("radio", { name: car }).check();
    await this.pay();
    await this.shows("$20.00");
  }

  /** So many reports of the charger's meter, and what the site shows after them. */
  async charge(reports: number, cost: string, energy: string): Promise<void> {
    for (let report = 0; report < reports; report += 1) await this.click("Charge 5 kWh more");
    await expect(this.page.locator("#cost")).toHaveText(cost);
    await expect(this.page.locator("#energy")).toHaveText(energy);
  }

  async stopsAt(limit: string): Promise<void> {
    await expect(this.page.locator("#limit")).toHaveText(limit);
  }

  async unplug(bill: string): Promise<void> {
    await this.click("Stop and unplug");
    await expect(this.page.locator("#bill")).toHaveText(bill);
  }
}

for (const { name, title } of gateways) {
  test.describe(`charging a car over ${title}`, () => {
    test("20.00 and 10.00 more are held; 24.37 is charged, 5.63 is not needed", async ({ page }) => {
      const session = new Session(page, name);
      await session.plugIn("Hatchback");
      await session.charge(4, "$15.80", "20.000 kWh");
      await session.stopsAt("$20.00");
      await session.charge(1, "$19.75", "25.000 kWh");
      await session.stopsAt("$30.00");
      await session.shows("$30.00");
      await session.charge(2, "$24.37", "30.848 kWh");
      await session.isTold("The battery is full.");
      await expect(page.getByRole("button", { name: "Charge 5 kWh more" })).toBeDisabled();
      expect((await books(name)).held).toBe(3_000);

      await session.unplug(`30.848 kWh: $24.37 charged. ${leftOverInWords(name, "$5.63")}`);
      await session.shows("$24.37", "charged");
      expect(await books(name)).toEqual({ authorized: 3_000, captured: 2_437, ...leftOver(name, 563) });
      // Nobody asks for the rest: it goes by itself.
      expect(await movements(name)).not.toContain("reversal 563");
    });

    test("a second 10.00, and 37.80 in the end", async ({ page }) => {
      const session = new Session(page, name);
      await session.plugIn("Van");
      await session.charge(7, "$27.65", "35.000 kWh");
      await session.stopsAt("$40.00");
      await session.shows("$40.00");
      await session.charge(3, "$37.80", "47.848 kWh");
      await session.unplug(`47.848 kWh: $37.80 charged. ${leftOverInWords(name, "$2.20")}`);
      await session.shows("$37.80", "charged");
      expect(await books(name)).toEqual({ authorized: 4_000, captured: 3_780, ...leftOver(name, 220) });
    });

    test("the bank says no to the second 10.00: the charger stops at 30.00, and no more is charged", async ({
      page,
    }) => {
      const session = new Session(page, name);
      await session.plugIn("Van");
      await session.charge(6, "$23.70", "30.000 kWh");
      await declineNextIncrement(name);
      await session.charge(1, "$27.65", "35.000 kWh");
      await session.isTold("No more was approved. The charger was told to stop at $30.00.");
      await session.says("$10.00 more was not approved. The hold stays $30.00. Nothing was added.");
      await session.charge(1, "$30.00", "37.974 kWh");
      await expect(page.getByRole("button", { name: "Charge 5 kWh more" })).toBeDisabled();
      await session.unplug("37.974 kWh: $30.00 charged.");
      await session.shows("$30.00", "charged");
      expect(await books(name)).toEqual({ authorized: 3_000, captured: 3_000, released: 0, held: 0 });
    });
  });
}

test("a cable that comes out before anything was charged lets the hold go", async ({ page }) => {
  const session = new Session(page);
  await session.plugIn("Hatchback");
  await session.unplug("Nothing was charged.");
  await session.shows("$0.00", "released, nothing charged");
  expect(await books()).toEqual({ authorized: 2_000, captured: 0, released: 2_000, held: 0 });
});

test("the operator raises by hand, and the charger's limit follows", async ({ page }) => {
  const session = new Session(page);
  await session.plugIn("Hatchback");
  await session.desk.getByLabel("Amount in USD").fill("5.00");
  await page.keyboard.press("Enter");
  await session.shows("$25.00");
  await session.stopsAt("$25.00");
});

test("the charger's page has nothing that axe finds, in either theme and at 360 px", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 900 });
  const session = new Session(page);
  await session.plugIn("Hatchback");
  await session.charge(1, "$3.95", "5.000 kWh");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});
