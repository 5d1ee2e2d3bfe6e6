import type { Clock } from "../clock.ts";
import type { HoldId } from "../hold/index.ts";

/** What a process that stops has to wait for: commits that nobody has heard of yet, and jobs at the gateway. */
export function createUnderWay(clock: Clock, alarm: (what: string, error: unknown) => void) {
  const open = new Set<Promise<unknown>>();
  const driven = new Map<HoldId, number>();
  /** No job is at the gateway for longer than this. */
  let latest = clock.monotonic();

  function count<T>(work: Promise<T>, end = () => {}): Promise<T> {
    const settled: Promise<unknown> = Promise.allSettled([work]).finally(() => {
      open.delete(settled);
      end();
    });
    open.add(settled);
    return work;
  }

  function drives(hold: HoldId, work: Promise<void>, limit: number): void {
    latest = Math.max(latest, clock.monotonic() + limit);
    driven.set(hold, (driven.get(hold) ?? 0) + 1);
    void count(work, () => {
      const left = (driven.get(hold) ?? 1) - 1;
      if (left > 0) driven.set(hold, left);
      else driven.delete(hold);
    });
  }

  /** Each thing that ends may have begun another; a database that answers nothing keeps no process from ending. */
  async function ended(grace: number): Promise<void> {
    const since = clock.monotonic();
    while (open.size > 0) {
      const left = Math.max(since, latest) + 2 * grace - clock.monotonic();
      if (left <= 0) return alarm(`${open.size} things under way had no end when the process stopped`, undefined);
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const cancel = clock.after(left, resolve);
      await Promise.race([Promise.all(open), late]);
      cancel();
    }
  }

  return { count, drives, isDriven: (hold: HoldId) => driven.has(hold), ended };
}
