import type { Clock } from "../clock.ts";
import { learn, type About, type Event, type Evidence, type Hold, type HoldId } from "../hold/index.ts";
import { Forbidden } from "../store/store.ts";
import type { Job } from "./begin.ts";
import type { Made } from "./follow.ts";
import { disbelieved } from "./no-answer.ts";

/** What a commit on a hold came to: the hold after it, what was written, and what is to be done now. */
export interface Absorbed {
  readonly hold: Hold;
  readonly events: readonly Event[];
  readonly job: Job | undefined;
}

interface TakerParts {
  readonly clock: Clock;
  readonly alarm: (what: string, error: unknown) => void;
  readonly absorb: (hold: HoldId, fresh: Made, cause: string) => Promise<Absorbed | undefined>;
  readonly stopping: () => boolean;
}

/** How long a process that is to end goes on trying to write an answer down: the next one looks it up. */
const LAST_TRIES = 10_000;

/** Takes evidence in; the commit that does so also begins what follows from it. No answer is ever dropped. */
export function createTaker({ clock, alarm, absorb, stopping }: TakerParts) {
  /** Tries until the store takes it: what a gateway has answered is kept in hand meanwhile. */
  async function surely<T>(commit: () => Promise<T>): Promise<T> {
    let triedInVain = 0;
    for (let pause = 50; ; pause = Math.min(pause * 2, 5_000)) {
      try {
        return await commit();
      } catch (error) {
        if (error instanceof Forbidden || (stopping() && triedInVain >= LAST_TRIES)) throw error;
        alarm("an answer could not be written yet", error);
        await new Promise<void>((resolve) => void clock.after(pause, resolve));
        triedInVain += pause;
      }
    }
  }

  return async function take(id: HoldId, about: About | null, evidence: Evidence): Promise<Absorbed | undefined> {
    const learnt = (what: Evidence) =>
      surely(() => absorb(id, (hold, now) => learn(hold, about, what, now), evidence.from));
    try {
      return await learnt(evidence);
    } catch (error) {
      if (!(error instanceof Forbidden)) throw error;
      // The database forbids what the answer says (another hold stands for that payment): it can't be believed.
      alarm(`an answer on ${id} can't be true`, error);
      return learnt(disbelieved(evidence));
    }
  };
}
