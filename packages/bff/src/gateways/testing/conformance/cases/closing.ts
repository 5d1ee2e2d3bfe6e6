import { expect } from "vitest";
import { lifecycle } from "../../../../hold/index.ts";
import { BASE, STEP, type Case } from "../case.ts";
import { expectBooksAgree, ours, paymentOf } from "../judge.ts";

export const closing: readonly Case[] = [
  {
    name: "capture of the whole",
    async run(trial) {
      await trial.open(BASE);
      await trial.add(STEP);
      expect((await trial.capture(BASE + STEP)).state).toBe("applied");
      await expectBooksAgree(trial);
      expect(await ours(trial)).toMatchObject({ captured: BASE + STEP, held: 0, released: 0 });
      expect((await trial.capture(100)).refused).toBe("already_captured");
    },
  },
  {
    name: "capture of less, and the rest as declared",
    async run(trial) {
      await trial.open(BASE);
      await trial.add(STEP);
      expect((await trial.capture(8_000)).state).toBe("applied");
      await expectBooksAgree(trial);
      const rest = BASE + STEP - 8_000;
      const kept = trial.capabilities.releaseAtCapture === "automatic" ? 0 : rest;
      expect(await ours(trial)).toMatchObject({ captured: 8_000, released: rest - kept, held: kept });
    },
  },
  {
    name: "capture of more than is held: refused",
    async run(trial) {
      await trial.open(BASE);
      expect((await trial.capture(BASE + 1)).refused).toBe("above_hold");
      expect(trial.asked.some(({ kind }) => kind === "capture")).toBe(false);
      await expectBooksAgree(trial);
    },
  },
  {
    name: "capture in part, then the last",
    missing: ({ capabilities }) => (capabilities.partialCapture === "never" ? "one capture only" : undefined),
    async run(trial) {
      await trial.open(BASE);
      expect((await trial.capture(3_000, { final: false })).state).toBe("applied");
      await expectBooksAgree(trial);
      expect((await trial.capture(7_000)).state).toBe("applied");
      await expectBooksAgree(trial);
      expect(await ours(trial)).toMatchObject({ captured: BASE, held: 0 });
    },
  },
  {
    name: "capture in part: refused where it can't be",
    missing: ({ capabilities }) => (capabilities.partialCapture === "always" ? "it always can" : undefined),
    async run(trial) {
      await trial.open(BASE);
      await trial.add(STEP);
      expect((await trial.capture(3_000, { final: false })).refused).toBe("partial_capture_unsupported");
      await expectBooksAgree(trial);
    },
  },
  {
    name: "increment after a capture in part, as declared",
    missing: ({ capabilities }) => (capabilities.partialCapture === "never" ? "one capture only" : undefined),
    async run(trial) {
      await trial.open(BASE);
      await trial.capture(3_000, { final: false });
      const done = await trial.add(STEP);
      if (trial.capabilities.incrementsAfterPartialCapture) expect(done.state).toBe("applied");
      else expect(done.refused).toBe("partly_captured");
      await expectBooksAgree(trial);
    },
  },
  {
    name: "reversal of all",
    async run(trial) {
      await trial.open(BASE);
      await trial.add(STEP);
      await trial.add(5_000);
      expect((await trial.does(trial.commands.reverseAll())).state).toBe("applied");
      await expectBooksAgree(trial);
      expect((await paymentOf(trial))?.sums).toMatchObject({ released: BASE + STEP + 5_000, held: 0 });
      expect(lifecycle(await trial.hold())).toBe("reversed");
      const steps = trial.capabilities.reverseIncrement === "last" ? 3 : 1;
      expect(trial.asked.filter(({ kind }) => kind === "reverse")).toHaveLength(steps);
    },
  },
  {
    name: "reversal of all that stops half-way, resumed",
    missing: ({ capabilities, conforming }) => {
      if (capabilities.reverseIncrement !== "last") return "it is one step";
      return conforming.outcomes.rejected?.reverse === undefined ? "no such answer documented" : undefined;
    },
    async run(trial) {
      await trial.open(BASE);
      await trial.add(STEP);
      await trial.add(5_000);
      const outcome = trial.conforming.outcomes.rejected?.reverse ?? "";
      trial.fault("reverse", { do: "outcome", outcome, skip: 1 });
      expect((await trial.does(trial.commands.reverseAll())).state).toBe("withdrawn");
      await expectBooksAgree(trial);
      expect((await ours(trial)).held).toBe(BASE + STEP);
      expect((await trial.does(trial.commands.reverseAll())).state).toBe("applied");
      await expectBooksAgree(trial);
      expect((await ours(trial)).held).toBe(0);
    },
  },
  {
    name: "reversal of one increment, as declared",
    async run(trial) {
      const { reverseIncrement } = trial.capabilities;
      await trial.open(BASE);
      const first = await trial.add(STEP);
      const last = await trial.add(5_000);
      const older = await trial.does(trial.commands.reverseIncrement(first.entry));
      if (reverseIncrement === "none") expect(older.refused).toBe("reversal_unsupported");
      else if (reverseIncrement === "last") expect(older.refused).toBe("not_last");
      else expect(older.state).toBe("applied");
      await expectBooksAgree(trial);
      const newest = await trial.does(trial.commands.reverseIncrement(last.entry));
      if (reverseIncrement === "none") expect(newest.refused).toBe("reversal_unsupported");
      else expect(newest.state).toBe("applied");
      await expectBooksAgree(trial);
      const left = { none: BASE + STEP + 5_000, last: BASE + STEP, any: BASE }[reverseIncrement];
      expect((await paymentOf(trial))?.sums.held).toBe(left);
      expect((await trial.capture(left)).state).toBe("applied");
      await expectBooksAgree(trial);
    },
  },
];
