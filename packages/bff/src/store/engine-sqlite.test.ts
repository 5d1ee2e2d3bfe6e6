import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Event } from "../hold/index.ts";
import { openStore } from "./open-store.ts";
import { StoreRefused, type Store } from "./store.ts";
import { there } from "./testing/place.ts";
import { asking, next, NOON, sampleHold, sampleOperation, written } from "./testing/samples.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plimsoll-open-"));
  file = join(folder, "data", "plimsoll.db");
});

afterEach(() => rmSync(folder, { recursive: true }));

describe("the schema", () => {
  test("of a newer version is refused, and left as it was", async () => {
    await (await openStore({ file })).close();
    withDatabase((database) =>
      database.exec("insert into kysely_migration (name, timestamp) values ('0999-later', '2027-01-01')"),
    );
    await expect(openStore({ file })).rejects.toThrow(/newer version of Plimsoll \(its schema has 0999-later\)/);
    await expect(openStore({ file })).rejects.toThrow(StoreRefused);
  });

  test("keeps history append-only: no event is changed or deleted", async () => {
    const store = await openStore({ file });
    await store.commit({ hold: "h1" }, () => written(1, sampleHold("h1")));
    await store.close();
    withDatabase((database) => {
      expect(() => database.exec("update events set cause = 'another'")).toThrow("events is append-only");
      expect(() => database.exec("delete from events")).toThrow("events is append-only");
      expect(database.prepare("select count(*) as n from events").get()).toEqual({ n: 1 });
    });
  });

  test("has strict tables that refuse an event of no hold", async () => {
    await (await openStore({ file })).close();
    withDatabase((database) => {
      const loose = database
        .prepare("select name from pragma_table_list where schema = 'main' and type = 'table' and strict = 0")
        .all();
      expect(loose.map((row) => row["name"]).filter((name) => !/^(kysely|sqlite)_/.test(String(name)))).toEqual([]);
      const stray = "insert into events (hold, seq, at, cause, type, data) values ('h9', 1, 0, 'x', 'hinted', '{}')";
      expect(() => database.exec(stray)).toThrow("FOREIGN KEY constraint failed");
    });
  });

  test("keeps each attempt with its deadline and what it showed", async () => {
    const store = await openStore({ file });
    await commitAnswered(store);
    await store.close();
    withDatabase((database) => {
      expect(
        database
          .prepare("select number, kind, started_at, deadline, ended_at, evidence from attempts order by number")
          .all(),
      ).toEqual([
        {
          number: 1,
          kind: "ask",
          started_at: NOON,
          deadline: NOON + 60_000,
          ended_at: NOON + 60_000,
          evidence: "deadline",
        },
        { number: 2, kind: "look", started_at: NOON + 70_000, deadline: NOON + 80_000, ended_at: null, evidence: null },
      ]);
      const operation = database
        .prepare("select dialect, delta, total_before, total_after, parked_at, ended_at from operations")
        .get();
      expect(operation).toEqual({
        dialect: "cybersource/lodging",
        delta: 5000,
        total_before: 40000,
        total_after: 45000,
        parked_at: null,
        ended_at: null,
      });
    });
  });

  test("keeps nothing of a payer's sealed token in the file once its operation has ended", async () => {
    const sealed = "c2VhbGVkIHRva2Vu".repeat(500);
    const operation = sampleOperation("o1");
    const store = await openStore({ file });
    await store.commit({ hold: "h1" }, () => written(1, sampleHold("h1")));
    await store.commit({ hold: "h1" }, ({ hold }) => asking(there(hold), operation, sealed));
    await store.close();
    expect(readFileSync(file).includes(sealed.slice(0, 160))).toBe(true);
    const again = await openStore({ file });
    await again.commit({ hold: "h1" }, ({ hold }) => written(1, next(there(hold), { operations: [] })));
    await again.close();
    expect(readFileSync(file).includes(sealed.slice(0, 160))).toBe(false);
    expect(existsSync(`${file}-wal`)).toBe(false);
  });
});

describe("the cost of a commit", () => {
  test("does not grow: the hundredth makes the queries that the second made", async () => {
    const queries: string[] = [];
    const store = await openStore({ file: ":memory:", onQuery: (sql) => queries.push(sql) });
    const costs: number[] = [];
    await store.commit({ hold: "h1" }, () => written(1, sampleHold("h1")));
    for (let index = 0; index < 100; index += 1) {
      queries.length = 0;
      const key = { scope: "s", value: `k${index}` };
      const use = { digest: "d", hold: "h1", entry: "e" };
      await store.commit({ hold: "h1", key }, ({ hold }) => {
        const change = asking({ ...there(hold), operations: [] }, sampleOperation(`o${index}`));
        return { ...change, write: { ...there(change.write), key: use } };
      });
      costs.push(queries.length);
    }
    expect(costs.slice(1)).toEqual(Array.from({ length: 99 }, () => costs[1]));
    expect(costs[1]).toBe(10);
    await store.close();
  });

  test("and of a look does not grow with the tables: every query finds its rows by an index", async () => {
    const queries = new Set<string>();
    const store = await openStore({ file, onQuery: (sql) => queries.add(sql) });
    const order = { merchant: "grand-hotel", mode: "test", gateway: "cybersource", order: "order of h1" } as const;
    await store.commit({ hold: "h2", order, key: { scope: "s", value: "v" } }, () => written(1, sampleHold("h2")));
    await commitAnswered(store);
    await store.commit({ hold: "h1" }, ({ hold }) => written(1, next(there(hold), { operations: [] })));
    await Promise.all([
      store.load("h1"),
      store.openHolds("grand-hotel", "test", 10),
      store.commitDue(NOON, { holds: new Set(["h2"]) }, () => ({ result: 1 })),
      store.nextWake(),
      store.versions(["h1", "h2"]),
      store.deskVersions("grand-hotel", "test", 10),
      store.inDoubt("grand-hotel-usd"),
    ]);
    const lived = { account: "grand-hotel-usd", from: NOON, until: NOON + 1 };
    await store.holdsOf(lived, null, 10);
    await store.holdsOf(lived, { hold: "h0", endedAt: NOON }, 10);
    await Promise.all([store.unfinished(), store.request("o1"), store.history("h1"), store.keys.find("hash")]);
    await store.close();
    withDatabase((database) => {
      const ours = [...queries].filter((sql) => /^(select|update)/.test(sql) && !/kysely|sqlite_|pragma/.test(sql));
      const slow = ours.filter((sql) =>
        planOf(database, sql).some((step) => /^SCAN \w+$|TEMP B-TREE/.test(String(step))),
      );
      expect(slow).toEqual([]);
      expect(ours).toHaveLength(21);
    });
  });

  test("leaves the event loop its turns: a burst of commits starves no timer and no socket", async () => {
    const store = await openStore({ file: ":memory:" });
    const burst = Array.from({ length: 100 }, (_, index) =>
      store.commit({ hold: `h${index}` }, () => written(1, sampleHold(`h${index}`))),
    );
    let turns = 0;
    let committed = 0;
    for (const commit of burst) {
      void commit.then(() => (committed += 1));
    }
    for (; committed < burst.length; turns += 1) await setImmediate();
    expect(turns).toBeGreaterThanOrEqual(burst.length);
    await store.close();
  });
});

/** An attempt to ask whose deadline passed, then a look that is under way. */
async function commitAnswered(store: Store): Promise<void> {
  const operation = sampleOperation("o1");
  await store.commit({ hold: "h1" }, () => written(1, sampleHold("h1")));
  await store.commit({ hold: "h1" }, ({ hold }) => asking(there(hold), operation));
  const answered: Event = { type: "answered", operation: "o1", number: 1, evidence: "deadline" };
  const attempted: Event = { type: "attempted", operation: "o1", number: 2, kind: "look", deadline: NOON + 80_000 };
  await store.commit({ hold: "h1" }, ({ hold }) =>
    written(1, next(there(hold)), { events: [answered], at: NOON + 60_000 }),
  );
  await store.commit({ hold: "h1" }, ({ hold }) =>
    written(1, next(there(hold)), { events: [attempted], at: NOON + 70_000 }),
  );
}

function withDatabase(use: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(file);
  try {
    use(database);
  } finally {
    database.close();
  }
}

/** How SQLite goes about a query; its parameters don't matter to that, and stay null. */
function planOf(database: DatabaseSync, sql: string): unknown[] {
  const plan = database.prepare(`explain query plan ${sql}`).all();
  return plan.map((step) => step["detail"]);
}
