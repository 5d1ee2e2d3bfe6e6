/** The one source of time: passed in, so that a test or a simulated world can be its own. */
export interface Clock {
  /** Milliseconds since 1970, for facts. */
  readonly now: () => number;
  /** Milliseconds that never go back, for deadlines. */
  readonly monotonic: () => number;
  /** Runs once after so many milliseconds; the answer cancels it. */
  readonly after: (milliseconds: number, run: () => void) => () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, Math.min(milliseconds, LONGEST_TIMER));
    return () => clearTimeout(timer);
  },
};

/** A longer one would fire at once: what waits for days is found again by whoever looks at the store. */
const LONGEST_TIMER = 2 ** 31 - 1;
