import { beforeEach, describe, expect, it } from "vitest";
import { sums } from "../hold/index.ts";
import { memoryStore } from "../store/testing/memory-store.ts";
import { bookGateway } from "../testing/book-gateway.ts";
import { quiet } from "../testing/manual-clock.ts";
import { HOLD, Process, stateOf } from "./testing/process.ts";
import { newScene } from "./testing/scene.ts";

let { clock, gateway, store, process } = newScene();
beforeEach(async () => {
  ({ clock, gateway, store, process } = newScene());
  await process.start();
  await process.open();
});

const pause = () =>
  store.pauses.set({ gateway: "book", mode: "test", by: "Ada", why: "it doubles captures", at: clock.now() });
const order = { merchant: "harbor", mode: "test", gateway: "book", order: "stay-2", besides: false } as const;

describe("while a gateway is paused", () => {
  it("the door refuses what would be asked of it, and says so", async () => {
    await pause();
    const refused = [
      process.increment(5_000),
      process.capture(40_000),
      process.open(10_000, { hold: "hold_2", order }),
    ];
    expect((await Promise.all(refused)).map(stateOf)).toEqual(Array(3).fill("gateway_paused"));
    expect(gateway.seen).toEqual(["authorize 40000"]);
  });

  it("what waited in line is not sent, and lapses when its time is over", async () => {
    gateway.meet({ do: "hold" });
    const first = process.increment(5_000);
    const second = process.increment(7_000);
    await quiet();
    await pause();
    gateway.release();
    expect(stateOf(await first)).toBe("applied");
    await clock.settles(130_000);
    await second;
    expect((await process.hold()).entries.map(({ state }) => state)).toEqual(["applied", "applied", "lapsed"]);
    expect(gateway.book().authorized).toBe(45_000);
  });

  it("doubts are still looked up, and payments read", async () => {
    gateway.meet({ do: "lose", applied: true });
    await process.increment(5_000);
    await pause();
    await clock.settles(8_000);
    expect(sums(await process.hold()).held).toBe(45_000);
    await process.driver.hint(HOLD, { kind: "gateway", name: "book" });
    await clock.settles(2_000);
    expect(gateway.seen.filter((one) => one === "read")).toHaveLength(1);
  });

  it("nothing is sent twice under its key, and it goes on as soon as the pause is lifted", async () => {
    const dedupe = { window: 86_400_000, replay: "same_answer" } as const;
    const { recovery } = gateway.capabilities({ card: null, currency: "USD", profile: "general" });
    gateway = bookGateway(clock.now, { recovery: { ...recovery, dedupe, lookUp: null } });
    process = await new Process({ store: (store = memoryStore()), clock, gateway }).start();
    await process.open();
    gateway.meet({ do: "lose", applied: true });
    await process.increment(5_000);
    await pause();
    await clock.settles(30_000);
    expect(gateway.seen.filter((one) => one === "increment 5000")).toHaveLength(1);
    await store.pauses.lift("book", "test");
    await clock.settles(2_000);
    expect(sums(await process.hold()).held).toBe(45_000);
  });
});
