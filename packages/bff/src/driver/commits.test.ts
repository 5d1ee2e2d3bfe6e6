import { total } from "@plimsoll/shared";
import { beforeEach, describe, expect, it } from "vitest";
import { sums } from "../hold/index.ts";
import { memoryStore } from "../store/testing/memory-store.ts";
import { Forbidden, type Store } from "../store/store.ts";
import { bookGateway, type BookGateway } from "../testing/book-gateway.ts";
import { ManualClock, quiet } from "../testing/manual-clock.ts";
import { DESK, HOLD, Process, stateOf } from "./testing/process.ts";

let clock: ManualClock;
let gateway: BookGateway;
let store: Store;

beforeEach(() => {
  clock = new ManualClock();
  gateway = bookGateway(clock.now);
  store = memoryStore();
});

function process(more: Partial<Store> = {}): Process {
  return new Process({ store: { ...store, ...more }, clock, gateway });
}

async function opened(): Promise<void> {
  await process().open();
  clock.passes(1_000);
}

async function states(): Promise<string[]> {
  return (await store.load(HOLD))?.entries.map(({ state }) => state) ?? [];
}

/** A step at the gateway with another one behind it, and what happens to the store once the first one's answer is there. */
async function twoInLine(more: Partial<Store>, meanwhile: () => void): Promise<void> {
  await opened();
  const desk = process(more);
  gateway.meet({ do: "hold" });
  const first = desk.increment(5_000);
  await quiet();
  const second = desk.increment(7_000);
  await quiet();
  meanwhile();
  gateway.release();
  await clock.settles(9_000);
  await Promise.all([first, second]);
}

describe("a commit that stands and of which nobody hears", () => {
  /** The connection is cut at the last moment, once. */
  function unheard() {
    let cut = false;
    const commit: Store["commit"] = async (target, change) => {
      const result = await store.commit(target, change);
      if (!cut) return result;
      cut = false;
      throw new Error("the connection was cut at the commit");
    };
    return { commit, next: () => void (cut = true) };
  }

  it("of a command: nobody asks for it, so it is looked at when its deadline has passed, in an idle process too", async () => {
    const { commit, next } = unheard();
    const desk = await process({ commit }).start();
    await desk.open();
    await clock.settles(180_000);
    next();
    await expect(desk.increment(5_000)).rejects.toThrow("cut");
    await clock.settles(600_000);
    expect(await states()).toEqual(["applied", "failed"]);
  });

  it("of a command: whoever looks at the hold is told of it soon, in the only process too", async () => {
    const { commit, next } = unheard();
    const desk = await process({ commit }).start();
    await desk.open();
    const told: number[] = [];
    desk.hub.ofHold(HOLD, ({ entries }) => void told.push(entries.length));
    next();
    await expect(desk.propose(5_000, clock.now() + 600_000)).rejects.toThrow("cut");
    expect(told).toEqual([]);
    await clock.settles(2_000);
    expect(told).toEqual([2]);
    // And the table is not looked at for ever.
    await clock.settles(60_000);
    expect(told).toEqual([2]);
  });

  it("of an answer: what it has begun is done, by the process that has begun it", async () => {
    const { commit, next } = unheard();
    await twoInLine({ commit }, next);
    expect(await states()).toEqual(["applied", "applied", "applied"]);
    expect(gateway.book().held).toBe(52_000);
  });
});

describe("a store that is slow or gone for a while", () => {
  it("has the caller's step wait for its turn, and then it is sent: its time runs from when it is written", async () => {
    await opened();
    const desk = process({
      commit(target, change) {
        // A connection of the pool, or another process's lock.
        clock.stalls(3_000);
        return store.commit(target, change);
      },
    });
    expect(stateOf(await desk.increment(5_000))).toBe("applied");
  });

  it("with an answer in hand fails no step behind it", async () => {
    let down = false;
    const commit: Store["commit"] = (target, change) =>
      down ? Promise.reject(new Error("gone")) : store.commit(target, change);
    const back = () => {
      down = true;
      clock.after(3_000, () => void (down = false));
    };
    await twoInLine({ commit }, back);
    expect(await states()).toEqual(["applied", "applied", "applied"]);
  });
});

describe("a process that stops", () => {
  it("waits for what a commit begins that was under way when it was told to, to the end of that one's own time", async () => {
    await opened();
    const gate = Promise.withResolvers<void>();
    const desk = process({
      async commit(target, change) {
        const result = await store.commit(target, change);
        await gate.promise;
        return result;
      },
    });
    gateway.meet({ do: "hold" });
    const asked = desk.increment(5_000);
    await quiet();
    let isStopped = false;
    const stopped = desk.driver.stop().then(() => (isStopped = true));
    await clock.settles(1_000);
    gate.resolve();
    await clock.settles(45_000);
    expect(isStopped).toBe(false);
    gateway.release();
    await Promise.all([stopped, asked]);
    expect(await states()).toEqual(["applied", "applied"]);
    expect(desk.alarms).toEqual([]);
  });

  it("with an answer that can't be written for longer than its last tries still tries once the store is back soon", async () => {
    await opened();
    let down = false;
    const desk = process({
      commit: (target, change) => (down ? Promise.reject(new Error("gone")) : store.commit(target, change)),
    });
    gateway.meet({ do: "hold" });
    const asked = desk.increment(5_000);
    await quiet();
    down = true;
    gateway.release();
    await clock.settles(30_000);
    const stopped = desk.driver.stop();
    await clock.settles(6_000);
    down = false;
    await clock.settles(6_000);
    await Promise.all([stopped, asked]);
    expect(await states()).toEqual(["applied", "applied"]);
  });

  it("does not wait for ever for a store that answers nothing", async () => {
    await opened();
    let hangs = false;
    const desk = process({
      commit: (target, change) => (hangs ? new Promise(() => {}) : store.commit(target, change)),
    });
    gateway.meet({ do: "hold" });
    void desk.increment(5_000);
    await quiet();
    hangs = true;
    gateway.release();
    await quiet();
    let isStopped = false;
    void desk.driver.stop().then(() => (isStopped = true));
    await clock.settles(120_000);
    expect(isStopped).toBe(true);
  });
});

describe("what the database forbids", () => {
  it("disbelieves an answer only where another hold stands for its payment", async () => {
    await opened();
    let raced = 0;
    const desk = process({
      commit: (target, change) =>
        gateway.seen.includes("increment 5000") && raced++ === 0
          ? Promise.reject(new Forbidden("version"))
          : store.commit(target, change),
    });
    const asked = desk.increment(5_000);
    await clock.settles(1_000);
    expect(stateOf(await asked)).toBe("applied");
    expect(gateway.seen).not.toContain("find");
  });
});

describe("books that name another sum", () => {
  it("are told of at once, and once as long as they say the same", async () => {
    const desk = await process().start();
    await desk.open();
    const book = { is: "snapshot", authorized: total(40_000), captured: total(9_000), state: "open" } as const;
    gateway.read = () => Promise.resolve({ ...book, asOf: clock.now() });
    await desk.driver.hint(HOLD, DESK);
    await clock.settles(1_000);
    const what = "the gateway's books: 40000 authorized, 9000 captured, open";
    expect(desk.alerts).toEqual([`hold ${HOLD} is contradicted: ${what}`]);
    await clock.settles(30 * 60_000);
    expect(desk.alerts).toHaveLength(1);
  });
});

describe("a viewer whose stream throws", () => {
  const fails = () => {
    throw new Error("a viewer's stream");
  };

  it("keeps nobody from being alerted", async () => {
    const desk = await process().start();
    await desk.open();
    desk.hub.ofHold(HOLD, fails);
    for (let looks = 0; looks < 10; looks += 1) gateway.meet({ do: "lose", applied: false });
    gateway.find = () => Promise.resolve({ is: "unknown", cause: "silent" });
    void desk.increment(5_000);
    await clock.settles(16 * 60_000);
    expect(desk.alerts).toEqual([`a step of hold ${HOLD} is still in doubt after a quarter of an hour`]);
    expect(desk.alarms).toContain(`not everybody could be told of hold ${HOLD}`);
  });

  it("keeps no step from being asked", async () => {
    const desk = process();
    await desk.open();
    desk.hub.ofHold(HOLD, fails);
    await desk.increment(5_000).catch(() => {});
    await quiet();
    expect(await states()).toEqual(["applied", "applied"]);
  });
});

describe("a process that starts", () => {
  it("takes for orphans only attempts of an earlier one", async () => {
    const desk = process();
    await desk.open();
    gateway.meet({ do: "hold" });
    const asked = desk.increment(5_000);
    await quiet();
    // A request that came in between listening and starting.
    await desk.start();
    await quiet();
    expect((await desk.hold()).operations[0]?.doubtSince).toBeNull();
    gateway.release();
    await asked;
    expect(sums(await desk.hold()).held).toBe(45_000);
  });
});
