import type { Clock } from "../clock.ts";
import {
  learn,
  type Event,
  type Evidence,
  type Hold,
  type HoldId,
  type Instant,
  type OperationId,
} from "../hold/index.ts";
import { StoreUnavailable, type Store } from "../store/store.ts";
import type { Made } from "./follow.ts";
import { isAnswer } from "./no-answer.ts";

interface SilenceParts {
  readonly store: Pick<Store, "inDoubt" | "load">;
  readonly clock: Clock;
  readonly tick: (hold: HoldId, fresh: Made) => Promise<unknown>;
  readonly alarm: (what: string, error: unknown) => void;
  readonly stopping: () => boolean;
}

interface Account {
  answers: boolean;
  /** A pass over its doubts is planned or under way: there is one at a time. */
  passes: boolean;
  /** Calls off the one that is planned. */
  cancel: () => void;
  /** When the last one began. */
  passedAt: number;
  /** When the look at an operation in doubt was last hurried. */
  readonly hurried: Map<OperationId, number>;
}

type Look = Extract<Event, { type: "look_planned" }>;

/** How often an account's doubts are thought of while it answers. */
const EVERY = 10_000;

/** How far apart looks are hurried: 20 a second of one account, which no gateway of ours documents as too many. */
const PACE = 50;

/** How far apart one doubt is hurried: one whose look-up alone stays silent keeps neither itself nor the others behind it busy. */
const AGAIN = 5 * 60_000;

/**
 * What is in doubt waits ever longer for its next look. Once a silent gateway answers anybody, all of its account's
 * holds in doubt are looked at, one after another; when it falls silent again meanwhile, the others keep their time.
 */
export function createSilences({ store, clock, tick, alarm, stopping }: SilenceParts) {
  const accounts = new Map<string, Account>();

  function heard(account: string, evidence: Evidence): void {
    const known = accounts.get(account) ?? unheard();
    accounts.set(account, known);
    known.answers = isAnswer(evidence);
    if (!known.answers || known.passes || stopping()) return;
    known.passes = true;
    // Planned, where it is too early: nothing more may be heard, and a silent answer may have ended the last one.
    const wait = Math.max(0, known.passedAt + EVERY - clock.monotonic());
    known.cancel = clock.after(wait, () => void pass(account, known));
  }

  async function pass(account: string, known: Account): Promise<void> {
    const { hurried } = known;
    known.passedAt = clock.monotonic();
    for (const [operation, at] of hurried) if (clock.monotonic() >= at + AGAIN) hurried.delete(operation);
    try {
      for (const hold of await store.inDoubt(account)) {
        if (!known.answers || stopping()) return;
        if (await hurry(hold, hurried)) await new Promise<void>((resolve) => void clock.after(PACE, resolve));
      }
    } catch (error) {
      alarm(`the doubts of account ${account} could not be woken`, error);
    } finally {
      known.passes = false;
    }
  }

  /** Whether there was a look to hurry. One hold with which something is wrong keeps the others behind it from nothing. */
  async function hurry(id: HoldId, hurried: Account["hurried"]): Promise<boolean> {
    let read = false;
    let looks: readonly Look[] = [];
    try {
      const seen = await store.load(id);
      read = true;
      // Most may have nothing to hurry, and a commit costs the row's lock.
      if (!seen || looksOf(seen, clock.now(), hurried).length === 0) return false;
      await tick(id, (hold, now) => (looks = looksOf(hold, now, hurried)));
    } catch (error) {
      // A row that somebody is at for too long sounds like a database that is gone: then the next can't be read either.
      if (error instanceof StoreUnavailable && !(read && error.why === "gone")) throw error;
      alarm(`hold ${id} could not be woken`, error);
      return false;
    }
    // Only now: what was not written is hurried by the next pass.
    for (const { operation } of looks) hurried.set(operation, clock.monotonic());
    return looks.length > 0;
  }

  /** What is under way ends by itself once the process stops. */
  function stop(): void {
    for (const { cancel } of accounts.values()) cancel();
  }

  return { heard, stop };
}

function unheard(): Account {
  return { answers: false, passes: false, cancel: () => {}, passedAt: Number.NEGATIVE_INFINITY, hurried: new Map() };
}

/** The looks at a hold's doubts that can be hurried and were not a while ago. */
function looksOf(hold: Hold, now: Instant, hurried: Account["hurried"]): readonly Look[] {
  return learn(hold, null, { from: "gateway_back" }, now).flatMap((event) =>
    event.type === "look_planned" && !hurried.has(event.operation) ? [event] : [],
  );
}
