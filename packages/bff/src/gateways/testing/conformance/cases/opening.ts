import { expect } from "vitest";
import { lifecycle } from "../../../../hold/index.ts";
import { BASE, STEP, type Case } from "../case.ts";
import type { About } from "../conforming.ts";
import { unreadable } from "../offers.ts";
import type { Trial } from "../trial.ts";
import { expectBooksAgree, expectContradictionSetRight, paymentOf } from "../judge.ts";
import { PAYMENT } from "../../../../store/store.ts";

export const opening: readonly Case[] = [
  {
    name: "authorize",
    async run(trial) {
      expect((await trial.open(BASE)).state).toBe("applied");
      await expectBooksAgree(trial);
      expect((await paymentOf(trial))?.sums).toMatchObject({ authorized: BASE, held: BASE });
    },
  },
  {
    name: "authorize: declined by the issuer",
    async run(trial) {
      const { declined } = trial.conforming.outcomes;
      trial.fault("authorize", { do: "outcome", outcome: declined });
      expect((await trial.open(BASE)).state).toBe("declined");
      expect(lifecycle(await trial.hold())).toBe("declined");
      await expectBooksAgree(trial);
    },
  },
  {
    name: "authorize: approved in part",
    missing: ({ conforming }) =>
      conforming.outcomes.partial === undefined ? "its answers know no such thing" : undefined,
    async run(trial) {
      const { partial = "" } = trial.conforming.outcomes;
      trial.fault("authorize", { do: "outcome", outcome: partial });
      expect((await trial.open(BASE)).state).toBe("applied");
      if (trial.capabilities.partialApproval.authorization) await expectBooksAgree(trial);
      else await expectContradictionSetRight(trial);
      expect((await paymentOf(trial))?.sums.held).toBe(BASE / 2);
    },
  },
  {
    name: "authorize: turned away at the gateway's door",
    missing: ({ conforming }) =>
      conforming.outcomes.rejected?.authorize === undefined ? "no such answer documented" : undefined,
    async run(trial) {
      trial.fault("authorize", { do: "outcome", outcome: trial.conforming.outcomes.rejected?.authorize ?? "" });
      expect((await trial.open(BASE)).state).toBe("failed");
      await expectBooksAgree(trial);
    },
  },
  ...([0, 2, 3] as const).map((decimals) => ({
    name: `a currency with ${decimals} decimals`,
    missing: ({ conforming }: About) => (conforming.currencies[decimals] === undefined ? "takes none" : undefined),
    run: (trial: Trial) => keepsDecimals(trial, trial.conforming.currencies[decimals] ?? ""),
  })),
  {
    name: "the gateway says by when it has to be captured",
    missing: ({ conforming }) => (conforming.peculiar?.givesCaptureBy === true ? undefined : "it doesn't say so"),
    async run(trial) {
      await trial.open(BASE);
      const { captureBy } = await trial.hold();
      const expires = Date.parse((await paymentOf(trial))?.expires ?? "");
      expect(captureBy).toBe(Math.floor(expires / 1000) * 1000);
    },
  },
  {
    name: "adopt what another system authorized",
    missing: unreadable,
    async run(trial) {
      const other = await adoptedBy(trial.another(), trial);
      expect((await other.add(STEP)).state).toBe("applied");
      expect((await other.capture(BASE + STEP)).state).toBe("applied");
      await expectBooksAgree(other);
      await other.end();
    },
  },
  {
    name: "adopt what was raised, and let it go: all of it, or where that needs its steps, nothing and it says so",
    missing: unreadable,
    async run(trial) {
      const other = await adoptedBy(trial.another(), trial);
      const { state } = await other.does(other.commands.reverseAll());
      await expectBooksAgree(other);
      const isAll = trial.capabilities.reverseIncrement !== "last";
      expect([state, lifecycle(await other.hold())]).toEqual(isAll ? ["applied", "reversed"] : ["failed", "open"]);
      await other.end();
    },
  },
];

/** What was opened and raised here is taken over there. Books may lag: whoever adopts finds the payment as it is by then. */
async function adoptedBy(other: Trial, trial: Trial): Promise<Trial> {
  await trial.open(BASE);
  await trial.add(STEP);
  trial.clock.passes(trial.capabilities.recovery.lookUp?.lag ?? 0);
  expect((await other.adopt((await trial.hold()).references[PAYMENT] ?? "")).state).toBe("applied");
  return other;
}

async function keepsDecimals(trial: Trial, currency: string): Promise<void> {
  await trial.open(12_340, { currency });
  expect((await trial.add(1_230)).state).toBe("applied");
  expect((await trial.capture(13_570)).state).toBe("applied");
  await expectBooksAgree(trial);
  expect((await paymentOf(trial))?.sums).toMatchObject({ authorized: 13_570, captured: 13_570, held: 0 });
}
