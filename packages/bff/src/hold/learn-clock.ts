import type { Event } from "./events.ts";
import { authorization } from "./lifecycle.ts";
import { closingStopped, concluded } from "./conclude.ts";
import { learnRead } from "./learn-read.ts";
import {
  alertAt,
  canBeLookedUp,
  followsHint,
  inDoubt,
  lookAgainAfter,
  lookedInVain,
  remedy,
  undoWanted,
} from "./looks.ts";
import type { Entry, Hold, Instant, Operation } from "./model.ts";
import { overdueAt } from "./reads.ts";
import { sendByOf, workAt } from "./wake.ts";

/** What has passed by the clock: steps that waited too long, attempts without an answer, payers who never came back. */
export function elapsed(hold: Hold, now: Instant): Event[] {
  return [
    ...lapsed(hold, now),
    ...hold.operations.flatMap((operation) => overdue(hold, operation, now)),
    ...hold.operations.filter((operation) => isAlerting(operation, now)).map(alerted),
    ...unreadInTime(hold, now),
    ...overdueRead(hold, now),
  ];
}

/** One after the other: what goes with the first has not lapsed by itself. */
function lapsed(hold: Hold, now: Instant): Event[] {
  const first = hold.entries.find((entry) => hasLapsed(hold, entry, now));
  return first ? lapse(hold, first) : [];
}

function hasLapsed(hold: Hold, entry: Entry, now: Instant): boolean {
  const sendBy = sendByOf(hold, entry);
  return (entry.state === "proposed" || entry.state === "queued") && sendBy !== null && sendBy <= now;
}

function lapse(hold: Hold, entry: Entry): Event[] {
  const cause = { is: "not_sent" } as const;
  const ended: Event = { type: "ended", entry: entry.id, state: "lapsed", cause, by: null };
  if (entry.id === authorization(hold).id) return [ended, { type: "closed" }];
  return [ended, ...closingStopped(hold, entry)];
}

function overdue(hold: Hold, operation: Operation, now: Instant): Event[] {
  const { attempt, waiting } = operation;
  if (attempt && attempt.deadline <= now) {
    const answered: Event = {
      type: "answered",
      operation: operation.id,
      number: attempt.number,
      evidence: "no answer",
      silent: true,
    };
    if (attempt.kind === "ask") {
      // Whoever finds this may look at once: the deadline is behind us.
      return [answered, ...inDoubt(hold, operation, 0, now)];
    }
    if (attempt.kind === "look") return [answered, ...lookedInVain(hold, operation, now)];
    return [answered, { type: "look_planned", operation: operation.id, at: now + lookAgainAfter(operation.looks) }];
  }
  if (attempt) return [];
  if (waiting && waiting.until <= now) {
    return waiting.on === "payer"
      ? neverCameBack(hold, operation, now)
      : inDoubt(hold, operation, lookAgainAfter(operation.looks), now);
  }
  return atItsWitsEnd(hold, operation, now);
}

/** A key's window is over and there is no look-up: nothing can be planned any more but, where it is documented, an undo. */
function atItsWitsEnd(hold: Hold, operation: Operation, now: Instant): Event[] {
  const at = workAt(hold, operation);
  if (at === null || at > now || remedy(hold, operation, now)) return [];
  const undo = operation.waiting ? [] : undoWanted(hold, operation, now);
  if (undo.length > 0) return undo;
  const planned: Event[] =
    operation.nextLookAt === null ? [] : [{ type: "look_planned", operation: operation.id, at: null }];
  // Said while the key was still good: it stands for what can be looked at later, and not for this operation any more.
  const stale = hold.hintAt !== null && hold.hintAt <= now && followsHint(hold, operation, hold.hintAt);
  return stale ? [...planned, { type: "hinted" }] : planned;
}

/** They may have paid and the gateway's word of it was lost: where that can be looked up, it is, before it is given up. */
function neverCameBack(hold: Hold, operation: Operation, now: Instant): Event[] {
  if (!canBeLookedUp(hold, operation)) return abandoned(hold, operation, now);
  return operation.nextLookAt === null ? [{ type: "look_planned", operation: operation.id, at: now }] : [];
}

function isAlerting(operation: Operation, now: Instant): boolean {
  const at = alertAt(operation);
  return at !== null && at <= now;
}

function alerted({ id }: Operation): Event {
  return { type: "alerted", operation: id };
}

function overdueRead(hold: Hold, now: Instant): Event[] {
  const at = overdueAt(hold);
  return at !== null && at <= now ? [{ type: "read_overdue" }] : [];
}

/** Whoever read did not come back. */
function unreadInTime(hold: Hold, now: Instant): Event[] {
  const { reader } = hold;
  if (!reader || reader.deadline > now) return [];
  const snapshot = { is: "cannot", cause: "no answer" } as const;
  return learnRead(hold, { from: "read", startedAt: reader.startedAt, snapshot }, now);
}

export function abandoned(hold: Hold, operation: Operation, now: Instant): Event[] {
  const undo = undoWanted(hold, operation, now);
  if (undo.length > 0) return undo;
  return concluded(hold, operation, { as: "failed", cause: { is: "abandoned" } }, now);
}
