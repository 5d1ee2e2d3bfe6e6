import { Kysely } from "kysely";
import { nodeSqliteDialect, sqlite } from "./engine-sqlite.ts";
import { migrate } from "./migrate.ts";
import type { Tables } from "./schema.ts";
import { sqlStore } from "./sql-store.ts";
import { openFile } from "./sqlite-file.ts";
import type { Store } from "./store.ts";

/**
 * Opens the embedded database for this process alone and brings its schema up to date.
 * Throws StoreRefused where it can't be had alone, is not durable, is another product's, or is newer than this version.
 */
export async function openSqlite(file: string, onQuery?: (sql: string) => void): Promise<Store> {
  const db = new Kysely<Tables>({
    dialect: nodeSqliteDialect(openFile(file)),
    ...(onQuery && { log: (event) => onQuery(event.query.sql) }),
  });
  try {
    await migrate(db, sqlite);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return sqlStore(db, sqlite);
}
