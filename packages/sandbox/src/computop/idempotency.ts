import type { Clock } from "../clock.ts";
import type { Answer } from "../control/journal.ts";
import type { PaygateReadings } from "./readings.ts";
import { PaygateRefusal, refuse, refuseParameter, wrongParameter } from "./response-codes.ts";

/** What came of a request. */
export interface Worked {
  readonly answer: Answer;
  /** What the answer hides: what really became of it, or that nothing did. */
  readonly behind?: Answer | "nothing";
}

export interface Keyed {
  readonly merchant: string;
  readonly key: string | undefined;
  /** Path and body: what another request with the same key would differ in. */
  readonly fingerprint: string;
}

/** Remembers answers by the header `Idempotency-Key` (Computop Paygate API 2.0.0: on every POST, optional). */
export interface IdempotencyKeys {
  /** @throws PaygateRefusal where the key belongs to another request, or to one that is still worked on */
  answer(asked: Keyed, work: () => Worked): Answer;
  clear(): void;
}

interface Remembered extends Worked {
  readonly fingerprint: string;
  readonly at: number;
}

/** How long a request is worked on whose amount asks for a slow answer. */
const SLOW_MS = 12_000;
const LIVES_MS = { "24h": 24 * 60 * 60_000, "15min": 15 * 60_000 };

export function createIdempotencyKeys(clock: Clock, readings: PaygateReadings): IdempotencyKeys {
  const remembered = new Map<string, Remembered>();
  return {
    answer: ({ merchant, key, fingerprint }, work) => {
      const retention = readings.get("idempotencyRetention");
      if (key === undefined || retention === "none") return outcomeOf(work).answer;
      const place = JSON.stringify([merchant, key]);
      const at = clock.now();
      const known = remembered.get(place);
      if (known !== undefined && at - known.at < LIVES_MS[retention]) {
        const replay = replayOf(known, fingerprint, at, readings);
        if (replay !== undefined) return replay;
      }
      const worked = outcomeOf(work);
      remembered.set(place, { ...worked, fingerprint, at });
      return worked.answer;
    },
    clear: () => remembered.clear(),
  };
}

/** A refusal is an answer too: the same key gets it again. */
function outcomeOf(work: () => Worked): Worked {
  try {
    return work();
  } catch (error) {
    if (error instanceof PaygateRefusal) return { answer: error.answer };
    throw error;
  }
}

/** The answer to a known key; undefined where the request is worked on again. */
function replayOf(known: Remembered, fingerprint: string, at: number, readings: PaygateReadings): Answer | undefined {
  if (known.fingerprint !== fingerprint && readings.get("idempotencyMismatch") === "conflict")
    throw refuseParameter("invalid", "Idempotency-Key", 409);
  const { answer, behind } = known;
  if (answer.manner === "slow" && at - known.at < SLOW_MS) {
    if (readings.get("idempotencyInFlight") === "waits") return answer;
    const { responseDescription } = wrongParameter("present", "Idempotency-Key");
    throw refuse({ responseCode: "60000009", responseDescription }, 409);
  }
  if (behind === undefined || readings.get("replayOfServerError") === "stored") return arriving(answer);
  return behind === "nothing" ? undefined : arriving(behind);
}

/** What was lost or slow the first time is neither when it is told again. */
function arriving({ status, body }: Answer): Answer {
  return { status, body };
}
