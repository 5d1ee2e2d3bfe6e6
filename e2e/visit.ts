import { expect, type Locator, type Page } from "@playwright/test";
import type { DemoGateway } from "../examples/demo/gateways.ts";
import { places } from "./places.ts";

/** What all visits to the demo's sites have in common: a site over a gateway, a card, and the elements on the page. */
export class Visit {
  readonly page: Page;
  readonly gateway: DemoGateway["name"];
  readonly card: Locator;
  readonly desk: Locator;

  constructor(page: Page, gateway: DemoGateway["name"] = "cybersource") {
    this.page = page;
    this.gateway = gateway;
    this.card = page.locator("plimsoll-hold");
    this.desk = page.locator("plimsoll-console");
  }

  async begin(site: "hotel" | "charging" | "delivery"): Promise<void> {
    await this.page.goto(`${places[site].url}/?gateway=${this.gateway}`);
  }

  /** In the gateway's own card field. */
  async pay(card = "Visa"): Promise<void> {
    const field = this.page.frameLocator("#card-field");
    await field.getByRole("radio", { name: card }).first().check();
    await field.getByRole("button").click();
  }

  async click(name: string | RegExp): Promise<void> {
    await this.page.getByRole("button", { name }).click();
  }

  /** What stands in large figures, and the words under it. */
  async shows(amount: string, caption = "on hold, not charged", on = this.card): Promise<void> {
    await expect(on.locator("[part~=amount]")).toHaveText(amount);
    await expect(on.locator("[part~=caption]")).toHaveText(caption);
  }

  async says(notice: string | RegExp, on = this.card): Promise<void> {
    await expect(on.locator("[part~=notice]")).toContainText(notice);
  }

  /** The site's own status line. */
  async isTold(word: string): Promise<void> {
    await expect(this.page.locator("#word")).toHaveText(word);
  }
}
