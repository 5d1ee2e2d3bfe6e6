import { expect } from "vitest";
import { codes } from "@plimsoll/shared";
import { paymentOf } from "../conformance/judge.ts";
import { expectMoney, expectMovements } from "./books.ts";
import type { Scenario } from "./scenario.ts";
import { DAY, HOUR, type Stage } from "./stage.ts";
import { prolongedWays, rentalWays, waysOf } from "./ways.ts";

/*
 * A car for more than thirty days. Moneris, "Incremental Authorization": an increment of $0 on a Mastercard asks for
 * about thirty days more; every other card's hold ends when it ends.
 */
const ways = waysOf(prolongedWays, "it prolongs nothing");

export const rentals: readonly Scenario[] = [
  {
    name: "rental: prolonged on day 28, damage and fuel added, 1195 taken",
    ways,
    async play(stage) {
      const day = await handOver(stage, { extendAutomatically: false });
      await stage.comes(day(28));
      expect((await stage.desk()).attention, "two days are left").toBe("ending");
      const extension = await stage.does(stage.commands.extend());
      expect(extension.state).toBe("applied");
      await expectMoney(stage, { authorized: 90_000, held: 90_000 });
      await expectEnds(stage, day(58));
      expect((await stage.desk()).attention).toBe("calm");
      const told = (await stage.payer()).steps.at(-1);
      expect(told).toMatchObject({ kind: "extension", state: "applied", applied: 0, sign: 0 });
      await expectKeptByBankUntil(stage, day(58));
      await returned(stage, day);
      await expectMovements(
        stage,
        ["authorization", 90_000],
        ["extension", 0],
        ["increment", 25_000],
        ["increment", 4_500],
        ["capture", 119_500],
      );
    },
  },
  {
    name: "rental: prolonged by itself, nobody has to be told",
    ways,
    async play(stage) {
      const day = await handOver(stage, { extendAutomatically: true });
      await stage.comes(day(28) - HOUR);
      expect(stage.requests("increment")).toEqual([]);
      await stage.comes(day(28) + HOUR);
      await expectMoney(stage, { authorized: 90_000, held: 90_000 });
      expect((await stage.desk()).steps.at(-1)).toMatchObject({ kind: "extension", state: "applied", by: "timer" });
      await expectEnds(stage, day(58));
      await returned(stage, day);
      expect(await stage.written("warned")).toEqual([]);
    },
  },
  {
    name: "rental: an extension declined, tried again and approved",
    ways,
    async play(stage) {
      const day = await handOver(stage, { extendAutomatically: true });
      declineExtensions(stage, 1);
      await stage.comes(day(28) + HOUR);
      expect((await stage.desk()).steps.at(-1)).toMatchObject({ kind: "extension", state: "declined" });
      await expectMoney(stage, { authorized: 90_000, held: 90_000 });
      await expectEnds(stage, day(30));
      await stage.comes(day(28.5) + HOUR);
      await expectMoney(stage, { authorized: 90_000, held: 90_000 });
      await expectEnds(stage, day(58.5));
      expect(await stage.written("warned")).toEqual([]);
    },
  },
  {
    name: "rental: extensions declined, then somebody is told",
    ways,
    async play(stage) {
      const day = await handOver(stage, { extendAutomatically: true });
      declineExtensions(stage, 2);
      await stage.comes(day(29) + HOUR);
      const extensions = (await stage.payer()).steps.filter(({ kind }) => kind === "extension");
      expect(extensions.map(({ state }) => state)).toEqual(["declined", "declined"]);
      await expectMoney(stage, { authorized: 90_000, held: 90_000 });
      await expectEnds(stage, day(30));
      await expectWarnedBefore(stage, day(29));
      expect(stage.requests("increment"), "and no third time").toHaveLength(2);
      expect((await stage.capture(90_000)).state).toBe("applied");
      await expectMoney(stage, { authorized: 90_000, captured: 90_000 });
    },
  },
  {
    name: "rental: a card that is not prolonged, somebody told a day before",
    ways: waysOf(rentalWays),
    async play(stage) {
      const day = await handOver(stage, { card: "visa", extendAutomatically: true });
      expect((await stage.does(stage.commands.extend())).refused).toBe("extension_unsupported");
      const { sentence: reason } = codes.extension_unsupported;
      expect((await stage.desk()).can.extend).toEqual({ ok: false, code: "extension_unsupported", reason });
      await stage.comes(day(29));
      expect(stage.requests("increment"), "nothing was asked of the gateway").toEqual([]);
      await expectMoney(stage, { authorized: 90_000, held: 90_000 });
      await expectEnds(stage, day(30));
      await expectWarnedBefore(stage, day(29));
      expect(await stage.desk()).toMatchObject({ attention: "ending", can: { capture: { ok: true } } });
      expect((await stage.capture(90_000)).state).toBe("applied");
      await expectMoney(stage, { authorized: 90_000, captured: 90_000 });
      expect((await stage.payer()).lifecycle).toBe("captured");
    },
  },
];

type Days = (n: number) => number;
interface Terms {
  readonly card?: "visa" | "mastercard";
  readonly extendAutomatically: boolean;
}

/** Nine hundred on hold for a car, which ends by estimate on day 30. */
export async function handOver(stage: Stage, { card = "mastercard", extendAutomatically }: Terms): Promise<Days> {
  const terms = { profile: "vehicle_rental", card, reason: "Car, 30 days", extendAutomatically } as const;
  expect((await stage.open(90_000, terms)).state).toBe("applied");
  await expectMoney(stage, { authorized: 90_000, held: 90_000 });
  const opened = await stage.opened();
  await expectEnds(stage, opened + 30 * DAY);
  return (n) => opened + n * DAY;
}

/** Back with damage on day 35, and charged three weeks after its first end. */
async function returned(stage: Stage, day: Days): Promise<void> {
  await stage.comes(day(35));
  expect((await stage.add(25_000, "Damage")).state).toBe("applied");
  await expectMoney(stage, { authorized: 115_000, held: 115_000 });
  expect((await stage.add(4_500, "Fuel")).state).toBe("applied");
  await expectMoney(stage, { authorized: 119_500, held: 119_500 });
  // Thirty days from the extension, or from the fuel where increments prolong too.
  await expectEnds(stage, stage.way.settings?.["incrementsProlong"] === true ? day(65) : day(58));
  await stage.comes(day(51));
  expect((await stage.capture(119_500)).state).toBe("applied");
  await expectMoney(stage, { authorized: 119_500, captured: 119_500 });
  expect(await stage.payer()).toMatchObject({ lifecycle: "captured", ends: null });
}

export async function expectEnds(stage: Stage, at: number, passed = false): Promise<void> {
  const ends = { at: expect.any(String) as unknown, estimated: true, passed };
  const views = [await stage.payer(), await stage.desk(), await stage.merchant()];
  for (const view of views) {
    expect(view.ends).toEqual(ends);
    // Time passes while books are read: by the day it has to be right.
    expect(Math.abs(Date.parse(view.ends?.at ?? "") - at)).toBeLessThan(5 * 60_000);
  }
}

/** Our estimate must not be later than what the issuer does. */
async function expectKeptByBankUntil(stage: Stage, at: number): Promise<void> {
  const { expires } = (await paymentOf(stage.trial)) ?? {};
  expect(Date.parse(expires ?? "")).toBeGreaterThanOrEqual(at);
}

/** Once, and by then. */
async function expectWarnedBefore(stage: Stage, then: number): Promise<void> {
  const warned = await stage.written("warned");
  expect(warned.map(({ event }) => event.passed)).toEqual([false]);
  expect(warned[0]?.at).toBeLessThanOrEqual(then);
}

function declineExtensions(stage: Stage, times: number): void {
  stage.trial.fault("extend", { do: "outcome", outcome: stage.trial.conforming.outcomes.declined, times });
}
