import { expect } from "vitest";
import { codes } from "@plimsoll/shared";
import { theirs } from "../conformance/judge.ts";
import { expectMoney, expectMovements } from "./books.ts";
import type { Scenario } from "./scenario.ts";
import { DAY, type Stage } from "./stage.ts";
import { lodgingWays, waysOf } from "./ways.ts";

/*
 * CyberSource, "Incremental Authorization" (lodging), has these amounts: two nights for 400, dinner for 50, a third
 * night for 200, the minibar for 50, captured as 700.
 */
const ways = waysOf(lodgingWays);

/** Where a hold goes back step by step one increment can be let go alone, and nowhere else. */
const takesBack = (one: boolean) => (gateway: string) => {
  const known = ways(gateway);
  const played = typeof known === "string" ? [] : known.filter(({ reversals }) => reversals > 1 === one);
  if (played.length > 0) return played;
  return one ? "it lets go of no increment alone" : "it lets go of one increment alone, the newest first";
};

export const stays: readonly Scenario[] = [
  {
    name: "stay: four lines, one charge",
    ways,
    async play(stage) {
      await checkIn(stage);
      await stage.add(5_000, "Dinner");
      await expectMoney(stage, { authorized: 45_000, held: 45_000 });
      await stage.add(20_000, "A third night");
      await expectMoney(stage, { authorized: 65_000, held: 65_000 });
      await stage.add(5_000, "Minibar");
      await expectMoney(stage, { authorized: 70_000, held: 70_000 });
      expect((await stage.payer()).lifecycle).toBe("open");
      expect((await stage.capture(70_000)).state).toBe("applied");
      await expectMoney(stage, { authorized: 70_000, captured: 70_000 });
      await expectMovements(
        stage,
        ["authorization", 40_000],
        ["increment", 5_000],
        ["increment", 20_000],
        ["increment", 5_000],
        ["capture", 70_000],
      );
      const payer = await stage.payer();
      expect(payer).toMatchObject({ lifecycle: "captured", release: null, rest: null, ends: null, doubt: null });
      expect(payer.steps.map(({ reason, applied, state }) => [reason, applied, state])).toEqual([
        ["Two nights", 40_000, "applied"],
        ["Dinner", 5_000, "applied"],
        ["A third night", 20_000, "applied"],
        ["Minibar", 5_000, "applied"],
        [null, 70_000, "applied"],
      ]);
      expect((await stage.desk()).can.capture).toMatchObject({ ok: false, code: "already_captured" });
    },
  },
  {
    name: "stay: a night that the bank declines",
    ways,
    async play(stage) {
      await checkIn(stage);
      await stage.add(5_000, "Dinner");
      stage.trial.fault("increment", { do: "outcome", outcome: stage.trial.conforming.outcomes.declined });
      const night = await stage.add(20_000, "A third night");
      expect(night.state).toBe("declined");
      await expectMoney(stage, { authorized: 45_000, held: 45_000 });
      const told = (await stage.payer()).steps.find(({ id }) => id === night.entry);
      expect(told).toMatchObject({ state: "declined", why: "not_approved", asked: 20_000, applied: 0 });
      expect((await stage.desk()).attention).toBe("declined");
      expect((await stage.add(5_000, "Minibar")).state).toBe("applied");
      await expectMoney(stage, { authorized: 50_000, held: 50_000 });
      expect((await stage.capture(70_000)).refused).toBe("above_hold");
      expect((await stage.desk()).limits.capture).toBe(50_000);
      expect((await stage.capture(50_000)).state).toBe("applied");
      await expectMoney(stage, { authorized: 50_000, captured: 50_000 });
      expect((await stage.payer()).lifecycle).toBe("captured");
    },
  },
  {
    name: "stay: a wrong dinner, the later night let go first and asked for again",
    ways: takesBack(true),
    async play(stage) {
      await checkIn(stage);
      const dinner = await stage.add(5_000, "Dinner");
      const night = await stage.add(20_000, "A third night");
      const { reverseIncrement } = stage.commands;
      expect((await stage.does(reverseIncrement(dinner.entry))).refused).toBe("not_last");
      expect(await reversible(stage, dinner.entry)).toMatchObject({
        code: "not_last",
        reason: codes.not_last.sentence,
      });
      expect(stage.requests("reverse"), "nothing was sent").toEqual([]);
      await expectMoney(stage, { authorized: 65_000, held: 65_000 });
      expect((await stage.does(reverseIncrement(night.entry))).state).toBe("applied");
      await expectMoney(stage, { authorized: 65_000, released: 20_000, held: 45_000 });
      expect((await stage.does(reverseIncrement(dinner.entry))).state).toBe("applied");
      await expectMoney(stage, { authorized: 65_000, released: 25_000, held: 40_000 });
      expect((await stage.does(stage.commands.increment(20_000, { reason: "A third night" }))).state).toBe("applied");
      await stage.add(5_000, "Minibar");
      await expectMoney(stage, { authorized: 90_000, released: 25_000, held: 65_000 });
      expect((await stage.capture(65_000)).state).toBe("applied");
      await expectMoney(stage, { authorized: 90_000, captured: 65_000, released: 25_000 });
      await expectMovements(
        stage,
        ["authorization", 40_000],
        ["increment", 5_000],
        ["increment", 20_000],
        ["reversal", 20_000],
        ["reversal", 5_000],
        ["increment", 20_000],
        ["increment", 5_000],
        ["capture", 65_000],
      );
    },
  },
  {
    name: "stay: a wrong dinner, captured less instead",
    ways: takesBack(false),
    async play(stage) {
      await checkIn(stage);
      const dinner = await stage.add(5_000, "Dinner");
      await stage.add(20_000, "A third night");
      const refused = await stage.does(stage.commands.reverseIncrement(dinner.entry));
      expect(refused.refused).toBe("reversal_unsupported");
      const { sentence: reason } = codes.reversal_unsupported;
      expect(await reversible(stage, dinner.entry)).toMatchObject({ code: "reversal_unsupported", reason });
      await expectMoney(stage, { authorized: 65_000, held: 65_000 });
      await stage.add(5_000, "Minibar");
      expect((await stage.capture(65_000)).state).toBe("applied");
      expect(stage.requests("reverse"), "never another amount").toEqual([]);
      await expectRestOf(stage, { authorized: 70_000, captured: 65_000 });
    },
  },
  {
    name: "stay: owes less than is held",
    ways,
    async play(stage) {
      await checkIn(stage);
      await stage.add(5_000, "Dinner");
      await stage.add(20_000, "A third night");
      await stage.add(5_000, "Minibar");
      expect((await stage.capture(65_000)).state).toBe("applied");
      expect(stage.requests("reverse"), "we ask for no reversal").toEqual([]);
      await expectRestOf(stage, { authorized: 70_000, captured: 65_000 });
      await expectFreedByTheBank(stage);
    },
  },
];

export async function checkIn(stage: Stage): Promise<void> {
  const opened = await stage.open(40_000, { profile: "lodging", card: "visa", reason: "Two nights" });
  expect(opened.state).toBe("applied");
  await expectMoney(stage, { authorized: 40_000, held: 40_000 });
  expect(await stage.payer()).toMatchObject({ lifecycle: "open", ends: { estimated: true, passed: false } });
  expect((await stage.desk()).can).toMatchObject({
    increment: { ok: true },
    capture: { ok: true },
    reverse: { ok: true },
  });
}

/**
 * What a lower capture leaves: let go by the gateway, which nobody confirms, or on hold until the bank frees it. Never
 * shown as asked for by us, and never as confirmed.
 */
export async function expectRestOf(stage: Stage, taken: { authorized: number; captured: number }): Promise<void> {
  const rest = taken.authorized - taken.captured;
  const letGo = stage.way.rest === "let go";
  await expectMoney(stage, { ...taken, released: letGo ? rest : 0, held: letGo ? 0 : rest });
  const { lifecycle, release, rest: left } = await stage.payer();
  expect(lifecycle).toBe("captured");
  expect((await stage.desk()).restLapses).toBe(!letGo);
  if (letGo) {
    expect(release).toEqual({ amount: rest, requested: null, confirmed: null, shown: null });
    expect(left).toBeNull();
  } else {
    expect(release).toBeNull();
    expect(left).toMatchObject({ amount: rest, freed: { estimated: true } });
  }
}

/** A month later the bank has freed the rest by itself: nobody tells us, and what was shown of it was an estimate of that. */
async function expectFreedByTheBank(stage: Stage): Promise<void> {
  await stage.comes((await stage.opened()) + 32 * DAY);
  const { captured, held } = await theirs(stage.trial);
  expect({ captured, held }).toEqual({ captured: 65_000, held: 0 });
  const { amounts, rest } = await stage.payer();
  expect(amounts.captured).toBe(65_000);
  if (rest?.freed) expect(Date.parse(rest.freed.at)).toBeLessThan(stage.trial.clock.now());
}

async function reversible(stage: Stage, step: string) {
  return (await stage.desk()).steps.find(({ id }) => id === step)?.reverse;
}
