import { quiet } from "../../../src/testing/manual-clock.ts";

/** What is under way outside, at the database and at the gateway: only when nothing is may time be moved. */
export class UnderWay {
  readonly #open = new Set<Promise<unknown>>();

  /** The same thing, each of its calls that take time counted. */
  counted<T extends object>(thing: T): T {
    return new Proxy(thing, {
      get: (target, name, receiver) => {
        const value: unknown = Reflect.get(target, name, receiver);
        return typeof value === "function"
          ? (...given: unknown[]) => this.#counted(value.call(target, ...given))
          : value;
      },
    });
  }

  /** Resolves once nothing is under way and nothing more begins without time passing. */
  async ended(): Promise<void> {
    do {
      await Promise.all(this.#open);
      await quiet();
    } while (this.#open.size > 0);
  }

  count<T>(work: Promise<T>): Promise<T> {
    const settled: Promise<unknown> = work.then(
      () => this.#open.delete(settled),
      () => this.#open.delete(settled),
    );
    this.#open.add(settled);
    return work;
  }

  #counted(called: unknown): unknown {
    return called instanceof Promise ? this.count(called) : called;
  }
}
