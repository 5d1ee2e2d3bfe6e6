import { MAX_MINOR, refuse, type Code, type Refusal } from "@plimsoll/shared";
import type { Capabilities } from "./capabilities.ts";
import { doubtfulOperation, lifecycle } from "./lifecycle.ts";
import type { Actor, Consent, Entry, EntryId, Hold, Instant } from "./model.ts";
import { LONGEST_LINE } from "./profiles.ts";
import { readyAt } from "./ready.ts";
import { appliedWithCorrections, expectedEntries, sums } from "./sums.ts";

/*
 * May this be asked for? Each rule stands here once and is used twice: at the door, against the worst case
 * (applied, asked, in doubt and queued all count), and again when an entry's turn comes.
 */

/** Why nothing that moves money can be accepted now; undefined where it can. */
export function standing(hold: Hold, now: Instant): Refusal | undefined {
  const state = lifecycle(hold);
  const isClosing = state === "capturing" || state === "reversing";
  // Books that disagree hold up what is still closing: that has to be known. What has ended keeps its own answer.
  if (hold.contradicted && isClosing) return refuse("contradicted");
  const closed = CLOSED[state];
  if (closed) return refuse(closed);
  if (hold.contradicted) return refuse("contradicted");
  return doubt(hold, now);
}

/** What is said of a hold on which nothing can be asked any more. */
export const CLOSED: Partial<Record<ReturnType<typeof lifecycle>, Code>> = {
  waiting: "not_open",
  declined: "hold_declined",
  failed: "hold_failed",
  expired: "hold_expired",
  captured: "already_captured",
  reversed: "already_reversed",
  capturing: "already_capturing",
  reversing: "already_reversing",
};

/** Refused with the time of the next look, so that nobody has to guess when to ask again. */
export function doubt(hold: Hold, now: Instant): Refusal | undefined {
  const operation = doubtfulOperation(hold, now);
  if (operation) {
    const next = operation.nextLookAt;
    return refuse("in_doubt", next === null ? undefined : { nextLook: new Date(next).toISOString() });
  }
  return lifecycle(hold) === "opening" ? refuse("not_open") : undefined;
}

/** An amount as it came in: whole minor units above zero, in the hold's currency, in steps that the gateway takes. */
export function amountRefusal(hold: Hold, asked: { amount: number; currency: string }): Refusal | undefined {
  const { currency, capabilities } = hold.terms;
  if (asked.currency !== currency) return refuse("wrong_currency", { currency });
  return minorRefusal(asked.amount, capabilities);
}

export function minorRefusal(amount: number, { step }: Pick<Capabilities, "step">): Refusal | undefined {
  if (!Number.isSafeInteger(amount) || amount <= 0) return refuse("invalid_amount");
  if (amount > MAX_MINOR) return refuse("amount_too_large");
  if (amount % step !== 0) return refuse("too_many_decimals", { step });
  return undefined;
}

/** Binds what puts money on hold. A hold that has grown above it step by step can be captured and corrected whole. */
export function greatestRefusal(amount: number, { greatest }: Pick<Capabilities, "greatest">): Refusal | undefined {
  return greatest !== null && amount > greatest ? refuse("amount_too_large", { greatest }) : undefined;
}

export function operatorRefusal(by: Actor, amount: number): Refusal | undefined {
  return by.max !== undefined && amount > by.max ? refuse("above_operator_limit", { max: by.max }) : undefined;
}

/** What a raise is judged by; `self` is the entry itself where it already stands in the line. */
export interface Raise {
  readonly amount: number;
  readonly consent: Consent | null;
  readonly self: EntryId | null;
  /** At the door what waits counts too. */
  readonly worstCase: boolean;
}

export function raiseRefusal(hold: Hold, raise: Raise): Refusal | undefined {
  return (
    incrementRefusal(hold, raise) ??
    greatestRefusal(raise.amount, hold.terms.capabilities) ??
    ceilingRefusal(hold, raise)
  );
}

type Place = Pick<Raise, "self" | "worstCase">;

/** Why this hold takes no increment, whatever its amount. */
function incrementRefusal(hold: Hold, place: Place): Refusal | undefined {
  const { capabilities } = hold.terms;
  if (hold.incrementable === "no") return refuse("not_incrementable");
  if (!capabilities.incrementsAfterPartialCapture && sums(hold).captured > 0) return refuse("partly_captured");
  const limit = capabilities.increments;
  return limit && incrementsLeft(hold, place) === 0 ? refuse("increment_limit", { most: limit.most }) : undefined;
}

/** Why nobody can ask for an increment now, whatever its amount and whoever asks; undefined where it can be asked for. */
export function raisingRefusal(hold: Hold, now: Instant): Refusal | undefined {
  return standing(hold, now) ?? roomRefusal(hold) ?? incrementRefusal(hold, AT_THE_DOOR);
}

export const AT_THE_DOOR = { self: null, worstCase: true } as const satisfies Place;

/** How many more increments the gateway takes on this hold; null where it sets no limit. */
export function incrementsLeft(hold: Hold, place: Place): number | null {
  const limit = hold.terms.capabilities.increments;
  return limit && Math.max(0, limit.most - countedIncrements(hold, place, limit.count));
}

function countedIncrements(hold: Hold, { self, worstCase }: Place, count: "applied" | "attempts"): number {
  return hold.entries.filter(({ id, kind, state }) => {
    if (kind !== "increment" || id === self) return false;
    if (state === "applied" || state === "asking") return true;
    if (state === "declined") return count === "attempts";
    return worstCase && state === "queued";
  }).length;
}

function ceilingRefusal(hold: Hold, raise: Raise): Refusal | undefined {
  const reached = reachedTotal(hold, raise);
  if (raise.consent) return reached > raise.consent.total ? refuse("stale_consent") : undefined;
  const { ceiling } = hold;
  return ceiling && reached > ceiling.amount ? refuse("above_ceiling", { ceiling: ceiling.amount }) : undefined;
}

/** What would be on hold in the worst case if this were approved too. */
export function reachedTotal(hold: Hold, { amount, self, worstCase }: Omit<Raise, "consent">): number {
  const { authorized, reversed } = sums(hold);
  const others = hold.entries.filter(
    ({ id, kind, state }) =>
      kind === "increment" && id !== self && (state === "asking" || (worstCase && state === "queued")),
  );
  return authorized - reversed + others.reduce((sum, { asked }) => sum + asked, 0) + amount;
}

export function lineRefusal(hold: Hold, line: string | null): Refusal | undefined {
  if (line !== null && hold.entries.some((entry) => entry.line === line && standsOrWaits(entry))) {
    return refuse("duplicate_line");
  }
  return roomRefusal(hold);
}

export function roomRefusal(hold: Hold): Refusal | undefined {
  const waiting = hold.entries.filter(({ state }) => state === "queued" || state === "proposed");
  return waiting.length >= LONGEST_LINE ? refuse("line_full") : undefined;
}

function standsOrWaits({ state }: Entry): boolean {
  return state === "applied" || state === "asking" || state === "queued" || state === "proposed";
}

/** At the door a capture may still wait for the increments before it; at the head only what is confirmed counts. */
export function captureRefusal(
  hold: Hold,
  capture: { amount: number; final: boolean; worstCase: boolean },
): Refusal | undefined {
  const { capabilities } = hold.terms;
  if (hold.reviewSince !== null) return refuse("under_review");
  if (!capture.final) {
    const raised = hold.entries.some(({ kind, state }) => kind === "increment" && state === "applied");
    const can =
      capabilities.partialCapture === "always" || (capabilities.partialCapture === "before_increments" && !raised);
    if (!can) return refuse("partial_capture_unsupported");
  }
  const held = capturable(hold, capture.worstCase);
  return capture.amount > held ? refuse("above_hold", { held }) : undefined;
}

/**
 * The most that can be captured: what is held, less what waits before it to be captured or let go; at the door with
 * the increments under way.
 */
export function capturable(hold: Hold, worstCase: boolean): number {
  if (!worstCase) return sums(hold).held;
  const coming = expectedEntries(hold).filter(({ kind }) => kind === "increment");
  return Math.max(0, spare(hold) + coming.reduce((sum, { asked }) => sum + asked, 0));
}

/** What is held and spoken for by nothing that waits or is asked. */
function spare(hold: Hold): number {
  const leaving = hold.entries.filter(
    ({ kind, target, state }) =>
      (kind === "capture" || (kind === "reversal" && target !== null)) && (state === "queued" || state === "asking"),
  );
  return sums(hold).held - leaving.reduce((sum, { asked }) => sum + asked, 0);
}

/** Reversing one increment: only where the gateway can, only what still stands, and where it takes the last step only, only that. */
export function reverseIncrementRefusal(hold: Hold, target: EntryId, worstCase: boolean): Refusal | undefined {
  const { reverseIncrement } = hold.terms.capabilities;
  if (reverseIncrement === "none") return refuse("reversal_unsupported");
  const increments = standingIncrements(hold);
  if (!increments.some(({ id }) => id === target)) return refuse("not_reversible");
  // Where some of the hold is captured already, the increment may be gone with it.
  const held = worstCase ? Math.max(0, spare(hold)) : sums(hold).held;
  if (appliedWithCorrections(hold, target) > held) return refuse("above_hold", { held });
  if (reverseIncrement === "any") return undefined;
  // A reversal without a target takes whatever is last when it arrives: nothing may stand or wait behind it.
  const busy = worstCase && hold.entries.some(({ state }) => state === "queued" || state === "asking");
  return busy || increments.at(-1)?.id !== target ? refuse("not_last") : undefined;
}

/** Increments that hold something and that nothing lets go, in the order in which they were approved. */
export function standingIncrements(hold: Hold): readonly Entry[] {
  return hold.entries
    .filter((entry) => entry.kind === "increment" && isStanding(hold, entry))
    .toSorted((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0) || readyAt(a) - readyAt(b));
}

function isStanding(hold: Hold, { id }: Entry): boolean {
  if (appliedWithCorrections(hold, id) <= 0) return false;
  return !hold.entries.some(
    (entry) =>
      entry.kind === "reversal" &&
      entry.target === id &&
      (entry.state === "asking" || entry.state === "queued" || appliedWithCorrections(hold, entry.id) > 0),
  );
}
