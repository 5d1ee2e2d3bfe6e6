import type { Clock } from "../clock.ts";
import { openPostgres, type PostgresOptions } from "./open-postgres.ts";
import { openSqlite } from "./open-sqlite.ts";
import { StoreRefused, StoreUnavailable, type Store } from "./store.ts";

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
export async function openStore(options: StoreOptions): Promise<Store> {
  try {
    return await ("file" in options
      ? openSqlite(options.file, options.onQuery)
      : openPostgres(options.postgres, options));
  } catch (error) {
    throw error instanceof StoreUnavailable ? new StoreRefused(UNUSABLE[error.why], { cause: error }) : error;
  }
}

/** For whoever runs it: what kept the schema from being brought up to date. All of that is done together, or nothing. */
const UNUSABLE: Readonly<Record<StoreUnavailable["why"], string>> = {
  gone: "The database was gone before its schema was known to be that of this version: see that it runs, and start again.",
  full: "There is no room to bring the database to this version's schema: make some, and start again.",
  read_only:
    "The database takes no writes, so that its schema can't be brought to this version's: let it, and start again.",
  schema: "The database's tables are not those that Plimsoll made: put back what was changed, or restore a backup.",
};
