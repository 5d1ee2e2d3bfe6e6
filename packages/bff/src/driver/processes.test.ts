import { beforeEach, describe, expect, it } from "vitest";
import { sums } from "../hold/index.ts";
import { memoryBooks } from "../store/testing/memory-books.ts";
import { memoryStore } from "../store/testing/memory-store.ts";
import type { News, Store } from "../store/store.ts";
import { bookGateway, type BookGateway } from "../testing/book-gateway.ts";
import { ManualClock, quiet } from "../testing/manual-clock.ts";
import { HOLD, Process, stateOf } from "./testing/process.ts";

let clock: ManualClock;
let gateway: BookGateway;
let newStore: () => Store;

beforeEach(() => {
  clock = new ManualClock();
  gateway = bookGateway(clock.now);
  const books = memoryBooks();
  newStore = () => memoryStore({ books, exclusive: false });
});

function process(store = newStore()): Promise<Process> {
  return new Process({ store, clock, gateway }).start();
}

/** News that never arrive. */
const DEAF: News = { tell: () => {}, hear: () => {} };

describe("two processes on one database", () => {
  it("ask one thing at a time of one hold, and each caller hears what became of its step", async () => {
    const [a, b] = [await process(), await process()];
    await a.open();
    gateway.meet({ do: "hold" });
    const first = a.increment(5_000);
    const second = b.increment(7_000);
    await quiet();
    expect(gateway.seen).toEqual(["authorize 40000", "increment 5000"]);
    gateway.release();
    // The second step is asked by the process that has the first one's answer in hand.
    expect([stateOf(await first), stateOf(await second)]).toEqual(["applied", "applied"]);
    expect(gateway.book()).toMatchObject({ authorized: 52_000, held: 52_000 });
  });

  it("of which one has ended in the middle of a request: the other looks it up after its deadline, and not before", async () => {
    const [a, b] = [await process(), await process()];
    await a.open();
    gateway.meet({ do: "hold" });
    void a.increment(5_000);
    await quiet();
    await clock.settles(55_000);
    expect(gateway.seen).not.toContain("find");
    await clock.settles(8_000);
    expect(gateway.seen).toContain("find");
    gateway.release();
    await quiet();
    await clock.settles(130_000);
    expect(sums(await b.hold()).held).toBe(45_000);
    expect(gateway.book()).toMatchObject({ authorized: 45_000 });
    expect((await b.hold()).contradicted).toBeNull();
  });

  it("of which one has died in the middle of a request: that hold alone waits for its deadline, the others go on", async () => {
    const store = newStore();
    let dead = false;
    const never = () => new Promise<never>(() => {});
    const a = await process({
      ...store,
      commit: (target, change) => (dead ? never() : store.commit(target, change)),
      commitDue: (at, except, change) => (dead ? never() : store.commitDue(at, except, change)),
    });
    const b = await process();
    for (const hold of ["hold_1", "hold_2"]) await a.open(40_000, { hold });
    gateway.meet({ do: "hold" });
    void a.increment(5_000, { hold: "hold_1" });
    await quiet();
    dead = true;
    gateway.release();
    const waits = b.increment(7_000, { hold: "hold_1" });
    expect(stateOf(await b.increment(6_000, { hold: "hold_2" }))).toBe("applied");
    expect(gateway.book("hold_2")).toMatchObject({ authorized: 46_000, held: 46_000 });
    await clock.settles(30_000);
    expect(stateOf(await waits)).toBe("queued");
    expect(stateOf(await b.increment(1_000, { hold: "hold_2" }))).toBe("applied");
    expect(gateway.seen).not.toContain("increment 7000");
    await clock.settles(60_000);
    for (const [hold, held] of [
      ["hold_1", 52_000],
      ["hold_2", 47_000],
    ] as const) {
      expect(sums(await b.hold(hold)).held).toBe(held);
      expect(gateway.book(hold)).toMatchObject({ authorized: held, held });
    }
  });

  it("read a payment once, whichever of them is asked to", async () => {
    const [a, b] = [await process(), await process()];
    await a.open();
    clock.passes(1_000);
    await Promise.all([
      a.driver.hint(HOLD, { kind: "gateway", name: "book" }),
      b.driver.hint(HOLD, { kind: "gateway", name: "book" }),
    ]);
    await clock.settles(4_000);
    expect(gateway.seen.filter((one) => one === "read")).toHaveLength(1);
  });

  it("tell each other's viewers, also where all news are lost: then within two seconds", async () => {
    const deaf = () => ({ ...newStore(), news: DEAF });
    for (const [store, patience] of [
      [newStore, 100],
      [deaf, 2_000],
    ] as const) {
      const id = `hold of ${patience}`;
      const [a, b] = [await process(store()), await process(store())];
      await a.open(40_000, { hold: id });
      const seen: number[] = [];
      const desk: number[] = [];
      b.hub.ofHold(id, (hold) => seen.push(sums(hold).held));
      b.hub.ofDesk("harbor", "test", (hold) => void (hold.terms.id === id && desk.push(sums(hold).held)));
      await clock.settles(4_000);
      await a.increment(5_000, { hold: id });
      await clock.settles(patience);
      expect([seen.at(-1), desk.at(-1)]).toEqual([45_000, 45_000]);
      await Promise.all([a.stop(), b.stop()]);
    }
  });

  it("tell each other's viewers also where one of their own fails", async () => {
    const [a, b] = [await process(), await process()];
    await a.open();
    a.hub.ofHold(HOLD, () => {
      throw new Error("a viewer's stream");
    });
    const seen: number[] = [];
    b.hub.ofHold(HOLD, (hold) => seen.push(sums(hold).held));
    await a.increment(5_000);
    await clock.settles(100);
    expect(seen.at(-1)).toBe(45_000);
  });

  it("tell a viewer what they hear by the table alone, also where another's fails each time", async () => {
    const deaf = () => ({ ...newStore(), news: DEAF });
    const [a, b] = [await process(deaf()), await process(deaf())];
    const both = ["hold_1", "hold_2"];
    for (const hold of both) await a.open(40_000, { hold });
    b.hub.ofHold("hold_1", () => {
      throw new Error("a viewer's stream");
    });
    const seen: number[] = [];
    b.hub.ofHold("hold_2", (hold) => seen.push(sums(hold).held));
    await clock.settles(2_000);
    for (const hold of both) await a.increment(5_000, { hold });
    await clock.settles(4_000);
    expect(seen.at(-1)).toBe(45_000);
  });

  it("tell a viewer later what could not be read when it was looked for", async () => {
    const store = newStore();
    let cut = false;
    const load: Store["load"] = (id) => {
      if (!cut) return store.load(id);
      cut = false;
      return Promise.reject(new Error("the connection was cut"));
    };
    const [a, b] = [await process(), await process({ ...store, load, news: DEAF })];
    await a.open();
    const seen: number[] = [];
    b.hub.ofHold(HOLD, (hold) => seen.push(sums(hold).held));
    await clock.settles(2_000);
    await a.increment(5_000);
    cut = true;
    await clock.settles(4_000);
    expect(cut).toBe(false);
    expect(seen.at(-1)).toBe(45_000);
  });

  it("tell a desk of a hold that has ended, though it is on the list of open ones no more", async () => {
    const deaf = () => ({ ...newStore(), news: DEAF });
    const [a, b] = [await process(deaf()), await process(deaf())];
    await a.open();
    const ended: boolean[] = [];
    b.hub.ofDesk("harbor", "test", (hold) => void ended.push(hold.endedAt !== null));
    await clock.settles(2_500);
    await a.capture(40_000);
    await clock.settles(2_500);
    expect(ended.at(-1)).toBe(true);
  });

  it("wait for no step of the other's that was drained away: what falls due is taken by whoever is there", async () => {
    const [a, b] = [await process(), await process()];
    await a.open();
    gateway.meet({ do: "lose", applied: true });
    await a.increment(5_000);
    await a.stop();
    await clock.settles(8_000);
    expect(sums(await b.hold()).held).toBe(45_000);
  });
});
