import type { Clock } from "../../src/clock.ts";

/** How time goes in a test's world: the same for the gateways and for every process. */
export interface Time {
  /** The instant that it was when the machine had run for `since` milliseconds. */
  readonly from: number;
  readonly since: number;
  /** How many times as fast it goes as it really does; 0: it stands still, and goes only where it is moved ahead. */
  readonly pace: number;
  /** By how many milliseconds it is ahead besides. */
  readonly ahead: number;
}

interface Timer {
  readonly at: number;
  readonly run: () => void;
  cancel: () => void;
}

/** The longest that Node's timers take. */
const LONGEST = 2 ** 31 - 1;

/** For how long the machine has run: the same to all its processes, and nobody sets that clock, which here would be a leap. */
function ran(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** So it is now, and from here on it goes at this pace. */
export function timeFrom(from: number, pace: number): Time {
  return { from, since: ran(), pace, ahead: 0 };
}

/**
 * Time that runs faster than the real one, or stands still and is moved ahead when nothing is under way: doubts are
 * looked at after seconds and minutes, and no test waits for those.
 */
export class PacedClock implements Clock {
  #time: Time;
  readonly #timers = new Set<Timer>();

  constructor(time: Time) {
    this.#time = time;
  }

  get time(): Time {
    return this.#time;
  }

  readonly now = (): number => {
    const { from, since, pace, ahead } = this.#time;
    return Math.floor(from + (ran() - since) * pace) + ahead;
  };

  readonly monotonic = this.now;

  readonly after = (milliseconds: number, run: () => void): (() => void) => {
    const timer = { at: this.now() + milliseconds, run, cancel: () => {} };
    this.#timers.add(timer);
    this.#set(timer);
    return () => {
      timer.cancel();
      this.#timers.delete(timer);
    };
  };

  /** Time is moved, or goes on at another pace. What has fallen due by that runs at once, in its order. */
  set(time: Time): void {
    this.#time = time;
    const now = this.now();
    for (const timer of [...this.#timers].toSorted((a, b) => a.at - b.at)) {
      if (timer.at <= now) this.#run(timer);
      else this.#set(timer);
    }
  }

  #run(timer: Timer): void {
    timer.cancel();
    if (this.#timers.delete(timer)) timer.run();
  }

  #set(timer: Timer): void {
    timer.cancel();
    if (this.#time.pace === 0) return;
    const left = Math.max(0, timer.at - this.now()) / this.#time.pace;
    const handle = setTimeout(() => this.#run(timer), Math.min(left, LONGEST));
    timer.cancel = () => clearTimeout(handle);
  }
}
