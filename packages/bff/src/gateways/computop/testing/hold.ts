import { total } from "@plimsoll/shared";
import type { Finding, Outcome, References } from "../../../hold/index.ts";
import type { Attempt, Gateway, Order } from "../../port.ts";
import { order } from "./order.ts";

/** One hold at a gateway, carried as the driver carries it: names and sums go into the next order. */
export class CarriedHold {
  readonly gateway: Gateway;
  references: References = {};
  /** The authorization and its increments that still stand. */
  readonly steps: number[] = [];
  reversed = 0;
  captured = 0;
  #asked = 0;
  readonly #run: string;
  readonly #currency: string;

  constructor(gateway: Gateway, { run, currency = "EUR" }: { run: string; currency?: string }) {
    this.gateway = gateway;
    this.#run = run;
    this.#currency = currency;
  }

  get standing(): number {
    return this.steps.reduce((sum, step) => sum + step, 0);
  }

  /** The order of the next step, written as the rules would write it. */
  next(kind: Order["kind"], step: number, more: Partial<Order> = {}): Order {
    this.#asked += 1;
    const reference = `${this.#run}-${this.#asked}`;
    const before = kind === "capture" ? this.captured : this.standing;
    const draft = order(kind, { before, step }, { reference, key: `key-${reference}`, at: Date.now(), ...more });
    return { ...draft, payment: this.payment(draft.payment), increments: Math.max(0, this.steps.length - 1) };
  }

  /** The order to let go of the step that came last. */
  letGo(): Order {
    return this.next("reverse", this.steps.at(-1) ?? 0, { final: this.steps.length === 1 });
  }

  async ask(
    asked: Order,
    { token = null, signal = AbortSignal.timeout(20_000), number = 1 }: Partial<Attempt> = {},
  ): Promise<Outcome> {
    const outcome = await this.gateway.ask({ order: asked, written: this.gateway.write(asked), number, token, signal });
    const named = "references" in outcome ? outcome.references?.hold : undefined;
    this.references = { ...this.references, ...named };
    if (outcome.is === "approved") this.book(asked);
    return outcome;
  }

  /** What was asked is applied, whoever said so. */
  book({ kind, delta }: Order): void {
    if (kind === "capture") this.captured += delta;
    else if (kind === "reverse") this.reversed += this.steps.pop() ?? 0;
    else this.steps.push(delta);
  }

  async find(asked: Order): Promise<Finding> {
    const finding = await this.gateway.find(
      { ...asked, payment: this.payment(asked.payment) },
      AbortSignal.timeout(20_000),
    );
    if (finding.is === "applied") this.references = { ...this.references, ...finding.references.hold };
    return finding;
  }

  read() {
    return this.gateway.read(this.payment(order("capture", { step: 1 }).payment), AbortSignal.timeout(20_000));
  }

  private payment(draft: Order["payment"]): Order["payment"] {
    const { references, reversed } = this;
    return { ...draft, currency: this.#currency, references, ...(reversed > 0 ? { reversed: total(reversed) } : {}) };
  }
}
