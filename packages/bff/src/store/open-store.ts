import { Kysely } from "kysely";
import { nodeSqliteDialect, sqlite } from "./engine-sqlite.ts";
import { migrate } from "./migrate.ts";
import type { Tables } from "./schema.ts";
import { sqlStore } from "./sql-store.ts";
import { openFile } from "./sqlite-file.ts";
import type { Store } from "./store.ts";

export interface StoreOptions {
  /** Path of the SQLite database, made where there is none; `:memory:` for one that ends with its process. */
  readonly file: string;
  /** Hears the SQL of every query, without its values. */
  readonly onQuery?: (sql: string) => void;
}

/**
 * Opens the embedded database for this process alone and brings its schema up to date.
 * Throws StoreRefused where it can't be had alone, is not durable, or is newer than this version.
 */
export async function openStore({ file, onQuery }: StoreOptions): Promise<Store> {
  const db = new Kysely<Tables>({
    dialect: nodeSqliteDialect(openFile(file)),
    ...(onQuery && { log: (event) => onQuery(event.query.sql) }),
  });
  try {
    await migrate(db, sqlite.ddl);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return sqlStore(db, sqlite);
}
