import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Gateway } from "../gateways/port.ts";
import { sums } from "../hold/index.ts";
import { memoryStore } from "../store/testing/memory-store.ts";
import type { Store } from "../store/store.ts";
import { bookGateway, type BookGateway } from "../testing/book-gateway.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { Process, stateOf } from "./testing/process.ts";

const MINUTE = 60_000;
const HOLDS = Array.from({ length: 12 }, (_, number) => `hold_${number}`);

let clock: ManualClock;
let gateway: BookGateway;
let store: Store;
let process: Process;
/** While it is silent nothing is answered and nothing is found. */
let silent: boolean;
/** Holds whose look-ups alone tell nothing, with the number of these. */
let untold: Map<string, number>;

beforeEach(async () => {
  clock = new ManualClock();
  gateway = bookGateway(clock.now);
  silent = false;
  untold = new Map();
  store = memoryStore();
  process = await new Process({ store, clock, gateway: silenced(gateway) }).start();
  for (const hold of HOLDS) await process.open(10_000, { hold });
});

function silenced(truth: BookGateway): Gateway {
  const lost = { is: "unknown", cause: "silent" } as const;
  return {
    ...truth,
    ask: async (attempt) => {
      const outcome = await truth.ask(attempt);
      return silent ? lost : outcome;
    },
    async find(order, signal) {
      const times = untold.get(order.payment.hold);
      if (times !== undefined) untold.set(order.payment.hold, times + 1);
      return silent || times !== undefined ? lost : truth.find(order, signal);
    },
    read: (payment, signal) =>
      silent ? Promise.resolve({ is: "cannot", cause: "silent" }) : truth.read(payment, signal),
  };
}

const inDoubt = async () => {
  const holds = await Promise.all(HOLDS.map((id) => process.hold(id)));
  return holds.filter(({ operations }) => operations.length > 0).length;
};

describe("after an hour in which the gateway was silent", () => {
  beforeEach(async () => {
    await clock.settles(11_000);
    silent = true;
    for (const hold of HOLDS) await process.increment(2_500, { hold });
    await clock.settles(60 * MINUTE);
    silent = false;
  });

  it("its first good answer ends every doubt within a minute, whatever their next looks would have been", async () => {
    expect(await inDoubt()).toBe(HOLDS.length);
    const [next] = (await process.hold(HOLDS[0])).operations;
    expect(next?.nextLookAt).toBeGreaterThan(clock.now() + 5 * MINUTE);
    expect(stateOf(await process.open(500, { hold: "another" }))).toBe("applied");
    await clock.settles(MINUTE);
    expect(await inDoubt()).toBe(0);
    for (const id of HOLDS) expect(sums(await process.hold(id)).held).toBe(12_500);
  });

  it("they are woken one after another, and the others keep their time when it falls silent again", async () => {
    await process.open(500, { hold: "another" });
    await clock.settles(200);
    expect(await inDoubt()).toBeLessThan(HOLDS.length);
    silent = true;
    await clock.settles(MINUTE);
    const left = await inDoubt();
    expect(left).toBeGreaterThan(0);
    const looks = gateway.seen.length;
    await clock.settles(MINUTE);
    expect(gateway.seen.length - looks).toBeLessThan(left);
  });

  it("one whose look-up alone tells nothing keeps the others behind it from nothing, and is not looked at without end", async () => {
    const [first = ""] = await store.inDoubt("book");
    untold.set(first, 0);
    for (let minute = 0; minute < 10; minute += 1) {
      await process.open(500, { hold: `another_${minute}` });
      await clock.settles(MINUTE);
    }
    expect(await inDoubt()).toBe(1);
    expect(untold.get(first)).toBeLessThan(4);
  });

  it("nobody is woken any more once the process stops", async () => {
    await process.open(500, { hold: "another" });
    await clock.settles(200);
    await process.stop();
    await clock.settles(50);
    const timers = vi.spyOn(clock, "after");
    await clock.settles(MINUTE);
    expect(timers).not.toHaveBeenCalled();
  });

  it("somebody was told of each doubt that lasted a quarter of an hour, once", () => {
    const told = process.alerts.filter((what) => what.includes("in doubt after a quarter of an hour"));
    expect(told).toHaveLength(HOLDS.length);
  });
});
