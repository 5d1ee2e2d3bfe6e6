import { sql, type Kysely } from "kysely";
import { DEFAULT_MIGRATION_LOCK_TABLE, DEFAULT_MIGRATION_TABLE, Migrator, type Migration } from "kysely/migration";
import type { Ddl, Engine } from "./engine.ts";
import { holds } from "./migrations/0001-holds.ts";
import { pauses } from "./migrations/0002-pauses.ts";
import { doubts } from "./migrations/0003-doubts.ts";
import { holdsByEnd } from "./migrations/0004-holds-by-end.ts";
import { StoreRefused, StoreUnavailable } from "./store.ts";

/**
 * Brings the schema up to this version: forward only, all or nothing. Throws StoreRefused where a newer version
 * than this one wrote the database, since its rules aren't known here, and where another product did.
 */
export async function migrate<Database>(
  db: Kysely<Database>,
  engine: Engine,
  known: Record<string, Migration> = migrations(engine.ddl),
): Promise<void> {
  let missing: readonly string[] = [];
  try {
    await db.transaction().execute(async (tx) => {
      await engine.ddl.alone(tx);
      const content = await contentOf(tx, engine);
      refuseForeign(content, known);
      const { done } = content;
      refuseNewer(done, known);
      missing = Object.keys(known).filter((name) => !done.includes(name));
      if (missing.length === 0) return;
      if (!(await engine.ddl.allowed(tx))) throw behind(missing);
      await run(tx, known);
    });
  } catch (error) {
    throw refusal(error, missing);
  }
}

/** By number, one file each. A released one never changes. */
export function migrations(ddl: Ddl): Record<string, Migration> {
  return {
    "0001-holds": holds(ddl),
    "0002-pauses": pauses(ddl),
    "0003-doubts": doubts(ddl),
    "0004-holds-by-end": holdsByEnd,
  };
}

/** What is in a database, whoever made it. */
export interface Content {
  readonly tables: readonly string[];
  /** The migrations that Kysely has done there. */
  readonly done: readonly string[];
}

async function contentOf<Database>(db: Kysely<Database>, { tables }: Engine): Promise<Content> {
  const there = namesOf(await tables.execute(db));
  const migrated = sql<{ name: string }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)} order by name`;
  return { tables: there, done: isMigrated(there) ? namesOf(await migrated.execute(db)) : [] };
}

function namesOf({ rows }: { readonly rows: readonly { readonly name: string }[] }): string[] {
  return rows.map((row) => row.name);
}

/** Whether there is a list of the migrations that were done; other products have one too. */
export function isMigrated(tables: readonly string[]): boolean {
  return tables.includes(DEFAULT_MIGRATION_TABLE);
}

/** A database that has something in it, and nothing that ours made: its tables may have any names. */
export function refuseForeign({ tables, done }: Content, known: Record<string, Migration>): void {
  const isEmpty = done.length === 0 && tables.every((table) => KYSELYS.includes(table));
  if (isEmpty || done.some((name) => name in known)) return;
  throw new StoreRefused(
    "The database is of another product: it has tables, and none of Plimsoll's. Give Plimsoll a database of its own.",
  );
}

const KYSELYS: readonly string[] = [DEFAULT_MIGRATION_TABLE, DEFAULT_MIGRATION_LOCK_TABLE];

function refuseNewer(done: readonly string[], known: Record<string, Migration>): void {
  const unknown = done.filter((name) => !(name in known));
  if (unknown.length === 0) return;
  throw new StoreRefused(
    `The database was written by a newer version of Plimsoll (its schema has ${unknown.join(", ")}): start that version, or restore a backup from before the upgrade.`,
  );
}

async function run<Database>(tx: Kysely<Database>, known: Record<string, Migration>): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve(known) };
  const { error } = await new Migrator({ db: tx, provider }).migrateToLatest();
  if (error !== undefined) throw error;
}

function refusal(error: unknown, missing: readonly string[]): unknown {
  if (error instanceof StoreRefused || error instanceof StoreUnavailable) return error;
  if (isForbidden(error))
    return missing.length > 0 ? behind(missing, error) : new StoreRefused(UNGRANTED, { cause: error });
  return new StoreRefused("The database could not be brought to this version's schema.", { cause: error });
}

/** For a role that serves and does not own the tables. */
export const UNGRANTED =
  "This role may not use the database's tables: grant it select, insert, update and delete on all of them.";

function behind(missing: readonly string[], cause?: unknown): StoreRefused {
  return new StoreRefused(
    `The database's schema is behind (it lacks ${missing.join(", ")}), and this role may not change it: run plimsoll migrate with a role that may.`,
    { cause },
  );
}

/** PostgreSQL's "insufficient privilege": of a table that is another role's. */
function isForbidden(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "42501";
}
