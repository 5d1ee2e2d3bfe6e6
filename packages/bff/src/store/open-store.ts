import type { Clock } from "../clock.ts";
import { openPostgres, type PostgresOptions } from "./open-postgres.ts";
import { openSqlite } from "./open-sqlite.ts";
import type { Store } from "./store.ts";

export type StoreOptions = Where & {
  /** By which the server's clock is judged and news are sent. */
  readonly clock?: Clock;
  /** Hears the SQL of every query, without its values. */
  readonly onQuery?: (sql: string) => void;
};

type Where =
  /** Path of the SQLite database, made where there is none; `:memory:` for one that ends with its process. */
  { readonly file: string } | { readonly postgres: PostgresOptions };

/** Opens the database and brings its schema up to date. Throws StoreRefused where it can't be used as it must be. */
export function openStore(options: StoreOptions): Promise<Store> {
  return "file" in options ? openSqlite(options.file, options.onQuery) : openPostgres(options.postgres, options);
}
