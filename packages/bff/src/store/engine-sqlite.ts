import { setImmediate } from "node:timers/promises";
import type { SQLInputValue, SQLOutputValue } from "node:sqlite";
import {
  CompiledQuery,
  sql,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CreateTableBuilder,
  type DatabaseConnection,
  type Dialect,
  type Kysely,
  type SqliteDatabase,
  type SqliteStatement,
} from "kysely";
import type { Engine } from "./engine.ts";
import { StoreUnavailable, type Forbidden } from "./store.ts";

/** SQLite through `node:sqlite`: one connection, whose transactions come one after another. */
export const sqlite: Engine = {
  exclusive: true,
  rowLocks: false,
  ddl: {
    text: sql`text`,
    whole: sql`integer`,
    strict: <Table extends string, Column extends string>(table: CreateTableBuilder<Table, Column>) =>
      table.modifyEnd(sql`strict`),
    async appendOnly(db: Kysely<unknown>, table: string): Promise<void> {
      for (const verb of ["update", "delete"]) {
        const trigger = sql.id(`${table}_no_${verb}`);
        await sql`create trigger ${trigger} before ${sql.raw(verb)} on ${sql.table(table)}
          begin select raise(abort, ${sql.lit(`${table} is append-only`)}); end`.execute(db);
      }
    },
    // A transaction has the database to itself.
    alone: async () => {},
    allowed: async () => true,
  },
  tables: sql`select name from sqlite_schema where type = 'table'`,
  rowsOf: (values) => sql`(select value from json_each(${JSON.stringify([...values])}))`,
  rule,
  raced: () => false,
};

/** An open SQLite database: of `node:sqlite`'s methods those that the store needs. */
export interface Embedded {
  readonly isTransaction: boolean;
  exec(sql: string): void;
  prepare(sql: string): {
    columns(): readonly unknown[];
    all(...values: SQLInputValue[]): Record<string, SQLOutputValue>[];
    get(...values: SQLInputValue[]): Record<string, SQLOutputValue> | undefined;
    run(...values: SQLInputValue[]): { changes: number | bigint; lastInsertRowid: number | bigint };
    iterate(...values: SQLInputValue[]): IterableIterator<Record<string, SQLOutputValue>>;
  };
  close(): void;
}

/** Kysely's SQLite dialect over an open database, which it closes with itself. */
export function nodeSqliteDialect(database: Embedded): Dialect {
  return {
    createDriver: () => new ImmediateDriver(database),
    createAdapter: () => new TransactionalDdlAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** SQLite's schema changes are transactional (its "Atomic Commit"); Kysely's adapter is cautious about it. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class ImmediateDriver extends SqliteDriver {
  readonly #database: Embedded;

  constructor(database: Embedded) {
    super({ database: asKyselyWants(database) });
    this.#database = database;
  }

  /** `node:sqlite` answers within microtasks: without a turn of the loop here, a burst of commits would starve timers and sockets. */
  override async acquireConnection(): Promise<DatabaseConnection> {
    await setImmediate();
    return super.acquireConnection();
  }

  /** Takes the write lock at the start: what the transaction reads can't change before it writes. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }

  /** After a full disk or an I/O error SQLite has rolled back by itself, and a second rollback would hide that error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.isTransaction) await super.rollbackTransaction(connection);
  }
}

/**
 * Kysely asks for better-sqlite3's few methods. Statements are kept, since preparing them again took a third of a
 * commit's time; they are few: texts differ only in how many rows an insert has.
 */
function asKyselyWants(database: Embedded): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(text) {
      const statement = statements.get(text) ?? prepared(database, text);
      statements.set(text, statement);
      return statement;
    },
  };
}

function prepared(database: Embedded, text: string): SqliteStatement {
  const isCommit = text === "commit";
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      const why = trouble(error);
      // SQLite takes a commit back that finds no room; after an I/O error its last page may be on the disk all the same.
      throw why === undefined ? error : new StoreUnavailable(why, !isCommit || why !== "gone", { cause: error });
    }
  };
  const statement = attempt(() => database.prepare(text));
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => attempt(() => statement.all(...parameters.map(bindable))),
    run: (parameters) => attempt(() => statement.run(...parameters.map(bindable))),
    iterate: (parameters) => statement.iterate(...parameters.map(bindable)),
  };
}

/** Why the database can't be used, by SQLite's primary result code; a missing table or column has none of its own. */
function trouble(error: unknown): StoreUnavailable["why"] | undefined {
  if (!isSqliteError(error)) return undefined;
  switch (error.errcode & 0xff) {
    case SQLITE_READONLY:
      return "read_only";
    case SQLITE_IOERR:
      return "gone";
    case SQLITE_FULL:
      return "full";
    case SQLITE_ERROR:
      return /^(no such|table \S+ has no) (table|column)/.test(error.message) ? "schema" : undefined;
    default:
      return undefined;
  }
}

const SQLITE_ERROR = 1;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;

function bindable(value: unknown): SQLInputValue {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "bigint")
    return value;
  throw new TypeError(`SQLite can't be given a ${typeof value}`);
}

/** SQLite says which rule was broken only in its message: a unique rule by its columns, a check by its name. */
function rule(error: unknown): Forbidden["rule"] | undefined {
  return isSqliteError(error) ? RULES[error.message] : undefined;
}

const RULES: Readonly<Record<string, Forbidden["rule"]>> = {
  "CHECK constraint failed: holds_version": "version",
  "CHECK constraint failed: operations_amounts": "amounts",
  "UNIQUE constraint failed: holds.id": "version",
  "UNIQUE constraint failed: holds.gateway, holds.mode, holds.payee, holds.payment": "unique_payment",
  "UNIQUE constraint failed: events.hold, events.seq": "version",
  "UNIQUE constraint failed: operations.id": "unique_reference",
  "UNIQUE constraint failed: operations.reference": "unique_reference",
  "UNIQUE constraint failed: operations.key": "unique_reference",
  "UNIQUE constraint failed: operations.hold": "one_operation",
  "UNIQUE constraint failed: idempotency.scope, idempotency.value": "used_key",
};

/** `errcode` is SQLite's extended result code; its low byte is the primary one. */
export function isSqliteError(error: unknown): error is Error & { readonly errcode: number } {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number";
}
