import { expect, test } from "@playwright/test";
import { books } from "./gateway-books.ts";
import { Stay } from "./stay.ts";

test("the front desk raises the hold by keyboard, and the guest sees it at once", async ({ page }) => {
  const stay = new Stay(page);
  await stay.checkIn();
  await stay.shows("$400.00");
  await stay.desk.getByLabel("Amount in USD").fill("12.50");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Breakfast");
  await page.keyboard.press("Enter");
  await stay.shows("$412.50");
  await expect(stay.card.locator("[part~=step]").first()).toContainText("Breakfast");
  expect((await books()).held).toBe(41_250);
});

test("the desk captures less, and the gateway lets the rest go", async ({ page }) => {
  const stay = new Stay(page);
  await stay.checkIn();
  await stay.shows("$400.00");
  await stay.desk.getByRole("button", { name: "Capture…" }).click();
  await stay.desk.getByLabel("Amount in USD").fill("380.00");
  await stay.desk.getByRole("button", { name: "Continue" }).click();
  await expect(stay.desk.getByText("Charge $380.00 and release $20.00? The hold ends with this.")).toBeVisible();
  await stay.desk.getByRole("button", { name: "Charge $380.00" }).click();
  await stay.shows("$380.00", "charged");
  expect(await books()).toEqual({ authorized: 40_000, captured: 38_000, released: 2_000, held: 0 });
});

test("the desk releases everything; nothing is charged", async ({ page }) => {
  const stay = new Stay(page);
  await stay.checkIn();
  await stay.shows("$400.00");
  await stay.desk.getByRole("button", { name: "Release all…" }).click();
  await stay.desk.getByRole("button", { name: "Release $400.00 to the card" }).click();
  await stay.shows("$0.00", "released, nothing charged");
  expect(await books()).toEqual({ authorized: 40_000, captured: 0, released: 40_000, held: 0 });
});
