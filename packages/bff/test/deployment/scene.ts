import { until } from "../../src/testing/until.ts";
import { ORIGIN, type Deployment } from "./deployment.ts";
import { Till } from "./till.ts";
import { Viewer } from "./viewer.ts";

/** Holds, each with its till and its viewer. */
export class Scene {
  readonly tills: readonly Till[];
  readonly #viewers: readonly Viewer[];
  readonly #deployment: Deployment;
  readonly #working: Promise<unknown>;
  #open = true;

  static async begin(
    deployment: Deployment,
    count: number,
    at: { tills?: string; viewers?: string } = {},
  ): Promise<Scene> {
    const holds = await Promise.all(Array.from({ length: count }, () => deployment.open()));
    const tokens = await Promise.all(holds.map((hold) => deployment.payerToken(hold)));
    const viewers = tokens.map((token) => new Viewer(at.viewers ?? deployment.url, token, ORIGIN));
    return new Scene(
      deployment,
      holds.map((hold) => new Till(deployment.merchant(at.tills), hold)),
      viewers,
    );
  }

  private constructor(deployment: Deployment, tills: readonly Till[], viewers: readonly Viewer[]) {
    this.#deployment = deployment;
    this.tills = tills;
    this.#viewers = viewers;
    this.#working = Promise.all(tills.map((till) => till.work(() => this.#open)));
    // Looked at in the end; until then nobody is to be told.
    this.#working.catch(() => {});
  }

  /** Resolves when so many more increments have been answered. */
  async until(more: number): Promise<void> {
    const rung = () => this.tills.reduce((sum, till) => sum + till.rung.length, 0);
    const wanted = rung() + more;
    await until("the tills have rung", () => rung() >= wanted);
  }

  /** The tills close, and every hold comes to rest. */
  async end(): Promise<void> {
    this.#open = false;
    await this.#working;
    for (const { hold } of this.tills) {
      await until(`hold ${hold} rests`, async () => {
        const { amounts, doubt } = (await this.#deployment.merchant().hold.query({ hold })).hold;
        return doubt === null && amounts.pending === 0;
      });
    }
  }

  /** The longest that a viewer needed to see what a till had been answered, in milliseconds. */
  async slowest(): Promise<number> {
    let slowest = 0;
    for (const [index, till] of this.tills.entries()) {
      const viewer = this.#viewers[index];
      const newest = Math.max(...till.rung.map(({ version }) => version));
      await until(`the viewer of ${till.hold} sees version ${newest}`, () => (viewer?.newest ?? 0) >= newest);
      for (const { version, at } of till.rung) slowest = Math.max(slowest, (viewer?.saw(version) ?? Infinity) - at);
    }
    this.#viewers.forEach((viewer) => viewer.close());
    return slowest;
  }

  /** What was answered is there once, and nothing else; the gateway's books are the judge. */
  async disagreements(): Promise<string[]> {
    const payments = await this.#deployment.books();
    const wrong = payments.length === this.tills.length ? [] : [`the gateway has ${payments.length} payments`];
    for (const { hold, rung } of this.tills) {
      const { references, amounts, steps } = (await this.#deployment.merchant().hold.query({ hold })).hold;
      const payment = payments.find(({ id }) => id === references.payment);
      const increments = steps.filter(({ kind }) => kind === "increment");
      const applied = increments.filter(({ state }) => state === "applied").length;
      const told = new Set(rung.map(({ step }) => step));
      const said = { authorized: amounts.authorized, captured: amounts.captured, held: amounts.held };
      const booked = payment && {
        authorized: payment.sums.authorized,
        captured: payment.sums.captured,
        held: payment.sums.held,
      };
      if (JSON.stringify(said) !== JSON.stringify(booked))
        wrong.push(`${hold} says ${JSON.stringify(said)}, the books ${JSON.stringify(booked)}`);
      if (payment?.movements.filter(({ kind, applied: sum }) => kind === "increment" && sum > 0).length !== applied)
        wrong.push(`${hold} was raised another number of times at the gateway`);
      if (told.size !== rung.length) wrong.push(`${hold}: two keys, one step`);
      if (increments.some(({ id }) => !told.has(id)) || told.size !== increments.length)
        wrong.push(`${hold} has ${increments.length} increments, and ${told.size} were told`);
    }
    return wrong;
  }
}
