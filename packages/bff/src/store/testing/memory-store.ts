import type { HoldId } from "../../hold/index.ts";
import { decodeHold, decodeRecorded, decodeRequest } from "../codec.ts";
import { createLegible } from "../legible.ts";
import { memoryBooks, withoutEnd, type MemoryBooks as Books } from "./memory-books.ts";
import { memoryKeys } from "./memory-keys.ts";
import { memoryNews } from "./memory-news.ts";
import { memoryPauses, pauseName } from "./memory-pauses.ts";
import { isAsking, project, type Rows } from "../projection.ts";
import type { HoldRow, IdempotencyRow, OperationRow } from "../schema.ts";
import type { NoticeAbout } from "../../gateways/port.ts";
import {
  DueFailed,
  Forbidden,
  type Change,
  type Due,
  type Except,
  type KeyUse,
  type Life,
  type Lived,
  type Named,
  type Namer,
  type Seen,
  type Store,
  type Target,
} from "../store.ts";

export interface MemoryStoreOptions {
  /** What several stores look at, each as a process of its own would; books of its own where none are given. */
  readonly books?: Books;
  readonly exclusive?: boolean;
}

/**
 * The store in plain memory, with the rules of the database: for the simulated world and for quick tests.
 * It keeps rows as they would be written, so nothing that it gave out is shared with what it holds.
 */
export function memoryStore({ books = memoryBooks(), exclusive = true }: MemoryStoreOptions = {}): Store {
  const legible = createLegible();
  const news = exclusive ? null : memoryNews(books.hearers);
  return {
    exclusive,
    commit: async (target, change) => commit(books, target, change),
    commitDue: async (now, except, change) => commitDue(books, now, except, change),
    async load(hold) {
      const row = books.holds.get(hold);
      return row && decodeHold(row);
    },
    named: async (by, about) => named(books, by, about),
    openHolds: async (merchant, mode, limit) => legible.of(openOf(books, merchant, mode).slice(0, limit)),
    hearUnreadable: legible.hear,
    holdsOf: async (lived, after, limit) => livedOf(books, lived, after).slice(0, limit),
    versions: async (holds) => versionsOf(holds.flatMap((hold) => books.holds.get(hold) ?? [])),
    deskVersions: async (merchant, mode, limit) => versionsOf(openOf(books, merchant, mode).slice(0, limit)),
    nextWake: async ({ accounts } = {}) => waking(books).find(({ account }) => !accounts?.has(account))?.at ?? null,
    awaitedAccounts: async () => [...new Set(waking(books).map(({ account }) => account))].sort(byText),
    unfinished: async () => [...books.holds.keys()].filter((id) => withoutEnd(books, id).length > 0).sort(byText),
    inDoubt: async (account) => {
      const doubts = [...books.operations.values()]
        .filter((row) => row.ended_at === null && books.holds.get(row.hold)?.account === account)
        .flatMap(({ hold, doubted_at: at }) => (at === null ? [] : [{ hold, at }]))
        .sort((a, b) => a.at - b.at || byText(a.hold, b.hold));
      return [...new Set(doubts.map(({ hold }) => hold))];
    },
    async request(operation) {
      const row = books.operations.get(operation);
      return row && decodeRequest(row);
    },
    history: async (hold) => (books.events.get(hold) ?? []).map(decodeRecorded),
    keys: memoryKeys(books.keys),
    pauses: memoryPauses(books.pauses),
    news,
    close: async () => news?.close(),
  };
}

/** Those that have not ended first: one of them may end while the pages are read. */
function livedOf({ holds }: Books, { account, from, until }: Lived, after: Life | null): Life[] {
  const byEnd = (a: Life, b: Life) => (a.endedAt ?? -1) - (b.endedAt ?? -1) || byText(a.hold, b.hold);
  return [...holds.values()]
    .filter((row) => row.account === account && row.opened_at < until && (row.ended_at ?? from) >= from)
    .map((row): Life => ({ hold: row.id, endedAt: row.ended_at }))
    .filter((life) => after === null || byEnd(life, after) > 0)
    .sort(byEnd);
}

function openOf({ holds }: Books, merchant: string, mode: HoldRow["mode"]): HoldRow[] {
  return [...holds.values()]
    .filter((row) => row.merchant === merchant && row.mode === mode && row.ended_at === null)
    .sort((a, b) => a.opened_at - b.opened_at || byText(a.id, b.id));
}

function versionsOf(rows: readonly HoldRow[]): ReadonlyMap<HoldId, number> {
  return new Map(rows.map((row) => [row.id, row.version]));
}

function named({ holds, operations }: Books, { gateway, mode, payee }: Namer, about: NoticeAbout): Named | undefined {
  const isTheirs = (row: HoldRow | undefined) => row?.gateway === gateway && row.mode === mode && row.payee === payee;
  if ("payment" in about) {
    const hold = [...holds.values()].find((row) => isTheirs(row) && row.payment === about.payment);
    return hold && { hold: hold.id, operation: null };
  }
  const operation = [...operations.values()].find(({ reference }) => reference === about.reference);
  if (!operation || !isTheirs(holds.get(operation.hold))) return undefined;
  return { hold: operation.hold, operation: { operation: operation.id, entry: operation.entry } };
}

function commit<T>(books: Books, target: Target, change: (seen: Seen) => Change<T>): T {
  const seen = see(books, target);
  const { result, write } = change(seen);
  if (write) {
    const rows = project(target, seen.hold, write);
    check(books, rows);
    put(books, rows);
  }
  return result;
}

function commitDue<T>(
  books: Books,
  now: number,
  { holds, accounts }: Except,
  change: (seen: Seen) => Change<T>,
): Due<T> | undefined {
  const due = waking(books).find(({ id, account, at }) => at <= now && !holds?.has(id) && !accounts?.has(account));
  if (due === undefined) return undefined;
  try {
    return { hold: due.id, result: commit(books, { hold: due.id }, change) };
  } catch (error) {
    throw new DueFailed(due.id, error);
  }
}

function see(books: Books, { hold, key, order }: Target): Seen {
  const row = books.holds.get(hold);
  const asked = row ?? order;
  return {
    hold: row && decodeHold(row),
    key: key && useOf(books.uses.get(nameOf(key))),
    sameOrder: order === undefined ? [] : sameOrder(books, hold, order),
    paused: asked !== undefined && books.pauses.has(pauseName(asked.gateway, asked.mode)),
  };
}

function useOf(row: IdempotencyRow | undefined): KeyUse | undefined {
  return row && { digest: row.digest, hold: row.hold, entry: row.entry };
}

function sameOrder(books: Books, self: HoldId, order: NonNullable<Target["order"]>): Seen["sameOrder"] {
  return openOf(books, order.merchant, order.mode)
    .filter((row) => row.order_ref === order.order && row.id !== self)
    .map(decodeHold);
}

/** All rules before the first row is written: a commit is whole, or nothing. */
function check(books: Books, rows: Rows): void {
  checkPayment(books, rows.hold);
  checkPause(books, rows);
  for (const [index, operation] of rows.operations.entries()) {
    if (Math.min(operation.delta, operation.total_before, operation.total_after) < 0) throw new Forbidden("amounts");
    checkReferences(books, operation, rows.operations.slice(0, index));
  }
  if (unfinishedAfter(books, rows) > 1) throw new Forbidden("one_operation");
  if (rows.use && books.uses.has(nameOf(rows.use))) throw new Forbidden("used_key");
}

function checkPayment(books: Books, row: HoldRow): void {
  if (row.payment === null) return;
  for (const other of books.holds.values()) {
    if (other.id !== row.id && PAYMENT_NAME.every((part) => other[part] === row[part]))
      throw new Forbidden("unique_payment");
  }
}

function checkPause({ pauses }: Books, { hold, attempts }: Rows): void {
  if (attempts.some(isAsking) && pauses.has(pauseName(hold.gateway, hold.mode))) throw new Forbidden("paused");
}

/** What names one payment everywhere. */
const PAYMENT_NAME = ["gateway", "mode", "payee", "payment"] as const;

function checkReferences(books: Books, operation: OperationRow, sameCommit: readonly OperationRow[]): void {
  for (const other of [...books.operations.values(), ...sameCommit]) {
    const same = other.id === operation.id || other.reference === operation.reference || other.key === operation.key;
    if (same) throw new Forbidden("unique_reference");
  }
}

function unfinishedAfter(books: Books, rows: Rows): number {
  const settled = new Map(rows.settled.map((row) => [row.id, row]));
  const after = withoutEnd(books, rows.hold.id).map((row) => ({ ...row, ...settled.get(row.id) }));
  return [...after, ...rows.operations].filter((row) => row.ended_at === null && row.parked_at === null).length;
}

function put(books: Books, rows: Rows): void {
  books.holds.set(rows.hold.id, rows.hold);
  books.events.set(rows.hold.id, [...(books.events.get(rows.hold.id) ?? []), ...rows.events]);
  for (const settled of rows.settled) {
    const row = books.operations.get(settled.id);
    if (row)
      books.operations.set(row.id, { ...row, ...settled, sealed: settled.ended_at === null ? row.sealed : null });
  }
  for (const operation of rows.operations) books.operations.set(operation.id, operation);
  if (rows.use) books.uses.set(nameOf(rows.use), rows.use);
}

function waking(books: Books): { readonly id: HoldId; readonly account: string; readonly at: number }[] {
  return [...books.holds.values()]
    .flatMap(({ id, account, wake_at: at }) => (at === null ? [] : [{ id, account, at }]))
    .sort((a, b) => a.at - b.at || byText(a.id, b.id));
}

function nameOf({ scope, value }: { readonly scope: string; readonly value: string }): string {
  return JSON.stringify([scope, value]);
}

/** By code units, as SQLite compares text that is ASCII. */
function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
