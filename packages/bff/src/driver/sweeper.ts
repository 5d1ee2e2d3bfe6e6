import type { Clock } from "../clock.ts";
import type { HoldId, Instant } from "../hold/index.ts";
import type { Store } from "../store/store.ts";

interface SweeperParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly tick: (hold: HoldId) => Promise<unknown>;
  readonly alarm: (what: string, error: unknown) => void;
}

/** How many holds one sweep takes. */
const BATCH = 100;
/** Deadlines are kept to a quarter of a second; what is due but being read already is looked at again a second later. */
const SHORTEST_PAUSE = 250;
const BUSY_PAUSE = 1_000;

/** Wakes holds whose time has come. Timers are data: the store says when, this only sleeps until then. */
export function createSweeper({ store, clock, tick, alarm }: SweeperParts) {
  let cancel = () => {};
  let next: Instant | null = null;
  let stopped = false;
  /** Had their turn before others that are due. What nothing can be done about stays due, and must not keep them from theirs. */
  const had = new Set<HoldId>();
  let sweeping: Promise<void> | undefined;

  function schedule(at: Instant | null): void {
    if (at === null || stopped || (next !== null && next <= at)) return;
    cancel();
    next = at;
    cancel = clock.after(Math.max(SHORTEST_PAUSE, at - clock.now()), run);
  }

  function run(): void {
    next = null;
    if (sweeping) return schedule(clock.now() + SHORTEST_PAUSE);
    sweeping = sweep()
      .then(schedule)
      .catch((error: unknown) => {
        alarm("a sweep failed", error);
        schedule(clock.now() + BUSY_PAUSE);
      })
      .finally(() => {
        sweeping = undefined;
      });
  }

  async function sweep(): Promise<Instant | null> {
    const batch = (await store.due(clock.now(), BATCH + had.size)).filter((hold) => !had.has(hold)).slice(0, BATCH);
    for (const hold of batch) {
      if (stopped) return null;
      had.add(hold);
      // One that can't be read must not keep the others asleep.
      await tick(hold).catch((error: unknown) => alarm(`hold ${hold} could not be woken`, error));
    }
    if (batch.length < BATCH) had.clear();
    const wake = await store.nextWake();
    return wake === null ? null : Math.max(wake, clock.now() + (wake <= clock.now() ? BUSY_PAUSE : 0));
  }

  /** Nothing more is woken once this resolves. */
  async function stop(): Promise<void> {
    stopped = true;
    cancel();
    await sweeping;
  }

  return { schedule, stop };
}
