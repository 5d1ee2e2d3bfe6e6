import { delta, refuse, total, type Delta, type Refusal, type Total } from "@plimsoll/shared";
import { captureRefusal, CLOSED, raiseRefusal, reverseIncrementRefusal, standingIncrements } from "./judge.ts";
import { activeOperation, hasEnded, lifecycle } from "./lifecycle.ts";
import { remedy } from "./looks.ts";
import type { Entry, Hold, Instant, Operation, OperationKind } from "./model.ts";
import { nextReadAt } from "./reads.ts";
import { readyAt } from "./ready.ts";
import { appliedWithCorrections, sums } from "./sums.ts";
import { wakeAt, workAt } from "./wake.ts";

/** What now? Whoever drives the hold does just this, and nothing that is not said here. */
export type Next =
  /** Begin an operation: the first attempt to ask. */
  | { readonly do: "ask"; readonly entry: Entry; readonly plan: Plan }
  /** A further attempt of an operation in doubt. */
  | { readonly do: "ask_again" | "look" | "undo"; readonly operation: Operation }
  | { readonly do: "read" }
  | { readonly do: "refuse"; readonly entry: Entry; readonly refusal: Refusal }
  /** The increment to let go next, where a gateway reverses only the last and all is to be released. */
  | { readonly do: "unwind"; readonly entry: Entry; readonly target: Entry }
  | { readonly do: "wait"; readonly until: Instant }
  | { readonly do: "rest" };

export interface Plan {
  readonly kind: OperationKind;
  readonly delta: Delta;
  readonly totalBefore: Total;
  readonly totalAfter: Total;
}

export function nextStep(hold: Hold, now: Instant): Next {
  const active = activeOperation(hold);
  if (active) return recover(hold, active, now) ?? recoverParked(hold, now) ?? pause(hold, now);
  const head = headOfLine(hold, now);
  if (head && !hold.contradicted) {
    const blocked = hold.reading?.blocks === true && head.kind !== "authorization";
    if (!blocked) return judged(hold, head);
    if (readsNow(hold, now)) return { do: "read" };
  }
  return recoverParked(hold, now) ?? (readsNow(hold, now) ? { do: "read" } : pause(hold, now));
}

/** The queued entry that has been ready for longest; what is to end the hold lets the others go first. */
function headOfLine(hold: Hold, now: Instant): Entry | undefined {
  const closes = ({ id }: Entry) => Number(id === hold.closing?.entry);
  return hold.entries
    .filter((entry) => entry.state === "queued" && readyAt(entry) <= now)
    .toSorted((a, b) => closes(a) - closes(b) || readyAt(a) - readyAt(b))[0];
}

/** Accepting was not promising: the same rules again, now that the turn has come and only what is confirmed counts. */
function judged(hold: Hold, entry: Entry): Next {
  const refusal = ended(hold) ?? parkedRefusal(hold, entry) ?? headRefusal(hold, entry);
  if (refusal) return { do: "refuse", entry, refusal };
  const target = entry.kind === "reversal" && entry.target === null ? lastToUnwind(hold) : undefined;
  return target ? { do: "unwind", entry, target } : { do: "ask", entry, plan: planOf(hold, entry) };
}

/** Nothing is asked after the end. */
function ended(hold: Hold): Refusal | undefined {
  const refused = CLOSED[lifecycle(hold)];
  return hasEnded(hold) ? refuse(refused ?? "nothing_held") : undefined;
}

/** With a step in doubt left behind, only captures of what is confirmed go on, as at the door. */
function parkedRefusal(hold: Hold, { kind }: Entry): Refusal | undefined {
  return hold.operations.length > 0 && kind !== "capture" ? refuse("in_doubt") : undefined;
}

function lastToUnwind(hold: Hold): Entry | undefined {
  return hold.terms.capabilities.reverseIncrement === "last" ? standingIncrements(hold).at(-1) : undefined;
}

function headRefusal(hold: Hold, entry: Entry): Refusal | undefined {
  switch (entry.kind) {
    case "increment":
      return raiseRefusal(hold, { amount: entry.asked, consent: entry.consent, self: entry.id, worstCase: false });
    case "capture":
      return captureRefusal(hold, { amount: entry.asked, final: entry.final, worstCase: false });
    case "reversal":
      if (entry.target !== null) return reverseIncrementRefusal(withoutEntry(hold, entry), entry.target, false);
      return sums(hold).held === 0 ? refuse("nothing_held") : undefined;
    case "authorization":
    case "extension":
    case "correction":
      return undefined;
  }
}

function withoutEntry(hold: Hold, entry: Entry): Hold {
  return { ...hold, entries: hold.entries.filter(({ id }) => id !== entry.id) };
}

function planOf(hold: Hold, entry: Entry): Plan {
  const { authorized, reversed, captured, held } = sums(hold);
  const standing = total(authorized - reversed);
  switch (entry.kind) {
    case "authorization":
      return raise("authorize", total(0), entry.asked);
    case "increment":
      return raise("increment", standing, entry.asked);
    case "extension":
      return raise("extend", standing, delta(0));
    case "capture":
      return raise("capture", captured, entry.asked);
    case "reversal": {
      const amount = entry.target === null ? delta(held) : appliedWithCorrections(hold, entry.target);
      return { kind: "reverse", delta: amount, totalBefore: standing, totalAfter: total(standing - amount) };
    }
    case "correction":
      throw new Error(`a correction is never asked: ${entry.id}`);
  }
}

function raise(kind: OperationKind, before: Total, step: Delta): Plan {
  return { kind, delta: step, totalBefore: before, totalAfter: total(before + step) };
}

/** How a doubt is worked on when its time has come, or when somebody said: look. */
function recover(hold: Hold, operation: Operation, now: Instant): Next | undefined {
  const at = workAt(hold, operation);
  const way = at !== null && at <= now ? remedy(hold, operation, now) : undefined;
  return way && { do: way, operation };
}

function recoverParked(hold: Hold, now: Instant): Next | undefined {
  for (const operation of hold.operations.filter(({ parkedAt }) => parkedAt !== null)) {
    const next = recover(hold, operation, now);
    if (next) return next;
  }
  return undefined;
}

function readsNow(hold: Hold, now: Instant): boolean {
  const at = hold.reader ? null : nextReadAt(hold);
  return at !== null && at <= now;
}

function pause(hold: Hold, now: Instant): Next {
  const until = wakeAt(hold);
  return until === null ? { do: "rest" } : { do: "wait", until: Math.max(until, now) };
}
