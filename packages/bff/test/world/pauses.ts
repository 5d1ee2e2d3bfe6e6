import { memoryPauses } from "../../src/store/testing/memory-pauses.ts";
import type { Chance } from "./chance.ts";
import type { Disk } from "./disk.ts";
import type { WorldAccount } from "./gateways.ts";
import { drawPause } from "./schedule.ts";
import type { Timeline } from "./timeline.ts";

interface Parts {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly disk: Disk;
  readonly accounts: readonly WorldAccount[];
}

const MODE = "test";

/** A person pauses a gateway, and lets it go on: meanwhile what is there is looked at, and nothing is asked. */
export class Pauses {
  readonly #parts: Parts;
  readonly #pauses: ReturnType<typeof memoryPauses>;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#pauses = memoryPauses(parts.disk.books.pauses);
  }

  begin(): void {
    const { timeline, chance, accounts } = this.#parts;
    const gateway = chance.any(accounts)?.gateway.name;
    if (gateway === undefined) return;
    timeline.says(`${gateway} IS PAUSED`);
    void this.#pauses.set({ gateway, mode: MODE, by: "Ada", why: "something is wrong with it", at: timeline.now });
    timeline.in(drawPause(chance), `${gateway} goes on`, () => void this.#pauses.lift(gateway, MODE));
  }

  end(): void {
    for (const { gateway } of this.#parts.accounts) void this.#pauses.lift(gateway.name, MODE);
  }
}
