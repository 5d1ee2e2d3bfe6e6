import type { Clock } from "../clock.ts";
import type { EntryId, Hold, HoldId } from "../hold/index.ts";

/** Where changes of holds are told, and heard of: those of other processes too. */
export interface Changes {
  tell(hold: Hold): void;
  /** A commit may stand of which this process has not heard. */
  missed(): void;
  /** Hears of one hold; the answer stops it. */
  ofHold(id: HoldId, hear: (hold: Hold) => void): () => void;
}

/** Callers that wait for a hold to come to rest, for so long as their patience lasts. */
export function createWaiters(clock: Clock, changes: Changes) {
  const stops = new Set<() => void>();

  function until(hold: Hold, done: (hold: Hold) => boolean, patience: number): Promise<Hold> {
    if (done(hold)) return Promise.resolve(hold);
    return new Promise((resolve) => {
      let latest = hold;
      const finish = () => {
        cancel();
        stopHearing();
        stops.delete(finish);
        resolve(latest);
      };
      const stopHearing = changes.ofHold(hold.terms.id, (now) => {
        if (now.version >= latest.version) latest = now;
        if (done(latest)) finish();
      });
      const cancel = clock.after(patience, finish);
      stops.add(finish);
    });
  }

  return { until, stop: () => stops.forEach((stop) => stop()) };
}

/** An entry rests when nothing more will come of it by itself soon: it has ended, waits for the payer, or is in doubt. */
export function rests(hold: Hold, id: EntryId): boolean {
  const entry = hold.entries.find((one) => one.id === id);
  if (!entry) return true;
  if (entry.state === "asking") {
    const operation = hold.operations.find((one) => one.entry === id);
    return operation === undefined || operation.doubtSince !== null || operation.waiting !== null;
  }
  return entry.state !== "queued";
}
