import { learn, type AttemptKind, type Event, type Evidence, type Hold, type Instant } from "../hold/index.ts";

/** Whether the gateway itself has said something; that it was not let in or not reached is no word of its own. */
export function isAnswer(evidence: Evidence): boolean {
  switch (evidence.from) {
    case "answer":
    case "undo":
      return (
        evidence.outcome.is !== "unknown" && !(evidence.outcome.is === "rejected" && evidence.outcome.again === "later")
      );
    case "look":
      return evidence.finding.is !== "unknown";
    case "read":
      return evidence.snapshot.is === "snapshot";
    case "notice":
    case "expiry":
    case "clock":
    case "gateway_back":
      return false;
  }
}

/** Evidence of an attempt that shows nothing: it may have reached the gateway, and nobody can tell. */
export function noAnswer(kind: AttemptKind, attempt: number, cause: string): Evidence {
  const unknown = { is: "unknown", cause } as const;
  switch (kind) {
    case "ask":
      return { from: "answer", attempt, outcome: unknown };
    case "look":
      return { from: "look", attempt, finding: unknown };
    case "undo":
      return { from: "undo", attempt, outcome: unknown };
  }
}

/** The same evidence, showing nothing: for what the database says can't be true. */
export function disbelieved(evidence: Evidence): Evidence {
  const cause = "it can't be true";
  switch (evidence.from) {
    case "answer":
      return noAnswer("ask", evidence.attempt, cause);
    case "look":
    case "undo":
      return noAnswer(evidence.from, evidence.attempt, cause);
    case "notice":
      return { from: "notice", outcome: { is: "unknown", cause } };
    case "read":
      return { ...evidence, snapshot: { is: "cannot", cause } };
    case "expiry":
    case "clock":
    case "gateway_back":
      return evidence;
  }
}

/** What it means for a hold that the process which was at its gateway is gone: its attempts are in doubt, its read is none. */
export function orphaned(hold: Hold, now: Instant): Event[] {
  const cause = "its process ended";
  const attempts = hold.operations.flatMap(({ id, entry, attempt }) =>
    attempt ? learn(hold, { operation: id, entry }, noAnswer(attempt.kind, attempt.number, cause), now) : [],
  );
  const { reader } = hold;
  if (!reader) return attempts;
  const read: Evidence = { from: "read", startedAt: reader.startedAt, snapshot: { is: "cannot", cause } };
  return [...attempts, ...learn(hold, null, read, now)];
}
