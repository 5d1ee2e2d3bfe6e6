import type { Lifecycle } from "@plimsoll/shared";
import type { Entry, Hold, Instant, Operation } from "./model.ts";
import { appliedWithCorrections, sums } from "./sums.ts";

/** What people read as the state of a hold: a function of its entries, never stored. */
export function lifecycle(hold: Hold): Lifecycle {
  const first = authorization(hold);
  if (first.state === "queued" || first.state === "asking") return waitsForPayer(hold) ? "waiting" : "opening";
  if (!stands(hold, first)) {
    return first.state === "declined" ? "declined" : "failed";
  }
  if (isCaptured(hold)) return "captured";
  // As long as a capture is undecided nobody can say that nothing was charged.
  if (hold.expiredAt !== null) return hold.operations.some(({ kind }) => kind === "capture") ? "capturing" : "expired";
  if (isReversed(hold)) return "reversed";
  if (hold.closing) return hold.closing.kind === "capture" ? "capturing" : "reversing";
  return "open";
}

export function authorization(hold: Hold): Entry {
  const first = hold.entries[0];
  if (first?.kind !== "authorization") throw new Error(`hold ${hold.terms.id} does not begin with an authorization`);
  return first;
}

/** The gateway has applied it, as it said or, of one that was thought to have come to nothing, as a correction says. */
export function stands(hold: Hold, { id, state }: Entry): boolean {
  return state === "applied" || appliedWithCorrections(hold, id) > 0;
}

/** The operation that others wait for; a parked one is in doubt but out of the way. */
export function activeOperation(hold: Hold): Operation | undefined {
  return hold.operations.find(({ parkedAt }) => parkedAt === null);
}

/** Past its deadline without an answer, whether or not anybody has written that down yet. */
export function isInDoubt(operation: Operation, now: Instant): boolean {
  if (operation.doubtSince !== null) return true;
  return operation.attempt?.kind === "ask" && operation.attempt.deadline <= now;
}

export function doubtfulOperation(hold: Hold, now: Instant): Operation | undefined {
  return hold.operations.find((operation) => isInDoubt(operation, now));
}

export function hasEnded(hold: Hold): boolean {
  return hold.endedAt !== null;
}

function waitsForPayer(hold: Hold): boolean {
  return hold.operations.some(({ waiting }) => waiting?.on === "payer");
}

function isCaptured(hold: Hold): boolean {
  return hold.entries.some(
    ({ id, kind, final }) => kind === "capture" && final && appliedWithCorrections(hold, id) > 0,
  );
}

/** Let go by us, or, as a correction says, by somebody else. */
function isReversed(hold: Hold): boolean {
  const { authorized, held } = sums(hold);
  const all = hold.entries.some((entry) => entry.kind === "reversal" && entry.final && stands(hold, entry));
  return (all && held === 0) || authorized === 0;
}

/** Every operation in doubt, parked ones too. */
export function doubtfulOperations(hold: Hold, now: Instant): readonly Operation[] {
  return hold.operations.filter((operation) => isInDoubt(operation, now));
}
