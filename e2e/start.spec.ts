import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { gateways } from "../examples/demo/gateways.ts";
import { merchants } from "../examples/demo/merchants.ts";
import { places } from "./places.ts";

test("the start page leads to each site over each gateway", async ({ page, request }) => {
  await page.goto(places.start.url);
  for (const { name, place } of merchants) {
    const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name }) });
    for (const { name: gateway, title } of gateways) {
      const link = card.getByRole("link", { name: title });
      await expect(link).toHaveAttribute("href", `${places[place].url}/?gateway=${gateway}`);
      expect((await request.get(`${places[place].url}/?gateway=${gateway}`)).ok()).toBe(true);
    }
  }
  for (const { title } of gateways) {
    const books = await page.getByRole("link", { name: `${title}’s books` }).getAttribute("href");
    expect(await (await request.get(books ?? "")).json()).toHaveProperty("payments");
  }
  await page.getByRole("link", { name: "The gateways’ own console" }).click();
  await expect(page).toHaveURL(`${places.control.url}/`);
  await expect(page.getByText("Moneris").first()).toBeVisible();
});

test("the start page has nothing that axe finds, and fits a narrow phone", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto(places.start.url);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});
