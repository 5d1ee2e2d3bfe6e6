import type { Clock } from "../../src/clock.ts";

/** How time goes in a test's world: the same for the gateways and for every process. */
export interface Time {
  /** Real milliseconds since 1970 from which on it runs faster. */
  readonly from: number;
  /** How many times as fast; 0: it stands still, and goes only where it is moved ahead. */
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

/**
 * Time that runs faster than the real one, or stands still and is moved ahead when nothing is under way: doubts are
 * looked at after seconds and minutes, and no test waits for those.
 */
export class PacedClock implements Clock {
  #time: Time;
  /** What the monotonic time was, and how long this process ran, when time was last set. */
  #since = { monotonic: 0, ran: performance.now() };
  readonly #timers = new Set<Timer>();

  constructor(time: Time) {
    this.#time = time;
  }

  get time(): Time {
    return this.#time;
  }

  /** This moment, and from here on so many times as fast. */
  paced(pace: number): Time {
    const from = Date.now();
    return { from, pace, ahead: this.now() - from };
  }

  readonly now = (): number => {
    const { from, pace, ahead } = this.#time;
    return Math.floor(from + (Date.now() - from) * pace) + ahead;
  };

  readonly monotonic = (): number => {
    const { monotonic, ran } = this.#since;
    return monotonic + (performance.now() - ran) * this.#time.pace;
  };

  readonly after = (milliseconds: number, run: () => void): (() => void) => {
    const timer = { at: this.monotonic() + milliseconds, run, cancel: () => {} };
    this.#timers.add(timer);
    this.#set(timer);
    return () => {
      timer.cancel();
      this.#timers.delete(timer);
    };
  };

  /** Time jumps there, and goes on from there. What has fallen due by that runs at once, in its order. */
  set(time: Time): void {
    const [before, monotonic] = [this.now(), this.monotonic()];
    this.#time = time;
    const now = monotonic + Math.max(0, this.now() - before);
    this.#since = { monotonic: now, ran: performance.now() };
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
    const left = Math.max(0, timer.at - this.monotonic()) / this.#time.pace;
    const handle = setTimeout(() => this.#run(timer), Math.min(left, LONGEST));
    timer.cancel = () => clearTimeout(handle);
  }
}
