import { assess } from "./assess.ts";
import type { Approval, Evidence, Finding, Outcome } from "./evidence.ts";
import type { Event } from "./events.ts";
import { abandoned, elapsed } from "./learn-clock.ts";
import { learnExpiry, learnRead } from "./learn-read.ts";
import { concluded, readWanted, type Conclusion } from "./conclude.ts";
import { disagreement, notUndone, unheardOf, type Disagreement } from "./learn-late.ts";
import { inDoubt, lookAgainAfter, lookedInVain, lookNow, lookWhileWaiting, quietAt, undoWanted } from "./looks.ts";
import type { EntryId, Hold, Instant, Operation, OperationId } from "./model.ts";

/** What evidence is about; null for what is about the whole hold. */
export interface About {
  readonly operation: OperationId;
  readonly entry: EntryId;
}

/**
 * What does this answer, finding, snapshot or passing of time mean? Pure. Partial approvals, sums that disagree,
 * late and duplicate answers are decided here and nowhere else. No answer is dropped: one that comes after the
 * end either agrees, or contradicts and blocks the hold.
 */
export function learn(hold: Hold, about: About | null, evidence: Evidence, now: Instant): Event[] {
  switch (evidence.from) {
    case "clock":
      return elapsed(hold, now);
    case "read":
      return learnRead(hold, evidence, now);
    case "expiry":
      return learnExpiry(hold);
    case "gateway_back":
      return lookNow(hold, now);
    case "answer":
    case "notice":
    case "undo":
    case "look": {
      if (!about) throw new Error(`evidence from ${evidence.from} is about an operation`);
      const operation = hold.operations.find(({ id }) => id === about.operation);
      return operation ? learnOf(hold, operation, evidence, now) : learnLate(hold, about, evidence, now);
    }
  }
}

type OfOperation = Exclude<Evidence, { from: "read" | "clock" | "expiry" | "gateway_back" }>;

function learnOf(hold: Hold, operation: Operation, evidence: OfOperation, now: Instant): Event[] {
  if (evidence.from === "notice") return learnNotice(hold, operation, evidence.outcome, now);
  const word = evidence.from === "look" ? evidence.finding.is : evidence.outcome.is;
  const answered: Event = {
    type: "answered",
    operation: operation.id,
    number: evidence.attempt,
    evidence: `${evidence.from}: ${word}`,
    ...(word === "unknown" ? { silent: true } : {}),
  };
  switch (evidence.from) {
    case "answer":
      return [answered, ...learnAnswer(hold, operation, evidence, now), ...canGrow(hold, operation, evidence.outcome)];
    case "look":
      return [answered, ...learnFinding(hold, operation, evidence, now), ...canGrow(hold, operation, evidence.finding)];
    case "undo":
      return [answered, ...learnUndo(hold, operation, evidence.outcome, now)];
  }
}

/** A verdict that was told unasked. It may be there before the answer that says to wait for it. */
function learnNotice(hold: Hold, operation: Operation, outcome: Outcome, now: Instant): Event[] {
  // What is under way or waited for goes on: this is no answer to it.
  if (outcome.is === "unknown") return names(operation, outcome);
  const answer = { from: "answer", attempt: operation.attempts, outcome } as const;
  return [...learnAnswer(hold, operation, answer, now), ...canGrow(hold, operation, outcome)];
}

/** Whether the hold can be raised is known for certain once the gateway has said it, or has raised it. */
function canGrow(hold: Hold, { kind }: Operation, said: Outcome | Finding): Event[] {
  const shown =
    said.is === "approved" || said.is === "applied"
      ? (said.incrementable ?? (kind === "increment" ? true : undefined))
      : said.is === "rejected"
        ? said.incrementable
        : undefined;
  const can = shown === undefined ? hold.incrementable : shown ? "yes" : "no";
  return can === hold.incrementable || can === "unproven" ? [] : [{ type: "incrementability", can }];
}

type Answer = Extract<Evidence, { from: "answer" }>;
type Look = Extract<Evidence, { from: "look" }>;

function learnAnswer(hold: Hold, operation: Operation, { attempt, outcome }: Answer, now: Instant): Event[] {
  switch (outcome.is) {
    case "approved":
      return learnApproval(hold, operation, assess(hold, operation, outcome), now);
    case "declined":
      return concluded(hold, operation, declined(outcome), now);
    case "rejected": {
      // A later attempt that was not let in tells nothing about the first, which may have been applied.
      if (outcome.again === "later" && (attempt > 1 || mayHaveBeenAskedAgain(hold, operation))) {
        return doubtAgain(hold, operation, attempt, now);
      }
      const cause = { is: "rejected", code: outcome.cause, again: outcome.again } as const;
      return concluded(hold, operation, { as: "failed", cause }, now);
    }
    case "waiting": {
      if (outcome.on === "review") {
        return learnApproval(hold, operation, { ...assess(hold, operation, outcome.approval), reviewed: true }, now);
      }
      if (operation.undoing) return [];
      const { on, until, action = null } = outcome;
      return [
        { type: "waited", operation: operation.id, on, until, action },
        ...lookWhileWaiting(hold, operation, until, now),
        ...names(operation, outcome),
      ];
    }
    case "received":
      return [
        { type: "received", operation: operation.id },
        ...doubtAgain(hold, { ...operation, received: true }, attempt, now),
      ];
    case "unknown":
      return [...doubtAgain(hold, operation, attempt, now), ...names(operation, outcome)];
  }
}

function names({ entry }: Operation, { references }: { readonly references?: Approval["references"] }): Event[] {
  return references ? [{ type: "named", entry, references }] : [];
}

/** Once an undo is wanted it may be on its way: what it will take back is not booked, and remembered until its own answer. */
function learnApproval(
  hold: Hold,
  operation: Operation,
  conclusion: Extract<Conclusion, { as: "applied" }>,
  now: Instant,
): Event[] {
  if (!operation.undoing) return concluded(hold, operation, conclusion, now);
  const { applied, references } = conclusion;
  return [{ type: "heard", operation: operation.id, applied }, ...names(operation, { references })];
}

function doubtAgain(hold: Hold, operation: Operation, attempt: number, now: Instant): Event[] {
  // Another attempt is under way, or an undo is planned: this answer adds nothing to that.
  const another = operation.attempt !== null && operation.attempt.number !== attempt;
  if (another || operation.undoing) return [];
  return inDoubt(hold, operation, lookAgainAfter(operation.looks), now);
}

function mayHaveBeenAskedAgain(hold: Hold, operation: Operation): boolean {
  return operation.attempts > 1 && hold.terms.capabilities.recovery.dedupe !== null;
}

function learnFinding(hold: Hold, operation: Operation, { attempt, finding }: Look, now: Instant): Event[] {
  switch (finding.is) {
    case "applied":
      return learnApproval(
        hold,
        operation,
        { ...assess(hold, operation, finding), reviewed: finding.reviewed ?? false },
        now,
      );
    case "declined":
      return concluded(hold, operation, declined(finding), now);
    case "absent":
      return absent(hold, operation, attempt, finding.givenUp ?? false, now);
    case "unknown":
      return operation.undoing ? [] : lookedInVain(hold, operation, now);
  }
}

/** Absence counts only from a look that began after the deadline + the slowest apply + the look-up's slowest lag. */
function absent(hold: Hold, operation: Operation, attempt: number, givenUp: boolean, now: Instant): Event[] {
  if (operation.undoing) return [];
  // A look that was given up on is not the one under way: when it began is no longer known.
  const lookedAt = operation.attempt?.number === attempt ? operation.attempt.startedAt : operation.startedAt;
  // Nothing is there yet, as long as the payer has not acted or the verdict has not come.
  const { waiting } = operation;
  if (waiting) {
    const over = givenUp || waiting.until <= lookedAt;
    return over ? abandoned(hold, operation, now) : lookWhileWaiting(hold, operation, waiting.until, now);
  }
  const quiet = quietAt(hold, operation);
  if (lookedAt < quiet) {
    const again = now + lookAgainAfter(operation.looks);
    return [{ type: "look_planned", operation: operation.id, at: quiet > now ? Math.min(again, quiet) : now }];
  }
  const undo = undoWanted(hold, operation, now);
  return undo.length > 0 ? undo : concluded(hold, operation, { as: "failed", cause: { is: "absent" } }, now);
}

function learnUndo(hold: Hold, operation: Operation, outcome: Outcome, now: Instant): Event[] {
  if (outcome.is === "approved") return concluded(hold, operation, { as: "failed", cause: { is: "undone" } }, now);
  if (outcome.is === "rejected" && outcome.again === "never") {
    const entry = hold.entries.find(({ id }) => id === operation.entry);
    const found = entry && operation.heard !== null ? notUndone(hold, entry, operation.heard) : undefined;
    return [
      ...concluded(hold, operation, { as: "failed", cause: { is: "absent" } }, now),
      ...(found ? contradictedBy(hold, found, now) : []),
    ];
  }
  return [{ type: "look_planned", operation: operation.id, at: now + lookAgainAfter(operation.looks) }];
}

function declined({ code, networkCode, advice, ...rest }: Extract<Outcome | Finding, { is: "declined" }>): Conclusion {
  const references = "references" in rest ? rest.references?.entry : undefined;
  return {
    as: "declined",
    cause: { is: "declined", code, networkCode, advice },
    ...(references ? { references } : {}),
  };
}

/** An answer that comes after its operation has ended: it agrees, or it contradicts, and then the books are read. */
function learnLate(hold: Hold, about: About, evidence: OfOperation, now: Instant): Event[] {
  const entry = hold.entries.find(({ id }) => id === about.entry);
  const found = entry ? disagreement(hold, entry, evidence) : unheardOf(evidence);
  return found ? contradictedBy(hold, found, now) : [];
}

function contradictedBy(hold: Hold, { what, references, ...sums }: Disagreement, now: Instant): Event[] {
  const contradiction = { since: now, what, found: sums };
  return [
    { type: "contradicted", contradiction, ...(references ? { references } : {}) },
    ...readWanted(hold, "contradicted", false, now),
  ];
}
