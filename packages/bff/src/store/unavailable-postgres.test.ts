import { connect, createServer, type Server, type Socket } from "node:net";
import { Pool } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openStore } from "./open-store.ts";
import type { Store } from "./store.ts";
import { freshDatabase } from "./testing/fresh-database.ts";
import { there } from "./testing/place.ts";
import { onServer, ownPostgres, type Postgres } from "./testing/postgres-server.ts";
import { next, NOON, sampleHold, written } from "./testing/samples.ts";

const grow = (store: Store) => store.commit({ hold: "h1" }, ({ hold }) => written("grown", next(there(hold))));
const version = async (store: Store) => (await store.load("h1"))?.version;

async function openedAt(url: string): Promise<Store> {
  const store = await openStore({ postgres: { url, connections: 2 } });
  await store.commit({ hold: "h1" }, () => written(1, sampleHold("h1"), { wakeAt: NOON }));
  return store;
}

describe("a commit on PostgreSQL that can't be written says why, and writes nothing", () => {
  let url: string;
  let store: Store;

  beforeEach(async () => {
    url = await freshDatabase();
    store = await openedAt(url);
  });

  afterEach(() => store.close());

  test("where the server takes no writes", async () => {
    await becomesReader(url);
    await settled(() => version(store));
    await expect(grow(store)).rejects.toMatchObject({ name: "StoreUnavailable", why: "read_only", certain: true });
    const due = store.commitDue(NOON, {}, ({ hold }) => written(1, next(there(hold))));
    await expect(due).rejects.toMatchObject({ name: "StoreUnavailable", why: "read_only" });
    expect(await version(store)).toBe(1);
  });

  test("where its connection has come to a server that takes none; the next connection comes to one that does", async () => {
    await becomesReader(url);
    await settled(() => version(store));
    await onServer(url, WRITING, `alter database ${nameOf(url)} reset default_transaction_read_only`);
    await expect(grow(store)).rejects.toMatchObject({ name: "StoreUnavailable", why: "read_only", certain: true });
    expect(await grow(store)).toBe("grown");
    expect(await version(store)).toBe(2);
  });

  test.each([
    ["a table is missing", "alter table events rename to former_events"],
    ["a column is missing", "alter table events drop column cause"],
  ])("where %s", async (_, change) => {
    await onServer(url, change);
    await expect(grow(store)).rejects.toMatchObject({ name: "StoreUnavailable", why: "schema", certain: true });
    expect(await version(store)).toBe(1);
  });

  test("where the disk is full", async () => {
    await onServer(url, ...raising("53100"));
    await expect(grow(store)).rejects.toMatchObject({ name: "StoreUnavailable", why: "full", certain: true });
    expect(await version(store)).toBe(1);
  });

  test.each(["40001", "40P01"])("but not where the server asks to repeat it (%s)", async (state) => {
    await onServer(url, "create sequence tries", ...raising(state, "nextval('tries') < 3"));
    expect(await grow(store)).toBe("grown");
    expect(await version(store)).toBe(2);
  });

  test("where another process stands still with the row in its hands, and goes through when that one has let go", async () => {
    const pool = new Pool({ connectionString: url, max: 1 });
    const other = await pool.connect();
    await other.query("begin");
    await other.query("select 1 from holds where id = 'h1' for update");
    await store.commit({ hold: "h2" }, () => written(1, sampleHold("h2"), { wakeAt: NOON + 1 }));
    const due = () => store.commitDue(NOON + 1, {}, () => ({ result: "taken" }));
    expect(await due()).toEqual({ hold: "h2", result: "taken" });
    await expect(grow(store)).rejects.toMatchObject({ name: "StoreUnavailable", why: "gone", certain: true });
    await other.query("rollback");
    other.release();
    await pool.end();
    expect(await due()).toMatchObject({ hold: "h1" });
    expect(await grow(store)).toBe("grown");
    expect(await version(store)).toBe(2);
  });
});

const nameOf = (url: string) => new URL(url).pathname.slice(1);
const WRITING = "set session characteristics as transaction read write";

/** Everybody is cut off, as in a failover; who comes back meets a server that takes no writes, for as long as they are connected. */
async function becomesReader(url: string): Promise<void> {
  await onServer(
    url,
    `alter database ${nameOf(url)} set default_transaction_read_only = on`,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${nameOf(url)}' and pid <> pg_backend_pid()`,
  );
}

/** Lets the server refuse every event with this SQLSTATE while something is so. */
function raising(state: string, when = "true"): string[] {
  return [
    `create function refuse() returns trigger language plpgsql as
      $$ begin if ${when} then raise exception 'refused' using errcode = '${state}'; end if; return new; end $$`,
    "create trigger refuse before insert on events for each row execute function refuse()",
  ];
}

/** Until a connection that was cut has been found out about. */
async function settled<T>(look: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await look();
    } catch {
      // The pool takes another connection next time.
    }
  }
}

describe("a connection that is cut", () => {
  let url: string;
  let store: Store;
  let cable: Cable;

  beforeEach(async () => {
    url = await freshDatabase();
    cable = await layCable(url);
    store = await openedAt(cable.url);
  });

  afterEach(async () => {
    await store.close();
    cable.server.close();
  });

  test("before COMMIT was sent: certainly nothing was written", async () => {
    cable.cutAt("update");
    await expect(grow(store)).rejects.toMatchObject({ name: "StoreUnavailable", why: "gone", certain: true });
    expect(await version(store)).toBe(1);
    expect(await grow(store)).toBe("grown");
  });

  test("as COMMIT is sent: what became of it is not known, and the table says", async () => {
    cable.cutAt("commit\0");
    await expect(grow(store)).rejects.toMatchObject({ name: "StoreUnavailable", why: "gone", certain: false });
    expect([1, 2]).toContain(await version(store));
  });
});

interface Cable {
  readonly url: string;
  readonly server: Server;
  /** The connection is cut when this is about to pass to the server, once; a commit when it has passed. */
  cutAt(word: string): void;
}

/** A way to the server that can be cut. */
async function layCable(url: string): Promise<Cable> {
  const { hostname, port } = new URL(url);
  let word: string | undefined;
  const server = createServer((near: Socket) => {
    const far = connect(Number(port), hostname);
    near.on("data", (bytes) => {
      const isHere = word !== undefined && bytes.includes(word);
      if (!isHere || word === "commit\0") far.write(bytes);
      if (!isHere) return;
      word = undefined;
      near.destroy();
      far.end();
    });
    far.on("data", (bytes) => near.writable && near.write(bytes));
    for (const [one, other] of [[near, far] as const, [far, near] as const]) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const near = Object.assign(new URL(url), { port: address.port });
  return { url: near.href, server, cutAt: (at) => void (word = at) };
}

describe("a server that is not there", () => {
  let postgres: Postgres;
  let store: Store;

  beforeAll(async () => {
    postgres = await ownPostgres();
    store = await openedAt(await postgres.newDatabase());
  });

  afterAll(() => store.close());

  test("comes back: what was lost meanwhile was refused, and the store goes on by itself", async () => {
    const before = await grow(store);
    const tries = Array.from({ length: 50 }, () => grow(store).catch((error: unknown) => error));
    await postgres.restart();
    const after = await Promise.all(tries);
    const grown = after.filter((result) => result === "grown").length;
    for (const error of after.filter((result) => result !== "grown")) {
      expect(error).toMatchObject({ name: "StoreUnavailable", why: "gone" });
    }
    expect(before).toBe("grown");
    const now = there(await settled(() => version(store)));
    const inDoubt = after.filter(
      (error) => error instanceof Error && "certain" in error && error.certain === false,
    ).length;
    expect(now).toBeGreaterThanOrEqual(2 + grown);
    expect(now).toBeLessThanOrEqual(2 + grown + inDoubt);
    expect(await grow(store)).toBe("grown");
  });

  test("is gone: nothing was written, which is certain", async () => {
    await postgres.stop();
    await expect(grow(store)).rejects.toMatchObject({ name: "StoreUnavailable", why: "gone", certain: true });
    await expect(store.load("h1")).rejects.toMatchObject({ name: "StoreUnavailable", why: "gone", certain: true });
  });
});
