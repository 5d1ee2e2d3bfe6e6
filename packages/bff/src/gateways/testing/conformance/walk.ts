import { expect } from "vitest";
import { BASE, STEP } from "./case.ts";
import { expectListed } from "./listing.ts";
import { expectBooksAgree, expectOnlyHeldApart } from "./judge.ts";
import { reconciled } from "./reconciled.ts";
import { rest } from "./rest.ts";
import type { Done, Trial } from "./trial.ts";

/**
 * `hidden`: the issuer let go and nothing says so. `contradicts`: our settings are wrong for what the gateway does; the
 * hold says so by itself and takes nothing more.
 */
export type How = "agrees" | "hidden" | "contradicts";

interface Step {
  readonly take: (trial: Trial) => Promise<Done>;
  /** How it may end: what never works agrees with everybody's books. */
  readonly ends: readonly Done["state"][];
}

/** The short walk through a hold's life, the books compared after each step: for every other reading and account. */
export async function expectWalk(begin: () => Trial, how: How): Promise<void> {
  const ends = [await expectSteps(begin(), raisedAndCaptured, how), await expectSteps(begin(), letGo, how)];
  expect(ends.includes("contradicted"), "a hold says that the books disagree").toBe(how === "contradicts");
}

async function expectSteps(trial: Trial, steps: readonly Step[], how: How): Promise<"walked" | "contradicted"> {
  const since = trial.clock.now();
  for (const { take, ends } of steps) {
    const { state } = await take(trial);
    await rest(trial);
    if (how === "contradicts" && (await trial.hold()).contradicted) {
      expect((await trial.add(100)).refused).toMatch(/^contradicted$|^already_/);
      return "contradicted";
    }
    if (how === "agrees") expect(ends).toContain(state);
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
  { take: (trial) => trial.open(BASE), ends: ["applied"] },
  { take: (trial) => trial.add(STEP), ends: ["applied"] },
  {
    take(trial) {
      trial.fault("increment", { do: "outcome", outcome: trial.conforming.outcomes.declined });
      return trial.add(STEP);
    },
    ends: ["declined"],
  },
  ...(["before", "after"] as const).map((when): Step => ({
    take(trial) {
      trial.fault("increment", { do: "drop", when });
      return trial.add(STEP);
    },
    // Asked again under its key it is applied; what can't be found is in doubt until a person ends it.
    ends: when === "before" ? ["applied", "failed", "asking"] : ["applied", "asking"],
  })),
  { take: (trial) => trial.capture(8_000), ends: ["applied"] },
];

const letGo: readonly Step[] = [
  { take: (trial) => trial.open(BASE), ends: ["applied"] },
  { take: (trial) => trial.add(STEP), ends: ["applied"] },
  { take: (trial) => trial.add(5_000), ends: ["applied"] },
  { take: (trial) => trial.does(trial.commands.reverseAll()), ends: ["applied"] },
];
