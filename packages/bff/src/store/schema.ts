import type { Mode } from "@plimsoll/shared";
import type { AttemptKind, EntryId, Event, HoldId, Instant, OperationId, OperationKind } from "../hold/index.ts";

/**
 * The tables as queries see them, the same on every engine. What is JSON is kept as text everywhere, so that a
 * request comes back byte for byte. All times are instants that the writer passed in: the database has no clock.
 */
export interface Tables {
  holds: HoldRow;
  events: EventRow;
  operations: OperationRow;
  attempts: AttemptRow;
  idempotency: IdempotencyRow;
  keys: KeyRow;
  pauses: PauseRow;
}

/** The state is the truth; the columns beside it repeat what is looked up by, or what must be unique. */
export interface HoldRow {
  id: HoldId;
  merchant: string;
  mode: Mode;
  account: string;
  gateway: string;
  payee: string;
  /** The gateway's own id of the payment; null until an answer named it. */
  payment: string | null;
  order_ref: string;
  state: string;
  version: number;
  wake_at: Instant | null;
  opened_at: Instant;
  ended_at: Instant | null;
}

/** Append-only: the database refuses to update or delete a row. */
export interface EventRow {
  hold: HoldId;
  /** From 1, without a gap. */
  seq: number;
  at: Instant;
  actor: string | null;
  cause: string;
  type: Event["type"];
  data: string;
}

export interface OperationRow {
  id: OperationId;
  hold: HoldId;
  entry: EntryId;
  kind: OperationKind;
  reference: string;
  key: string;
  delta: number;
  total_before: number;
  total_after: number;
  started_at: Instant;
  parked_at: Instant | null;
  doubted_at: Instant | null;
  ended_at: Instant | null;
  /** Order and written request, as they were when the operation began. */
  request: string;
  /** The payer's payment token, encrypted; null as soon as the operation has an end. */
  sealed: string | null;
  dialect: string;
}

export interface AttemptRow {
  operation: OperationId;
  number: number;
  kind: AttemptKind;
  started_at: Instant;
  deadline: Instant;
  ended_at: Instant | null;
  evidence: string | null;
}

export interface IdempotencyRow {
  scope: string;
  value: string;
  digest: string;
  hold: HoldId;
  entry: EntryId;
  at: Instant;
}

export interface KeyRow {
  id: string;
  hash: string;
  merchant: string;
  mode: Mode;
  name: string;
  at: Instant;
  revoked_at: Instant | null;
}

export interface PauseRow {
  gateway: string;
  mode: Mode;
  by: string;
  why: string;
  at: Instant;
}
