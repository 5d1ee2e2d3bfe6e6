import type { Instant, OperationId } from "../../src/hold/index.ts";
import { bookGateway, type BookGateway } from "../../src/testing/book-gateway.ts";
import { ManualClock } from "../../src/testing/manual-clock.ts";
import { randomFrom, type Random } from "../../src/testing/random.ts";
import { Promised } from "./promised.ts";

/** What no power cut at the BFF touches: time, chance, the gateways with their books, and what was promised to callers. */
export class World {
  #clock = new ManualClock();
  readonly random: Random;
  readonly promised = new Promised();
  /** The operations that reached a gateway. */
  readonly asked = new Set<OperationId>();
  readonly #gateways = new Map<string, BookGateway>();

  constructor(seed: number) {
    this.random = randomFrom(seed);
  }

  get now(): Instant {
    return this.#clock.now();
  }

  /** The clock of the next machine: its time goes on from where the last one's stood. */
  newClock(): ManualClock {
    this.#clock = new ManualClock(this.now);
    return this.#clock;
  }

  /** Each hold's account is at a gateway of its own, whose books are this hold's. */
  gateway(account: string): BookGateway {
    const gateway = this.#gateways.get(account) ?? bookGateway(() => this.now);
    this.#gateways.set(account, gateway);
    return gateway;
  }
}
