import type { Kysely, Transaction } from "kysely";
import type { HoldId, Instant } from "../hold/index.ts";
import { decodeHold, decodeRecorded, decodeRequest } from "./codec.ts";
import type { Engine } from "./engine.ts";
import { project, type Rows } from "./projection.ts";
import type { HoldRow, Tables } from "./schema.ts";
import { sqlKeys } from "./sql-keys.ts";
import {
  Forbidden,
  type Change,
  type KeyUse,
  type Named,
  type Namer,
  type Seen,
  type Store,
  type Target,
} from "./store.ts";

/** The store over any engine that Kysely speaks to. A commit's queries don't grow with the hold's history. */
export function sqlStore(db: Kysely<Tables>, engine: Engine): Store {
  return {
    exclusive: engine.exclusive,
    commit: (target, change) => commit(db, engine, target, change),
    async load(hold) {
      const row = await db.selectFrom("holds").select(STATE).where("id", "=", hold).executeTakeFirst();
      return row && decodeHold(row);
    },
    named: (by, about) =>
      "payment" in about ? byPayment(db, by, about.payment) : byReference(db, by, about.reference),
    async openHolds(merchant, mode, limit) {
      const rows = await openOf(db, merchant, mode).limit(limit).execute();
      return rows.map(decodeHold);
    },
    due: (now, limit) => due(db, now, limit),
    async nextWake() {
      const row = await db
        .selectFrom("holds")
        .select((eb) => eb.fn.min("wake_at").as("at"))
        .where("wake_at", "is not", null)
        .executeTakeFirst();
      return row?.at ?? null;
    },
    async unfinished() {
      const rows = await db
        .selectFrom("operations")
        .select("hold")
        .distinct()
        .where("ended_at", "is", null)
        .orderBy("hold")
        .execute();
      return rows.map((row) => row.hold);
    },
    async request(operation) {
      const row = await db
        .selectFrom("operations")
        .select(["id", "request", "sealed"])
        .where("id", "=", operation)
        .executeTakeFirst();
      return row && decodeRequest(row);
    },
    async history(hold) {
      const rows = await db.selectFrom("events").selectAll().where("hold", "=", hold).orderBy("seq").execute();
      return rows.map(decodeRecorded);
    },
    keys: sqlKeys(db),
    close: () => db.destroy(),
  };
}

const STATE = ["id", "version", "state"] as const;

async function commit<T>(
  db: Kysely<Tables>,
  engine: Engine,
  target: Target,
  change: (seen: Seen) => Change<T>,
): Promise<T> {
  try {
    return await db.transaction().execute(async (tx) => {
      const seen = await see(tx, engine, target);
      const { result, write } = change(seen);
      if (write) await put(tx, project(target, seen.hold, write), seen);
      return result;
    });
  } catch (error) {
    const rule = engine.rule(error);
    throw rule === undefined ? error : new Forbidden(rule, { cause: error });
  }
}

async function see(tx: Transaction<Tables>, engine: Engine, target: Target): Promise<Seen> {
  const row = await tx
    .selectFrom("holds")
    .select(STATE)
    .where("id", "=", target.hold)
    .$if(engine.rowLocks, (query) => query.forUpdate())
    .executeTakeFirst();
  return { hold: row && decodeHold(row), key: await keyUse(tx, target), sameOrder: await sameOrder(tx, target) };
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
    .where("order_ref", "=", order.order)
    .where("id", "!=", hold)
    .execute();
  return rows.map(decodeHold);
}

function openOf(db: Kysely<Tables>, merchant: string, mode: HoldRow["mode"]) {
  return db
    .selectFrom("holds")
    .select(STATE)
    .where("merchant", "=", merchant)
    .where("mode", "=", mode)
    .where("ended_at", "is", null)
    .orderBy("opened_at")
    .orderBy("id");
}

async function byPayment(
  db: Kysely<Tables>,
  { gateway, mode, payee }: Namer,
  payment: string,
): Promise<Named | undefined> {
  const row = await db
    .selectFrom("holds")
    .select("id")
    .where("gateway", "=", gateway)
    .where("mode", "=", mode)
    .where("payee", "=", payee)
    .where("payment", "=", payment)
    .executeTakeFirst();
  return row && { hold: row.id, operation: null };
}

async function byReference(
  db: Kysely<Tables>,
  { gateway, mode, payee }: Namer,
  reference: string,
): Promise<Named | undefined> {
  const row = await db
    .selectFrom("operations")
    .innerJoin("holds", "holds.id", "operations.hold")
    .select(["operations.id as operation", "operations.entry", "holds.id as hold"])
    .where("operations.reference", "=", reference)
    .where("gateway", "=", gateway)
    .where("mode", "=", mode)
    .where("payee", "=", payee)
    .executeTakeFirst();
  return row && { hold: row.hold, operation: { operation: row.operation, entry: row.entry } };
}

async function due(db: Kysely<Tables>, now: Instant, limit: number): Promise<HoldId[]> {
  const rows = await db
    .selectFrom("holds")
    .select("id")
    .where("wake_at", "<=", now)
    .orderBy("wake_at")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

async function put(tx: Transaction<Tables>, rows: Rows, seen: Seen): Promise<void> {
  await putHold(tx, rows.hold, seen.hold?.version ?? 0);
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
  if (rows.attempts.length > 0) await tx.insertInto("attempts").values(rows.attempts).execute();
  for (const { operation, number, ...end } of rows.answers) {
    await tx.updateTable("attempts").set(end).where("operation", "=", operation).where("number", "=", number).execute();
  }
  if (rows.use) await tx.insertInto("idempotency").values(rows.use).execute();
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
