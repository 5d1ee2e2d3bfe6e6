import { beforeEach, describe, expect, it } from "vitest";
import { sums } from "../hold/index.ts";
import { isOver } from "../gateways/deadline.ts";
import type { Change, Seen, Store, Target } from "../store/store.ts";
import type { BookGateway } from "../testing/book-gateway.ts";
import { quiet } from "../testing/manual-clock.ts";
import { expectBooksEqual, Process, stateOf } from "./testing/process.ts";
import { newScene } from "./testing/scene.ts";

let { clock, gateway, store, process } = newScene();
beforeEach(() => {
  ({ clock, gateway, store, process } = newScene());
});

function on(over: Store): Process {
  return new Process({ store: over, clock, gateway });
}

describe("this process and the next", () => {
  it.each([
    ["it stalled", () => clock.stalls(5_000)],
    ["its machine was suspended", () => clock.suspends(5_000)],
  ])("does not start an attempt when %s after writing it down", async (_, meanwhile) => {
    await process.open();
    const slow: Store = {
      ...store,
      async commit(target, change) {
        const result = await store.commit(target, change);
        meanwhile();
        return result;
      },
    };
    process = on(slow);
    const asked = await process.increment(5_000);
    expect(stateOf(asked)).toBe("failed");
    expect(gateway.seen).toEqual(["authorize 40000"]);
    await expectBooksEqual(process, gateway);
  });

  it("writes nothing past the written deadline when its machine is suspended while the attempt is under way", async () => {
    await process.open();
    const over: boolean[] = [];
    const ask: BookGateway["ask"] = (attempt) => {
      clock.suspends(59_999);
      over.push(isOver(attempt.signal));
      clock.suspends(1);
      over.push(isOver(attempt.signal));
      return gateway.ask(attempt);
    };
    process = new Process({ store, clock, gateway: { ...gateway, ask } });
    await process.increment(5_000);
    expect(over).toEqual([false, true]);
  });

  it("looks up what an earlier process left without an end", async () => {
    await process.open();
    let dead = false;
    const never = () => new Promise<never>(() => {});
    process = on({
      ...store,
      commit: (target, change) => (dead ? never() : store.commit(target, change)),
      commitDue: (at, except, change) => (dead ? never() : store.commitDue(at, except, change)),
    });
    gateway.meet({ do: "hold" });
    void process.increment(5_000);
    await quiet();
    dead = true;
    gateway.release();
    process = on(store);
    await process.driver.start();
    expect((await process.hold()).operations[0]?.doubtSince).toBe(clock.now());
    await clock.settles(6_000);
    expect(sums(await process.hold()).held).toBe(45_000);
    await expectBooksEqual(process, gateway);
  });

  it("looks up what was left behind a hold that can't be read, and process.alarms", async () => {
    await process.open();
    gateway.meet({ do: "lose", applied: true });
    await process.increment(5_000);
    const damaged: Store = {
      ...store,
      unfinished: async () => ["damaged", ...(await store.unfinished())],
      commit: (target, change) =>
        target.hold === "damaged" ? Promise.reject(new Error("it can't be read")) : store.commit(target, change),
    };
    await process.driver.stop();
    process = on(damaged);
    await process.driver.start();
    await clock.settles(60_000);
    expect(process.alarms).toEqual(["hold damaged could not be taken up"]);
    expect(sums(await process.hold()).held).toBe(45_000);
  });

  it("keeps an answer in hand until the store takes it", async () => {
    await process.open();
    let failures = 0;
    const shaky: Store = {
      ...store,
      commit(target, change) {
        const isAnswer = gateway.seen.includes("increment 5000") && failures < 2;
        if (isAnswer) {
          failures++;
          return Promise.reject(new Error("disk is full"));
        }
        return store.commit(target, change);
      },
    };
    process = on(shaky);
    const asked = process.increment(5_000);
    await clock.settles(1_000);
    expect(stateOf(await asked)).toBe("applied");
    expect(process.alarms).toHaveLength(2);
    await expectBooksEqual(process, gateway);
  });

  it("finishes what is in flight before it stops, and accepts nothing new", async () => {
    await process.open();
    gateway.meet({ do: "hold" });
    const asked = process.increment(5_000);
    await quiet();
    const stopped = process.driver.stop();
    expect(stateOf(await process.increment(1_000))).toBe("stopping");
    gateway.release();
    await stopped;
    await asked;
    await expectBooksEqual(process, gateway);
  });

  it("says that it stops also to what it was asked before and comes to only then", async () => {
    await process.open();
    const turn = (target: Target, change: (seen: Seen) => Change<unknown>) =>
      quiet().then(() => store.commit(target, change));
    process = on({ ...store, commit: turn as Store["commit"] });
    const asked = process.increment(5_000);
    await process.driver.stop();
    expect(stateOf(await asked)).toBe("stopping");
    expect(gateway.book().authorized).toBe(40_000);
  });
});
