import type { Capabilities } from "./capabilities.ts";
import type { Entry, Instant, Operation } from "./model.ts";
import type { Plan } from "./next-step.ts";

/** Random names of one logical operation: kept over restarts, never used for another. */
export interface OperationNames {
  readonly id: Operation["id"];
  /** Our own reference at the gateway. */
  readonly reference: string;
  /** The key of a gateway that dedupes. */
  readonly key: string;
}

/** The operation that asks for an entry, with its first attempt open: to be written down before anything is sent. */
export function beginOperation(
  entry: Entry,
  { kind, delta, totalBefore, totalAfter }: Plan,
  { id, reference, key }: OperationNames,
  now: Instant,
  { recovery }: Capabilities,
): Operation {
  const deadline = now + recovery.deadline;
  return {
    id,
    entry: entry.id,
    kind,
    reference,
    key,
    delta,
    totalBefore,
    totalAfter,
    startedAt: now,
    attempt: { number: 1, kind: "ask", startedAt: now, deadline },
    attempts: 1,
    firstSentAt: now,
    lastDeadline: deadline,
    doubtSince: null,
    parkedAt: null,
    looks: 0,
    nextLookAt: null,
    silent: false,
    alertedAt: null,
    received: false,
    undoing: false,
    heard: null,
    waiting: null,
  };
}
