import type { Gateway } from "../../port.ts";
import { quiet } from "../../../testing/manual-clock.ts";

/** What is under way outside: a case looks at a hold only once nothing is. */
export class InFlight {
  readonly #open = new Set<Promise<unknown>>();

  count<T>(work: Promise<T>): Promise<T> {
    const settled: Promise<unknown> = work.then(
      () => this.#open.delete(settled),
      () => this.#open.delete(settled),
    );
    this.#open.add(settled);
    return work;
  }

  /** Resolves once nothing is under way and nothing more begins without time passing. */
  async ended(): Promise<void> {
    do {
      await Promise.all(this.#open);
      await quiet();
    } while (this.#open.size > 0);
  }
}

/** The same gateway, each of its calls counted. */
export function counted(gateway: Gateway, inFlight: InFlight): Gateway {
  const list = gateway.list?.bind(gateway);
  const undo = gateway.undo?.bind(gateway);
  const notices = gateway.notices?.bind(gateway);
  return {
    name: gateway.name,
    payee: gateway.payee,
    means: gateway.means,
    capabilities: (asker) => gateway.capabilities(asker),
    reference: (random) => gateway.reference(random),
    write: (order) => gateway.write(order),
    ask: (attempt) => inFlight.count(gateway.ask(attempt)),
    find: (order, signal) => inFlight.count(gateway.find(order, signal)),
    read: (payment, signal) => inFlight.count(gateway.read(payment, signal)),
    ...(list ? { list: (from, until, signal) => inFlight.count(list(from, until, signal)) } : {}),
    ...(undo ? { undo: (order, signal) => inFlight.count(undo(order, signal)) } : {}),
    ...(notices ? { notices: (body, headers) => inFlight.count(notices(body, headers)) } : {}),
  };
}
