import { total } from "@plimsoll/shared";
import type { Finding, Outcome, References } from "../../../hold/index.ts";
import type { Attempt, Gateway, Order } from "../../port.ts";
import { order } from "./order.ts";

/** One hold at a gateway, carried as the driver carries it: each answer's names go into the next order. */
export class CarriedHold {
  readonly gateway: Gateway;
  readonly currency: string;
  references: References = {};
  authorized = 0;
  captured = 0;
  #steps = 0;
  readonly #run: string;

  constructor(gateway: Gateway, { run, currency = "USD" }: { run: string; currency?: string }) {
    this.gateway = gateway;
    this.currency = currency;
    this.#run = run;
  }

  /** The order of the next step, written as the rules would write it. */
  next(kind: Order["kind"], step: number, more: Partial<Order> = {}): Order {
    this.#steps += 1;
    const before = kind === "capture" ? this.captured : this.authorized;
    const reference = `${this.#run}-${this.#steps}`;
    const draft = order(
      kind,
      { before: kind === "authorize" ? 0 : before, step },
      { reference, at: Date.now(), ...more },
      this.currency,
    );
    return { ...draft, payment: { ...draft.payment, references: this.references } };
  }

  async ask(
    asked: Order,
    { token = null, signal = AbortSignal.timeout(20_000), number = 1 }: Partial<Attempt> = {},
  ): Promise<Outcome> {
    const outcome = await this.gateway.ask({ order: asked, written: this.gateway.write(asked), number, token, signal });
    const approval =
      outcome.is === "approved"
        ? outcome
        : outcome.is === "waiting" && outcome.on === "review"
          ? outcome.approval
          : null;
    if (!approval) return outcome;
    this.references = { ...this.references, ...approval.references.hold };
    if (asked.kind === "capture") this.captured += asked.delta;
    else if (asked.kind !== "reverse") this.authorized = approval.total ?? total(this.authorized + asked.delta);
    return outcome;
  }

  find(asked: Order): Promise<Finding> {
    return this.gateway.find(asked, AbortSignal.timeout(20_000));
  }

  read() {
    const { payment } = this.next("capture", 1);
    return this.gateway.read(payment, AbortSignal.timeout(20_000));
  }
}
