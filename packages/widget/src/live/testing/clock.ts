import type { Clock } from "../clock.ts";

/** A clock that moves only when a test says so. */
export interface ManualClock extends Clock {
  /** Lets so many milliseconds pass, running what falls due in order. */
  pass(ms: number): void;
  /** The same, letting promises settle before and after every timer. */
  passing(ms: number): Promise<void>;
  readonly waiting: number;
}

export function manualClock(start = Date.parse("2026-11-21T14:00:00Z"), random = (): number => 1): ManualClock {
  let now = start;
  const timers = new Set<{ at: number; run: () => void }>();
  const due = (until: number): { at: number; run: () => void } | undefined =>
    [...timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
  const step = (until: number): boolean => {
    const next = due(until);
    if (!next) {
      now = until;
      return false;
    }
    timers.delete(next);
    now = next.at;
    next.run();
    return true;
  };
  return {
    now: () => now,
    random,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pass(ms) {
      const until = now + ms;
      while (step(until));
    },
    async passing(ms) {
      const until = now + ms;
      await settled();
      while (step(until)) await settled();
      await settled();
    },
    get waiting() {
      return timers.size;
    },
  };
}

/** Lets everything that is ready run: as many turns of the microtask queue as any chain here needs. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}
