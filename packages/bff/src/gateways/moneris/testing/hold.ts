import { total } from "@plimsoll/shared";
import type { Outcome, References } from "../../../hold/index.ts";
import type { Attempt, Gateway, Order } from "../../port.ts";
import { order } from "./order.ts";

const patient = () => AbortSignal.timeout(20_000);

/** One hold at Moneris, carried as the driver carries it: each answer's names go into the next order. */
export class CarriedHold {
  readonly gateway: Gateway;
  readonly currency: string;
  references: References = {};
  authorized = 0;
  captured = 0;
  captures = 0;
  readonly #random: () => Uint8Array;
  readonly #key: () => string;
  readonly #now: () => number;

  constructor(
    gateway: Gateway,
    from: { random: () => Uint8Array; key: () => string; now: () => number },
    currency = "CAD",
  ) {
    this.gateway = gateway;
    this.currency = currency;
    this.#random = from.random;
    this.#key = from.key;
    this.#now = from.now;
  }

  /** The order of the next step, written as the rules would write it. */
  next(kind: Order["kind"], step: number, more: Partial<Order> = {}): Order {
    const before = kind === "authorize" ? 0 : kind === "capture" ? this.captured : this.authorized;
    return order(
      kind,
      { before, step, held: this.authorized - this.captured },
      {
        references: this.references,
        currency: this.currency,
        reference: this.gateway.reference(this.#random()),
        key: this.#key(),
        at: this.#now(),
        captures: this.captures,
        ...more,
      },
    );
  }

  async ask(asked: Order, { token = null, signal = patient(), number = 1 }: Partial<Attempt> = {}): Promise<Outcome> {
    const outcome = await this.gateway.ask({ order: asked, written: this.gateway.write(asked), number, token, signal });
    if (outcome.is !== "approved") return outcome;
    this.references = { ...this.references, ...outcome.references.hold };
    if (asked.kind === "capture") {
      this.captured += asked.delta;
      this.captures += 1;
    } else if (asked.kind !== "reverse") this.authorized = outcome.total ?? total(this.authorized + asked.delta);
    return outcome;
  }

  find(asked: Order) {
    return this.gateway.find({ ...asked, payment: { ...asked.payment, references: this.references } }, patient());
  }

  read() {
    return this.gateway.read(this.next("capture", 1).payment, patient());
  }
}
