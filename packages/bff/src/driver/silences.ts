import type { Clock } from "../clock.ts";
import { learn, type Evidence, type HoldId } from "../hold/index.ts";
import type { Store } from "../store/store.ts";
import type { Made } from "./follow.ts";
import { isAnswer } from "./no-answer.ts";

interface SilenceParts {
  readonly store: Pick<Store, "inDoubt">;
  readonly clock: Clock;
  readonly tick: (hold: HoldId, fresh: Made) => Promise<unknown>;
  readonly alarm: (what: string, error: unknown) => void;
  readonly stopping: () => boolean;
}

interface Account {
  thoughtAt: number;
  answers: boolean;
  /** When each hold was last woken to a look. */
  readonly woken: Map<HoldId, number>;
}

/** How often an account's doubts are thought of while it answers. */
const EVERY = 10_000;

/** How far apart holds in doubt are woken: 20 a second of one account, which no gateway of ours documents as too many. */
const PACE = 50;

/** How far apart one hold is woken: one whose look-up alone stays silent keeps neither itself nor the others behind it busy. */
const AGAIN = 5 * 60_000;

/**
 * What is in doubt waits ever longer for its next look. Once a silent gateway answers anybody, all of its account's
 * holds in doubt are looked at, one after another; when it falls silent again meanwhile, the others keep their time.
 */
export function createSilences({ store, clock, tick, alarm, stopping }: SilenceParts) {
  const accounts = new Map<string, Account>();

  function heard(account: string, evidence: Evidence): void {
    const answers = isAnswer(evidence);
    const known = accounts.get(account) ?? { thoughtAt: Number.NEGATIVE_INFINITY, answers, woken: new Map() };
    accounts.set(account, known);
    known.answers = answers;
    if (!answers || clock.monotonic() < known.thoughtAt + EVERY) return;
    known.thoughtAt = clock.monotonic();
    wake(account, known).catch((error: unknown) => alarm(`the doubts of account ${account} could not be woken`, error));
  }

  async function wake(account: string, known: Account): Promise<void> {
    const { woken } = known;
    for (const [hold, at] of woken) if (clock.monotonic() >= at + AGAIN) woken.delete(hold);
    for (const hold of await store.inDoubt(account)) {
      if (!known.answers || stopping()) return;
      if (woken.has(hold)) continue;
      await tick(hold, (seen, now) => {
        const looks = learn(seen, null, { from: "gateway_back" }, now);
        if (looks.length > 0) woken.set(hold, clock.monotonic());
        return looks;
      });
      await new Promise<void>((resolve) => void clock.after(PACE, resolve));
    }
  }

  return { heard };
}
