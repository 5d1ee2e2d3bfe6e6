import { expect } from "vitest";
import type { Line } from "../../../../reconcile/index.ts";
import { PAYMENT } from "../../../../store/store.ts";
import { BASE, STEP, type Case } from "../case.ts";
import { expectBooksAgree } from "../judge.ts";
import { reconciled } from "../reconciled.ts";
import { rest } from "../rest.ts";
import type { Done, Trial } from "../trial.ts";

/** Our holds against the gateway's own list and books. */
export const reconciling: readonly Case[] = [
  {
    name: "reconcile: what was done here agrees",
    missing: ({ capabilities }) => (capabilities.readable ? undefined : "its payments can't be read"),
    async run(trial) {
      const since = trial.clock.now();
      await trial.open(BASE);
      await trial.add(STEP);
      expect(await reconciled(trial, since)).toMatchObject([{ verdict: "agrees", hold: trial.id }]);
      await trial.capture(8_000);
      expect(await reconciled(trial, since)).toMatchObject([{ verdict: "agrees", hold: trial.id }]);
      await expectBooksAgree(trial);
    },
  },
  {
    name: "reconcile: a payment raised behind our back differs, is blocked, and is set right by a correction",
    missing: ({ capabilities }) => (capabilities.readable ? undefined : "its payments can't be read"),
    async run(trial) {
      const since = trial.clock.now();
      await trial.open(BASE);
      await elsewhere(trial, (other) => other.add(STEP));
      const [line] = await reconciled(trial, since);
      expect(line).toMatchObject({
        verdict: "differs",
        ours: { authorized: BASE },
        theirs: { authorized: BASE + STEP, captured: 0 },
      });
      await rest(trial);
      expect((await trial.hold()).contradicted).not.toBeNull();
      expect((await trial.add(100)).refused).toBe("contradicted");
      const first = (await trial.hold()).entries[0]?.id ?? "";
      expect((await trial.does(trial.commands.correct(first, STEP))).refused).toBeNull();
      expect(await reconciled(trial, since)).toMatchObject([{ verdict: "agrees" }]);
      await expectBooksAgree(trial);
    },
  },
  {
    name: "reconcile: a payment charged behind our back differs, and is set right by a person's word",
    missing: ({ capabilities }) => (capabilities.readable ? undefined : "its payments can't be read"),
    async run(trial) {
      const since = trial.clock.now();
      await trial.open(BASE);
      await elsewhere(trial, (other) => other.capture(8_000));
      expect(await reconciled(trial, since)).toMatchObject([{ verdict: "differs", theirs: { captured: 8_000 } }]);
      await rest(trial);
      expect((await trial.capture(100)).refused).toBe("contradicted");
      expect((await trial.does(trial.commands.sayCaptured(8_000))).refused).toBeNull();
      expect(await reconciled(trial, since)).toMatchObject([{ verdict: "agrees" }]);
      await expectBooksAgree(trial);
    },
  },
  {
    name: "reconcile: a payment charged behind our back, how much not told, differs, and is set right by a word",
    missing: ({ conforming }) => (conforming.peculiar?.leavesChargeOpen ? undefined : "its books tell the sum"),
    async run(trial) {
      const { leavesChargeOpen = {} } = trial.conforming.peculiar ?? {};
      for (const [name, value] of Object.entries(leavesChargeOpen)) trial.imitation.gateway.readings.set(name, value);
      const since = trial.clock.now();
      await trial.open(BASE);
      await elsewhere(trial, (other) => other.capture(8_000));
      expect(await reconciled(trial, since)).toMatchObject([{ verdict: "differs", theirs: { captured: null } }]);
      await rest(trial);
      expect((await trial.capture(100)).refused).toBe("contradicted");
      expect((await trial.does(trial.commands.sayCaptured(8_000))).refused).toBeNull();
      expect(await reconciled(trial, since)).toMatchObject([{ verdict: "untold", why: "amounts_not_named" }]);
      await expectBooksAgree(trial);
    },
  },
  {
    name: "reconcile: a payment let go behind our back differs, and is set right by a correction",
    missing: ({ capabilities }) => (capabilities.readable ? undefined : "its payments can't be read"),
    async run(trial) {
      const since = trial.clock.now();
      await trial.open(BASE);
      await elsewhere(trial, (other) => other.does(other.commands.reverseAll()));
      expect(await reconciled(trial, since)).toMatchObject([{ verdict: "differs" }]);
      await rest(trial);
      const first = (await trial.hold()).entries[0]?.id ?? "";
      expect((await trial.does(trial.commands.correct(first, -BASE))).refused).toBeNull();
      expect(await reconciled(trial, since)).toMatchObject([{ verdict: "agrees" }]);
    },
  },
  {
    name: "reconcile: what others opened is theirs alone, where it is listed",
    missing: ({ gateway }) => (gateway.list ? undefined : "no list is documented"),
    async run(trial) {
      const since = trial.clock.now();
      await trial.open(BASE);
      const other = trial.another();
      await other.open(STEP);
      await other.end();
      const lines = await reconciled(trial, since);
      const theirs = lines.find(({ verdict }) => verdict === "theirs_alone");
      expect(theirs).toMatchObject({
        payment: (await other.hold()).references[PAYMENT],
        currency: trial.conforming.currencies[2],
        ours: null,
        theirs: { authorized: STEP, captured: 0 },
      } satisfies Partial<Record<keyof Line, unknown>>);
      expect(lines.map(({ verdict }) => verdict).toSorted()).toEqual(["agrees", "theirs_alone"]);
    },
  },
];

/** As somebody would in the gateway's own portal. */
async function elsewhere(trial: Trial, does: (other: Trial) => Promise<Done>): Promise<void> {
  const other = trial.another();
  trial.clock.passes(trial.capabilities.recovery.lookUp?.lag ?? 0);
  await other.adopt((await trial.hold()).references[PAYMENT] ?? "");
  expect((await does(other)).state).toBe("applied");
  await other.end();
}
