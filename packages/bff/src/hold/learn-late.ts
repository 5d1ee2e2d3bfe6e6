import { total, type Delta } from "@plimsoll/shared";
import type { Evidence, Finding, Outcome } from "./evidence.ts";
import type { Contradiction, Entry, Hold, References } from "./model.ts";
import { appliedWithCorrections, sums } from "./sums.ts";

type OfOperation = Exclude<Evidence, { from: "read" | "clock" | "expiry" | "gateway_back" }>;
export type Disagreement = Contradiction["found"] & {
  readonly what: string;
  readonly references: References | undefined;
};

/** Where an answer to an operation that has ended says something else than its end; undefined where it agrees or tells nothing. */
export function disagreement(hold: Hold, entry: Entry, evidence: OfOperation): Disagreement | undefined {
  const said = evidence.from === "look" ? evidence.finding : evidence.outcome;
  const applied = evidence.from === "undo" ? undone(said) : appliedBy(said, entry);
  if (applied === undefined || applied === entry.applied) return undefined;
  // Told again, it says nothing new once a person has set the sums right by it.
  if (applied === appliedWithCorrections(hold, entry.id)) return undefined;
  // That something was there is what the undo has said already.
  if (entry.cause?.is === "undone" && applied > 0) return undefined;
  const word = evidence.from === "undo" ? "undone after all" : said.is;
  const what = `a late answer to ${entry.kind} ${entry.id}: ${word}`;
  return { ...foundSums(hold, entry, applied), what, references: referencesOf(said) };
}

/** It was approved, and when it was to be undone there was nothing: undone before, without an answer, or still there. */
export function notUndone(hold: Hold, entry: Entry, applied: Delta): Disagreement {
  const what = `${entry.kind} ${entry.id} was approved, and could not be undone`;
  return { ...foundSums(hold, entry, applied), what, references: undefined };
}

/** The gateway has applied a step that these books don't have: a database has lost commits, as a failover can. */
export function unheardOf(evidence: OfOperation): Disagreement | undefined {
  const { is } = evidence.from === "look" ? evidence.finding : evidence.outcome;
  if (is !== "approved" && is !== "applied") return undefined;
  const what = "the gateway has answered a step that these books don't have: is the database older than it was?";
  return { authorized: null, captured: null, what, references: undefined };
}

function undone(said: Outcome | Finding): 0 | undefined {
  return said.is === "approved" ? 0 : undefined;
}

/** What the answer says was applied; undefined where it says nothing certain. */
function appliedBy(said: Outcome | Finding, entry: Entry): number | undefined {
  switch (said.is) {
    case "approved":
    case "applied":
      return said.grade === "echo" || said.applied === null ? entry.applied || entry.asked : said.applied;
    case "waiting":
      return said.on === "review" ? (said.approval.applied ?? entry.asked) : undefined;
    case "declined":
      return 0;
    case "rejected":
      // That a later attempt was not let in tells nothing about an earlier one.
      return said.again === "never" ? 0 : undefined;
    case "absent":
    case "received":
    case "unknown":
      return undefined;
  }
}

function foundSums(hold: Hold, entry: Entry, applied: number): Contradiction["found"] {
  const { authorized, captured, reversed } = sums(hold);
  const moved = (before: number) => total(Math.max(0, before + applied - appliedWithCorrections(hold, entry.id)));
  switch (entry.kind) {
    case "authorization":
    case "increment":
      return { authorized: moved(authorized), captured: null };
    case "capture":
      return { authorized: null, captured: moved(captured) };
    case "reversal":
      return { authorized: null, captured: null, reversed: moved(reversed) };
    case "extension":
    case "correction":
      return { authorized: null, captured: null };
  }
}

function referencesOf(said: Outcome | Finding): References | undefined {
  return said.is === "approved" || said.is === "applied" ? said.references.hold : undefined;
}
