import { delta, total, type Delta, type EntryKind, type Total } from "@plimsoll/shared";
import type { Entry, EntryId, Hold } from "./model.ts";

/** The four sums of a hold and what is still held; computed from its entries, each zero or more, in minor units. */
export interface Sums {
  readonly authorized: Total;
  readonly captured: Total;
  /** Applied reversals, and what final captures let go. */
  readonly released: Total;
  readonly lapsed: Total;
  readonly held: Total;
  /** Asked or queued, in doubt included. */
  readonly pending: Total;
  /** Applied reversals alone. */
  readonly reversed: Total;
}

export function sums(hold: Hold): Sums {
  const authorized = total(appliedOf(hold, ["authorization", "increment"]));
  const captured = total(appliedOf(hold, ["capture"]));
  const reversed = total(appliedOf(hold, ["reversal"]));
  const released = total(reversed + letGo(hold));
  return {
    authorized,
    captured,
    reversed,
    released,
    lapsed: hold.lapsed,
    held: total(Math.max(0, authorized - captured - released - hold.lapsed)),
    pending: total(pendingEntries(hold).reduce((sum, entry) => sum + entry.asked, 0)),
  };
}

/** What one entry stands for after its corrections. */
export function appliedWithCorrections(hold: Hold, id: EntryId): Delta {
  return delta(
    hold.entries
      .filter((entry) => entry.id === id || (entry.kind === "correction" && entry.target === id))
      .reduce((sum, entry) => sum + entry.applied, 0),
  );
}

/** Steps that will raise the hold when they are approved: queued, asked, or in doubt. */
export function pendingEntries(hold: Hold): readonly Entry[] {
  return hold.entries.filter(
    (entry) =>
      (entry.kind === "authorization" || entry.kind === "increment") &&
      (entry.state === "queued" || entry.state === "asking"),
  );
}

/** The same as `pendingEntries` without what is in doubt and parked: the most that a capture can still wait for. */
export function expectedEntries(hold: Hold): readonly Entry[] {
  const parked = new Set(hold.operations.filter(({ parkedAt }) => parkedAt !== null).map(({ entry }) => entry));
  return pendingEntries(hold).filter(({ id }) => !parked.has(id));
}

function appliedOf(hold: Hold, kinds: readonly EntryKind[]): number {
  const counted = new Set(hold.entries.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id));
  return hold.entries.reduce(
    (sum, { id, kind, target, applied }) =>
      counted.has(id) || (kind === "correction" && target !== null && counted.has(target)) ? sum + applied : sum,
    0,
  );
}

function letGo(hold: Hold): number {
  return hold.entries.reduce((sum, { released }) => sum + (released?.amount ?? 0), 0);
}
