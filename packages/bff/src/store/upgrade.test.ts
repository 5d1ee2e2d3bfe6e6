import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely, type Dialect } from "kysely";
import { Pool } from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Engine } from "./engine.ts";
import { postgres, postgresDialect } from "./engine-postgres.ts";
import { nodeSqliteDialect, sqlite } from "./engine-sqlite.ts";
import { migrate, migrations } from "./migrate.ts";
import { openStore } from "./open-store.ts";
import { openFile } from "./sqlite-file.ts";
import type { Store } from "./store.ts";
import { freshDatabase } from "./testing/fresh-database.ts";
import { there } from "./testing/place.ts";
import { asking, next, NOON, sampleHold, sampleOperation, written } from "./testing/samples.ts";
import { TABLES } from "./testing/tables.ts";

/** A database of which both the tables and the store can be had, one after the other. */
interface Place {
  readonly engine: Engine;
  dialect(): Dialect;
  open(): Promise<Store>;
}

/** Of its tables, whatever version made them. */
type Rows = Record<string, Record<string, unknown>[]>;
type Raw = Kysely<Record<string, Record<string, unknown>>>;

const NAMES = Object.keys(migrations(sqlite.ddl));

describe.each([
  ["SQLite", sqlitePlace],
  ["PostgreSQL", postgresPlace],
])("in %s", (_, newPlace) => {
  describe.each(NAMES.slice(1))("what the version before %s wrote", (name) => {
    const before = NAMES.slice(0, NAMES.indexOf(name));

    test("is there after the upgrade", async () => {
      const rows = await rowsOfALife(await newPlace());
      const place = await newPlace();
      await inTables(place, async (db) => {
        await migrate(db, place.engine, only(before, place.engine));
        await write(db, rows, await columnsOf(db));
      });
      await expectTheLife(await place.open());
    });

    test("is taken after it too: processes of that version go on until they are replaced", async () => {
      const rows = await rowsOfALife(await newPlace());
      const old = await newPlace();
      const place = await newPlace();
      const columns = await inTables(old, async (db) => {
        await migrate(db, old.engine, only(before, old.engine));
        return columnsOf(db);
      });
      await (await place.open()).close();
      await inTables(place, (db) => write(db, rows, columns));
      await expectTheLife(await place.open());
    });
  });
});

const operation = sampleOperation("o1", { doubtSince: NOON });
const key = { scope: "grand-hotel/secret/open", value: "check-in" };

/** A hold with a key, and an operation on it that is in doubt, as this version's rows. */
async function rowsOfALife(place: Place): Promise<Rows> {
  const store = await place.open();
  const use = { digest: "sha256", hold: "h1", entry: "h1.e1" };
  await store.commit({ hold: "h1", key }, () => written(undefined, sampleHold("h1"), { key: use, wakeAt: NOON }));
  await store.commit({ hold: "h1" }, ({ hold }) => asking(there(hold), operation, "sealed"));
  await store.close();
  return inTables(place, async (db) => {
    const read = async (table: (typeof TABLES)[number]) =>
      [table, await db.selectFrom(table).selectAll().execute()] as const;
    return Object.fromEntries(await Promise.all(TABLES.map(read)));
  });
}

/** It reads as it was written, and goes on. */
async function expectTheLife(store: Store): Promise<void> {
  onTestFinished(() => store.close());
  const hold = next(sampleHold("h1"), { operations: [operation] });
  expect(await store.load("h1")).toEqual(hold);
  expect((await store.history("h1")).map(({ seq, event }) => [seq, event.type])).toEqual([
    [1, "hinted"],
    [2, "asked"],
  ]);
  expect(await store.request("o1")).toMatchObject({ operation: "o1", sealed: "sealed" });
  expect(await store.unfinished()).toEqual(["h1"]);
  const seen = await store.commit({ hold: "h1", key }, (now) => ({
    ...written(now.key, next(there(now.hold), { operations: [] })),
  }));
  expect(seen).toEqual({ digest: "sha256", hold: "h1", entry: "h1.e1" });
  expect(await store.unfinished()).toEqual([]);
  expect(await store.request("o1")).toMatchObject({ operation: "o1", sealed: null });
}

function only(names: readonly string[], { ddl }: Engine) {
  return Object.fromEntries(Object.entries(migrations(ddl)).filter(([name]) => names.includes(name)));
}

async function columnsOf(db: Raw): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = await db.introspection.getTables();
  return new Map(tables.map((table) => [table.name, table.columns.map((column) => column.name)]));
}

/** As a version writes that knows only these columns. */
async function write(db: Raw, rows: Rows, columns: ReadonlyMap<string, readonly string[]>): Promise<void> {
  for (const table of TABLES) {
    const known = columns.get(table) ?? [];
    const values = (rows[table] ?? []).map((row) => Object.fromEntries(known.map((column) => [column, row[column]])));
    if (known.length > 0 && values.length > 0) await db.insertInto(table).values(values).execute();
  }
}

async function inTables<T>(place: Place, work: (db: Raw) => Promise<T>): Promise<T> {
  const db: Raw = new Kysely({ dialect: place.dialect() });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

async function sqlitePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "plimsoll-upgrade-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "plimsoll.db");
  return { engine: sqlite, dialect: () => nodeSqliteDialect(openFile(file)), open: () => openStore({ file }) };
}

async function postgresPlace(): Promise<Place> {
  const url = await freshDatabase();
  return {
    engine: postgres,
    dialect: () => postgresDialect(new Pool({ connectionString: url })),
    open: () => openStore({ postgres: { url } }),
  };
}
