import { beforeEach, describe, expect, it } from "vitest";
import { memoryStore } from "../store/testing/memory-store.ts";
import type { Store } from "../store/store.ts";
import { there } from "../store/testing/place.ts";
import { next, sampleHold, written } from "../store/testing/samples.ts";
import { quiet } from "../testing/manual-clock.ts";
import { expectBooksEqual, HOLD, Process, stateOf } from "./testing/process.ts";
import { newScene } from "./testing/scene.ts";

let { clock, gateway, store, process } = newScene();
beforeEach(() => {
  ({ clock, gateway, store, process } = newScene());
});

describe("an answer that can't be true", () => {
  it("that names another hold's payment leaves the opening in doubt, and alarms", async () => {
    await process.open();
    const references = { hold: { payment: `pay-${HOLD}` } };
    gateway.meet({ do: "answer", outcome: { is: "approved", grade: "none", applied: null, total: null, references } });
    const opened = await process.open(10_000, { hold: "hold_2" });
    expect(stateOf(opened)).toBe("asking");
    expect((await store.load("hold_2"))?.operations[0]?.doubtSince).toBe(clock.now());
    expect(process.alarms).toEqual(["an answer on hold_2 can't be true"]);
  });
});

describe("an answer on a hold that the books don't have", () => {
  /** The gateway works on the opening while the database falls back to what another one has, which is nothing. */
  async function opensInVain(): Promise<void> {
    let database = store;
    const commit: Store["commit"] = (target, change) => database.commit(target, change);
    process = new Process({ store: { ...store, commit }, clock, gateway });
    void process.open();
    await quiet();
    database = memoryStore();
    gateway.release();
    await clock.settles(10_000);
  }

  it("alarms", async () => {
    gateway.meet({ do: "hold" });
    await opensInVain();
    const reference = (await store.load(HOLD))?.operations[0]?.reference;
    const step = `a step of hold ${HOLD}, which the books don't have`;
    expect(process.alarms).toEqual([`the gateway has answered ${step}: its reference is ${reference}`]);
  });

  it("is none where the gateway has said nothing", async () => {
    gateway.ask = async () => {
      await new Promise<void>((resolve) => void clock.after(1_000, resolve));
      return { is: "unknown", cause: "silent" };
    };
    await opensInVain();
    expect(process.alarms).toEqual([]);
  });
});

describe("what a gateway tells unasked", () => {
  const by = { gateway: "book", mode: "test", payee: "harbor" } as const;

  it("and can't be true is no verdict: it alarms, and is looked into", async () => {
    await process.open();
    gateway.meet({ do: "answer", outcome: { is: "waiting", on: "notice", until: clock.now() + 600_000 } });
    await process.open(10_000, { hold: "hold_2" });
    const reference = (await store.load("hold_2"))?.operations[0]?.reference ?? "";
    const references = { hold: { payment: `pay-${HOLD}` } };
    const says = { is: "approved", grade: "none", applied: null, total: null, references } as const;
    await process.driver.notice(by, { about: { reference }, says });
    await quiet();
    expect(process.alarms).toEqual(["a notice on hold_2 can't be true"]);
    expect((await store.load("hold_2"))?.operations[0]).toMatchObject({ looks: 1, waiting: { on: "notice" } });
  });

  it("is written down also while this process stops, for the next one to look", async () => {
    await process.open();
    await process.driver.stop();
    await process.driver.notice(by, { about: { payment: `pay-${HOLD}` }, says: null });
    expect((await process.hold()).hintAt).toBe(clock.now());
  });
});

describe("a step whose request can't be written", () => {
  it("fails unsent and alarms, also when its turn comes with an answer; that one is written down", async () => {
    await process.open();
    const ordinarily = { ...gateway };
    const first = process.increment(5_000);
    gateway.write = (order) => {
      if (order.kind === "increment") throw new Error("this hold has no payment id");
      return ordinarily.write(order);
    };
    const second = process.increment(1_000);
    expect([stateOf(await first), stateOf(await second)]).toEqual(["applied", "failed"]);
    expect(gateway.seen).toEqual(["authorize 40000", "increment 5000"]);
    expect(process.alarms).toEqual([expect.stringMatching(/^the request of .* could not be written$/)]);
    expect(stateOf(await process.capture(45_000))).toBe("applied");
    await expectBooksEqual(process, gateway);
  });
});

describe("an account that is not configured", () => {
  it("opens nothing, and says that the gateway can't be reached", async () => {
    expect(stateOf(await process.open(10_000, {}, { account: "gone" }))).toBe("gateway_unavailable");
    expect(await store.load(HOLD)).toBeUndefined();
  });

  it.each([
    ["a store of its own", true],
    ["a shared one", false],
  ])("keeps nobody from looking at the others, and is told of once, on %s", async (_, exclusive) => {
    store = memoryStore({ exclusive });
    const due: string[] = [];
    const commitDue: Store["commitDue"] = async (now, except, change) => {
      const one = await store.commitDue(now, except, change);
      if (one) due.push(one.hold);
      return one;
    };
    process = new Process({ store: { ...store, commitDue }, clock, gateway });
    await process.open();
    await store.commit({ hold: HOLD }, ({ hold }) => written(null, next(there(hold)), { wakeAt: clock.now() }));
    for (const id of Array.from({ length: 150 }, (__, number) => `left_${number}`)) {
      const left = sampleHold(id, { account: "gone" });
      await store.commit({ hold: id }, () => written(null, left, { wakeAt: clock.now() - 1 }));
    }
    await process.start();
    await clock.settles(300);
    expect(due).toEqual([HOLD]);
    await clock.settles(10_000);
    expect(new Set(due)).toEqual(new Set([HOLD]));
    expect(process.alarms).toEqual([
      "there are holds on account gone, which is not configured: nothing is done about them until it is",
    ]);
  });
});
