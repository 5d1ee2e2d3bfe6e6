import { describe, expect, it } from "vitest";
import { cars, energyWithin, isNearLimit, nextReport, priceOf, tariff } from "./tariff.ts";

describe("what a session costs", () => {
  it.each([
    [0, 0],
    [5_000, 395],
    [30_848, 2_437],
    [47_848, 3_780],
  ])("%i Wh cost %i cents, rounded once", (wattHours, cents) => {
    expect(priceOf(wattHours)).toBe(cents);
  });

  it("within a limit there is no watt-hour more than it pays for", () => {
    for (const limit of [2_000, 3_000, 6_000]) {
      expect(priceOf(energyWithin(limit))).toBe(limit);
      expect((energyWithin(limit) + 1) * tariff.centsPerKwh).toBeGreaterThan(limit * 1_000);
    }
  });
});

describe("the hold grows before the session reaches it", () => {
  it("once for the hatchback: 20.00, then 30.00, and 24.37 in the end", () => {
    expect(drive("hatchback", Infinity)).toEqual({ raisedAt: [1_975], held: 3_000, cost: 2_437 });
  });

  it("twice for the van: 30.00, then 40.00, and 37.80 in the end", () => {
    expect(drive("van", Infinity)).toEqual({ raisedAt: [1_975, 2_765], held: 4_000, cost: 3_780 });
  });

  it("with no more than 30.00 the charger stops at 30.00", () => {
    expect(drive("van", 3_000)).toEqual({ raisedAt: [1_975], held: 3_000, cost: 3_000 });
  });
});

/** A session from its first report to its last, with a bank that approves up to `most` cents. */
function drive(car: (typeof cars)[number]["name"], most: number) {
  const { takes } = cars.find(({ name }) => name === car) ?? cars[0];
  const raisedAt: number[] = [];
  let wattHours = 0;
  let held: number = tariff.first;
  for (;;) {
    const next = nextReport({ wattHours, takes }, held);
    if (next === wattHours) return { raisedAt, held, cost: priceOf(wattHours) };
    wattHours = next;
    if (!isNearLimit({ wattHours, takes }, held) || held + tariff.raise > most) continue;
    raisedAt.push(priceOf(wattHours));
    held += tariff.raise;
  }
}
