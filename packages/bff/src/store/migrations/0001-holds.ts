import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { Ddl } from "../engine.ts";

/**
 * Holds, their history, operations and attempts, the uses of idempotency keys, and API keys. What must never be
 * is forbidden here once more, whatever the code above does: two holds on one payment, a reference used twice,
 * two operations of a hold at once, a negative sum, a rewritten history.
 */
export function holds(ddl: Ddl): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await createHolds(db, ddl);
      await createEvents(db, ddl);
      await createOperations(db, ddl);
      await createAttempts(db, ddl);
      await createIdempotency(db, ddl);
      await createKeys(db, ddl);
    },
  };
}

async function createHolds(db: Kysely<unknown>, ddl: Ddl): Promise<void> {
  await db.schema
    .createTable("holds")
    .addColumn("id", ddl.text, (c) => c.primaryKey().notNull())
    .addColumn("merchant", ddl.text, (c) => c.notNull())
    .addColumn("mode", ddl.text, (c) => c.notNull())
    .addColumn("account", ddl.text, (c) => c.notNull())
    .addColumn("gateway", ddl.text, (c) => c.notNull())
    .addColumn("payee", ddl.text, (c) => c.notNull())
    .addColumn("payment", ddl.text)
    .addColumn("order_ref", ddl.text, (c) => c.notNull())
    .addColumn("state", ddl.text, (c) => c.notNull())
    .addColumn("version", ddl.whole, (c) => c.notNull())
    .addColumn("wake_at", ddl.whole)
    .addColumn("opened_at", ddl.whole, (c) => c.notNull())
    .addColumn("ended_at", ddl.whole)
    .addCheckConstraint("holds_mode", sql`mode in ('live', 'test')`)
    .addCheckConstraint("holds_version", sql`version >= 1`)
    .$call(ddl.strict)
    .execute();
  await db.schema
    .createIndex("holds_one_payment")
    .unique()
    .on("holds")
    .columns(["gateway", "mode", "payee", "payment"])
    .where(sql<boolean>`payment is not null`)
    .execute();
  await db.schema
    .createIndex("holds_due")
    .on("holds")
    .columns(["wake_at", "id"])
    .where(sql<boolean>`wake_at is not null`)
    .execute();
  await db.schema
    .createIndex("holds_open")
    .on("holds")
    .columns(["merchant", "mode", "opened_at", "id"])
    .where(sql<boolean>`ended_at is null`)
    .execute();
  await db.schema
    .createIndex("holds_same_order")
    .on("holds")
    .columns(["merchant", "mode", "order_ref"])
    .where(sql<boolean>`ended_at is null`)
    .execute();
}

async function createEvents(db: Kysely<unknown>, ddl: Ddl): Promise<void> {
  await db.schema
    .createTable("events")
    .addColumn("hold", ddl.text, (c) => c.notNull().references("holds.id"))
    .addColumn("seq", ddl.whole, (c) => c.notNull())
    .addColumn("at", ddl.whole, (c) => c.notNull())
    .addColumn("actor", ddl.text)
    .addColumn("cause", ddl.text, (c) => c.notNull())
    .addColumn("type", ddl.text, (c) => c.notNull())
    .addColumn("data", ddl.text, (c) => c.notNull())
    .addPrimaryKeyConstraint("events_once", ["hold", "seq"])
    .addCheckConstraint("events_seq", sql`seq >= 1`)
    .$call(ddl.strict)
    .execute();
  await ddl.appendOnly(db, "events");
}

async function createOperations(db: Kysely<unknown>, ddl: Ddl): Promise<void> {
  await db.schema
    .createTable("operations")
    .addColumn("id", ddl.text, (c) => c.primaryKey().notNull())
    .addColumn("hold", ddl.text, (c) => c.notNull().references("holds.id"))
    .addColumn("entry", ddl.text, (c) => c.notNull())
    .addColumn("kind", ddl.text, (c) => c.notNull())
    .addColumn("reference", ddl.text, (c) => c.notNull().unique())
    .addColumn("key", ddl.text, (c) => c.notNull().unique())
    .addColumn("delta", ddl.whole, (c) => c.notNull())
    .addColumn("total_before", ddl.whole, (c) => c.notNull())
    .addColumn("total_after", ddl.whole, (c) => c.notNull())
    .addColumn("started_at", ddl.whole, (c) => c.notNull())
    .addColumn("parked_at", ddl.whole)
    .addColumn("ended_at", ddl.whole)
    .addColumn("request", ddl.text, (c) => c.notNull())
    .addColumn("sealed", ddl.text)
    .addColumn("dialect", ddl.text, (c) => c.notNull())
    // A correction is no operation: nothing that is asked of a gateway is a negative amount.
    .addCheckConstraint("operations_amounts", sql`delta >= 0 and total_before >= 0 and total_after >= 0`)
    .addCheckConstraint("operations_sealed", sql`ended_at is null or sealed is null`)
    .$call(ddl.strict)
    .execute();
  await db.schema
    .createIndex("operations_one_unfinished")
    .unique()
    .on("operations")
    .column("hold")
    .where(sql<boolean>`ended_at is null and parked_at is null`)
    .execute();
  await db.schema
    .createIndex("operations_without_end")
    .on("operations")
    .column("hold")
    .where(sql<boolean>`ended_at is null`)
    .execute();
}

async function createAttempts(db: Kysely<unknown>, ddl: Ddl): Promise<void> {
  await db.schema
    .createTable("attempts")
    .addColumn("operation", ddl.text, (c) => c.notNull().references("operations.id"))
    .addColumn("number", ddl.whole, (c) => c.notNull())
    .addColumn("kind", ddl.text, (c) => c.notNull())
    .addColumn("started_at", ddl.whole, (c) => c.notNull())
    .addColumn("deadline", ddl.whole, (c) => c.notNull())
    .addColumn("ended_at", ddl.whole)
    .addColumn("evidence", ddl.text)
    .addPrimaryKeyConstraint("attempts_once", ["operation", "number"])
    .$call(ddl.strict)
    .execute();
}

async function createIdempotency(db: Kysely<unknown>, ddl: Ddl): Promise<void> {
  await db.schema
    .createTable("idempotency")
    .addColumn("scope", ddl.text, (c) => c.notNull())
    .addColumn("value", ddl.text, (c) => c.notNull())
    .addColumn("digest", ddl.text, (c) => c.notNull())
    .addColumn("hold", ddl.text, (c) => c.notNull().references("holds.id"))
    .addColumn("entry", ddl.text, (c) => c.notNull())
    .addColumn("at", ddl.whole, (c) => c.notNull())
    .addPrimaryKeyConstraint("idempotency_once", ["scope", "value"])
    .$call(ddl.strict)
    .execute();
}

async function createKeys(db: Kysely<unknown>, ddl: Ddl): Promise<void> {
  await db.schema
    .createTable("keys")
    .addColumn("id", ddl.text, (c) => c.primaryKey().notNull())
    .addColumn("hash", ddl.text, (c) => c.notNull().unique())
    .addColumn("merchant", ddl.text, (c) => c.notNull())
    .addColumn("mode", ddl.text, (c) => c.notNull())
    .addColumn("name", ddl.text, (c) => c.notNull())
    .addColumn("at", ddl.whole, (c) => c.notNull())
    .addColumn("revoked_at", ddl.whole)
    .addCheckConstraint("keys_mode", sql`mode in ('live', 'test')`)
    .$call(ddl.strict)
    .execute();
}
