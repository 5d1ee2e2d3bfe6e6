import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openStore } from "./open-store.ts";
import { networkFileSystem, openFile, verify } from "./sqlite-file.ts";
import { StoreRefused } from "./store.ts";
import { ended, firstLine, linesOf, startChild } from "./testing/child.ts";
import { sampleHold, written } from "./testing/samples.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plimsoll-open-"));
  file = join(folder, "data", "plimsoll.db");
});

afterEach(() => rmSync(folder, { recursive: true }));

describe("one process", () => {
  test("has the database to itself: a second one is refused at once, and told why", async () => {
    const store = await openStore({ file });
    const second = startChild("open-and-stay.ts", file);
    expect(await firstLine(second)).toBe(`StoreRefused: Another process is using ${file}. ${ONE_ALONE}`);
    await ended(second);
    await store.commit({ hold: "h1" }, () => written(1, sampleHold("h1")));
    await store.close();
  });

  test("that comes second here is refused while another process has the database, and gets it afterwards", async () => {
    const first = startChild("open-and-stay.ts", file);
    expect(await firstLine(first)).toBe("opened");
    await expect(openStore({ file })).rejects.toThrow(
      new StoreRefused(`Another process is using ${file}. ${ONE_ALONE}`),
    );
    first.stdin.end();
    await ended(first);
    await (await openStore({ file })).close();
  });

  test("can't open its own database twice, and a refused second opening does not loosen the first", async () => {
    const store = await openStore({ file });
    await expect(openStore({ file })).rejects.toThrow(StoreRefused);
    const other = startChild("open-and-stay.ts", file);
    expect(await firstLine(other)).toMatch(/^StoreRefused: Another process/);
    await ended(other);
    await store.close();
  });

  const ONE_ALONE = "One process at a time may have it: stop the other one, or give this one a file of its own.";
});

describe("the file", () => {
  test("is its owner's alone, and so are its folder and its write-ahead log", async () => {
    const store = await openStore({ file });
    await store.commit({ hold: "h1" }, () => written(1, sampleHold("h1")));
    expect(modeOf(file)).toBe(0o600);
    expect(modeOf(`${file}-wal`)).toBe(0o600);
    expect(modeOf(join(folder, "data"))).toBe(0o700);
    await store.close();
  });

  test("that others could read is closed to them", async () => {
    mkdirSync(join(folder, "data"));
    writeFileSync(file, "", { mode: 0o644 });
    await (await openStore({ file })).close();
    expect(modeOf(file)).toBe(0o600);
  });

  const INVOICES = "create table invoices (id integer); insert into invoices values (7)";
  const MIGRATIONS = `create table kysely_migration (name text, timestamp text);
    create table kysely_migration_lock (id text, is_locked integer)`;

  test.each([
    ["in its journal mode delete", `pragma journal_mode = delete; ${INVOICES}`],
    ["in its journal mode wal", `pragma journal_mode = wal; ${INVOICES}`],
    [
      "that Kysely migrated",
      `${INVOICES}; ${MIGRATIONS}; insert into kysely_migration values ('2024-invoices', '2024-05-01')`,
    ],
    ["that Kysely is about to migrate", `${INVOICES}; ${MIGRATIONS}`],
  ])("of another product, %s, is refused and left as it was", async (_, makes) => {
    file = join(folder, "theirs.db");
    const theirs = new DatabaseSync(file);
    theirs.exec(makes);
    theirs.close();
    const before = [readFileSync(file), statSync(file).mode, readdirSync(folder)];
    await expect(openStore({ file })).rejects.toThrow(/^The database is of another product/);
    expect([readFileSync(file), statSync(file).mode, readdirSync(folder)]).toEqual(before);
  });

  test("that is something else is refused and left alone", async () => {
    file = join(folder, "notes.txt");
    writeFileSync(file, "not a database, but something that somebody may want to keep. ".repeat(20));
    const before = readFileSync(file);
    await expect(openStore({ file })).rejects.toThrow(new StoreRefused(`${file} is not a database of Plimsoll.`));
    expect(readFileSync(file)).toEqual(before);
  });

  test("whose folder can't be made is refused", async () => {
    writeFileSync(join(folder, "data"), "a file where the folder should be");
    await expect(openStore({ file })).rejects.toThrow(StoreRefused);
  });

  test("on a network file system is refused: those whose locks can't be relied on are known by their number", () => {
    expect(networkFileSystem("linux", 0x6969)).toBe("NFS");
    expect(networkFileSystem("linux", 0xfe534d42)).toBe("SMB2");
    expect(networkFileSystem("linux", 0xef53)).toBeUndefined();
    expect(networkFileSystem("darwin", 0x6969)).toBeUndefined();
  });
});

describe("durability", () => {
  test("rests on a write-ahead log that is synced with every commit", () => {
    const database = openFile(join(folder, "plain.db"));
    expect(pragma(database, "journal_mode")).toBe("wal");
    expect(pragma(database, "synchronous")).toBe(2);
    expect(pragma(database, "locking_mode")).toBe("exclusive");
    expect(pragma(database, "foreign_keys")).toBe(1);
    expect(existsSync(join(folder, "plain.db-shm"))).toBe(false);
    database.close();
  });

  test.each([
    ["synchronous = normal", "The database must run with synchronous = 2, but SQLite keeps it at 1."],
    ["journal_mode = delete", "The database must run with journal_mode = wal, but SQLite keeps it at delete."],
    ["foreign_keys = off", "The database must run with foreign_keys = 1, but SQLite keeps it at 0."],
  ])("is refused with %s", (setting, sentence) => {
    const database = openFile(join(folder, "plain.db"));
    database.exec(`pragma ${setting}`);
    expect(() => verify(database)).toThrow(new StoreRefused(sentence));
    database.close();
  });

  test("every acknowledged commit outlives five kills, each commit whole or not there", async () => {
    let acknowledged = 0;
    for (const commits of [1, 5, 20, 60, 120]) {
      const child = startChild("commit-until-killed.ts", file);
      let lines = 0;
      for await (const line of linesOf(child)) {
        acknowledged = Number(line);
        if ((lines += 1) === commits) child.kill("SIGKILL");
      }
      await ended(child);
      const store = await openStore({ file });
      const version = (await store.load("h1"))?.version ?? 0;
      const history = await store.history("h1");
      await store.close();
      expect(lines).toBeGreaterThanOrEqual(commits);
      expect(version).toBeGreaterThanOrEqual(acknowledged);
      expect(version).toBeLessThanOrEqual(acknowledged + 2);
      expect(history.map((recorded) => recorded.seq)).toEqual(Array.from({ length: version }, (_, index) => index + 1));
    }
  });
});

function pragma(database: DatabaseSync, name: string): unknown {
  return database.prepare(`pragma ${name}`).get()?.[name];
}

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}
