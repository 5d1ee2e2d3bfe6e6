import type { Kysely } from "kysely";
import type { HoldId } from "../hold/index.ts";
import { decodeHold, decodeRecorded, decodeRequest } from "./codec.ts";
import type { Engine } from "./engine.ts";
import { createLegible } from "./legible.ts";
import type { HoldRow, Tables } from "./schema.ts";
import { holdsOf } from "./sql-account.ts";
import { sqlCommits } from "./sql-commit.ts";
import { sqlKeys } from "./sql-keys.ts";
import { openOf, STATE } from "./sql-open.ts";
import { sqlPauses } from "./sql-pauses.ts";
import type { Named, Namer, News, Store } from "./store.ts";

/** The store over any engine that Kysely speaks to. */
export function sqlStore(
  db: Kysely<Tables>,
  engine: Engine,
  news: (News & { close(): Promise<void> }) | null = null,
): Store {
  const legible = createLegible();
  return {
    exclusive: engine.exclusive,
    ...sqlCommits(db, engine),
    async load(hold) {
      const row = await db.selectFrom("holds").select(STATE).where("id", "=", hold).executeTakeFirst();
      return row && decodeHold(row);
    },
    named: (by, about) =>
      "payment" in about ? byPayment(db, by, about.payment) : byReference(db, by, about.reference),
    async openHolds(merchant, mode, limit) {
      const rows = await openOf(db, merchant, mode).select(STATE).limit(limit).execute();
      return legible.of(rows);
    },
    hearUnreadable: legible.hear,
    holdsOf: (lived, after, limit) => holdsOf(db, lived, after, limit),
    async versions(holds) {
      const rows = await db
        .selectFrom("holds")
        .select(["id", "version"])
        .where("id", "in", engine.rowsOf(holds))
        .execute();
      return versionsOf(rows);
    },
    async deskVersions(merchant, mode, limit) {
      return versionsOf(await openOf(db, merchant, mode).select(["id", "version"]).limit(limit).execute());
    },
    async nextWake({ accounts = new Set<string>() } = {}) {
      const row = await db
        .selectFrom("holds")
        .select((eb) => eb.fn.min("wake_at").as("at"))
        .where("wake_at", "is not", null)
        .$if(accounts.size > 0, (query) => query.where("account", "not in", engine.rowsOf(accounts)))
        .executeTakeFirst();
      return row?.at ?? null;
    },
    async awaitedAccounts() {
      const rows = await db
        .selectFrom("holds")
        .select("account")
        .distinct()
        .where("wake_at", "is not", null)
        .orderBy("account")
        .execute();
      return rows.map((row) => row.account);
    },
    async unfinished() {
      const rows = await db
        .selectFrom("operations")
        .select("operations.hold")
        .distinct()
        .where("operations.ended_at", "is", null)
        .orderBy("operations.hold")
        .execute();
      return rows.map((row) => row.hold);
    },
    async inDoubt(account) {
      const rows = await db
        .selectFrom("operations")
        .innerJoin("holds", "holds.id", "operations.hold")
        .select("operations.hold")
        .where("operations.ended_at", "is", null)
        .where("operations.doubted_at", "is not", null)
        .where("holds.account", "=", account)
        .orderBy("operations.doubted_at")
        .orderBy("operations.hold")
        .execute();
      return [...new Set(rows.map((row) => row.hold))];
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
    pauses: sqlPauses(db),
    news,
    async close() {
      await news?.close();
      await db.destroy();
    },
  };
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

function versionsOf(rows: readonly Pick<HoldRow, "id" | "version">[]): ReadonlyMap<HoldId, number> {
  return new Map(rows.map((row) => [row.id, row.version]));
}
