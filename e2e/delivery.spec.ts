import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { gateways } from "../examples/demo/gateways.ts";
import { books, declineNextIncrement, leftOver, leftOverInWords, movements } from "./gateway-books.ts";
import { Visit } from "./visit.ts";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

class Order extends Visit {
  async place(): Promise<void> {
    await this.begin("delivery");
    await this.costs("$86.40");
    await expect(this.page.getByText("$100.00 is put on hold")).toBeVisible();
    await this.pay();
    await this.shows("$100.00");
  }

  async costs(total: string): Promise<void> {
    await expect(this.page.locator("#total")).toHaveText(total);
  }

  line(label: string) {
    return this.page.getByRole("listitem").filter({ hasText: label });
  }

  async weigh(): Promise<void> {
    await this.click("Weigh the salmon: 0.62 kg");
    await expect(this.line("Salmon fillet")).toContainText("0.62 kg at $24.00 a kilo · as weighed");
  }

  async offerEggs(answer: "Yes, take it" | "No, leave it out"): Promise<void> {
    await this.click("Offer free-range eggs instead");
    await expect(this.page.getByRole("group", { name: /^No eggs left/ })).toContainText("$1.40 more.");
    await this.click(answer);
  }

  async berriesMissing(): Promise<void> {
    await this.click("Blueberries: none left");
    await expect(this.line("Blueberries")).toHaveCount(0);
  }

  async deliver(end: string): Promise<void> {
    await this.click("Hand over the bags");
    await expect(this.page.locator("#end")).toHaveText(end);
  }
}

for (const { name, title } of gateways) {
  test.describe(`groceries over ${title}`, () => {
    test("weighed, swapped and missing: 84.18 of 100.00 is charged, and no step was needed", async ({ page }) => {
      const order = new Order(page, name);
      await order.place();
      await expect(order.line("Gruyère")).toContainText("$8.23");
      await order.weigh();
      await order.costs("$89.28");
      await order.offerEggs("Yes, take it");
      await order.costs("$90.68");
      await order.berriesMissing();
      await order.costs("$84.18");
      expect(await movements(name)).toEqual(["authorization 10000"]);

      await order.deliver(`Delivered: $84.18 charged. ${leftOverInWords(name, "$15.82")}`);
      await order.shows("$84.18", "charged");
      expect(await books(name)).toEqual({ authorized: 10_000, captured: 8_418, ...leftOver(name, 1_582) });
    });

    test("a bottle of wine for 18.00 moves the hold by the 2.18 that pass it", async ({ page }) => {
      const order = new Order(page, name);
      await order.place();
      await order.weigh();
      await order.offerEggs("Yes, take it");
      await order.berriesMissing();
      await order.costs("$84.18");
      await expect(page.locator("#extra")).toContainText("comes to $102.18 with it. $2.18 more is put on hold.");
      await order.click("Add for $18.00");
      await order.costs("$102.18");
      await order.shows("$102.18");
      await expect(order.card.locator("[part~=step]").first()).toContainText("Bottle of wine, $18.00");
      expect((await books(name)).held).toBe(10_218);

      await order.deliver("Delivered: $102.18 charged.");
      await order.shows("$102.18", "charged");
      expect(await books(name)).toEqual({ authorized: 10_218, captured: 10_218, released: 0, held: 0 });
    });

    test("a swap that the customer doesn't want takes the line away, and nothing is sent", async ({ page }) => {
      const order = new Order(page, name);
      await order.place();
      await order.offerEggs("No, leave it out");
      await order.isTold("Left out. Nothing more is held.");
      await expect(order.line("Eggs")).toHaveCount(0);
      await order.costs("$82.50");
      await order.shows("$100.00");
      expect(await movements(name)).toEqual(["authorization 10000"]);
    });
  });
}

test("the bank says no to the 2.18: the wine is not in the basket, and the rest is delivered", async ({ page }) => {
  const order = new Order(page);
  await order.place();
  await order.weigh();
  await order.offerEggs("Yes, take it");
  await order.berriesMissing();
  await order.costs("$84.18");
  await declineNextIncrement("cybersource");
  await order.click("Add for $18.00");
  await order.isTold("No more was approved, so the basket stays as it was.");
  await order.says("$2.18 more was not approved. The hold stays $100.00. Nothing was added.");
  await order.costs("$84.18");
  await order.deliver("Delivered: $84.18 charged. $15.82 was not needed and goes back.");
  expect(await books()).toEqual({ authorized: 10_000, captured: 8_418, released: 1_582, held: 0 });
});

for (const { name, title } of gateways.filter(({ hasPage }) => hasPage)) {
  test(`groceries paid on ${title}'s own page`, async ({ page }) => {
    const order = new Order(page, name);
    await order.begin("delivery");
    await order.click(`Pay on ${title}’s own page`);
    await page.getByRole("button", { name: "Cancel" }).click();
    await order.costs("$86.40");
    await order.click(`Pay on ${title}’s own page`);
    await page.getByRole("radio", { name: "Visa" }).first().check();
    await page.getByRole("button", { name: "Pay", exact: true }).click();
    await order.shows("$100.00");
    await order.berriesMissing();
    await order.weigh();
    await order.offerEggs("Yes, take it");
    await order.click("Add for $18.00");
    await order.shows("$102.18");
    await order.deliver("Delivered: $102.18 charged.");
    expect(await books(name)).toEqual({ authorized: 10_218, captured: 10_218, released: 0, held: 0 });
  });
}

test("the phone's page fits its width and has nothing that axe finds, in either theme", async ({ page }) => {
  const errors: string[] = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  const order = new Order(page);
  await order.place();
  await order.click("Offer free-range eggs instead");
  await expect(page.getByRole("button", { name: "Yes, take it" })).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(errors).toEqual([]);
});
