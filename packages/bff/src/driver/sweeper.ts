import type { Clock } from "../clock.ts";
import type { HoldId, Instant } from "../hold/index.ts";
import { DueFailed, type Store } from "../store/store.ts";

interface SweeperParts {
  readonly store: Pick<Store, "exclusive" | "nextWake">;
  readonly clock: Clock;
  /** Lets time pass on the hold that has been due for longest, apart from these, and says which one that was. */
  readonly tickNext: (except: ReadonlySet<HoldId>) => Promise<HoldId | undefined>;
  readonly alarm: (what: string, error: unknown) => void;
}

/** How many holds one sweep takes. */
const BATCH = 100;
/** Deadlines are kept to a quarter of a second; what is due but being read already is looked at again a second later. */
const SHORTEST_PAUSE = 250;
const BUSY_PAUSE = 1_000;
/** Other processes write wake-ups too: on a shared database it is looked this often. */
const POLL = 2_000;

/** Wakes holds whose time has come. Timers are data: the store says when, this only sleeps until then. */
export function createSweeper({ store, clock, tickNext, alarm }: SweeperParts) {
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
    for (let taken = 0; taken < BATCH; taken += 1) {
      if (stopped) return null;
      const hold = await wakeNext();
      if (hold === undefined) {
        had.clear();
        break;
      }
      had.add(hold);
    }
    const wake = await store.nextWake();
    const now = clock.now();
    const own = wake === null ? null : Math.max(wake, now + (wake <= now ? BUSY_PAUSE : 0));
    return store.exclusive ? own : Math.min(own ?? now + POLL, now + POLL);
  }

  /** One that can't be read must not keep the others asleep. */
  async function wakeNext(): Promise<HoldId | undefined> {
    try {
      return await tickNext(had);
    } catch (error) {
      if (!(error instanceof DueFailed)) throw error;
      alarm(`hold ${error.hold} could not be woken`, error.cause);
      return error.hold;
    }
  }

  /** Nothing more is woken once this resolves. */
  async function stop(): Promise<void> {
    stopped = true;
    cancel();
    await sweeping;
  }

  return { schedule, stop };
}
