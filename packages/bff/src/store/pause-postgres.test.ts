import { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Event } from "../hold/index.ts";
import { openStore } from "./open-store.ts";
import type { Change, Seen, Store } from "./store.ts";
import { freshDatabase } from "./testing/fresh-database.ts";
import { there } from "./testing/place.ts";
import { waiter } from "./testing/postgres-server.ts";
import { asking, next, NOON, sampleHold, sampleOperation, sampleRequest, written } from "./testing/samples.ts";

/** A commit is kept waiting in its middle, and its gateway is paused meanwhile: what it would ask is not written. */

const ORDER = { merchant: "grand-hotel", mode: "test", gateway: "cybersource", order: "stay 7" } as const;
const PAUSE = { gateway: "cybersource", mode: "test", by: "Ada", why: "it doubles captures", at: NOON } as const;
const HOLD_LOCK = "select from holds where id = 'h1' for update";
const KEY_LOCK = "insert into idempotency values ('open', 'check-in', 'digest', 'h1', 'entry', 0)";
const EVENTS_LOCK = "lock table events in share row exclusive mode";

let store: Store;
let other: Client;

beforeEach(async () => {
  const url = await freshDatabase();
  store = await openStore({ postgres: { url, connections: 3 } });
  other = new Client({ connectionString: url });
  await other.connect();
  await store.commit({ hold: "h1" }, () => written(1, sampleHold("h1"), { wakeAt: NOON }));
});

afterEach(async () => {
  await other.end();
  await store.close();
});

/** What became of a commit that stood behind a lock of somebody else while the gateway was paused. */
async function pausedMeanwhile<T>(lock: string, commit: () => Promise<T>): Promise<T> {
  await other.query("begin");
  await other.query(lock);
  const committed = commit();
  await waiter(other);
  await store.pauses.set(PAUSE);
  await other.query("rollback");
  return committed;
}

const asksUnlessPaused = ({ hold, paused }: Seen): Change<string> =>
  paused ? { result: "paused" } : { ...asking(there(hold), sampleOperation("o1")), result: "asked" };

test.each([
  ["its hold", HOLD_LOCK],
  ["its turn to write", EVENTS_LOCK],
])("while it waits for %s", async (_, lock) => {
  expect(await pausedMeanwhile(lock, () => store.commit({ hold: "h1" }, asksUnlessPaused))).toBe("paused");
  expect([await store.unfinished(), (await store.load("h1"))?.version]).toEqual([[], 1]);
});

test("while it is at the hold that has been due for longest", async () => {
  const commit = () => store.commitDue(NOON, {}, asksUnlessPaused);
  expect(await pausedMeanwhile(EVENTS_LOCK, commit)).toEqual({ hold: "h1", result: "paused" });
  expect(await store.unfinished()).toEqual([]);
});

test.each([
  ["its key", KEY_LOCK],
  ["its turn to write", EVENTS_LOCK],
])("while it opens a hold and waits for %s", async (_, lock) => {
  const key = { scope: "open", value: "check-in" };
  const opening = ({ paused }: Seen): Change<string> => {
    const [hold, operation] = [sampleHold("h2"), sampleOperation("o2")];
    const write = {
      events: [{ type: "asked", operation } as const],
      requests: [sampleRequest(hold, operation)],
      key: { digest: "digest", hold: "h2", entry: "entry" },
    };
    return paused ? { result: "paused" } : written("asked", { ...hold, operations: [operation] }, write);
  };
  const commit = () => store.commit({ hold: "h2", order: ORDER, key }, opening);
  expect(await pausedMeanwhile(lock, commit)).toBe("paused");
  expect(await store.load("h2")).toBeUndefined();
});

test.each(["ask", "undo"] as const)("while it would %s what is in doubt; to look is no asking", async (kind) => {
  await store.commit({ hold: "h1" }, ({ hold }) => asking(there(hold), sampleOperation("o1")));
  const attempts = ({ hold, paused }: Seen): Change<string> => {
    const attempt = { number: 2, kind: paused ? "look" : kind, deadline: NOON + 90_000 } as const;
    const event: Event = { type: "attempted", operation: "o1", ...attempt };
    return written(attempt.kind, next(there(hold)), { events: [event] });
  };
  expect(await pausedMeanwhile(HOLD_LOCK, () => store.commit({ hold: "h1" }, attempts))).toBe("look");
  const { rows } = await other.query("select kind from attempts order by number");
  expect(rows).toEqual([{ kind: "ask" }, { kind: "look" }]);
});
