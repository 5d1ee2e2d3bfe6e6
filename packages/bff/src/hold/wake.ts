import type { Entry, Hold, Instant, Operation } from "./model.ts";
import { timedNext } from "./expiry-plan.ts";
import { activeOperation } from "./lifecycle.ts";
import { alertAt, followsHint } from "./looks.ts";
import { profileOf } from "./profiles.ts";
import { nextReadAt, overdueAt } from "./reads.ts";
import { readyAt } from "./ready.ts";

/**
 * When somebody has to look at this hold again by itself: the least of all its deadlines, or null where it rests.
 * A pure function, written in every commit, so that no wake-up can be lost between two of them.
 */
export function wakeAt(hold: Hold): Instant | null {
  const instants = [
    ...hold.operations.flatMap((operation) => ofOperation(hold, operation)),
    ...hold.entries.flatMap((entry) => ofEntry(hold, entry)),
    ...ofReading(hold),
    ...ofExpiry(hold),
  ];
  return instants.length === 0 ? null : Math.min(...instants);
}

/**
 * When an entry lapses. The last step of a reversal that goes increment by increment waits for the others: its time
 * runs anew from each of them, and not while one of them is asked.
 */
export function sendByOf(hold: Hold, entry: Entry): Instant | null {
  if (entry.sendBy === null || hold.closing?.kind !== "reversal" || hold.closing.entry !== entry.id)
    return entry.sendBy;
  const steps = hold.entries.filter(({ id, kind, at }) => kind === "reversal" && at >= entry.at && id !== entry.id);
  if (steps.some(({ state }) => state === "asking")) return null;
  const { sendWithin } = profileOf(hold.terms.profile);
  const done = steps.filter(({ state }) => state === "applied");
  return done.reduce((latest, { endedAt }) => Math.max(latest, (endedAt ?? 0) + sendWithin), entry.sendBy);
}

/**
 * When an operation that nobody is at is to be worked on: as planned, or because somebody said: look. An undo has its
 * own not-before, which no hint moves.
 */
export function workAt(hold: Hold, operation: Operation): Instant | null {
  const { attempt, nextLookAt } = operation;
  if (attempt) return null;
  const { hintAt } = hold;
  if (hintAt === null || !followsHint(hold, operation, hintAt)) return nextLookAt;
  return nextLookAt === null ? hintAt : Math.min(hintAt, nextLookAt);
}

function ofOperation(hold: Hold, operation: Operation): Instant[] {
  const { attempt, waiting, nextLookAt } = operation;
  const alert = alertAt(operation);
  const alerts = alert === null ? [] : [alert];
  if (attempt) return [attempt.deadline, ...alerts];
  const at = workAt(hold, operation);
  // Once a look is planned, the end of the wait has been seen.
  return [...alerts, ...(waiting && nextLookAt === null ? [waiting.until] : []), ...(at === null ? [] : [at])];
}

function ofEntry(hold: Hold, entry: Entry): Instant[] {
  if (entry.state !== "queued" && entry.state !== "proposed") return [];
  const sendBy = sendByOf(hold, entry);
  const lapses = sendBy === null ? [] : [sendBy];
  const stopped = activeOperation(hold) !== undefined || hold.contradicted !== null || hold.reading?.blocks === true;
  return entry.state === "proposed" || stopped ? lapses : [...lapses, readyAt(entry)];
}

/** One reads at a time, and only what nothing is being asked of. */
function ofReading(hold: Hold): Instant[] {
  const overdue = overdueAt(hold);
  const alerts = overdue === null ? [] : [overdue];
  if (hold.reader) return [hold.reader.deadline, ...alerts];
  const at = activeOperation(hold) ? null : nextReadAt(hold);
  return at === null ? alerts : [at, ...alerts];
}

/** A warning, and what the timer does by itself before the hold's time is over. */
function ofExpiry(hold: Hold): Instant[] {
  const next = timedNext(hold);
  return next ? [next.at] : [];
}
