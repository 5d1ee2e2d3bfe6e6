import type { Event } from "./events.ts";
import type { Hold, Instant, Operation } from "./model.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** When to look again at something in doubt: quickly first, then daily, for as long as the doubt lasts. */
const LOOKS = [5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE, 720 * MINUTE, 1440 * MINUTE];

/** How far apart looks are that somebody asks for: whoever asks without end makes no more of them. */
const APART = 5 * SECOND;

export function lookAgainAfter(looks: number): number {
  return LOOKS[Math.min(looks, LOOKS.length - 1)] ?? MINUTE;
}

/** A doubt that lasts as long as this is a person's business too. */
export const ALERT_AFTER = 15 * MINUTE;

/** When somebody is to be told that an operation is still in doubt; null where they were, or where it isn't. */
export function alertAt({ doubtSince, alertedAt }: Operation): Instant | null {
  return doubtSince === null || alertedAt !== null ? null : doubtSince + ALERT_AFTER;
}

/**
 * The gateway was silent and now answers: whatever waits for its next look, or to be undone once more, is worked on now.
 * What it has answered without an end keeps its own pace.
 */
export function lookNow(hold: Hold, now: Instant): Event[] {
  return hold.operations.flatMap((operation): Event[] => {
    const { id, silent, attempt, nextLookAt, undoing } = operation;
    const at = undoing ? Math.max(now, undoFrom(hold, operation)) : now;
    if (!silent || attempt || nextLookAt === null || nextLookAt <= at) return [];
    return [{ type: "look_planned", operation: id, at }];
  });
}

/**
 * Somebody is awaited, a payer on the gateway's page or a verdict: what should tell that they are done may be lost, so it
 * is looked at meanwhile too, and at the end of the wait.
 */
export function lookWhileWaiting(hold: Hold, operation: Operation, until: Instant, now: Instant): Event[] {
  if (!canBeLookedUp(hold, operation) || until <= now) return [];
  const at = Math.min(now + lookAgainAfter(operation.looks + 1), until);
  return [{ type: "look_planned", operation: operation.id, at }];
}

/** How an operation in doubt can be worked on at this moment; undefined where only a person or a notice ends the doubt. */
export function remedy(hold: Hold, operation: Operation, now: Instant): "undo" | "ask_again" | "look" | undefined {
  const looks = canBeLookedUp(hold, operation);
  if (operation.undoing) return "undo";
  if (operation.waiting) return looks ? "look" : undefined;
  if (mayAskAgain(hold, operation, now)) return "ask_again";
  return looks ? "look" : undefined;
}

/**
 * Somebody says: look. What nothing can follow up would only be forgotten later, and a look that lies ahead sees what
 * this is about. An ended hold is read too: a charge may fail days after.
 */
export function hinted(hold: Hold, now: Instant): Event[] {
  const { hintedAt, operations, terms } = hold;
  const follows = terms.capabilities.readable || operations.some((operation) => followsHint(hold, operation, now));
  if (!follows || (hintedAt !== null && hintedAt > now)) return [];
  const at = (hintedAt ?? now - APART) + APART;
  return [at > now ? { type: "hinted", at } : { type: "hinted" }];
}

/** Whether a hint of that moment makes somebody work on this operation. */
export function followsHint(hold: Hold, operation: Operation, hintAt: Instant): boolean {
  return !operation.undoing && remedy(hold, operation, hintAt) !== undefined;
}

/** A look-up by totals needs a payment that is known, and not every gateway finds every kind. */
export function canBeLookedUp(hold: Hold, { kind }: Pick<Operation, "kind">): boolean {
  return hold.terms.capabilities.recovery.lookUp?.of.includes(kind) === true;
}

/**
 * Only where the gateway knows the same key again, and only in half of the key's window: a key that the gateway has
 * forgotten is a new operation. What could apply it only now is not sent when it is stale or was left behind, as long
 * as there is a look-up to tell instead. Where a replay only says that the first was received, once is enough.
 */
function mayAskAgain(hold: Hold, operation: Operation, now: Instant): boolean {
  const { dedupe } = hold.terms.capabilities.recovery;
  if (!dedupe || dedupe.replay === "stored_error") return false;
  if (operation.received || now >= operation.firstSentAt + dedupe.window / 2) return false;
  if (operation.parkedAt !== null) return false;
  const sendBy = hold.entries.find(({ id }) => id === operation.entry)?.sendBy ?? null;
  return !canBeLookedUp(hold, operation) || sendBy === null || now < sendBy;
}

/** No answer: when to look first. Where nothing can be looked up, what can be undone by our own reference is undone. */
export function inDoubt(hold: Hold, operation: Operation, wait: number, now: Instant): Event[] {
  const looks = remedy(hold, { ...operation, waiting: null }, now) !== undefined;
  const doubted: Event = { type: "doubted", operation: operation.id, nextLookAt: looks ? now + wait : null };
  return looks ? [doubted] : [doubted, ...undoWanted(hold, operation, now)];
}

/** Undone by our own reference, where the gateway documents that for this kind, and not before its time. */
export function undoWanted(hold: Hold, operation: Operation, now: Instant): Event[] {
  const { undo } = hold.terms.capabilities.recovery;
  if (operation.undoing || !undo?.of.includes(operation.kind)) return [];
  return [{ type: "undo_wanted", operation: operation.id, at: Math.max(now, undoFrom(hold, operation)) }];
}

/** Before that a gateway may not know yet what is to be undone. */
function undoFrom({ terms }: Hold, { firstSentAt }: Operation): Instant {
  return firstSentAt + (terms.capabilities.recovery.undo?.notBefore ?? 0);
}

/**
 * A look told nothing. Where somebody was awaited whose time is over by then, that has become a doubt, which people are
 * told of and can end; the gateway has taken the request, so it is not asked again.
 */
export function lookedInVain(hold: Hold, operation: Operation, now: Instant): Event[] {
  const { id, looks, waiting } = operation;
  if (!waiting) return [{ type: "look_planned", operation: id, at: now + lookAgainAfter(looks) }];
  if (now < waiting.until) return lookWhileWaiting(hold, operation, waiting.until, now);
  const received: Event = { type: "received", operation: id };
  return [received, ...inDoubt(hold, { ...operation, received: true }, lookAgainAfter(looks), now)];
}

/** How far the clock of a process may be from its database's: a start is refused further off. */
export const CLOCK_OFF = 2 * SECOND;

/** Whoever looks may be another process than wrote the deadline. */
const CLOCKS_APART = 2 * CLOCK_OFF;

/** From when on absence is proof: the last deadline + the gateway's slowest apply + its look-up's slowest lag, by any clock. */
export function quietAt(hold: Hold, { lastDeadline }: Operation): Instant {
  const { slowestApply, lookUp } = hold.terms.capabilities.recovery;
  return lastDeadline + slowestApply + (lookUp?.lag ?? 0) + CLOCKS_APART;
}
