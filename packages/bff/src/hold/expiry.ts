import type { Total } from "@plimsoll/shared";
import type { ExpiryRule } from "./capabilities.ts";
import { authorization, hasEnded, lifecycle, stands } from "./lifecycle.ts";
import type { Entry, Hold, Instant } from "./model.ts";
import { profileOf } from "./profiles.ts";
import { readyAt } from "./ready.ts";
import { sums } from "./sums.ts";

/** An instant that a dated rule estimates, or that the gateway has named. */
export interface Point {
  readonly at: Instant;
  readonly estimated: boolean;
}

/** Two clocks: may it still be captured, and is the money still there? Neither ends a hold: only the gateway does. */
export interface Expiry {
  readonly captureBy: Point;
  readonly bankMayFreeFrom: Point;
  /** Where it comes from: a dated rule, or the gateway. */
  readonly source: string;
}

/** How long a hold lives, by what the gateway said or by the rule that was fixed when it opened; null where neither is known. */
export function expiryOf(hold: Hold): Expiry | null {
  const { captureBy: given } = hold;
  const rule = hold.terms.expiry;
  const life = lifeOf(hold);
  if (life === null) return null;
  const times = rule && timesOf(rule, life);
  const freed = times && { at: life.start + times.bankKeeps, estimated: true };
  if (given !== null) {
    const captureBy = { at: given, estimated: false };
    return { captureBy, bankMayFreeFrom: freed ?? { at: given, estimated: true }, source: "the gateway" };
  }
  if (!rule || !freed) return null;
  return {
    captureBy: { at: life.start + times.captureWithin, estimated: true },
    bankMayFreeFrom: freed,
    source: `${rule.source}, read ${rule.read}`,
  };
}

/** When somebody has to be told: the profile's time before it has to be captured, but not in the first half of its life. */
export function warnAt(hold: Hold): Instant | null {
  const captureBy = expiryOf(hold)?.captureBy.at;
  const start = lifeOf(hold)?.start;
  if (captureBy === undefined || start === undefined) return null;
  const { warnBefore } = profileOf(hold.terms.profile);
  return captureBy - Math.max(0, Math.min(warnBefore, Math.floor((captureBy - start) / 2)));
}

/** Whether the time to capture it is over. It may have ended then; it may still be charged too. */
export function hasPassed(hold: Hold, now: Instant): boolean {
  const expiry = expiryOf(hold);
  return expiry !== null && expiry.captureBy.at <= now;
}

/** What a final capture left on hold, where the gateway lets nothing go: the bank frees it by itself. Zero else. */
export function restOf(hold: Hold): Total | 0 {
  return hasEnded(hold) && lifecycle(hold) === "captured" ? sums(hold).held : 0;
}

/**
 * The approval that the present life counts from. Of an approval only the end is known for sure, and a step that was in
 * doubt may end weeks after it was approved: what counts is when it was ready to be sent, which is never too late.
 */
function lifeOf(hold: Hold): Life | null {
  const first = authorization(hold);
  if (!stands(hold, first)) return null;
  const { prolongedBy = [] } = hold.terms.expiry ?? {};
  const prolongs = ({ kind, state, id }: Entry) =>
    state === "applied" &&
    (id === first.id ||
      (kind === "increment" && prolongedBy.includes("increment")) ||
      (kind === "extension" && prolongedBy.includes("extend")));
  const start = hold.entries
    .filter(prolongs)
    .reduce((latest, entry) => Math.max(latest, readyAt(entry)), readyAt(first));
  return { start, isProlonged: start > readyAt(first) };
}

interface Life {
  readonly start: Instant;
  readonly isProlonged: boolean;
}

function timesOf({ captureWithin, bankKeeps, prolongedTo }: ExpiryRule, { isProlonged }: Life) {
  return { captureWithin: (isProlonged ? prolongedTo : undefined) ?? captureWithin, bankKeeps };
}
