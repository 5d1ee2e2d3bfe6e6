import type { Kysely, Transaction } from "kysely";
import type { Hold, HoldId, Instant } from "../hold/index.ts";
import { decodeHold } from "./codec.ts";
import type { Engine } from "./engine.ts";
import { isAsking, project, type Rows } from "./projection.ts";
import type { AttemptRow, HoldRow, Tables } from "./schema.ts";
import { openOf, STATE } from "./sql-open.ts";
import {
  DueFailed,
  Forbidden,
  StoreUnavailable,
  type Change,
  type Except,
  type KeyUse,
  type Seen,
  type Store,
  type Target,
} from "./store.ts";

type Decide<T> = (seen: Seen) => Change<T>;

/** The writing half of the store. A commit's queries don't grow with the hold's history. */
export function sqlCommits(db: Kysely<Tables>, engine: Engine): Pick<Store, "commit" | "commitDue"> {
  return {
    commit: (target, change) =>
      transaction(db, engine, async (tx) => settle(tx, target, await see(tx, engine, target), change)),
    commitDue: (now, except, change) =>
      transaction(db, engine, async (tx) => {
        const due = await longestDue(tx, engine, now, except);
        return due && { hold: due.id, result: await settleDue(tx, due, change) };
      }),
  };
}

/** How often a transaction is done once more where others come between. */
const REPEATS = 2;

async function transaction<T>(
  db: Kysely<Tables>,
  engine: Engine,
  work: (tx: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  for (let done = 0; ; done += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      const cause = error instanceof DueFailed ? error.cause : error;
      if ((engine.raced(cause) || isPausedNow(cause)) && done < REPEATS) continue;
      const rule = engine.rule(cause);
      const known = rule === undefined ? cause : new Forbidden(rule, { cause });
      throw error instanceof DueFailed ? new DueFailed(error.hold, known) : known;
    }
  }
}

/** A pause came between: done once more, the same work sees it. */
function isPausedNow(error: unknown): boolean {
  return error instanceof Forbidden && error.rule === "paused";
}

async function settle<T>(tx: Transaction<Tables>, target: Target, seen: Seen, change: Decide<T>): Promise<T> {
  const { result, write } = change(seen);
  if (write) await put(tx, project(target, seen.hold, write), seen);
  return result;
}

async function settleDue<T>(
  tx: Transaction<Tables>,
  row: StateRow & { paused: unknown },
  change: Decide<T>,
): Promise<T> {
  try {
    const seen = { hold: decodeHold(row), paused: Boolean(row.paused), key: undefined, sameOrder: [] };
    return await settle(tx, { hold: row.id }, seen, change);
  } catch (error) {
    // That is no hold's own failure.
    throw error instanceof StoreUnavailable ? error : new DueFailed(row.id, error);
  }
}

type StateRow = Pick<HoldRow, (typeof STATE)[number]>;

async function see(tx: Transaction<Tables>, engine: Engine, target: Target): Promise<Seen> {
  const now =
    target.order === undefined ? await standing(tx, engine, target.hold) : await opening(tx, target.hold, target.order);
  return { ...now, key: await keyUse(tx, target), sameOrder: await sameOrder(tx, target) };
}

interface Standing {
  readonly hold: Hold | undefined;
  readonly paused: boolean;
}

/** Where a select can lock, nobody else changes the hold until this transaction ends. */
async function standing(tx: Transaction<Tables>, engine: Engine, hold: HoldId): Promise<Standing> {
  const row = await withPause(tx)
    .where("id", "=", hold)
    .$if(engine.rowLocks, (query) => query.forUpdate())
    .executeTakeFirst();
  return { hold: row && decodeHold(row), paused: Boolean(row?.paused) };
}

function withPause(tx: Transaction<Tables>) {
  return tx
    .selectFrom("holds")
    .select(STATE)
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom("pauses")
            .select("pauses.at")
            .whereRef("pauses.gateway", "=", "holds.gateway")
            .whereRef("pauses.mode", "=", "holds.mode"),
        )
        .as("paused"),
    );
}

/** A new hold has no row to lock: were one made meanwhile, its id or its version would keep this commit from being written. */
async function opening(tx: Transaction<Tables>, hold: HoldId, order: NonNullable<Target["order"]>): Promise<Standing> {
  const { version, state, paused } = await tx
    .selectNoFrom((eb) => [
      eb.selectFrom("holds").select("version").where("id", "=", hold).as("version"),
      eb.selectFrom("holds").select("state").where("id", "=", hold).as("state"),
      eb.exists(pauseOf(tx, order)).as("paused"),
    ])
    .executeTakeFirstOrThrow();
  const there = version === null || state === null ? undefined : decodeHold({ id: hold, version, state });
  return { hold: there, paused: Boolean(paused) };
}

async function longestDue(
  tx: Transaction<Tables>,
  engine: Engine,
  now: Instant,
  { holds = new Set(), accounts = new Set() }: Except,
) {
  return withPause(tx)
    .where("wake_at", "<=", now)
    .$if(holds.size > 0, (query) => query.where("id", "not in", engine.rowsOf(holds)))
    .$if(accounts.size > 0, (query) => query.where("account", "not in", engine.rowsOf(accounts)))
    .orderBy("wake_at")
    .orderBy("id")
    .limit(1)
    .$if(engine.rowLocks, (query) => query.forUpdate().skipLocked())
    .executeTakeFirst();
}

async function keyUse(tx: Transaction<Tables>, { key }: Target): Promise<KeyUse | undefined> {
  if (key === undefined) return undefined;
  return tx
    .selectFrom("idempotency")
    .select(["digest", "hold", "entry"])
    .where("scope", "=", key.scope)
    .where("value", "=", key.value)
    .executeTakeFirst();
}

async function sameOrder(tx: Transaction<Tables>, { hold, order }: Target): Promise<Seen["sameOrder"]> {
  if (order === undefined) return [];
  const rows = await openOf(tx, order.merchant, order.mode)
    .select(STATE)
    .where("order_ref", "=", order.order)
    .where("id", "!=", hold)
    .execute();
  return rows.map(decodeHold);
}

async function put(tx: Transaction<Tables>, rows: Rows, seen: Seen): Promise<void> {
  await putHold(tx, rows.hold, seen.hold?.version ?? 0);
  // Another process may be at the same key: whoever waits for that must not have asked yet.
  if (rows.use) await tx.insertInto("idempotency").values(rows.use).execute();
  if (rows.events.length > 0) await tx.insertInto("events").values(rows.events).execute();
  for (const { id, ...end } of rows.settled) {
    const erased = end.ended_at === null ? {} : { sealed: null };
    await tx
      .updateTable("operations")
      .set({ ...end, ...erased })
      .where("id", "=", id)
      .execute();
  }
  if (rows.operations.length > 0) await tx.insertInto("operations").values(rows.operations).execute();
  for (const attempt of rows.attempts) await putAttempt(tx, attempt, rows.hold);
  for (const { operation, number, ...end } of rows.answers) {
    await tx.updateTable("attempts").set(end).where("operation", "=", operation).where("number", "=", number).execute();
  }
}

const ATTEMPT = ["operation", "number", "kind", "started_at", "deadline", "ended_at", "evidence"] as const;

/**
 * Nothing is asked of a paused gateway. A commit that had to wait saw the pauses as they were before: the statement that
 * asks looks once more, by a snapshot of its own.
 */
async function putAttempt(tx: Transaction<Tables>, attempt: AttemptRow, hold: HoldRow): Promise<void> {
  const row = tx
    .selectNoFrom((eb) => ATTEMPT.map((column) => eb.val(attempt[column]).as(column)))
    .$if(isAsking(attempt), (query) => query.where((eb) => eb.not(eb.exists(pauseOf(tx, hold)))));
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("attempts")
    .columns(ATTEMPT)
    .expression(row)
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) throw new Forbidden("paused");
}

function pauseOf(tx: Transaction<Tables>, { gateway, mode }: Pick<HoldRow, "gateway" | "mode">) {
  return tx.selectFrom("pauses").select("at").where("gateway", "=", gateway).where("mode", "=", mode);
}

/** The row lock keeps the version as it was seen; were it ever passed by, nothing is written. */
async function putHold(tx: Transaction<Tables>, row: HoldRow, seen: number): Promise<void> {
  if (seen === 0) {
    await tx.insertInto("holds").values(row).execute();
    return;
  }
  const { id, ...rest } = row;
  const { numUpdatedRows } = await tx
    .updateTable("holds")
    .set(rest)
    .where("id", "=", id)
    .where("version", "=", seen)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Forbidden("version");
}
