import type { Clock } from "../clock.ts";
import type { EntryId, Hold, HoldId } from "../hold/index.ts";

/** Callers that wait for a hold to come to rest, for so long as their patience lasts. */
export function createWaiters(clock: Clock) {
  const waiting = new Map<HoldId, Set<(hold: Hold) => void>>();
  const stops = new Set<() => void>();

  function until(hold: Hold, done: (hold: Hold) => boolean, patience: number): Promise<Hold> {
    if (done(hold)) return Promise.resolve(hold);
    const id = hold.terms.id;
    return new Promise((resolve) => {
      let latest = hold;
      const finish = () => {
        cancel();
        stops.delete(finish);
        listeners.delete(listen);
        if (listeners.size === 0) waiting.delete(id);
        resolve(latest);
      };
      const listen = (now: Hold) => {
        if (now.version >= latest.version) latest = now;
        if (done(latest)) finish();
      };
      const listeners = waiting.get(id) ?? new Set();
      waiting.set(id, listeners.add(listen));
      const cancel = clock.after(patience, finish);
      stops.add(finish);
    });
  }

  return {
    until,
    tell: (hold: Hold) => waiting.get(hold.terms.id)?.forEach((listen) => listen(hold)),
    stop: () => stops.forEach((stop) => stop()),
  };
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
