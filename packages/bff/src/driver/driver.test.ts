import { beforeEach, describe, expect, it, vi } from "vitest";
import { sums } from "../hold/index.ts";
import { quiet } from "../testing/manual-clock.ts";
import { DESK, expectBooksEqual, HOLD, stateOf } from "./testing/process.ts";
import { newScene } from "./testing/scene.ts";

let { clock, gateway, store, process } = newScene();
beforeEach(() => {
  ({ clock, gateway, store, process } = newScene());
});

describe("the money path", () => {
  it("raises a hold three times and captures it, and the books agree", async () => {
    await process.open(40_000);
    for (const amount of [5_000, 20_000, 5_000]) await process.increment(amount);
    await process.capture(70_000);
    expect(gateway.book()).toEqual({ authorized: 70_000, captured: 70_000, released: 0, held: 0 });
    await expectBooksEqual(process, gateway);
  });

  it("takes two commits an increment", async () => {
    await process.open();
    const commit = vi.spyOn(store, "commit");
    await process.increment(5_000);
    expect(commit).toHaveBeenCalledTimes(2);
  });

  it("writes the request down before it asks", async () => {
    await process.open();
    gateway.meet({ do: "hold" });
    const asked = process.increment(5_000);
    await quiet();
    const [operation] = (await process.hold()).operations;
    const request = operation && (await store.request(operation.id));
    expect(request?.order).toMatchObject({ kind: "increment", delta: 5_000, totalBefore: 40_000, totalAfter: 45_000 });
    gateway.release();
    expect(stateOf(await asked)).toBe("applied");
  });

  it("gives two tablets that add at once the sum of both", async () => {
    await process.open();
    const both = await Promise.all([process.increment(5_000), process.increment(7_000)]);
    expect(both.map(stateOf)).toEqual(["applied", "applied"]);
    expect(sums(await process.hold()).held).toBe(52_000);
    await expectBooksEqual(process, gateway);
  });

  it("asks one thing at a time of one hold", async () => {
    await process.open();
    gateway.meet({ do: "hold" });
    const first = process.increment(5_000);
    const second = process.increment(7_000);
    await quiet();
    expect(gateway.seen).toEqual(["authorize 40000", "increment 5000"]);
    gateway.release();
    await Promise.all([first, second]);
    expect(gateway.seen).toEqual(["authorize 40000", "increment 5000", "increment 7000"]);
  });
});

describe("a slow or silent gateway", () => {
  it("shows a caller whose patience ends the step as it stands, and applies it when the answer comes", async () => {
    await process.open();
    gateway.meet({ do: "hold" });
    const asked = process.increment(5_000);
    await clock.settles(8_000);
    expect(stateOf(await asked)).toBe("asking");
    gateway.release();
    await quiet();
    expect(sums(await process.hold()).held).toBe(45_000);
  });

  it("looks up an answer that was lost after it was applied, and finds it", async () => {
    await process.open();
    gateway.meet({ do: "lose", applied: true });
    await process.increment(5_000);
    expect((await process.hold()).operations[0]?.doubtSince).toBe(clock.now());
    expect(sums(await process.hold()).held).toBe(40_000);
    await clock.settles(6_000);
    expect(sums(await process.hold()).held).toBe(45_000);
    await expectBooksEqual(process, gateway);
  });

  it("gives up a step only when a look after the quiet time finds nothing, and never asks again", async () => {
    await process.open();
    gateway.meet({ do: "lose", applied: false });
    const asked = await process.increment(5_000);
    await clock.settles(119_000);
    expect(stateOf({ ...asked, hold: await process.hold() })).toBe("asking");
    await clock.settles(5_000);
    const [, entry] = (await process.hold()).entries;
    expect(entry).toMatchObject({ state: "failed", applied: 0, cause: { is: "absent" } });
    expect(gateway.seen.filter((one) => one === "increment 5000")).toHaveLength(1);
    await expectBooksEqual(process, gateway);
  });

  it("refuses further increments while one is in doubt, and says when it looks next", async () => {
    await process.open();
    gateway.meet({ do: "lose", applied: true });
    await process.increment(5_000);
    const refused = await process.increment(1_000);
    expect(refused).toEqual({
      refused: { code: "in_doubt", detail: { nextLook: new Date(clock.now() + 5_000).toISOString() } },
    });
  });

  it("puts an attempt in doubt at its deadline, and still learns from the answer that comes later", async () => {
    await process.open();
    gateway.meet({ do: "hold" });
    const asked = process.increment(5_000);
    await clock.settles(61_000);
    await asked;
    expect((await process.hold()).operations[0]?.doubtSince).not.toBeNull();
    gateway.release();
    await quiet();
    expect(sums(await process.hold()).held).toBe(45_000);
  });
});

describe("time", () => {
  it("lets a question lapse when nobody answers it", async () => {
    await process.open();
    await process.propose(9_000, clock.now() + 60_000);
    await process.driver.start();
    await clock.settles(61_000);
    expect((await process.hold()).entries[1]?.state).toBe("lapsed");
    await expectBooksEqual(process, gateway);
  });

  it("looks when somebody says so, sooner than it would have", async () => {
    await process.open();
    gateway.meet({ do: "lose", applied: true });
    await process.increment(5_000);
    await process.driver.hint(HOLD, DESK);
    await quiet();
    expect(sums(await process.hold()).held).toBe(45_000);
  });
});
