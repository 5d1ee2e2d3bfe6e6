import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { gateways } from "../examples/demo/gateways.ts";
import { books, holdNextIncrement, setReading } from "./gateway-books.ts";
import { Stay } from "./stay.ts";

for (const { name, title } of gateways) {
  test(`a stay over ${title}: 400.00, dinner, one more night, mini-bar, and 700.00 charged`, async ({ page }) => {
    const stay = new Stay(page, name);
    const urls: string[] = [];
    page.on("request", (request) => urls.push(request.url()));
    await stay.checkIn();
    await stay.shows("$400.00");
    await stay.add("Dinner");
    await stay.shows("$450.00");
    await stay.add("One more night");
    await stay.shows("$650.00");
    await stay.add("Mini-bar");
    await stay.shows("$700.00");
    expect(await books(name)).toEqual({ authorized: 70_000, captured: 0, released: 0, held: 70_000 });

    await stay.checkOut();
    await stay.shows("$700.00", "charged");
    await expect(page.getByText("The stay has ended: nothing is on hold any more.")).toBeVisible();
    await expect(page.getByText("on hold on the card, not charged")).toHaveCount(0);
    expect(await books(name)).toEqual({ authorized: 70_000, captured: 70_000, released: 0, held: 0 });
    expect(urls.filter((url) => url.includes("eyJ"))).toEqual([]);
  });
}

test("a decline adds nothing, and says so", async ({ page }) => {
  const stay = new Stay(page);
  await stay.checkIn();
  await stay.shows("$400.00");
  await stay.add("Spa");
  await stay.says("$40.51 more was not approved. The hold stays $400.00. Nothing was added.");
  await stay.shows("$400.00");
  expect(await books()).toEqual({ authorized: 40_000, captured: 0, released: 0, held: 40_000 });
});

test("a card that the bank declines opens no hold", async ({ page }) => {
  const stay = new Stay(page);
  await stay.checkIn("declines");
  await expect(page.getByRole("status")).toHaveText("The bank declined this card. Choose another one.");
  await expect(stay.card).toHaveCount(0);
  expect((await books()).held).toBe(0);
});

test("a slow bank: the step is pending, never counted before the bank has said so", async ({ page }) => {
  const stay = new Stay(page);
  await stay.checkIn();
  await stay.shows("$400.00");
  const answer = await holdNextIncrement();
  await stay.add("Dinner");
  await stay.says("Asking your bank for $50.00 more.");
  await stay.shows("$400.00");
  await answer();
  await stay.shows("$450.00");
  expect((await books()).held).toBe(45_000);
});

test("an answer that is lost: the step is being checked, then found in the bank's books", async ({ page }) => {
  await setReading("searchLag", "0s");
  const stay = new Stay(page);
  await stay.checkIn();
  await stay.shows("$400.00");
  await stay.add("Laundry");
  await stay.says("We are checking the last step with the bank. Please don’t pay again.");
  await stay.shows("$400.00");
  await stay.shows("$409.92");
  expect((await books()).held).toBe(40_992);
});

test("two tabs of one guest: a question asked at the desk, answered in one, seen in both", async ({
  page,
  context,
}) => {
  const stay = new Stay(page);
  await stay.checkIn();
  await stay.shows("$400.00");
  await stay.add("One more night");
  await stay.shows("$600.00");
  const opened = context.waitForEvent("page");
  await page.getByRole("link", { name: "second tab" }).click();
  const second = await opened;
  const other = second.locator("plimsoll-hold");
  await stay.shows("$600.00", "on hold, not charged", other);

  await stay.add("Two more nights");
  await expect(stay.card.getByRole("group", { name: "Raise the hold to $850.00?" })).toBeVisible();
  await other.getByRole("button", { name: "Yes" }).click();
  await stay.shows("$850.00", "on hold, not charged", other);
  await stay.shows("$850.00");
  expect((await books()).held).toBe(85_000);
});

test("a no leaves the hold as it was", async ({ page }) => {
  const stay = new Stay(page);
  await stay.checkIn();
  await stay.add("Two more nights");
  await stay.card.getByRole("button", { name: "No, keep $400.00" }).click();
  await expect(stay.card.getByRole("group", { name: "Raise the hold" })).toHaveCount(0);
  await stay.shows("$400.00");
  expect((await books()).held).toBe(40_000);
});

test("the page with both elements has nothing that axe finds, and no error in its console", async ({ page }) => {
  const errors: string[] = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  const stay = new Stay(page);
  await stay.checkIn();
  await stay.shows("$400.00");
  await stay.add("Dinner");
  await stay.shows("$450.00");
  await expect(stay.desk.locator("[part~=amount]")).toHaveText("$450.00");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  }
  expect(errors).toEqual([]);
});
