import type { Clock } from "../clock.ts";

export interface ManualClock extends Clock {
  /** Lets time pass: every timer that falls due runs in its order, and what it sets off comes to rest before the next. */
  pass(milliseconds: number): Promise<void>;
  /** A stall: time passes and no timer runs. */
  stall(milliseconds: number): void;
}

/** Time that stands still until a test lets it pass. */
export function manualClock(start = Date.parse("2026-11-22T12:00:00Z")): ManualClock {
  let now = start;
  let timers: { at: number; run: () => void }[] = [];

  async function pass(milliseconds: number): Promise<void> {
    const end = now + milliseconds;
    await quiet();
    for (;;) {
      const [next] = timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
      if (!next) break;
      now = Math.max(now, next.at);
      timers = timers.filter((timer) => timer !== next);
      next.run();
      await quiet();
    }
    now = end;
    await quiet();
  }

  return {
    now: () => now,
    monotonic: () => now - start,
    after(milliseconds, run) {
      const timer = { at: now + milliseconds, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    pass,
    stall(milliseconds) {
      now += milliseconds;
    },
  };
}

/** Everything that can go on without time passing has gone on. */
export async function quiet(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
