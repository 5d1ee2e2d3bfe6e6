import { expect } from "vitest";
import { BASE, STEP, type Case } from "../case.ts";
import type { Trial } from "../trial.ts";
import { expectBooksAgree, expectContradictionSetRight, ours, paymentOf } from "../judge.ts";
import { rest } from "../rest.ts";
import { noExtension } from "../offers.ts";

export const raising: readonly Case[] = [
  {
    name: "increment",
    async run(trial) {
      await trial.open(BASE);
      for (const amount of [STEP, 5_000, 300]) expect((await trial.add(amount)).state).toBe("applied");
      await expectBooksAgree(trial);
      expect((await paymentOf(trial))?.sums.held).toBe(BASE + STEP + 5_300);
    },
  },
  {
    name: "two increments at once",
    async run(trial) {
      await trial.open(BASE);
      const both = [trial.begin(trial.stepping("increment", STEP)), trial.begin(trial.stepping("increment", 5_000))];
      for (const begun of both) expect((await trial.done(begun)).state).toBe("applied");
      await expectBooksAgree(trial);
      expect((await ours(trial)).held).toBe(BASE + STEP + 5_000);
    },
  },
  {
    name: "increment: declined by the issuer, and the hold stands",
    async run(trial) {
      await trial.open(BASE);
      trial.fault("increment", { do: "outcome", outcome: trial.conforming.outcomes.declined });
      expect((await trial.add(STEP)).state).toBe("declined");
      await expectBooksAgree(trial);
      expect((await trial.add(STEP)).state).toBe("applied");
      expect((await trial.capture(BASE + STEP)).state).toBe("applied");
      await expectBooksAgree(trial);
    },
  },
  {
    name: "increment: approved in part",
    missing: ({ conforming }) =>
      conforming.outcomes.partial === undefined ? "its answers know no such thing" : undefined,
    async run(trial) {
      await trial.open(BASE);
      trial.fault("increment", { do: "outcome", outcome: trial.conforming.outcomes.partial ?? "" });
      expect((await trial.add(STEP)).state).toBe("applied");
      if (trial.capabilities.partialApproval.increment) await expectBooksAgree(trial);
      else await expectContradictionSetRight(trial);
      expect((await paymentOf(trial))?.sums.held).toBe(BASE + STEP / 2);
    },
  },
  {
    name: "increment: turned away at the gateway's door",
    missing: ({ conforming }) =>
      conforming.outcomes.rejected?.increment === undefined ? "no such answer documented" : undefined,
    async run(trial) {
      await trial.open(BASE);
      trial.fault("increment", { do: "outcome", outcome: trial.conforming.outcomes.rejected?.increment ?? "" });
      expect((await trial.add(STEP)).state).toBe("failed");
      await expectBooksAgree(trial);
    },
  },
  {
    name: "a card that does not grow",
    missing: ({ conforming }) => (conforming.cards.fixed === undefined ? "no such card documented" : undefined),
    async run(trial) {
      const { fixed } = trial.conforming.cards;
      if (fixed) await trial.open(BASE, { card: fixed });
      await expectNeverRaised(trial);
    },
  },
  {
    name: "an account that is not set up for increments",
    missing: ({ conforming }) => (conforming.unready === undefined ? "no such account documented" : undefined),
    async run(trial) {
      const { merchant, settings } = trial.conforming.unready ?? {};
      trial.imitation.gateway.addMerchant(merchant);
      const unready = trial.another(settings);
      await unready.open(BASE);
      await expectNeverRaised(unready);
      await unready.end();
    },
  },
  {
    name: "as many increments as are documented, and one more",
    missing: ({ capabilities }) => (capabilities.increments ? undefined : "no limit documented"),
    async run(trial) {
      const { most, count } = trial.capabilities.increments ?? { most: 0, count: "applied" };
      await trial.open(BASE);
      for (let n = 0; n < DECLINES; n += 1) {
        trial.fault("increment", { do: "outcome", outcome: trial.conforming.outcomes.declined });
        expect((await trial.add(100)).state).toBe("declined");
      }
      const left = count === "attempts" ? most - DECLINES : most;
      for (let n = 0; n < left; n += 1) expect((await trial.add(100)).state).toBe("applied");
      expect((await trial.add(100)).refused).toBe("increment_limit");
      await expectBooksAgree(trial);
      expect((await trial.capture(BASE + left * 100)).state).toBe("applied");
      await expectBooksAgree(trial);
    },
  },
  {
    name: "extension",
    missing: noExtension,
    async run(trial) {
      await trial.open(BASE);
      expect((await trial.does(trial.commands.extend())).state).toBe("applied");
      expect((await trial.add(STEP)).state).toBe("applied");
      await expectBooksAgree(trial);
    },
  },
  {
    name: "extension: refused in words where there is none",
    missing: ({ capabilities }) => (capabilities.extension ? "it prolongs" : undefined),
    async run(trial) {
      await trial.open(BASE);
      expect((await trial.does(trial.commands.extend())).refused).toBe("extension_unsupported");
      await expectBooksAgree(trial);
    },
  },
  {
    name: "the gateway says that it has expired",
    missing: ({ conforming }) => (conforming.peculiar?.saysExpired ? undefined : "it doesn't say so"),
    async run(trial) {
      const says = trial.conforming.peculiar?.saysExpired ?? true;
      const readings = says === true ? {} : says.under;
      for (const [name, value] of Object.entries(readings)) trial.imitation.gateway.readings.set(name, value);
      await trial.open(BASE);
      const payment = await paymentOf(trial);
      trial.imitation.gateway.advance(trial.gateway.payee, payment?.id ?? "", 400 * 86_400_000);
      await trial.does(trial.commands.hint());
      await rest(trial);
      expect((await ours(trial)).lapsed).toBe(BASE);
      await expectBooksAgree(trial);
    },
  },
];

/** Whether they count is what the gateway has to declare rightly. */
const DECLINES = 2;

/** Refused at once where it is known; else the gateway says so at the first, and the hold stands. */
async function expectNeverRaised(trial: Trial): Promise<void> {
  const done = await trial.add(STEP);
  if (done.refused === null) expect(done.state).toBe("failed");
  else expect(done.refused).toBe("not_incrementable");
  await expectBooksAgree(trial);
  expect((await ours(trial)).held).toBe(BASE);
  expect((await trial.capture(BASE)).state).toBe("applied");
  await expectBooksAgree(trial);
}
