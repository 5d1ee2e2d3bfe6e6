import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, statfsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { DEFAULT_MIGRATION_TABLE } from "kysely/migration";
import { isSqliteError, sqlite, type Embedded } from "./engine-sqlite.ts";
import { isMigrated, migrations, refuseForeign, type Content } from "./migrate.ts";
import { StoreRefused } from "./store.ts";

export const IN_MEMORY = ":memory:";

/**
 * Opens the database file for this process alone: created with mode 0600 in a folder of mode 0700, in WAL, every
 * commit synced to the disk. Throws StoreRefused with a sentence for whoever runs the server.
 */
export function openFile(file: string): DatabaseSync {
  const path = file === IN_MEMORY ? file : resolve(file);
  try {
    if (path !== IN_MEMORY) {
      refuseForeign(contentOf(path), migrations(sqlite.ddl));
      prepareFile(path);
    }
    return openAlone(path);
  } catch (error) {
    throw refusal(path, error);
  }
}

/** As it stands in the file, read without a lock or a trace: another product's database stays as it is, to the byte. */
function contentOf(path: string): Content {
  if (!existsSync(path)) return NOTHING;
  const unchanged = Object.assign(pathToFileURL(path), { search: "immutable=1" });
  const database = new DatabaseSync(unchanged, { readOnly: true });
  const namesOf = (source: string) =>
    database
      .prepare(`select name from ${source}`)
      .all()
      .map((row) => String(row["name"]));
  try {
    const tables = namesOf("sqlite_schema where type = 'table'");
    return { tables, done: isMigrated(tables) ? namesOf(DEFAULT_MIGRATION_TABLE) : [] };
  } catch {
    // No database, or one that another process is just writing to: the opening itself says which.
    return NOTHING;
  } finally {
    database.close();
  }
}

const NOTHING: Content = { tables: [], done: [] };

/**
 * Nothing here may open and close a file that is a database already: closing it would drop the locks that this
 * process holds on it (POSIX advisory locks, as SQLite's "How To Corrupt An SQLite Database File" §2.2 tells).
 */
function prepareFile(path: string): void {
  const folder = dirname(path);
  makeFolder(folder);
  const network = networkFileSystem(process.platform, statfsSync(folder).type);
  if (network !== undefined) {
    throw new StoreRefused(
      `${folder} is on a network file system (${network}), where SQLite's locks can't be relied on: use a local disk.`,
    );
  }
  if (!existsSync(path)) closeSync(openSync(path, "wx", 0o600));
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
}

/** A new folder outlives a power cut once the folder that has its name is synced (fsync(2)); SQLite syncs only the one that its files are in. */
function makeFolder(folder: string): void {
  const topmost = mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Windows can't open a folder.
  if (topmost === undefined || process.platform === "win32") return;
  for (let made = folder; ; made = dirname(made)) {
    const holder = openSync(dirname(made), "r");
    fsyncSync(holder);
    closeSync(holder);
    if (made === topmost) return;
  }
}

function openAlone(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    settle(database);
    if (path !== IN_MEMORY) verify(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Takes an open database for this connection alone, in WAL, every commit synced to the disk. */
export function settle(database: Embedded): void {
  for (const pragma of PRAGMAS) database.exec(`pragma ${pragma}`);
  database.exec("begin exclusive; commit");
}

const PRAGMAS = [
  "foreign_keys = on",
  // Before anything is read: in WAL the first read then takes the file for good, and needs no shared memory.
  "locking_mode = exclusive",
  "journal_mode = wal",
  "synchronous = full",
  // On macOS a plain fsync leaves the data in the drive's cache.
  "fullfsync = on",
  "checkpoint_fullfsync = on",
  // What is erased (a payer's sealed token) is overwritten in the file.
  "secure_delete = on",
];

/** SQLite ignores a setting that it can't follow without a word: what an acknowledged commit rests on is read back. */
export function verify(database: Embedded): void {
  for (const [name, wanted] of Object.entries(SETTINGS)) {
    const is = Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0];
    if (is !== wanted)
      throw new StoreRefused(`The database must run with ${name} = ${wanted}, but SQLite keeps it at ${String(is)}.`);
  }
}

/** As SQLite answers: synchronous 2 is FULL. */
const SETTINGS = { journal_mode: "wal", synchronous: 2, locking_mode: "exclusive", foreign_keys: 1 };

/** The name of a network file system by its magic number (Linux's statfs(2)); undefined for others and where it can't be told. */
export function networkFileSystem(platform: NodeJS.Platform, type: number): string | undefined {
  return platform === "linux" ? NETWORK_FILE_SYSTEMS.get(type) : undefined;
}

const NETWORK_FILE_SYSTEMS = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xfe534d42, "SMB2"],
  [0xff534d42, "CIFS"],
  [0x5346414f, "AFS"],
  [0x00c36400, "Ceph"],
  [0x0bd00bd0, "Lustre"],
  [0x47504653, "GPFS"],
  [0x7461636f, "OCFS2"],
  [0x01161970, "GFS2"],
]);

function refusal(path: string, error: unknown): StoreRefused {
  if (error instanceof StoreRefused) return error;
  return new StoreRefused(reason(path, error), { cause: error });
}

/** SQLite's primary result codes: 5 BUSY, 26 NOTADB. */
function reason(path: string, error: unknown): string {
  const code = isSqliteError(error) ? error.errcode & 0xff : undefined;
  if (code === 5)
    return `Another process is using ${path}. One process at a time may have it: stop the other one, or give this one a file of its own.`;
  if (code === 26) return `${path} is not a database of Plimsoll.`;
  return `The database ${path} can't be opened: ${error instanceof Error ? error.message : String(error)}`;
}
