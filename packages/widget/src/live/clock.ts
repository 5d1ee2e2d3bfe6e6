/** Time, timers and chance, handed in so that a test can hold them still. */
export interface Clock {
  /** Milliseconds since 1970, of this machine: possibly wrong, so only differences of it are used. */
  readonly now: () => number;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  /** Runs something once after so many milliseconds; gives back what cancels it. */
  readonly after: (ms: number, run: () => void) => () => void;
}

export const clock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
