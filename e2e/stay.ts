import { expect, type Locator, type Page } from "@playwright/test";

/** A guest's stay at Harbor Hotel, as a visitor of the demo goes through it. */
export class Stay {
  readonly page: Page;
  readonly card: Locator;
  readonly desk: Locator;

  constructor(page: Page) {
    this.page = page;
    this.card = page.locator("plimsoll-hold");
    this.desk = page.locator("plimsoll-console");
  }

  async checkIn(card = "Visa"): Promise<void> {
    await this.page.goto("/");
    const field = this.page.frameLocator("#card-field");
    await field.getByRole("radio", { name: card }).first().check();
    await field.getByRole("button").click();
  }

  async add(what: string): Promise<void> {
    await this.page.getByRole("button", { name: what }).click();
  }

  async checkOut(): Promise<void> {
    await this.page.getByRole("button", { name: "Check out" }).click();
  }

  /** What stands in large figures, and the words under it. */
  async shows(amount: string, caption = "on hold, not charged", on = this.card): Promise<void> {
    await expect(on.locator("[part~=amount]")).toHaveText(amount);
    await expect(on.locator("[part~=caption]")).toHaveText(caption);
  }

  async says(notice: string | RegExp, on = this.card): Promise<void> {
    await expect(on.locator("[part~=notice]")).toContainText(notice);
  }
}

/** The sandbox gateway's own books of the newest payment, in cents: the judge of every story. */
export async function books(): Promise<{ authorized: number; captured: number; released: number; held: number }> {
  const answer = await fetch(`http://localhost:${CONTROL_PORT}/cybersource/books/plimsoll_test`);
  const { payments } = (await answer.json()) as { payments: { sums: Awaited<ReturnType<typeof books>> }[] };
  const newest = payments.at(-1);
  if (!newest) throw new Error("the gateway has no payment");
  return newest.sums;
}

/** Sets how the gateway reads what its documents leave open. */
export async function setReading(name: string, value: string): Promise<void> {
  await fetch(`http://localhost:${CONTROL_PORT}/cybersource/readings/${name}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ value }),
  });
}

const CONTROL_PORT = 4703;
