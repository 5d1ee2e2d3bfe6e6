import { Client, types } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../clock.ts";
import { openStore } from "./open-store.ts";
import { StoreRefused } from "./store.ts";
import { onServer, ownPostgres, waiter, type Postgres } from "./testing/postgres-server.ts";
import { sampleHold, written } from "./testing/samples.ts";

let postgres: Postgres;
let url: string;

beforeAll(async () => {
  postgres = await ownPostgres();
});

afterAll(() => postgres.stop());

beforeEach(async () => {
  url = await postgres.newDatabase();
});

const open = (at = url) => openStore({ postgres: { url: at } });

async function refusal(opening: Promise<unknown>): Promise<string> {
  const error = await opening.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StoreRefused);
  return error instanceof StoreRefused ? error.message : "";
}

/** The URL for another user, with a password that must turn up nowhere. */
function as(user: string): string {
  return Object.assign(new URL(url), { username: user, password: "hunter2" }).href;
}

describe("a server that could lose what it acknowledged is refused", () => {
  afterEach(async () => {
    await onServer(postgres.url, "alter system reset all");
    await postgres.restart();
  });

  test.each([
    ["fsync", "off", /^The server runs with fsync = off, so a power cut could lose or damage/],
    ["full_page_writes", "off", /^The server runs with full_page_writes = off/],
    ["synchronous_commit", "off", /^The server runs with synchronous_commit = off, so a commit could be acknowledged/],
    ["synchronous_commit", "local", /^The server runs with synchronous_commit = local/],
    ["synchronous_commit", "remote_write", /^The server runs with synchronous_commit = remote_write/],
    ["default_transaction_read_only", "on", /^The server starts transactions read-only/],
  ])("with %s = %s", async (name, value, sentence) => {
    await onServer(postgres.url, `alter system set ${name} = ${value}`);
    await postgres.restart();
    expect(await refusal(open())).toMatch(sentence);
  });

  test("of a version that nobody mends any more", async () => {
    await onServer(
      url,
      // Of its own name it is found first, where the path says so.
      `create function public.current_setting(name text) returns text language sql as
        $$ select case name when 'server_version_num' then '130023' else pg_catalog.current_setting(name) end $$`,
      `alter database ${new URL(url).pathname.slice(1)} set search_path = public, pg_catalog`,
    );
    expect(await refusal(open())).toBe("The server is PostgreSQL 13: PostgreSQL 14 or newer is needed.");
  });

  test("and not one that does more", async () => {
    await onServer(postgres.url, "alter system set synchronous_commit = remote_apply");
    await postgres.restart();
    const store = await open();
    expect(store.exclusive).toBe(false);
    await store.close();
  });
});

test("a standby is refused, and no longer once it was made the primary", async () => {
  await onServer(postgres.url, "copy (select 1) to program 'cat > standby.signal'");
  await postgres.restart();
  expect(await refusal(open())).toBe(
    "The server is a standby, which takes no writes: give the address of the primary.",
  );
  await onServer(postgres.url, "select pg_promote()");
  await (await open()).close();
});

describe("a database that can't be used is refused", () => {
  test("where the role has a weaker setting of its own", async () => {
    await onServer(url, "create role hasty login", "alter role hasty set synchronous_commit = off");
    expect(await refusal(open(as("hasty")))).toMatch(/synchronous_commit = off/);
  });

  test.each([-60_000, 60_000])("where its clock is %d ms away from ours", async (apart) => {
    const clock = { ...systemClock, now: () => Date.now() - apart };
    expect(await refusal(openStore({ postgres: { url }, clock }))).toMatch(
      // Less the time that it takes to ask.
      /^The server's clock is (5\d\.\d|60\.0) s away from this machine's: let both follow the same time/,
    );
  });

  // Further from the limit of 2 s than asking takes.
  test.each([-4_000, 4_000])("where its clock is %d ms away, and 1,500 ms are not too far", async (apart) => {
    const openAt = (away: number) =>
      openStore({ postgres: { url }, clock: { ...systemClock, now: () => Date.now() - away } });
    await (await openAt(Math.sign(apart) * 1_500)).close();
    expect(await refusal(openAt(apart))).toMatch(/^The server's clock is [2-4]\.\d s away from this machine's/);
  });

  test("where it is not encoded in UTF-8", async () => {
    await onServer(
      postgres.url,
      "create database latin encoding latin1 locale_provider libc locale 'C' template template0",
    );
    expect(await refusal(open(Object.assign(new URL(url), { pathname: "/latin" }).href))).toMatch(
      /^The database is encoded in LATIN1/,
    );
  });

  test("where it is of another product, and left as it was", async () => {
    await onServer(url, "create table invoices (id int)");
    expect(await refusal(open())).toMatch(/^The database is of another product/);
    await onServer(url, "create table holds (id int)", "create table kysely_migration_lock (id int)");
  });

  test.each([
    ["migrated", "insert into kysely_migration values ('2024-invoices', '2024-05-01')"],
    ["is about to migrate", "select 1"],
  ])("where it is of another product that Kysely %s, and left as it was", async (_, done) => {
    await onServer(
      url,
      "create table invoices (id int)",
      "create table kysely_migration (name text, timestamp text)",
      "create table kysely_migration_lock (id text, is_locked int)",
      done,
    );
    expect(await refusal(open())).toMatch(/^The database is of another product/);
    await onServer(url, "create table holds (id int)");
  });

  test("where its tables were changed by hand", async () => {
    await (await open()).close();
    await onServer(url, "alter table kysely_migration rename name to label");
    expect(await refusal(open())).toMatch(/^The database's tables are not those that Plimsoll made/);
  });

  test("where a newer version wrote it", async () => {
    await (await open()).close();
    await onServer(url, "insert into kysely_migration (name, timestamp) values ('0999-later', '2027-01-01')");
    expect(await refusal(open())).toMatch(/newer version of Plimsoll \(its schema has 0999-later\)/);
  });

  test("where its schema is behind and the role may not change it; with a role that may it is brought up", async () => {
    await onServer(url, "create role clerk login", "grant pg_read_all_data, pg_write_all_data to clerk");
    const behind = await refusal(open(as("clerk")));
    expect(behind).toMatch(
      /^The database's schema is behind \(it lacks 0001-holds, .*\), and this role may not change it/,
    );
    expect(behind).toContain("run plimsoll migrate with a role that may");
    await (await open()).close();
    const store = await open(as("clerk"));
    await store.commit({ hold: "h1" }, () => written(1, sampleHold("h1")));
    await store.close();
  });
});

describe("a role that serves and does not own the tables is refused", () => {
  test.each([
    ["where it was granted nothing", "select 1"],
    ["where a table that came later was not granted", "grant select on kysely_migration to porter"],
    ["where it may only read", "grant pg_read_all_data to porter"],
  ])("%s", async (_, grant) => {
    await (await open()).close();
    await onServer(url, "drop role if exists porter", "create role porter login", grant);
    const said = await refusal(open(as("porter")));
    await onServer(url, "drop owned by porter", "drop role porter");
    expect(said).toMatch(/^This role may not use the database's tables: grant it select, insert, update and delete/);
  });
});

describe("what can't be reached is refused without a word of its address or password", () => {
  const secret = "hunter2";

  test.each([
    [
      "a port on which nobody listens",
      () => "postgres://ann:hunter2@127.0.0.1:1/holds",
      /can't be reached \(ECONNREFUSED\)/,
    ],
    [
      "a database that there isn't",
      () => Object.assign(new URL(as("plimsoll")), { pathname: "/none" }).href,
      /no database of that name/,
    ],
    ["a user that there isn't", () => as("ann"), /does not let this user in/],
    ["a URL of something else", () => "https://ann:hunter2@127.0.0.1/holds", /must be of the form postgres:/],
    ["a URL that is none", () => "postgres://ann:hunter2@[127/holds", /must be of the form postgres:/],
  ])("%s", async (_, at, sentence) => {
    const said = await refusal(open(at()));
    expect(said).toMatch(sentence);
    expect(said).not.toContain(secret);
    expect(said).not.toContain("127.0.0.1");
  });
});

/** Far more than a query takes that waits for nobody. */
const PATIENCE = 1_000;

describe("the schema", () => {
  test("is made once where three processes come to a new database at the same time", async () => {
    const stores = await Promise.all([open(), open(), open()]);
    await Promise.all(
      stores.map((store, index) => store.commit({ hold: `h${index}` }, () => written(1, sampleHold(`h${index}`)))),
    );
    expect((await stores[0]?.openHolds("grand-hotel", "test", 10))?.map((hold) => hold.terms.id)).toEqual([
      "h0",
      "h1",
      "h2",
    ]);
    await Promise.all(stores.map((store) => store.close()));
  });

  describe("that another process is at", () => {
    let other: Client;
    const openHurried = () => openStore({ postgres: { url, patience: PATIENCE } });

    beforeEach(async () => {
      await (await open()).close();
      other = new Client({ connectionString: url });
      await other.connect();
      await other.query("begin; lock table kysely_migration in access exclusive mode");
    });

    afterEach(() => other.end());

    test("is waited for, for longer than for the answer to any other query", async () => {
      const opening = openHurried();
      await waiter(other);
      await other.query("select pg_sleep($1)", [(1.5 * PATIENCE) / 1_000]);
      await other.query("commit");
      const store = await opening;
      expect(await store.unfinished()).toEqual([]);
      await store.close();
    });

    test("is said not to be there yet where the connection is lost meanwhile", async () => {
      const said = refusal(openHurried());
      await other.query("select pg_terminate_backend($1)", [await waiter(other)]);
      expect(await said).toMatch(/^The database was gone before its schema was known/);
    });
  });

  test("keeps history append-only: no event is changed, deleted or truncated", async () => {
    const store = await open();
    await store.commit({ hold: "h1" }, () => written(1, sampleHold("h1")));
    for (const change of ["update events set cause = 'x'", "delete from events", "truncate events"]) {
      await expect(onServer(url, change)).rejects.toThrow("events is append-only");
    }
    expect(await store.history("h1")).toHaveLength(1);
    await store.close();
  });
});

test("whole numbers are numbers on the store's connections alone", async () => {
  const store = await open();
  await store.commit({ hold: "h1" }, () => written(1, sampleHold("h1"), { wakeAt: 999_999_999_999_999 }));
  expect(await store.nextWake()).toBe(999_999_999_999_999);
  expect(types.getTypeParser(types.builtins.INT8)("7")).toBe("7");
  await store.close();
});
