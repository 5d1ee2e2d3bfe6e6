import init, {
  type Database,
  type PreparedStatement,
  type SqlValue,
  type Sqlite3Static,
} from "@sqlite.org/sqlite-wasm";
import type { SQLInputValue, SQLOutputValue } from "node:sqlite";
import type { Embedded } from "../../src/store/engine-sqlite.ts";
import { randomFrom, type Random } from "../../src/testing/random.ts";
import { Disk } from "./disk.ts";
import { installVfs, VFS, type Drive } from "./modelled-vfs.ts";

/** SQLite of the version that `node:sqlite` has, on disks that can lose their power. One database at a time. */
export interface Machine {
  readonly version: string;
  open(disk: Disk, random: Random): Embedded;
}

/** `node:sqlite` is what is shipped; this one is compiled to WebAssembly, so that its files can be JavaScript's. */
export async function buildMachine(): Promise<Machine> {
  const sqlite = await init();
  const drive: Drive = { disk: new Disk(), random: randomFrom(0) };
  // Every error is thrown too.
  Object.assign(sqlite.config, { warn: () => {}, error: () => {} });
  installVfs(sqlite, drive);
  return {
    version: sqlite.version.libVersion,
    open(disk, random) {
      Object.assign(drive, { disk, random });
      // Drawn anew from this drive's chance: the log's salts are the same for the same seed.
      sqlite.capi.sqlite3_randomness(0, 0);
      return embedded(sqlite, new sqlite.oo1.DB({ filename: FILE, flags: "w", vfs: VFS }));
    },
  };
}

export const FILE = "/plimsoll.db";

function embedded(sqlite: Sqlite3Static, database: Database): Embedded {
  const { capi } = sqlite;
  const pointer = () => database.pointer ?? 0;

  /** Errors as `node:sqlite` throws them: SQLite's own sentence, and its extended code. */
  function asNode<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof sqlite.SQLite3Error) || database.pointer === undefined) throw error;
      const errcode = capi.sqlite3_extended_errcode(pointer());
      throw Object.assign(new Error(capi.sqlite3_errmsg(pointer()), { cause: error }), { errcode });
    }
  }

  return {
    get isTransaction() {
      return database.pointer !== undefined && capi.sqlite3_get_autocommit(pointer()) === 0;
    },
    exec: (sql) => void asNode(() => database.exec(sql)),
    prepare(sql) {
      const statement = asNode(() => database.prepare(sql));
      const columns = Array.from({ length: statement.columnCount }, (_, index) => statement.getColumnName(index));
      const rows = (values: readonly SQLInputValue[]) => asNode(() => rowsOf(statement, values));
      return {
        columns: () => columns,
        all: (...values) => rows(values),
        get: (...values) => rows(values)[0],
        run(...values) {
          rows(values);
          return { changes: capi.sqlite3_changes(pointer()), lastInsertRowid: 0 };
        },
        iterate: (...values) => rows(values).values(),
      };
    },
    close: () => database.close(),
  };
}

function rowsOf(statement: PreparedStatement, values: readonly SQLInputValue[]): Record<string, SQLOutputValue>[] {
  try {
    if (values.length > 0) statement.bind(values.map(bindable));
    const rows: Record<string, SQLOutputValue>[] = [];
    while (statement.step()) rows.push(row(statement.get({})));
    return rows;
  } finally {
    statement.reset(true);
  }
}

function bindable(value: SQLInputValue): SqlValue {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "bigint")
    return value;
  throw new TypeError("the store binds no bytes");
}

function row(values: Record<string, SqlValue>): Record<string, SQLOutputValue> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value)]));
}

function plain(value: SqlValue): SQLOutputValue {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "bigint")
    return value;
  throw new TypeError("the store keeps no bytes");
}
