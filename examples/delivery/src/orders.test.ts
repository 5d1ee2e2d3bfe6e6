import { describe, expect, it } from "vitest";
import { has, totalOf, without } from "./basket.ts";
import { newOrder, takeWaiting, type Order } from "./orders.ts";
import { extra } from "./shelf.ts";

type Standing = Parameters<typeof takeWaiting>[1];
type State = Standing["steps"][number]["state"];

/** An order with a bottle of wine that passes the hold and waits for the bank. */
function wineWaits(): Order {
  const gateway = { name: "test", title: "", account: "", cardField: "http://localhost", hasPage: false };
  const order = newOrder({ id: "1", order: "PL-1", gateway, hold: "hold" });
  order.waiting = { change: (basket) => [...basket, extra], step: "step" };
  return order;
}

const held = (amount: number, state: State): Standing => ({
  steps: [{ id: "step", state }],
  amounts: { held: amount },
});

describe("a change that passes the hold", () => {
  it("waits as long as the bank is being asked, and is not in the basket", () => {
    const order = wineWaits();
    expect(takeWaiting(order, held(10_000, "asking"))).toBe("waiting");
    expect(has(order.basket, extra.name)).toBe(false);
  });

  it("is taken once the hold carries it", () => {
    const order = wineWaits();
    expect(takeWaiting(order, held(10_440, "applied"))).toBe("taken");
    expect(totalOf(order.basket)).toBe(10_440);
    expect(order.waiting).toBeNull();
  });

  it.each(["declined", "failed", "lapsed"] as const)("is forgotten when its step has %s", (state) => {
    const order = wineWaits();
    expect(takeWaiting(order, held(10_000, state))).toBe("refused");
    expect(totalOf(order.basket)).toBe(8_640);
    expect(order.waiting).toBeNull();
  });

  it("is forgotten when only part of it was approved", () => {
    const order = wineWaits();
    expect(takeWaiting(order, held(10_439, "applied"))).toBe("refused");
    expect(totalOf(order.basket)).toBe(8_640);
  });

  it("is made to the basket as it is by then", () => {
    const order = wineWaits();
    order.basket = without(order.basket, "berries");
    expect(takeWaiting(order, held(10_000, "declined"))).toBe("taken");
    expect(totalOf(order.basket)).toBe(9_790);
  });
});
