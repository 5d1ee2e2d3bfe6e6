import { sql, type Kysely } from "kysely";
import { DEFAULT_MIGRATION_TABLE, Migrator, type Migration } from "kysely/migration";
import type { Ddl } from "./engine.ts";
import { holds } from "./migrations/0001-holds.ts";
import { pauses } from "./migrations/0002-pauses.ts";
import { doubts } from "./migrations/0003-doubts.ts";
import { holdsByEnd } from "./migrations/0004-holds-by-end.ts";
import { StoreRefused } from "./store.ts";

/**
 * Brings the schema up to this version: forward only, all or nothing. Throws StoreRefused where a newer version
 * than this one wrote the database, since its rules aren't known here.
 */
export async function migrate<Database>(
  db: Kysely<Database>,
  ddl: Ddl,
  known: Record<string, Migration> = migrations(ddl),
): Promise<void> {
  const unknown = (await executed(db)).filter((name) => !(name in known));
  if (unknown.length > 0) {
    throw new StoreRefused(
      `The database was written by a newer version of Plimsoll (its schema has ${unknown.join(", ")}): start that version, or restore a backup from before the upgrade.`,
    );
  }
  const provider = { getMigrations: () => Promise.resolve(known) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined)
    throw new StoreRefused("The database could not be brought to this version's schema.", { cause: error });
}

/** By number, one file each. A released one never changes. */
function migrations(ddl: Ddl): Record<string, Migration> {
  return {
    "0001-holds": holds(ddl),
    "0002-pauses": pauses(ddl),
    "0003-doubts": doubts(ddl),
    "0004-holds-by-end": holdsByEnd,
  };
}

async function executed<Database>(db: Kysely<Database>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === DEFAULT_MIGRATION_TABLE)) return [];
  const { rows } = await sql<{
    name: string;
  }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)} order by name`.execute(db);
  return rows.map((row) => row.name);
}
