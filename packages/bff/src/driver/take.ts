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
  /** The monotonic instant from which the job's deadline counts. */
  readonly started: number;
}

interface TakerParts {
  readonly clock: Clock;
  readonly alarm: (what: string, error: unknown) => void;
  readonly absorb: (
    hold: HoldId,
    fresh: Made,
    cause: string,
    makes?: (absorbed: Absorbed) => void,
  ) => Promise<Absorbed | undefined>;
  readonly stopping: () => boolean;
}

/** How long a process that is to end goes on trying to write an answer down: the next one looks it up. */
export const LAST_TRIES = 10_000;

/** Takes evidence in; the commit that does so also begins what follows from it. No answer is ever dropped. */
export function createTaker({ clock, alarm, absorb, stopping }: TakerParts) {
  /** Tries until the store takes it: what a gateway has answered is kept in hand meanwhile. */
  async function surely<T>(commit: () => Promise<T>): Promise<T> {
    let lastFrom: number | null = null;
    for (let pause = 50; ; pause = Math.min(pause * 2, 5_000)) {
      try {
        return await commit();
      } catch (error) {
        if (isUntrue(error)) throw error;
        if (stopping()) lastFrom ??= clock.monotonic();
        if (lastFrom !== null && clock.monotonic() - lastFrom >= LAST_TRIES) throw error;
        alarm("an answer could not be written yet", error);
        await new Promise<void>((resolve) => void clock.after(pause, resolve));
      }
    }
  }

  return async function take(id: HoldId, about: About | null, evidence: Evidence): Promise<Absorbed | undefined> {
    const learnt = async (what: Evidence) => {
      let made: Absorbed | undefined;
      const learns: Made = (hold, now) => learn(hold, about, what, now);
      const taken = await surely(() =>
        absorb(id, learns, evidence.from, (absorbed) => (made = absorbed.job ? absorbed : made)),
      );
      return taken && resumed(taken, made);
    };
    try {
      return await learnt(evidence);
    } catch (error) {
      if (!isUntrue(error)) throw error;
      // The database forbids what the answer says (another hold stands for that payment): it can't be believed.
      alarm(`an answer on ${id} can't be true`, error);
      return learnt(disbelieved(evidence));
    }
  };
}

/** Whatever else the database forbids is no fault of the answer. */
function isUntrue(error: unknown): boolean {
  return error instanceof Forbidden && error.rule === "unique_payment";
}

/**
 * A commit of which nobody heard may have stood, and then its repetition finds nothing more to do: what it has begun is
 * this process's to do all the same.
 */
function resumed(taken: Absorbed, made: Absorbed | undefined): Absorbed {
  const isOurs = taken.job === undefined && made?.job !== undefined && isOpen(taken.hold, made.job);
  return isOurs ? { ...made, hold: taken.hold } : taken;
}

/** The very attempt or read: another process may have begun one of the same number, where the commit did not stand. */
function isOpen(hold: Hold, job: Job): boolean {
  if (job.do === "read") return hold.reader?.startedAt === job.startedAt;
  const attemptOf = ({ operations }: Hold) => operations.find(({ id }) => id === job.operation.id)?.attempt;
  const [open, made] = [attemptOf(hold), attemptOf(job.hold)];
  return open?.number === made?.number && open?.startedAt === made?.startedAt;
}
