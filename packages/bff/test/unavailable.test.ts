import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely } from "kysely";
import { afterEach, describe, expect, test } from "vitest";
import { FakeGateway } from "../src/api/testing/fake-gateway.ts";
import { doneOf, refusalOf, World } from "../src/api/testing/harness.ts";
import { sums } from "../src/hold/index.ts";
import { nodeSqliteDialect, sqlite } from "../src/store/engine-sqlite.ts";
import { openStore } from "../src/store/index.ts";
import { migrate } from "../src/store/migrate.ts";
import type { Tables } from "../src/store/schema.ts";
import { sqlStore } from "../src/store/sql-store.ts";
import { openFile } from "../src/store/sqlite-file.ts";
import type { Store } from "../src/store/store.ts";
import { freshDatabase } from "../src/store/testing/fresh-database.ts";
import { onServer } from "../src/store/testing/postgres-server.ts";
import { Balancer } from "../src/testing/balancer.ts";

/** As the server says it when nothing can be added any more. */
const FULL = `
  create function no_room() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$;
  create trigger no_room before insert on events for each row execute function no_room()`;

/** The whole BFF, a database that can't be used for a while, and the gateway's books as the judge. */
interface Place {
  readonly store: Store;
  ails(): Promise<void>;
  recovers(): Promise<void>;
  close?(): Promise<void>;
}

const places: readonly (readonly [string, () => Promise<Place>])[] = [
  ["SQLite takes no writes", readOnlySqlite],
  ["PostgreSQL takes no writes", readOnlyPostgres],
  ["PostgreSQL is gone", gonePostgres],
  ["PostgreSQL's disk is full", () => changedPostgres(FULL, "drop trigger no_room on events; drop function no_room")],
  [
    "PostgreSQL lacks a table",
    () => changedPostgres("alter table events rename to former", "alter table former rename to events"),
  ],
  [
    "PostgreSQL lacks a column",
    () => changedPostgres("alter table holds rename state to was", "alter table holds rename was to state"),
  ],
];

let world: World;
let place: Place;
let hold: string;

async function begin(newPlace: () => Promise<Place>): Promise<void> {
  place = await newPlace();
  world = await World.start(place.store);
  hold = (await world.open()).id;
}

afterEach(async () => {
  // Whoever runs the BFF is told, each time, and of nothing else.
  const told = world.log.splice(0);
  world.log.push(...told.filter((line) => !line.includes("the database can't be used now")));
  await world.stop();
  await place.close?.();
});

const dinner = () =>
  world.call("merchant.v1.increment", { hold, amount: 50_00, currency: "USD" }, { idempotency: "dinner" });
const authorized = () => [...world.gateway.books.values()].map((book) => book.authorized);

describe.each(places)("where %s", (_, newPlace) => {
  test("nothing is sent, the caller is told so, and afterwards the same key makes the one step", async () => {
    await begin(newPlace);
    const asked = world.gateway.timesAsked;
    await place.ails();
    const answer = await dinner();
    expect([answer.status, refusalOf(answer).code]).toEqual([503, "store_unavailable"]);
    expect(world.gateway.timesAsked).toBe(asked);

    await place.recovers();
    const done = doneOf(await dinner());
    expect(done).toMatchObject({ replayed: false, hold: { amounts: { held: 450_00, pending: 0 } } });
    expect(authorized()).toEqual([450_00]);
  });

  test("what a gateway answers meanwhile is kept, and written as soon as that can be done", async () => {
    await begin(newPlace);
    const { answer, asked } = heldBack(world.gateway);
    const caller = dinner();
    await asked;
    await place.ails();
    answer();
    await alarmed();
    await place.recovers();
    // Tried again after a pause that grows; whoever waits has seen the step as it stood.
    await world.until(hold, (now) => (world.clock.passes(1_000), sums(now).held === 450_00));
    expect(doneOf(await caller).replayed).toBe(false);
    expect(authorized()).toEqual([450_00]);
  });
});

/** The gateway takes the next request and does not answer it before it is told to. */
function heldBack(gateway: FakeGateway): { answer: () => void; asked: Promise<void> } {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  gateway.ask = async (attempt) => {
    const outcome = await FakeGateway.prototype.ask.call(gateway, attempt);
    asked.resolve();
    await answer.promise;
    return outcome;
  };
  return { answer: answer.resolve, asked: asked.promise };
}

/** Somebody was told that an answer waits to be written. */
async function alarmed(): Promise<void> {
  while (!world.log.some((line) => line.includes("could not be written yet"))) {
    await new Promise(setImmediate);
  }
}

async function readOnlySqlite(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-read-only-"));
  const database = openFile(join(folder, "plimsoll.db"));
  const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(database) });
  await migrate(db, sqlite);
  return {
    store: sqlStore(db, sqlite),
    ails: async () => database.exec("pragma query_only = on"),
    recovers: async () => database.exec("pragma query_only = off"),
    close: async () => rmSync(folder, { recursive: true }),
  };
}

async function readOnlyPostgres(): Promise<Place> {
  const url = await freshDatabase();
  const name = new URL(url).pathname.slice(1);
  const set = (to: string) =>
    onServer(
      url,
      "set session characteristics as transaction read write",
      `alter database ${name} set default_transaction_read_only = ${to}`,
      // Those that are connected keep what they began with.
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`,
    );
  return { store: await openStore({ postgres: { url } }), ails: () => set("on"), recovers: () => set("off") };
}

async function gonePostgres(): Promise<Place> {
  const url = new URL(await freshDatabase());
  const way = await Balancer.start([Number(url.port)]);
  url.port = String(way.port);
  return {
    store: await openStore({ postgres: { url: url.href } }),
    ails: () => way.close(),
    recovers: () => way.reopen(),
    close: () => way.close(),
  };
}

async function changedPostgres(change: string, back: string): Promise<Place> {
  const url = await freshDatabase();
  return {
    store: await openStore({ postgres: { url } }),
    ails: () => onServer(url, change),
    recovers: () => onServer(url, back),
  };
}
