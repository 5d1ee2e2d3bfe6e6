import { expect } from "vitest";
import { expectMoney, expectMovements } from "./books.ts";
import type { Scenario } from "./scenario.ts";
import type { Stage } from "./stage.ts";
import { expectRestOf } from "./stay.ts";
import { chargingWays, waysOf } from "./ways.ts";

/*
 * CyberSource, "Incremental Authorization for Flexible Scenario": a charging session that begins at 20.00 and is raised
 * by 10.00; where less is captured, the host sends the reversal of the rest by itself.
 */
const ways = waysOf(chargingWays);

export const charging: readonly Scenario[] = [
  {
    name: "charging: 20 + 10, 24.37 taken, and we send no reversal",
    ways,
    async play(stage) {
      await plugIn(stage);
      expect((await stage.add(1_000, "30 kWh")).state).toBe("applied");
      await expectMoney(stage, { authorized: 3_000, held: 3_000 });
      await expectCharged(stage, 2_437, 3_000);
      const movements = [
        ["authorization", 2_000],
        ["increment", 1_000],
        ["capture", 2_437],
      ] as const;
      if (stage.way.rest === "stays") await expectMovements(stage, ...movements);
      else await expectMovements(stage, ...movements, ["automatic reversal", 563]);
    },
  },
  {
    name: "charging: 20 + 10 + 10, 37.80 taken",
    ways,
    async play(stage) {
      await plugIn(stage);
      await stage.add(1_000, "30 kWh");
      expect((await stage.add(1_000, "45 kWh")).state).toBe("applied");
      await expectMoney(stage, { authorized: 4_000, held: 4_000 });
      await expectCharged(stage, 3_780, 4_000);
    },
  },
  {
    name: "charging: an increment declined, the charger told its limit",
    ways,
    async play(stage) {
      await plugIn(stage);
      await stage.add(1_000, "30 kWh");
      stage.trial.fault("increment", { do: "outcome", outcome: stage.trial.conforming.outcomes.declined });
      expect((await stage.add(1_000, "45 kWh")).state).toBe("declined");
      await expectMoney(stage, { authorized: 3_000, held: 3_000 });
      // What a charge point is told as its most: the session stops there.
      expect((await stage.merchant()).limits.capture).toBe(3_000);
      expect((await stage.capture(3_001)).refused).toBe("above_hold");
      expect(stage.requests("capture"), "nothing above it was sent").toEqual([]);
      expect((await stage.capture(3_000)).state).toBe("applied");
      await expectMoney(stage, { authorized: 3_000, captured: 3_000 });
      expect((await stage.payer()).lifecycle).toBe("captured");
    },
  },
  {
    // 4.00 and 10 % of tax on it: decided once by the merchant, before the gateway.
    name: "charging: 4.40 taken, tax included",
    ways,
    async play(stage) {
      await plugIn(stage);
      await expectCharged(stage, 440, 2_000);
    },
  },
];

async function plugIn(stage: Stage): Promise<void> {
  expect((await stage.open(2_000, { profile: "ev", card: "visa", reason: "Charging" })).state).toBe("applied");
  await expectMoney(stage, { authorized: 2_000, held: 2_000 });
}

async function expectCharged(stage: Stage, captured: number, authorized: number): Promise<void> {
  expect((await stage.capture(captured)).state).toBe("applied");
  expect(stage.requests("reverse"), "we send no reversal").toEqual([]);
  expect(stage.trial.asked.filter(({ kind }) => kind === "reverse")).toEqual([]);
  await expectRestOf(stage, { authorized, captured });
}
