import { describe, expect, it } from "vitest";
import { costOf, growthFor, holdFor, kilos, swapped, totalOf, weighed, without, type Basket } from "./basket.ts";
import { extra, found, ordered } from "./shelf.ts";

const packed = [
  (basket: Basket) => weighed(basket, "salmon", found.salmon.grams),
  (basket: Basket) => swapped(basket, "eggs", found.eggs),
  (basket: Basket) => without(basket, "berries"),
].reduce((basket, change) => change(basket), ordered);

describe("a basket", () => {
  it("is 86.40, and 115 % of that to the nearest five is held", () => {
    expect(totalOf(ordered)).toBe(8_640);
    expect(holdFor(totalOf(ordered))).toBe(10_000);
  });

  it("rounds a weighed line once, half a cent up", () => {
    const cheese = (grams: number) =>
      costOf({ name: "cheese", label: "", note: null, price: { by: "weight", centsPerKilo: 1_645, grams } });
    expect(cheese(500)).toBe(823);
    expect(cheese(499)).toBe(821);
    expect(cheese(501)).toBe(824);
  });

  it("is 84.18 once salmon is weighed, eggs are swapped and berries have run out", () => {
    expect(totalOf(weighed(ordered, "salmon", 620)) - totalOf(ordered)).toBe(288);
    expect(totalOf(swapped(ordered, "eggs", found.eggs)) - totalOf(ordered)).toBe(140);
    expect(totalOf(without(ordered, "berries")) - totalOf(ordered)).toBe(-650);
    expect(totalOf(packed)).toBe(8_418);
    expect(growthFor(packed, 10_000)).toBe(0);
  });

  it("makes the hold grow by what passes it, not by what is added", () => {
    expect(totalOf([...packed, extra])).toBe(10_218);
    expect(growthFor([...packed, extra], 10_000)).toBe(218);
  });

  it("weighs only what is sold by weight", () => {
    expect(weighed(ordered, "bread", 700)).toEqual(ordered);
  });
});

describe("the amount held at the beginning", () => {
  it.each([
    [8_640, 10_000],
    [10_000, 11_500],
    [10_217, 11_500],
    [10_218, 12_000],
    [500, 500],
  ])("for %i cents is %i", (total, held) => {
    expect(holdFor(total)).toBe(held);
  });
});

it("a weight reads as a scale shows it", () => {
  expect([620, 500, 1_330, 50].map(kilos)).toEqual(["0.62 kg", "0.50 kg", "1.33 kg", "0.05 kg"]);
});
