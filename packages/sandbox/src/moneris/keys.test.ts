import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Heard, Store } from "./testing/store.ts";
import { openStore } from "./testing/store.ts";

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
beforeEach(() => store.reset());
afterAll(() => store.close());

const HOUR = 3_600_000;
const opened = async () => String((await store.create(1000)).body.paymentId);
const key = { idempotencyKey: "5d8f812e-9969-4885-85bb-d03948eccac2" };
const conflict = { status: 409, body: { category: "IDEMPOTENCY_ERROR", errors: [] } };

describe("a key that was used", () => {
  it("conflicts: the first answer is not said again, and nothing is added", async () => {
    const id = await opened();
    expect((await store.increment(id, 500, key)).status).toBe(200);
    expect(await store.increment(id, 500, key)).toMatchObject(conflict);
    expect(store.sums()).toMatchObject({ held: 1500 });
  });

  it("conflicts at a completion too, as in the guide's own samples", async () => {
    const id = await opened();
    await store.increment(id, 1000, key);
    expect(await store.complete(id, 2000, key)).toMatchObject(conflict);
    expect(store.sums()).toMatchObject({ captured: 0, held: 2000 });
  });

  it("conflicts for a second payment and on a payment that is done with", async () => {
    const { body } = await store.create(1000, key);
    expect(await store.create(1000, key)).toMatchObject(conflict);
    await store.cancel(String(body.paymentId), { idempotencyKey: "c" });
    expect(await store.cancel(String(body.paymentId), { idempotencyKey: "c" })).toMatchObject(conflict);
    expect(store.sums()).toMatchObject({ authorized: 1000, released: 1000 });
  });

  it("was not used by a request that was refused", async () => {
    const id = await opened();
    expect((await store.increment(id, 0, key)).status).toBe(400);
    expect((await store.increment(id, 500, key)).status).toBe(200);
    expect(store.sums()).toMatchObject({ held: 1500 });
  });

  it("says that a lost answer was received: the read tells what came of it", async () => {
    const id = await opened();
    store.script({ match: { operation: "increment" }, do: "drop", when: "after" });
    await expect(store.increment(id, 500, key)).rejects.toThrow(/fetch failed/u);
    expect(await store.increment(id, 500, key)).toMatchObject(conflict);
    expect((await store.read(id)).body.authorizedAmount.amount).toBe(1500);
  });

  it("is no conflict where the first request never came", async () => {
    const id = await opened();
    store.script({ match: { operation: "increment" }, do: "drop", when: "before" });
    await expect(store.increment(id, 500, key)).rejects.toThrow(/fetch failed/u);
    expect((await store.increment(id, 500, key)).status).toBe(200);
    expect(store.sums()).toMatchObject({ held: 1500 });
  });

  it.each([
    ["24h", 24],
    ["7d", 168],
  ])("is forgotten after its time: %s", async (reading, hours) => {
    store.gateway.readings.set("keyRetention", reading);
    store.gateway.readings.set("issuerKeeps", "31d");
    const id = await opened();
    await store.increment(id, 500, key);
    store.passAtGateway(hours * HOUR - 1);
    expect((await store.increment(id, 500, key)).status).toBe(409);
    store.passAtGateway(1);
    expect((await store.increment(id, 500, key)).status).toBe(200);
    expect(store.sums()).toMatchObject({ held: 2000 });
  });

  it.each([
    ["merchant", 409, 0],
    ["operation", 200, 1500],
  ] as const)("conflicts between increment and completion by scope: %s", async (reading, status, captured) => {
    store.gateway.readings.set("keyScope", reading);
    const id = await opened();
    await store.increment(id, 500, key);
    expect((await store.complete(id, 1500, key)).status).toBe(status);
    expect(store.sums()).toMatchObject({ captured });
  });

  it.each([
    ["used", 409, 1000],
    ["free", 200, 1500],
  ] as const)("after a decline is %s", async (reading, status, held) => {
    store.gateway.readings.set("keyAfterDecline", reading);
    const id = await opened();
    expect((await store.increment(id, 551, key)).status).toBe(422);
    expect((await store.increment(id, 500, key)).status).toBe(status);
    expect(store.sums()).toMatchObject({ held });
  });
});

describe("the same key while the first request is still held", () => {
  const heldFirst = async (id: string): Promise<{ first: Promise<Heard>; fault: string }> => {
    const fault = store.script({ match: { operation: "increment" }, do: "delay", when: "before" });
    const first = store.increment(id, 500, key);
    await store.faults.reached(fault);
    return { first, fault };
  };

  it("conflicts at once, though nothing is added yet", async () => {
    const id = await opened();
    const { first, fault } = await heldFirst(id);
    expect(await store.increment(id, 500, key)).toMatchObject(conflict);
    expect((await store.read(id)).body.authorizedAmount.amount).toBe(1000);
    await store.faults.release(fault);
    expect((await first).status).toBe(200);
    expect(store.sums()).toMatchObject({ held: 1500 });
  });

  it("waits for the first, then conflicts", async () => {
    store.gateway.readings.set("keyWhileRunning", "waits");
    const id = await opened();
    const { first, fault } = await heldFirst(id);
    const order: string[] = [];
    const second = store.increment(id, 500, key).then((heard) => {
      order.push("second");
      return heard;
    });
    const other = await store.increment(id, 100);
    expect([other.status, order]).toEqual([200, []]);
    await store.faults.release(fault);
    expect((await first).status).toBe(200);
    expect(await second).toMatchObject(conflict);
    expect(store.sums()).toMatchObject({ held: 1600 });
  });

  it("conflicts also when the first caller has long been cut off", async () => {
    const id = await opened();
    const fault = store.script({ match: { operation: "increment" }, do: "apply-late" });
    await expect(store.increment(id, 500, key)).rejects.toThrow(/fetch failed/u);
    expect(await store.increment(id, 500, key)).toMatchObject(conflict);
    expect(store.sums()).toMatchObject({ held: 1000 });
    await store.faults.release(fault);
    expect(store.sums()).toMatchObject({ held: 1500 });
  });
});
