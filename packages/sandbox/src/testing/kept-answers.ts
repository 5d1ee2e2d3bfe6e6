import type { Clock } from "../clock.ts";
import type { Answer } from "../control/journal.ts";
import type { Asked } from "./small-gateway.ts";
import { header, problem, Refused } from "./small-gateway.ts";

const KEPT_MS = 24 * 3_600_000;

export interface Kept {
  /** The answer that this key got before; else that of the work, which is kept. */
  once(asked: Asked, work: () => Answer): Answer;
  clear(): void;
}

/**
 * The same key gives the same answer for a day.
 * @param broken whether a 500 is kept too
 */
export function createKept(clock: Clock, { broken }: { readonly broken: boolean }): Kept {
  const answers = new Map<string, { readonly request: string; readonly answer: Answer; readonly at: number }>();
  return {
    once(asked, work) {
      const key = header(asked, "idempotency-key");
      if (key === undefined) throw new Refused(problem(400, "key_required"));
      const request = `${asked.method} ${asked.target} ${asked.raw.toString("utf8")}`;
      const before = answers.get(key);
      if (before && clock.now() - before.at < KEPT_MS) {
        return before.request === request ? before.answer : problem(409, "key_of_another_request");
      }
      const answer = answered(work);
      if (broken || answer.status < 500) answers.set(key, { request, answer, at: clock.now() });
      return answer;
    },
    clear: () => answers.clear(),
  };
}

function answered(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    throw error;
  }
}
