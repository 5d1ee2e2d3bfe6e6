import type { Chance } from "./chance.ts";
import type { Disk } from "./disk.ts";
import type { Timeline } from "./timeline.ts";

/** How often a process of a shared database looks for what others have written: its relay, its sweeper. */
const PERIODS: readonly number[] = [1_500, 2_000];

export function isPoll(milliseconds: number): boolean {
  return PERIODS.includes(milliseconds);
}

/** The poll before this one began so much earlier at most, where the disk was as quick as usual. */
const TAKES = 100;

/**
 * A poll of a database that has not changed, on which nothing is due, finds nothing: it would do so every two seconds of
 * a time that may be days. Such polls are passed over; the first that could find something is made, in its turn.
 */
export class Polls {
  readonly #timeline: Timeline;
  readonly #chance: Chance;
  readonly #disk: Disk;
  #passedOver: (() => void)[] = [];

  constructor(timeline: Timeline, chance: Chance, disk: Disk) {
    this.#timeline = timeline;
    this.#chance = chance;
    this.#disk = disk;
    disk.onChange = () => this.#made();
  }

  /** A poll's time has come, which was planned a period ago. */
  falls(period: number, run: () => void): void {
    const { now } = this.#timeline;
    const { changedAt, slowUntil, nextWake } = this.#disk;
    const mayFind = Math.max(changedAt, slowUntil) + period + TAKES > now;
    if (mayFind || (nextWake !== null && nextWake <= now)) return run();
    let passed = false;
    const make = () => {
      if (passed) return;
      passed = true;
      this.#timeline.in(this.#chance.between(0, period), "a poll", run);
    };
    this.#passedOver.push(make);
    if (nextWake !== null) this.#timeline.in(nextWake - now, "something is due", make);
  }

  #made(): void {
    for (const make of this.#passedOver.splice(0)) make();
  }
}
