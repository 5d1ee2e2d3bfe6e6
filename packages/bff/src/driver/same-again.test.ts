import { beforeEach, describe, expect, it } from "vitest";
import { quiet } from "../testing/manual-clock.ts";
import { HOLD, stateOf } from "./testing/process.ts";
import { newScene } from "./testing/scene.ts";
import type { Submitted } from "./index.ts";

let { clock, gateway, store, process } = newScene();
beforeEach(() => {
  ({ clock, gateway, store, process } = newScene());
});

describe("a second hold for one order", () => {
  const open = (hold = HOLD, besides = false): Promise<Submitted> => {
    const order = { merchant: "harbor", mode: "test", gateway: "book", order: "stay-1", besides } as const;
    return process.open(40_000, { hold, order }, { order: "stay-1" });
  };

  it("is refused while the first may have been placed, unless it is meant", async () => {
    gateway.meet({ do: "lose", applied: true });
    await open();
    expect(stateOf(await open("hold_2"))).toBe("duplicate_order");
    expect(await store.load("hold_2")).toBeUndefined();
    expect(stateOf(await open("hold_3", true))).toBe("applied");
    expect(gateway.book().authorized).toBe(80_000);
  });

  it("is refused by the clock, also before anybody has written the doubt down", async () => {
    gateway.meet({ do: "hold" });
    void open();
    await quiet();
    clock.stalls(61_000);
    expect((await process.hold()).operations[0]?.doubtSince).toBeNull();
    expect(stateOf(await open("hold_2"))).toBe("duplicate_order");
  });

  it("is taken where the first one stands", async () => {
    await open();
    expect(stateOf(await open("hold_2"))).toBe("applied");
  });
});

describe("the same request again", () => {
  const key = (digest: string) => ({ key: { scope: "harbor", value: "dinner-1", digest } });

  it("answers the same key and body with the same entry as it stands now", async () => {
    await process.open();
    const first = await process.increment(5_000, key("a"));
    const again = await process.increment(5_000, key("a"));
    if ("refused" in first || "refused" in again) throw new Error("refused");
    expect(again).toMatchObject({ entry: first.entry, replayed: true });
    expect(gateway.book().authorized).toBe(45_000);
  });

  it("refuses the same key with another body, and changes nothing", async () => {
    await process.open();
    await process.increment(5_000, key("a"));
    expect(stateOf(await process.increment(6_000, key("b")))).toBe("key_conflict");
    expect(gateway.book().authorized).toBe(45_000);
  });

  it("uses up no key with a refusal", async () => {
    await process.open();
    expect(stateOf(await process.increment(0, key("a")))).toBe("invalid_amount");
    expect(stateOf(await process.increment(5_000, key("b")))).toBe("applied");
  });
});
