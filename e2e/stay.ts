import { Visit } from "./visit.ts";

/** A guest's stay at Harbor Hotel, as a visitor of the demo goes through it. */
export class Stay extends Visit {
  async checkIn(card?: string): Promise<void> {
    await this.begin("hotel");
    await this.pay(card);
  }

  async add(what: string): Promise<void> {
    await this.click(what);
  }

  async checkOut(): Promise<void> {
    await this.click("Check out");
  }
}
