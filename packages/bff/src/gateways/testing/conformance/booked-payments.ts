import type { ImitatedGateway } from "../../../../../sandbox/src/control/imitated-gateway.ts";
import type { PaymentReport } from "../../../../../sandbox/src/control/reports.ts";

/** All payments of a gateway's books at one moment: none may be nobody's, and no hold may have two. */
export class BookedPayments {
  readonly #all: readonly PaymentReport[];
  /** Under every name by which a payment, or anything that happened to it, is known. */
  readonly #named = new Map<string, Set<PaymentReport>>();

  constructor(gateway: ImitatedGateway) {
    this.#all = gateway.merchants().flatMap((merchant) => gateway.books(merchant)?.payments ?? []);
    for (const payment of this.#all) {
      const { id, movements } = payment;
      for (const name of [id, ...movements.flatMap((one) => [one.id, ...Object.values(one.references)])])
        this.#named.set(name, (this.#named.get(name) ?? new Set()).add(payment));
    }
  }

  /** The payments that stand under a hold's names. */
  under(names: readonly string[]): readonly PaymentReport[] {
    return [...new Set(names.flatMap((name) => [...(this.#named.get(name) ?? [])]))];
  }

  /** What is wrong where a hold has more than one. */
  oftenerThanOnce(names: readonly string[]): string[] {
    const { length } = this.under(names);
    return length > 1 ? [`the gateway has it ${length} times`] : [];
  }

  /**
   * Payments that no hold of these names knows of: asked for by somebody who has forgotten it. A page that nobody has paid
   * on is a payment without a movement, and its name is lost with the answer.
   */
  strangers(names: Iterable<readonly string[]>): string[] {
    const known = new Set([...names].flatMap((own) => this.under(own)));
    return this.#all.flatMap((payment) =>
      known.has(payment) || payment.movements.length === 0
        ? []
        : [`payment ${payment.id} with ${payment.sums.authorized} authorized is nobody's`],
    );
  }
}
