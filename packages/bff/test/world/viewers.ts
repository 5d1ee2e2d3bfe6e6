import { watchHolds } from "../../src/live/index.ts";
import type { Hold, HoldId } from "../../src/hold/index.ts";
import type { Chance } from "./chance.ts";
import { drawRest, drawVisit } from "./schedule.ts";
import type { Server } from "./server.ts";
import type { Timeline } from "./timeline.ts";

interface Parts {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly servers: () => readonly Server[];
  /** Nothing goes wrong any more: who is cut off comes again when all rests. */
  readonly calm: () => boolean;
  readonly fault: (what: string) => void;
}

/** As long as a hold token lives: a page that is left open comes back then. */
const LIFE = 10 * 60_000;

/** Somebody who looks at one hold, on whichever process, and comes back with what they last saw. */
export class Viewer {
  readonly hold: HoldId;
  told: Hold | undefined;
  readonly #parts: Parts;
  #id: string | undefined;
  #server: Server | undefined;
  #leave = new AbortController();
  #coming = () => {};
  #watches = false;

  constructor(hold: HoldId, parts: Parts) {
    this.hold = hold;
    this.#parts = parts;
    this.comes();
  }

  /** To any process that runs, again and again until there is one. */
  comes(): void {
    const { timeline, chance, servers } = this.#parts;
    this.#leave.abort("gone");
    this.#coming();
    this.#watches = false;
    this.#coming = timeline.in(
      this.#parts.calm() ? chance.between(50, 3_000) : drawRest(chance),
      "a viewer comes",
      () => {
        const server = chance.any(servers());
        if (!server) return this.comes();
        const leave = new AbortController();
        this.#leave = leave;
        this.#server = server;
        this.#watches = true;
        if (!this.#parts.calm()) this.#coming = timeline.in(drawVisit(chance), "a viewer leaves", () => this.#leaves());
        server.process.does(() => void this.#watch(server, leave.signal));
      },
    );
  }

  /** Some come back. Nobody leaves any more when everything is about to rest. */
  #leaves(): void {
    if (this.#parts.calm()) return;
    this.#leave.abort("left");
    this.#watches = false;
    if (this.#parts.chance.percent(50)) this.comes();
  }

  /** Who still watches is told without coming again. */
  comesIfGone(): void {
    if (!this.#watches) this.comes();
  }

  /** Its process is gone, which breaks its connection. */
  loses(server: Server): void {
    if (this.#server === server) this.comes();
  }

  async #watch({ process, store, hub }: Server, signal: AbortSignal): Promise<void> {
    const { clock } = process;
    const watcher = { hub, store, clock, expires: clock.now() + LIFE, signal };
    for await (const { id, hold } of watchHolds(watcher, [this.hold], this.#id)) {
      if (!signal.aborted) this.#hears(id, hold);
    }
    // A token has expired: the page gets another one.
    if (signal.aborted) return;
    this.#watches = false;
    this.comes();
  }

  #hears(id: string, hold: Hold): void {
    if (this.told && hold.version <= this.told.version)
      this.#parts.fault(`a viewer who had version ${this.told.version} was told ${hold.version}`);
    this.#id = id;
    this.told = hold;
  }
}
