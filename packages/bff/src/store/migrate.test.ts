import { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import { expect, test } from "vitest";
import { nodeSqliteDialect, sqlite } from "./engine-sqlite.ts";
import { migrate } from "./migrate.ts";
import { IN_MEMORY, openFile } from "./sqlite-file.ts";
import { StoreRefused } from "./store.ts";

const creating = (table: string, then = (): void => {}): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema.createTable(table).addColumn("id", sqlite.ddl.whole).execute();
    then();
  },
});

test("an upgrade that fails half-way leaves the schema as it was, and a mended one goes through", async () => {
  const db = new Kysely<unknown>({ dialect: nodeSqliteDialect(openFile(IN_MEMORY)) });
  const tables = async () => (await db.introspection.getTables()).map((table) => table.name);
  const breaks = () => {
    throw new Error("disk full");
  };
  await migrate(db, sqlite, { "0001-first": creating("first") });
  const broken = { "0001-first": creating("first"), "0002-second": creating("second", breaks) };
  await expect(migrate(db, sqlite, broken)).rejects.toThrow(StoreRefused);
  expect(await tables()).toEqual(["first"]);
  await migrate(db, sqlite, { ...broken, "0002-second": creating("second") });
  expect(await tables()).toEqual(["first", "second"]);
  await db.destroy();
});
