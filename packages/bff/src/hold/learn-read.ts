import { total } from "@plimsoll/shared";
import type { Evidence, Snapshot } from "./evidence.ts";
import type { Event } from "./events.ts";
import { restOf } from "./expiry.ts";
import { hasEnded } from "./lifecycle.ts";
import { closedEvents, endsGiven, readWanted } from "./conclude.ts";
import { lookAgainAfter } from "./looks.ts";
import type { Contradiction, Hold, Instant, Wait } from "./model.ts";
import { isWanted } from "./reads.ts";
import { sums } from "./sums.ts";

/** How often a read that nothing waits for is tried before it is left. */
const PATIENCE = 6;

/** How far apart a read is tried that the hold's steps wait for, whether or not there are any just now. */
const LONGEST_AWAITED = 2 * 3_600_000;

type Books = Extract<Snapshot, { is: "snapshot" }>;
type Done = Extract<Event, { type: "read_done" }>;

/** The gateway's own books against ours: they verify, end a review or a contradiction, say expired, or contradict. */
export function learnRead(hold: Hold, evidence: Extract<Evidence, { from: "read" }>, now: Instant): Event[] {
  const { snapshot, startedAt } = evidence;
  const done: Done = { type: "read_done", startedAt };
  if (snapshot.is === "cannot" || snapshot.state === "unrecognised" || leavesOpen(hold, snapshot))
    return readAgain(hold, done, now);
  if (snapshot.state === "expired" && canLapse(hold) && tellsSomething(hold, snapshot))
    return expired(hold, done, snapshot, now);
  if (booksAgree(hold, snapshot)) return confirmed(hold, done, evidence, snapshot, now);
  if (!tellsSomething(hold, snapshot)) return readAgain(hold, done, now);
  return [done, ...contradicted(hold, snapshot, now)];
}

/** The gateway said so unasked, and it is proved that it did. */
export function learnExpiry(hold: Hold): Event[] {
  return canLapse(hold) ? lapse(hold) : [];
}

/** What is open, and what a final capture left on hold. */
function canLapse(hold: Hold): boolean {
  return !hasEnded(hold) || restOf(hold) > 0;
}

function lapse(hold: Hold): Event[] {
  const lapsed: Event = { type: "expired", lapsed: total(hold.lapsed + sums(hold).held) };
  return hasEnded(hold) ? [lapsed] : [lapsed, ...closedEvents(hold)];
}

/**
 * Where all was let go, what it was doesn't matter; while we hold something, that is no agreement. Books that go on
 * showing a payment as open don't contradict the gateway's own answer that it was let go; a person's word alone they do.
 */
export function booksAgree(hold: Hold, { state, authorized, captured }: Books): boolean {
  const ours = sums(hold);
  if (captured !== ours.captured) return false;
  if (state === "reversed" || state === "expired") return ours.held === 0;
  return authorized === ours.authorized && !(state === "open" && isSaidToBeLetGo(hold));
}

function isSaidToBeLetGo({ entries }: Hold): boolean {
  return entries.some(({ kind, final, said, unverified }) => kind === "reversal" && final && said && unverified);
}

/** Where we have charged too, that something was charged tells neither that our sum is right nor that it is wrong. */
export function leavesOpen(hold: Hold, { captured }: Pick<Books, "captured">): boolean {
  return captured === null && sums(hold).captured > 0;
}

/** Books from before the last move, or while something is undecided, disagree by nature. */
export function tellsSomething(hold: Hold, snapshot: Pick<Books, "asOf">): boolean {
  const lag = hold.terms.capabilities.recovery.lookUp?.lag ?? 0;
  return hold.operations.length === 0 && snapshot.asOf >= hold.movedAt + lag;
}

/** Only the gateway's word ends a hold by time. What it has charged must agree even then. */
function expired(hold: Hold, done: Event, snapshot: Books, now: Instant): Event[] {
  if (snapshot.captured !== sums(hold).captured) return [done, ...contradicted(hold, snapshot, now)];
  const agreed: Event[] = hold.contradicted ? [{ type: "agreed" }] : [];
  return [done, ...agreed, ...lapse(hold)];
}

function confirmed(
  hold: Hold,
  done: Event,
  { startedAt }: { readonly startedAt: Instant },
  books: Books,
  now: Instant,
): Event[] {
  const { state } = books;
  const unverified = hold.entries.filter((entry) => entry.unverified).map(({ id }) => id);
  const events: Event[] = [done, ...(hasEnded(hold) ? [] : endsGiven(hold, books))];
  if (unverified.length > 0) events.push({ type: "verified", entries: unverified });
  if (hold.reviewSince !== null && state !== "reviewed") events.push({ type: "review_ended" });
  if (hold.reviewSince === null && state === "reviewed" && !hasEnded(hold)) events.push({ type: "review_started" });
  if (!hold.contradicted) return events;
  // What contradicted may not have reached these books yet; of what was let go they tell only where they say so.
  const lag = hold.terms.capabilities.recovery.lookUp?.lag ?? 0;
  const tells = hold.contradicted.found.reversed === undefined || state === "reversed" || state === "expired";
  const later = tells && startedAt >= hold.contradicted.since + lag;
  return [...events, ...(later ? [{ type: "agreed" } as const] : readWanted(unread(hold), "contradicted", false, now))];
}

function contradicted(hold: Hold, { state, authorized, captured }: Books, now: Instant): Event[] {
  const { released, lapsed } = sums(hold);
  const gone = captured !== null && (state === "reversed" || state === "expired");
  // Nothing is held there: with so much authorized, nothing would be held here.
  const found = { authorized: gone ? total(captured + released + lapsed) : authorized, captured };
  const what = `the gateway's books: ${authorized} authorized, ${captured ?? "an untold sum"} captured, ${state}`;
  const since = hold.contradicted?.since ?? now;
  const again = readsOf(hold) + 1;
  return [
    ...(isNews(hold.contradicted, what)
      ? [{ type: "contradicted", contradiction: { since, what, found } } as const]
      : []),
    ...(again > PATIENCE ? [] : readWanted(unread(hold), "contradicted", false, now + lookAgainAfter(again), again)),
  ];
}

/** This read is done, whatever it was wanted for. */
function unread(hold: Hold): Hold {
  return { ...hold, reading: null };
}

function isNews(known: Contradiction | null, what: string): boolean {
  return known?.what !== what;
}

function readsOf({ reading }: Hold): number {
  return reading?.why === "contradicted" ? reading.tries : 0;
}

/** The books could not be read, or tell nothing yet. What nothing waits for, as nothing does after the end, is left after some tries. */
function readAgain(hold: Hold, done: Done, now: Instant): Event[] {
  const hinted = hold.hintAt === null ? null : ({ why: "hint", blocks: false, tries: 0, at: done.startedAt } as const);
  const reading = hold.reading ?? hinted;
  if (!reading) return [done];
  const isAwaited = reading.blocks && !hasEnded(hold);
  if (!isAwaited && reading.tries >= PATIENCE) return [done];
  // What was wanted for later than this read is still to come.
  if (hold.reading && !isWanted(hold, done.startedAt)) return [done];
  const pause = lookAgainAfter(reading.tries);
  const at = now + (isAwaited ? Math.min(pause, LONGEST_AWAITED) : pause);
  const { why, blocks, tries } = reading;
  return [done, { type: "read_wanted", why, at, blocks, tries: tries + 1, ...waitOf(hold) }];
}

function waitOf({ reading }: Hold): { readonly waits?: Wait } {
  return reading ? { waits: { since: reading.since, alertedAt: reading.alertedAt } } : {};
}
