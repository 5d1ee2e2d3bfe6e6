import { delta, total, type Delta, type Total } from "@plimsoll/shared";
import type { Approval } from "./evidence.ts";
import type { Conclusion } from "./conclude.ts";
import type { Contradiction, Hold, Operation } from "./model.ts";
import { sums } from "./sums.ts";

type Applied = Extract<Conclusion, { as: "applied" }>;

/** What an approval shows, held against what was asked. Anything but the expected sum or a declared partial approval contradicts. */
export function assess(hold: Hold, operation: Operation, approval: Approval): Applied {
  const { captureBy } = approval;
  const ends = captureBy === undefined ? {} : { captureBy };
  const known = { as: "applied", by: approval.grade, references: approval.references, ...ends } as const;
  const asked = operation.delta;
  const { applied, grade } = approval;
  if (grade === "total" && approval.total !== null) {
    return { ...known, ...byTotal(hold, operation, approval.total, applied) };
  }
  if (applied === null || (grade === "echo" && applied === asked) || grade === "none") {
    return { ...known, applied: asked, unverified: true };
  }
  if (applied === asked) return { ...known, applied, unverified: false };
  if (isPartial(hold, operation, applied)) return { ...known, applied, unverified: false };
  const booked = bookable(operation, applied);
  return { ...known, applied: booked, unverified: true, contradicts: foundSums(hold, operation, applied, booked) };
}

/** The sum that an operation moves: what is authorized and not reversed, or for a capture what is captured. */
function byTotal(hold: Hold, operation: Operation, found: Total, applied: Delta | null) {
  const moved = found - operation.totalBefore;
  const step = operation.kind === "reverse" ? -moved : moved;
  const agrees = applied === null || applied === step;
  if (agrees && (step === operation.delta || isPartial(hold, operation, step))) {
    return { applied: delta(step), unverified: false };
  }
  const booked = applied === null ? operation.delta : bookable(operation, applied);
  return { applied: booked, unverified: true, contradicts: foundSums(hold, operation, step, booked) };
}

/** Until a person has looked: what the gateway says it did, as far as it was asked to do so. */
function bookable({ delta: asked }: Operation, applied: number): Delta {
  return applied > 0 && applied < asked ? delta(applied) : asked;
}

function isPartial(hold: Hold, operation: Operation, applied: number): boolean {
  const { authorization, increment } = hold.terms.capabilities.partialApproval;
  const declared = operation.kind === "authorize" ? authorization : operation.kind === "increment" && increment;
  return declared && applied > 0 && applied < operation.delta;
}

/** The sums that ours would be if this much had been applied. */
function foundSums(hold: Hold, operation: Operation, applied: number, booked: Delta): Contradiction["found"] {
  const { authorized, captured, reversed } = sums(hold);
  const sum = (before: Total) => total(Math.max(0, before + applied));
  switch (operation.kind) {
    case "authorize":
    case "increment":
      return { authorized: sum(authorized), captured: null };
    case "capture":
      return { authorized: null, captured: sum(captured) };
    case "reverse":
      return { authorized: null, captured: null, reversed: sum(reversed) };
    case "extend":
      // It was asked to move nothing: what it moved is part of what is authorized.
      return { authorized: total(Math.max(0, authorized + applied - booked)), captured: null };
  }
}
