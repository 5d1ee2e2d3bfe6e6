import type { Event, Hold, HoldId, Instant, Operation, OperationId } from "../hold/index.ts";
import { encodeActor, encodeEvent, encodeHold, encodeRequest } from "./codec.ts";
import type { AttemptRow, EventRow, HoldRow, IdempotencyRow, OperationRow } from "./schema.ts";
import { Forbidden, PAYMENT, type Change, type Target } from "./store.ts";

export type Write = NonNullable<Change<unknown>["write"]>;

/**
 * The rows that one commit writes. To be written in this order: an operation that ends or is parked makes room
 * for the next one under the rule of one unfinished operation a hold.
 */
export interface Rows {
  readonly hold: HoldRow;
  readonly events: readonly EventRow[];
  /** Operations without an end until now: ended, parked or doubted by this commit. */
  readonly settled: readonly Pick<OperationRow, "id" | "parked_at" | "doubted_at" | "ended_at">[];
  readonly operations: readonly OperationRow[];
  readonly attempts: readonly AttemptRow[];
  readonly answers: readonly Pick<AttemptRow, "operation" | "number" | "ended_at" | "evidence">[];
  readonly use: IdempotencyRow | undefined;
}

/**
 * Pure; `before` is the hold as the commit saw it. A hold's version counts its events, so its events are numbered
 * by it; a state whose version is not what these events make of `before` came from another one, and is Forbidden.
 */
export function project(target: Target, before: Hold | undefined, write: Write): Rows {
  const { hold, events, at } = write;
  if (hold.terms.id !== target.hold) throw new TypeError(`a commit on ${target.hold} can't write ${hold.terms.id}`);
  const seq = before?.version ?? 0;
  if (hold.version !== seq + events.length) throw new Forbidden("version");
  return {
    hold: holdRow(hold, write.wakeAt),
    events: events.map((event, index) => eventRow(hold.terms.id, seq + 1 + index, event, write)),
    settled: before === undefined ? [] : before.operations.flatMap((operation) => settledRow(operation, hold, at)),
    operations: operationRows(write),
    attempts: events.flatMap((event) => attemptRow(event, at)),
    answers: events.flatMap((event) => answerRow(event, at)),
    use: useRow(target, write),
  };
}

function holdRow(hold: Hold, wakeAt: Instant | null): HoldRow {
  const { terms } = hold;
  return {
    id: terms.id,
    merchant: terms.merchant,
    mode: terms.mode,
    account: terms.account,
    gateway: terms.gateway,
    payee: terms.payee,
    payment: hold.references[PAYMENT] ?? null,
    order_ref: terms.order,
    state: encodeHold(hold),
    version: hold.version,
    wake_at: wakeAt,
    opened_at: terms.openedAt,
    ended_at: hold.endedAt,
  };
}

function eventRow(hold: HoldId, seq: number, event: Event, { at, actor, cause }: Write): EventRow {
  return { hold, seq, at, actor: encodeActor(actor), cause, ...encodeEvent(event) };
}

/** A hold lists its operations that have no end: one that it no longer lists has ended. */
function settledRow(before: Operation, hold: Hold, at: Instant): Rows["settled"] {
  const now = hold.operations.find((operation) => operation.id === before.id);
  const { id } = before;
  if (now === undefined) return [{ id, parked_at: before.parkedAt, doubted_at: before.doubtSince, ended_at: at }];
  const { parkedAt, doubtSince } = now;
  const moved = parkedAt !== before.parkedAt || doubtSince !== before.doubtSince;
  return moved ? [{ id, parked_at: parkedAt, doubted_at: doubtSince, ended_at: null }] : [];
}

/** Nothing is asked that is not written: an operation can't begin without its request, nor a request without its operation. */
function operationRows(write: Write): OperationRow[] {
  const asked = write.events.flatMap((event) => (event.type === "asked" ? [event.operation] : []));
  const stray = write.requests.find((request) => !asked.some((operation) => operation.id === request.operation));
  if (stray) throw new TypeError(`a request of ${stray.operation}, which does not begin in this commit`);
  return asked.map((operation) => operationRow(operation, write));
}

function operationRow(operation: Operation, { hold, at, requests }: Write): OperationRow {
  const request = requests.find((candidate) => candidate.operation === operation.id);
  if (request === undefined) throw new TypeError(`operation ${operation.id} begins without its request`);
  const now = hold.operations.find((listed) => listed.id === operation.id);
  return {
    id: operation.id,
    hold: hold.terms.id,
    entry: operation.entry,
    kind: operation.kind,
    reference: operation.reference,
    key: operation.key,
    delta: operation.delta,
    total_before: operation.totalBefore,
    total_after: operation.totalAfter,
    started_at: operation.startedAt,
    parked_at: now?.parkedAt ?? null,
    doubted_at: now?.doubtSince ?? null,
    ended_at: now === undefined ? at : null,
    ...encodeRequest(now === undefined ? { ...request, sealed: null } : request),
  };
}

function attemptRow(event: Event, at: Instant): AttemptRow[] {
  if (event.type === "attempted") return [newAttempt({ ...event, startedAt: at })];
  if (event.type !== "asked" || event.operation.attempt === null) return [];
  return [newAttempt({ operation: event.operation.id, ...event.operation.attempt })];
}

function newAttempt(attempt: NonNullable<Operation["attempt"]> & { readonly operation: OperationId }): AttemptRow {
  const { operation, number, kind, startedAt, deadline } = attempt;
  return { operation, number, kind, started_at: startedAt, deadline, ended_at: null, evidence: null };
}

/** A pause does not keep from looking. */
export function isAsking({ kind }: AttemptRow): boolean {
  return kind !== "look";
}

function answerRow(event: Event, at: Instant): Rows["answers"] {
  if (event.type !== "answered") return [];
  return [{ operation: event.operation, number: event.number, ended_at: at, evidence: event.evidence }];
}

function useRow({ key }: Target, write: Write): IdempotencyRow | undefined {
  if (write.key === undefined) return undefined;
  if (key === undefined) throw new TypeError("a use of a key in a commit that came without one");
  return { ...key, ...write.key, at: write.at };
}
