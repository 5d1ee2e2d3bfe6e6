import { hasEnded } from "./lifecycle.ts";
import type { Hold, Instant } from "./model.ts";
import { ALERT_AFTER } from "./looks.ts";
import { readyAt } from "./ready.ts";

const HOUR = 3600 * 1000;

/** An open hold is read this long after it was last read or money last moved, whatever nobody says. */
const AUDIT_EVERY = 24 * HOUR;

/** And after its end, at these times: a charge may fail days later, and somebody may go on in the gateway's own portal. */
const AUDITS_AFTER_END = [1 * HOUR, 8 * HOUR, 24 * HOUR, 48 * HOUR];

/** When the gateway's books of this hold are to be read next: because a step depends on it, somebody said so, or to audit. */
export function nextReadAt(hold: Hold): Instant | null {
  const { hintAt, reading, terms } = hold;
  const hint = terms.capabilities.readable ? hintAt : null;
  const instants = [reading?.at ?? null, awaitedSince(hold), hint, nextAuditAt(hold)].filter((at) => at !== null);
  return instants.length === 0 ? null : Math.min(...instants);
}

/**
 * Whether a read that began then is the one that is wanted. One that was tried in vain is done by any later one too,
 * also before its own next time.
 */
export function isWanted({ reading, readAt }: Hold, startedAt: Instant): boolean {
  if (!reading) return false;
  return reading.at <= startedAt || (reading.tries > 0 && startedAt > (readAt ?? 0));
}

/**
 * A step that came after the last try waits for a read that was to be tried much later: the gateway may answer by now,
 * so it is tried at once. The first try has its own time: before it the books tell nothing.
 */
function awaitedSince({ reading, readAt, entries }: Hold): Instant | null {
  if (!reading?.blocks || reading.tries === 0) return null;
  const came = entries.filter(({ state }) => state === "queued").map(readyAt);
  const since = came.filter((at) => at > (readAt ?? 0));
  return since.length === 0 ? null : Math.min(...since);
}

/** When somebody is to be told that steps wait for books that can't be read; null where they were, or where none waits. */
export function overdueAt(hold: Hold): Instant | null {
  const { reading, contradicted } = hold;
  if (!reading?.blocks || reading.alertedAt !== null || contradicted || hasEnded(hold)) return null;
  return reading.since + ALERT_AFTER;
}

/** Since when steps have waited for books that can't be read, once that is a person's business. */
export function unreadSince(hold: Hold): Instant | null {
  const { reading } = hold;
  return reading?.blocks && reading.alertedAt !== null && !hasEnded(hold) ? reading.since : null;
}

/** Nobody has to ask for an audit, and nothing waits for it: it finds what neither we nor the gateway have said. */
function nextAuditAt(hold: Hold): Instant | null {
  const { terms, references, movedAt, readAt: last, endedAt } = hold;
  if (!terms.capabilities.readable || references["payment"] === undefined) return null;
  const since = Math.max(movedAt, last ?? movedAt);
  if (!hasEnded(hold) || endedAt === null) return since + AUDIT_EVERY;
  const next = AUDITS_AFTER_END.find((after) => endedAt + after > (last ?? endedAt));
  return next === undefined ? null : endedAt + next;
}
