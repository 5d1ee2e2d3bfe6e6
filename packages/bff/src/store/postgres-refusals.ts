import { sql, type Kysely } from "kysely";
import { DatabaseError } from "pg";
import type { Clock } from "../clock.ts";
import { CLOCK_OFF } from "../hold/index.ts";
import { UNGRANTED } from "./migrate.ts";
import { StoreRefused, StoreUnavailable } from "./store.ts";

/** The oldest major version that PostgreSQL's project still mended when this was written. */
const OLDEST = 14;

interface Server {
  readonly version: number;
  readonly fsync: string;
  readonly full_page_writes: string;
  readonly synchronous_commit: string;
  readonly read_only: string;
  readonly encoding: string;
  readonly recovery: boolean;
  readonly schema: string | null;
  readonly now: number;
}

/** Throws StoreRefused, with a sentence for whoever runs it, where a server can't keep what it acknowledges. */
export async function checkServer<Database>(db: Kysely<Database>, clock: Clock): Promise<void> {
  const asked = clock.now();
  const server = await ask(db);
  const reason = reasonAgainst(server) ?? clockReason(server, asked, clock.now());
  if (reason !== undefined) throw new StoreRefused(reason);
}

async function ask<Database>(db: Kysely<Database>): Promise<Server> {
  try {
    const { rows } = await sql<Server>`select
      current_setting('server_version_num')::int as version,
      current_setting('fsync') as fsync,
      current_setting('full_page_writes') as full_page_writes,
      current_setting('synchronous_commit') as synchronous_commit,
      current_setting('default_transaction_read_only') as read_only,
      current_setting('server_encoding') as encoding,
      pg_is_in_recovery() as recovery,
      current_schema() as schema,
      floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(db);
    const [server] = rows;
    if (server) return server;
  } catch (error) {
    throw new StoreRefused(unreachable(error));
  }
  throw new StoreRefused("The database did not answer what it was asked.");
}

/** Tables that a migration has just added may have been granted to nobody. */
export async function checkGrants<Database>(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ readonly ungranted: boolean }>`select exists (
    select from pg_tables, unnest(array['select', 'insert', 'update', 'delete']) as verb
    where schemaname = current_schema() and tablename not like 'kysely%'
      and not has_table_privilege(format('%I.%I', schemaname, tablename), verb)
  ) as ungranted`.execute(db);
  if (rows[0]?.ungranted) throw new StoreRefused(UNGRANTED);
}

function reasonAgainst(server: Server): string | undefined {
  const major = Math.floor(server.version / 10_000);
  if (major < OLDEST) return `The server is PostgreSQL ${major}: PostgreSQL ${OLDEST} or newer is needed.`;
  if (server.recovery) return "The server is a standby, which takes no writes: give the address of the primary.";
  if (server.read_only !== "off")
    return "The server starts transactions read-only (default_transaction_read_only): set it to off for this role.";
  for (const name of ["fsync", "full_page_writes"] as const) {
    if (server[name] !== "on")
      return `The server runs with ${name} = ${server[name]}, so a power cut could lose or damage what was acknowledged: set it to on.`;
  }
  if (!["on", "remote_apply"].includes(server.synchronous_commit))
    return `The server runs with synchronous_commit = ${server.synchronous_commit}, so a commit could be acknowledged and lost: set it to on.`;
  if (server.encoding !== "UTF8")
    return `The database is encoded in ${server.encoding}: make one with encoding 'UTF8'.`;
  if (server.schema === null) return "The role has no schema to keep tables in: set its search_path.";
  return undefined;
}

/** It was read at some time between asking and the answer. */
function clockReason(server: Server, asked: number, answered: number): string | undefined {
  const apart = Math.max(asked - server.now, server.now - answered, 0);
  // Further apart, either may be wrong about every deadline.
  if (apart <= CLOCK_OFF) return undefined;
  return `The server's clock is ${(apart / 1_000).toFixed(1)} s away from this machine's: let both follow the same time (NTP).`;
}

/** Says nothing that could hold a password or an address: the URL is a secret. */
function unreachable(error: unknown): string {
  const cause = error instanceof StoreUnavailable ? error.cause : error;
  const state = cause instanceof DatabaseError ? cause.code : undefined;
  if (state?.startsWith("28")) return "The database does not let this user in: check user and password in its URL.";
  if (state === "3D000") return "The server has no database of that name: make it first, or correct its URL.";
  if (state === "42501") return "The role may not connect to the database: grant it CONNECT.";
  return `The database can't be reached (${state ?? codeOf(cause)}): is it running, and is its URL right?`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "no answer";
}
