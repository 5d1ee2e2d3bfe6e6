import { total, type Delta } from "@plimsoll/shared";
import type { Approval } from "./evidence.ts";
import type { Event } from "./events.ts";
import { evolveAll } from "./evolve.ts";
import { authorization, hasEnded, lifecycle, stands } from "./lifecycle.ts";
import type {
  Cause,
  Contradiction,
  Entry,
  EntryId,
  Hold,
  Instant,
  Operation,
  ReadReason,
  References,
  Word,
} from "./model.ts";
import { appliedWithCorrections, sums } from "./sums.ts";

/** How an operation ended, once it is known. */
export type Conclusion =
  | {
      readonly as: "applied";
      readonly applied: Delta;
      readonly unverified: boolean;
      readonly by: Approval["grade"] | "person";
      /** A named person's, where one has said it. */
      readonly word?: Word;
      readonly references: Approval["references"];
      /** The sum that the gateway named where it was not the expected one. */
      readonly contradicts?: Contradiction["found"];
      readonly reviewed?: boolean;
      /** By when it has to be captured, where the gateway says so. */
      readonly captureBy?: Instant;
    }
  | { readonly as: "declined"; readonly cause: Cause; readonly references?: References }
  | { readonly as: "failed"; readonly cause: Cause };

/** Everything that follows from an operation's end: the entry's, the closing's, and what has to be read back. */
export function concluded(hold: Hold, operation: Operation, conclusion: Conclusion, now: Instant): Event[] {
  const events =
    conclusion.as === "applied"
      ? appliedEvents(hold, operation, conclusion, now)
      : endedEvents(hold, operation, conclusion, now);
  return [...events, ...closedByWord(evolveAll(hold, events, now) ?? hold)];
}

/** A correction says that all was charged or let go: the hold is over as soon as nothing is under way. */
export function closedByWord(hold: Hold): Event[] {
  const state = lifecycle(hold);
  const isOver = state === "captured" || state === "reversed";
  return isOver && !hasEnded(hold) && hold.operations.length === 0 ? closedEvents(hold) : [];
}

function appliedEvents(
  hold: Hold,
  operation: Operation,
  conclusion: Extract<Conclusion, { as: "applied" }>,
  now: Instant,
): Event[] {
  const { applied, unverified, by, word, references, contradicts } = conclusion;
  const events: Event[] = [{ type: "applied", entry: operation.entry, applied, unverified, by, ...word, references }];
  events.push(...endsGiven(hold, conclusion));
  if (conclusion.reviewed) events.push({ type: "review_started" });
  events.push(...closingEvents(hold, operation, events, now));
  events.push(...lapsedToo(evolveAll(hold, events, now) ?? hold));
  if (contradicts) {
    const what = `the answer to ${operation.kind} ${operation.reference} names another sum`;
    events.push({ type: "contradicted", contradiction: { since: now, what, found: contradicts } });
  }
  const wanted = readAfterApplied(conclusion, events);
  return wanted ? [...events, ...readWanted(hold, wanted.why, wanted.blocks, now)] : events;
}

/** The gateway's own word on how long the hold lives, where it is new. */
export function endsGiven(hold: Hold, { captureBy }: { readonly captureBy?: Instant }): Event[] {
  return captureBy === undefined || captureBy === hold.captureBy ? [] : [{ type: "ends_given", captureBy }];
}

function readAfterApplied(
  { unverified, by }: Extract<Conclusion, { as: "applied" }>,
  events: readonly Event[],
): { why: ReadReason; blocks: boolean } | undefined {
  if (events.some(({ type }) => type === "closed")) return { why: "closing", blocks: false };
  if (by === "person") return { why: "after_person", blocks: true };
  return unverified ? { why: "unverified", blocks: true } : undefined;
}

/** What a final step lets go, and the end of the hold. */
function closingEvents(hold: Hold, operation: Operation, sofar: readonly Event[], now: Instant): Event[] {
  const after = evolveAll(hold, sofar, now);
  if (!after) return [];
  const ender = finalStep(after);
  if (!ender) return [];
  const events: Event[] = [...letGo(after)];
  if (hold.endedAt === null && ender.id === operation.entry) events.push(...closedEvents(after));
  return events;
}

/** What surfaces or is corrected after the gateway said expired has lapsed with the rest. */
export function lapsedToo(hold: Hold): Event[] {
  const { authorized, captured, released } = sums(hold);
  const lapsed = total(Math.max(0, authorized - captured - released));
  return hold.expiredAt === null || lapsed === hold.lapsed ? [] : [{ type: "expired", lapsed }];
}

/** The end of a hold: nothing may stay in its line. */
export function closedEvents(hold: Hold): Event[] {
  const left = hold.entries.filter(({ state }) => state === "proposed" || state === "queued");
  return [...left.map(({ id }) => withdrawnEvent(id)), { type: "closed" }];
}

function withdrawnEvent(entry: EntryId): Event {
  return { type: "ended", entry, state: "withdrawn", cause: null, by: null };
}

/**
 * A closing step that comes to nothing leaves the hold open at what is held. A reversal that goes increment by
 * increment stops where one of them is not let go: to be resumed, or given up for a capture of the rest.
 */
export function closingStopped(hold: Hold, entry: Pick<Entry, "id" | "kind">): Event[] {
  const { closing } = hold;
  if (closing?.entry === entry.id) return [...stepsLeft(hold).map(withdrawnEvent), { type: "closing_cleared" }];
  if (closing?.kind !== "reversal" || entry.kind !== "reversal") return [];
  return [withdrawnEvent(closing.entry), { type: "closing_cleared" }];
}

/** The steps of a reversal of the whole that are not sent yet: nothing else waits behind it. They go with it. */
export function stepsLeft({ closing, entries }: Hold): EntryId[] {
  if (closing?.kind !== "reversal") return [];
  const isStep = ({ id, kind, state }: Entry) => kind === "reversal" && state === "queued" && id !== closing.entry;
  return entries.filter(isStep).map(({ id }) => id);
}

/**
 * What a final capture lets go by itself: all that is left of the hold, also when a step in doubt surfaces or a
 * correction is made after it.
 */
export function letGo(hold: Hold): Event[] {
  const ender = finalStep(hold);
  if (ender?.kind !== "capture" || hold.terms.capabilities.releaseAtCapture !== "automatic") return [];
  const { authorized, captured, reversed, lapsed } = sums(hold);
  const standing = appliedWithCorrections(hold, ender.id) > 0;
  const amount = standing ? total(Math.max(0, authorized - captured - reversed - lapsed)) : total(0);
  if (amount === (ender.released?.amount ?? 0)) return [];
  return [{ type: "released", entry: ender.id, amount, requested: false }];
}

function finalStep(hold: Hold) {
  return hold.entries.findLast(
    (entry) => entry.final && stands(hold, entry) && (entry.kind === "capture" || entry.kind === "reversal"),
  );
}

function endedEvents(
  hold: Hold,
  operation: Operation,
  conclusion: Exclude<Conclusion, { as: "applied" }>,
  now: Instant,
): Event[] {
  const ended: Event = {
    type: "ended",
    entry: operation.entry,
    state: conclusion.as,
    cause: conclusion.cause,
    by: null,
    ...(conclusion.as === "declined" && conclusion.references ? { references: conclusion.references } : {}),
  };
  if (operation.entry === authorization(hold).id) return [ended, { type: "closed" }];
  const entry = hold.entries.find(({ id }) => id === operation.entry);
  const cleared = entry ? closingStopped(hold, entry) : [];
  const wanted = readAfterEnd(operation, conclusion);
  return [ended, ...cleared, ...(wanted ? readWanted(hold, wanted.why, wanted.blocks, now) : [])];
}

function readAfterEnd(
  { kind }: Operation,
  { as, cause }: Exclude<Conclusion, { as: "applied" }>,
): { why: ReadReason; blocks: boolean } | undefined {
  const is = as === "declined" ? "declined" : cause.is;
  switch (is) {
    case "declined":
      // It changes nothing in our books, but at some gateways it took the base with it.
      return { why: "after_decline", blocks: false };
    case "rejected":
      // What our books say is possible was not: that is a sign in itself.
      return kind === "capture" || kind === "reverse" ? { why: "after_rejection", blocks: false } : undefined;
    case "absent":
    case "undone":
      return { why: "after_absence", blocks: true };
    case "resolved":
      return { why: "after_person", blocks: true };
    case "refused":
    case "not_sent":
    case "abandoned":
      return undefined;
  }
}

/** A read tells something only after the look-up's lag. One that blocks is never replaced by one that doesn't. */
export function readWanted(hold: Hold, why: ReadReason, blocks: boolean, now: Instant, tries = 0): Event[] {
  const { readable, recovery } = hold.terms.capabilities;
  if (!readable) return [];
  const at = now + (recovery.lookUp?.lag ?? 0);
  const isBlocked = hold.reading?.blocks === true && !blocks;
  return isBlocked ? [] : [{ type: "read_wanted", why, at, blocks, tries }];
}
