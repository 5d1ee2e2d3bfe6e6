import { expect } from "vitest";
import { BASE, STEP } from "./case.ts";
import { expectListed } from "./listing.ts";
import { expectBooksAgree, expectOnlyHeldApart } from "./judge.ts";
import { reconciled } from "./reconciled.ts";
import { rest } from "./rest.ts";
import type { Trial } from "./trial.ts";

/**
 * `hidden`: the issuer let go and nothing says so. `contradicts`: our settings are wrong for what the gateway does; the
 * hold says so by itself and takes nothing more.
 */
export type How = "agrees" | "hidden" | "contradicts";

type Step = (trial: Trial) => Promise<unknown>;

/** The short walk through a hold's life, the books compared after each step: for every other reading and account. */
export async function expectWalk(begin: () => Trial, how: How): Promise<void> {
  const ends = [await expectSteps(begin(), raisedAndCaptured, how), await expectSteps(begin(), letGo, how)];
  expect(ends.includes("contradicted"), "a hold says that the books disagree").toBe(how === "contradicts");
}

async function expectSteps(trial: Trial, steps: readonly Step[], how: How): Promise<"walked" | "contradicted"> {
  const since = trial.clock.now();
  for (const step of steps) {
    await step(trial);
    await rest(trial);
    if (how === "contradicts" && (await trial.hold()).contradicted) {
      expect((await trial.add(100)).refused).toMatch(/^contradicted$|^already_/);
      return "contradicted";
    }
    await (how === "hidden" ? expectOnlyHeldApart(trial) : expectBooksAgree(trial));
  }
  if (trial.gateway.list) await expectListed(trial, since);
  if (how === "agrees" && trial.capabilities.readable) {
    // Under some readings the gateway's books leave a sum open: then it can't be told, and is no alarm.
    const [line] = await reconciled(trial, since);
    expect(["agrees", "untold"]).toContain(line?.verdict);
  }
  return "walked";
}

const raisedAndCaptured: readonly Step[] = [
  async (trial) => expect((await trial.open(BASE)).state).toBe("applied"),
  (trial) => trial.add(STEP),
  (trial) => {
    trial.fault("increment", { do: "outcome", outcome: trial.conforming.outcomes.declined });
    return trial.add(STEP);
  },
  ...(["before", "after"] as const).map((when): Step => (trial) => {
    trial.fault("increment", { do: "drop", when });
    return trial.add(STEP);
  }),
  (trial) => trial.capture(8_000),
];

const letGo: readonly Step[] = [
  (trial) => trial.open(BASE),
  (trial) => trial.add(STEP),
  (trial) => trial.add(5_000),
  (trial) => trial.does(trial.commands.reverseAll()),
];
