import { beforeEach, describe, expect, it } from "vitest";
import type { Gateway } from "../gateways/port.ts";
import { sums } from "../hold/index.ts";
import { memoryStore } from "../store/memory-store.ts";
import { bookGateway, type BookGateway } from "../testing/book-gateway.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { Process, stateOf } from "./testing/process.ts";

const MINUTE = 60_000;
const HOLDS = Array.from({ length: 12 }, (_, number) => `hold_${number}`);

let clock: ManualClock;
let gateway: BookGateway;
let process: Process;
/** While it is silent nothing is answered and nothing is found. */
let silent: boolean;

beforeEach(async () => {
  clock = new ManualClock();
  gateway = bookGateway(clock.now);
  silent = false;
  process = await new Process({ store: memoryStore(), clock, gateway: silenced(gateway) }).start();
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
    find: (order, signal) => (silent ? Promise.resolve(lost) : truth.find(order, signal)),
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

  it("somebody was told of each doubt that lasted a quarter of an hour, once", () => {
    const told = process.alerts.filter((what) => what.includes("in doubt after a quarter of an hour"));
    expect(told).toHaveLength(HOLDS.length);
  });
});
