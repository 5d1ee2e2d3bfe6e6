import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeSqliteDialect, sqlite } from "./engine-sqlite.ts";
import { migrate } from "./migrate.ts";
import type { Tables } from "./schema.ts";
import { sqlStore } from "./sql-store.ts";
import { openFile } from "./sqlite-file.ts";
import type { Store } from "./store.ts";
import { there } from "./testing/place.ts";
import { next, NOON, sampleHold, written } from "./testing/samples.ts";

let folder: string;
let database: DatabaseSync;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "plimsoll-unavailable-"));
  database = openFile(join(folder, "plimsoll.db"));
  const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(database) });
  await migrate(db, sqlite);
  store = sqlStore(db, sqlite);
  await store.commit({ hold: "h1" }, () => written(1, sampleHold("h1"), { wakeAt: NOON }));
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

describe("a commit on SQLite that can't be written says why, and writes nothing", () => {
  const large = "x".repeat(100_000);
  const grow = () =>
    store.commit({ hold: "h1" }, ({ hold }) => written(1, next(there(hold), { references: { note: large } })));

  test("on a full disk; once there is room it goes through", async () => {
    database.exec("pragma max_page_count = 1");
    await expect(grow()).rejects.toMatchObject({ name: "StoreUnavailable", why: "full", certain: true });
    expect((await store.load("h1"))?.version).toBe(1);
    database.exec("pragma max_page_count = 1000000");
    await grow();
    expect((await store.load("h1"))?.version).toBe(2);
  });

  test("on a database that takes no writes", async () => {
    database.exec("pragma query_only = on");
    await expect(grow()).rejects.toMatchObject({ name: "StoreUnavailable", why: "read_only", certain: true });
    expect((await store.load("h1"))?.version).toBe(1);
  });

  test("behind on its schema", async () => {
    database.exec("alter table events rename to former_events");
    await expect(grow()).rejects.toMatchObject({ name: "StoreUnavailable", why: "schema", certain: true });
    database.exec("alter table former_events rename to events; alter table events drop column cause");
    await expect(grow()).rejects.toMatchObject({ name: "StoreUnavailable", why: "schema", certain: true });
  });

  test("and no hold is blamed for it", async () => {
    database.exec("pragma query_only = on");
    const due = store.commitDue(NOON, {}, ({ hold }) => written(1, next(there(hold))));
    await expect(due).rejects.toMatchObject({ name: "StoreUnavailable", why: "read_only" });
  });
});
