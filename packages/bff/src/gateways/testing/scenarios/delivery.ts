import { expect } from "vitest";
import type { Actor } from "../../../hold/index.ts";
import { DESK } from "../conformance/commands.ts";
import { expectMoney, expectMovements } from "./books.ts";
import type { Scenario } from "./scenario.ts";
import type { Stage } from "./stage.ts";
import { expectRestOf } from "./stay.ts";
import { deliveryWays, waysOf } from "./ways.ts";

/*
 * A basket of 86.40, held with 15 % to spare, rounded to five: 100. The salmon weighs 0.62 kg instead of 0.50 at 24.00
 * (+2.88), other eggs (+1.40), no berries (-6.50): 84.18 at the door.
 */
const ways = waysOf(deliveryWays);
const PAYER: Actor = { kind: "payer", name: "payer" };
const BASKET = 8_418;
const WINE = 1_800;

export const deliveries: readonly Scenario[] = [
  {
    name: "delivery: weights and substitutions below the hold",
    ways,
    async play(stage) {
      await order(stage);
      await expectDelivered(stage, BASKET, 10_000);
    },
  },
  {
    name: "delivery: wine added, the hold grows by what passes it",
    ways,
    async play(stage) {
      await order(stage);
      const beyond = BASKET + WINE - 10_000;
      expect(beyond).toBe(218);
      expect((await stage.add(beyond, "Wine 18.00")).state).toBe("applied");
      await expectMoney(stage, { authorized: 10_218, held: 10_218 });
      expect((await stage.payer()).steps.at(-1)).toMatchObject({ reason: "Wine 18.00", applied: 218, sign: 1 });
      expect((await stage.capture(10_218)).state).toBe("applied");
      await expectMoney(stage, { authorized: 10_218, captured: 10_218 });
      await expectMovements(stage, ["authorization", 10_000], ["increment", 218], ["capture", 10_218]);
      expect(await stage.payer()).toMatchObject({ lifecycle: "captured", release: null, rest: null });
    },
  },
  {
    name: "delivery: a substitution that its payer denies",
    ways,
    async play(stage) {
      await order(stage);
      const question = await propose(stage, 218, "Wine 18.00 instead of the berries");
      const asked = await stage.payer();
      expect(asked.question).toMatchObject({ id: question, amount: 218, total: 10_218 });
      expect(asked.can).toEqual({ approve: { ok: true }, deny: { ok: true } });
      await expectMoney(stage, { authorized: 10_000, held: 10_000 });
      expect((await stage.does({ do: "deny", entry: question, by: PAYER })).state).toBe("denied");
      const told = await stage.payer();
      expect(told.question).toBeNull();
      expect(told.steps.at(-1)).toMatchObject({ state: "denied", why: "denied", applied: 0 });
      expect((await stage.desk()).attention).toBe("denied");
      await expectDelivered(stage, BASKET, 10_000);
    },
  },
];

async function order(stage: Stage): Promise<void> {
  expect((await stage.open(10_000, { profile: "delivery", card: "visa", reason: "Groceries" })).state).toBe("applied");
  await expectMoney(stage, { authorized: 10_000, held: 10_000 });
}

async function propose(stage: Stage, amount: number, reason: string): Promise<string> {
  const { entry, currency } = { entry: stage.commands.wish().entry, currency: (await stage.payer()).currency };
  const command = { do: "propose", entry, by: DESK, reason, amount, currency, line: null, until: null } as const;
  expect((await stage.does(command)).state).toBe("proposed");
  return entry;
}

async function expectDelivered(stage: Stage, captured: number, authorized: number): Promise<void> {
  expect((await stage.capture(captured)).state).toBe("applied");
  expect(stage.requests("increment"), "nothing was raised").toEqual([]);
  expect(stage.requests("reverse"), "we send no reversal").toEqual([]);
  await expectRestOf(stage, { authorized, captured });
}
