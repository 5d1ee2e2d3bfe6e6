import {
  CompiledQuery,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  type DatabaseConnection,
  type Dialect,
  type Kysely,
  type PostgresPool,
} from "kysely";
import type { Engine } from "./engine.ts";
import { carefulPool } from "./postgres-client.ts";
import { brokenRule, raced } from "./postgres-errors.ts";

/** PostgreSQL: any number of processes on one database, which keep out of each other's way by row locks. */
export const postgres: Engine = {
  exclusive: false,
  rowLocks: true,
  ddl: {
    text: sql`text collate "C"`,
    whole: sql`bigint`,
    strict: (table) => table,
    async appendOnly(db: Kysely<unknown>, table: string): Promise<void> {
      const refuse = sql.id(`${table}_is_append_only`);
      await sql`create function ${refuse}() returns trigger language plpgsql as
        ${sql.lit(`begin raise exception '${table} is append-only'; end`)}`.execute(db);
      await sql`create trigger ${sql.id(`${table}_keep_rows`)} before update or delete on ${sql.table(table)}
        for each row execute function ${refuse}()`.execute(db);
      await sql`create trigger ${sql.id(`${table}_keep_all`)} before truncate on ${sql.table(table)}
        for each statement execute function ${refuse}()`.execute(db);
    },
    async alone<Database>(db: Kysely<Database>): Promise<void> {
      // Building an index on a large table, or waiting for another process that does, may take its time.
      await sql`select set_config('lock_timeout', '0', true), set_config('statement_timeout', '0', true)`.execute(db);
      await sql`select pg_advisory_xact_lock(${sql.lit(SCHEMA_LOCK)})`.execute(db);
    },
    async allowed<Database>(db: Kysely<Database>): Promise<boolean> {
      const { rows } = await sql<{
        may: boolean;
      }>`select has_schema_privilege(current_schema(), 'create') as may`.execute(db);
      return rows[0]?.may === true;
    },
  },
  tables: sql`select tablename as name from pg_tables where schemaname = current_schema()`,
  rowsOf: (values) => sql`(select unnest(${[...values]}::text[]))`,
  rule: brokenRule,
  raced,
};

/** An arbitrary number, the same in every version. */
const SCHEMA_LOCK = 1_886_153_581;

/** Kysely's PostgreSQL dialect over a pool, with nothing that outlives a transaction: a pooler may stand between. */
export function postgresDialect(pool: PostgresPool): Dialect {
  return {
    createDriver: () => new ReadCommittedDriver({ pool: carefulPool(pool) }),
    createAdapter: () => new UnlockedAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
}

/** Kysely would lock the schema for a session, which behind a pooler is nobody's: `alone` does it for the transaction. */
class UnlockedAdapter extends PostgresAdapter {
  override acquireMigrationLock(): Promise<void> {
    return Promise.resolve();
  }

  override releaseMigrationLock(): Promise<void> {
    return Promise.resolve();
  }
}

/**
 * READ COMMITTED, whatever the role's default: behind a row lock the hold is read as it stands, not as it was. One
 * message, and settings of the transaction alone. A process that stands still in the middle gives its lock up again.
 */
const BEGIN = [
  "begin isolation level read committed",
  "set local lock_timeout = '5s'",
  "set local statement_timeout = '10s'",
  "set local idle_in_transaction_session_timeout = '10s'",
].join("; ");

class ReadCommittedDriver extends PostgresDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(BEGIN));
  }
}
