import { randomUUID } from "node:crypto";
import { Kysely } from "kysely";
import { Client, Pool, types, type ClientConfig } from "pg";
import { systemClock, type Clock } from "../clock.ts";
import { postgres, postgresDialect } from "./engine-postgres.ts";
import { migrate } from "./migrate.ts";
import { postgresNews } from "./news-postgres.ts";
import { checkGrants, checkServer } from "./postgres-refusals.ts";
import type { Tables } from "./schema.ts";
import { sqlStore } from "./sql-store.ts";
import { StoreRefused, type Store } from "./store.ts";

export interface PostgresOptions {
  /** A secret: `postgres://user:password@host:port/database`. A pooler in transaction mode may be behind it. */
  readonly url: string;
  /** Where to listen for news, directly at the server: behind a pooler nothing would be heard. `url` where nothing is said. */
  readonly listen?: string;
  /** The most connections at once: 10 where nothing is said. */
  readonly connections?: number;
  /** After so many uses a connection is thrown away; kept where nothing is said. */
  readonly uses?: number;
  /** A connection that has not answered a query for so many milliseconds is given up; 0 for never, 15,000 where nothing is said. */
  readonly patience?: number;
}

interface Around {
  readonly clock?: Clock;
  readonly onQuery?: (sql: string) => void;
}

/**
 * Opens a PostgreSQL database as one process of any number, and brings its schema up to date.
 * Throws StoreRefused where it can't be reached, can't be relied on, is another product's, or is newer than this version.
 */
export async function openPostgres(options: PostgresOptions, { clock = systemClock, onQuery }: Around): Promise<Store> {
  const [main, direct] = [options.url, options.listen ?? options.url].map(checked);
  const pool = newPool(main, options);
  const db = new Kysely<Tables>({
    dialect: postgresDialect(pool),
    ...(onQuery && { log: (event) => onQuery(event.query.sql) }),
  });
  try {
    await checkServer(db, clock);
    await bringUp(main);
    await checkGrants(db);
    const news = await postgresNews({ db, clock, self: randomUUID(), connect: () => new Client(clientOf(direct)) });
    return sqlStore(db, postgres, news);
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** On a connection of its own that has all the time: an index on a large table, or another process that makes it, takes long. */
async function bringUp(url: string | undefined): Promise<void> {
  const db = new Kysely<Tables>({ dialect: postgresDialect(newPool(url, { connections: 1, patience: 0 })) });
  try {
    await migrate(db, postgres);
  } finally {
    await db.destroy();
  }
}

/** An error of the parser would repeat what it was given. */
function checked(url: string | undefined): string {
  const parsed = URL.parse(url ?? "");
  if (url !== undefined && (parsed?.protocol === "postgres:" || parsed?.protocol === "postgresql:")) return url;
  throw new StoreRefused("The URL of the database must be of the form postgres://user:password@host:port/database.");
}

function newPool(url: string | undefined, { connections = 10, uses, patience }: Partial<PostgresOptions>): Pool {
  const pool = new Pool({
    ...clientOf(url, patience),
    max: connections,
    ...(uses === undefined ? {} : { maxUses: uses }),
  });
  // A connection that is lost says so to whoever asks on it; said to nobody, it would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => void client.on("error", () => {}));
  return pool;
}

/** Nothing here is sent to the server when a connection starts: a pooler would refuse what it does not know. */
function clientOf(url: string | undefined, patience = 15_000): ClientConfig {
  return {
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    // The last net, above the time limit that each transaction sets for itself.
    query_timeout: patience,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser },
  };
}

/** Whole numbers have at most 15 digits here, and are numbers: on these connections alone, not for others in the process. */
const getTypeParser: typeof types.getTypeParser = (id, format) =>
  id === types.builtins.INT8 ? Number : types.getTypeParser(id, format);
