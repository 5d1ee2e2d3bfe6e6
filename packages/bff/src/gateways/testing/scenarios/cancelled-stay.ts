import { expect } from "vitest";
import { paymentOf } from "../conformance/judge.ts";
import { expectMoney } from "./books.ts";
import { expectEndAtReversal, type End } from "./crash.ts";
import type { Scenario } from "./scenario.ts";
import type { Stage } from "./stage.ts";
import { checkIn } from "./stay.ts";
import { lodgingWays, waysOf } from "./ways.ts";

/** A hold that has been raised three times is let go whole: by one request, or by one for each step, newest first. */
export const cancelledStays: readonly Scenario[] = [
  {
    name: "stay: all of it cancelled",
    ways: waysOf(lodgingWays),
    async play(stage) {
      await raised(stage);
      expect((await stage.does(stage.commands.reverseAll())).state).toBe("applied");
      expect((await stage.does(stage.commands.reverseAll())).refused).toBe("already_reversed");
      await expectAllLetGo(stage);
    },
  },
  ...(["crashes before asking", "crashes before it is answered", "is stopped while it asks"] as const).map(
    (end): Scenario => ({
      name: `stay: cancelled by a process that ${end}`,
      ways: waysOf(lodgingWays),
      play: (stage) => endsHalfWay(stage, end),
    }),
  ),
];

/** Where one request lets go of all, it is that one; else it is the second of four. */
async function endsHalfWay(stage: Stage, end: End): Promise<void> {
  await raised(stage);
  const last = stage.way.reversals === 1 ? 1 : 2;
  await expectEndAtReversal(stage, stage.commands.reverseAll(), last, end);
  const { lifecycle } = await stage.payer();
  if (lifecycle !== "reversed") await expectStoppedHonestly(stage);
  await expectAllLetGo(stage);
}

/** A gateway that knows no request again is never asked twice: found absent, it has failed, and somebody asks anew. */
async function expectStoppedHonestly(stage: Stage): Promise<void> {
  expect(stage.trial.capabilities.recovery.dedupe).toBeNull();
  expect(stage.requests("reverse"), "it had not been sent").toEqual([]);
  await expectMoney(stage, { authorized: 70_000, held: 70_000 });
  expect((await stage.payer()).lifecycle).toBe("open");
  expect((await stage.does(stage.commands.reverseAll())).state).toBe("applied");
}

async function raised(stage: Stage): Promise<void> {
  await checkIn(stage);
  await stage.add(5_000, "Dinner");
  await stage.add(20_000, "A third night");
  await stage.add(5_000, "Minibar");
  await expectMoney(stage, { authorized: 70_000, held: 70_000 });
}

async function expectAllLetGo(stage: Stage): Promise<void> {
  await expectMoney(stage, { authorized: 70_000, released: 70_000 });
  const steps = stage.way.reversals === 1 ? [70_000] : [5_000, 20_000, 5_000, 40_000];
  const payment = await paymentOf(stage.trial);
  const reversals = payment?.movements.filter(({ kind }) => kind === "reversal" || kind === "void");
  expect(
    reversals?.map(({ applied }) => applied),
    "newest first, none twice",
  ).toEqual(steps);
  expect(new Set(stage.requests("reverse").map(({ path }) => path)).size, "all on the first id").toBe(1);
  expect(stage.requests("reverse")[0]?.path).toContain(payment?.id);
  const payer = await stage.payer();
  expect(payer).toMatchObject({ lifecycle: "reversed", rest: null, ends: null, doubt: null });
  // Asked for by somebody, and answered by the gateway.
  const instant: unknown = expect.any(String);
  expect(payer.release).toEqual({ amount: 70_000, requested: instant, confirmed: instant, shown: null });
  expect((await stage.desk()).can.reverse).toMatchObject({ ok: false, code: "already_reversed" });
}
