import { expect } from "vitest";
import { BASE, STEP, type Case } from "../case.ts";
import type { About } from "../conforming.ts";
import { faults, type Fault } from "../faults.ts";
import { expectBooksAgree, expectContradictionSetRight, ours, paymentOf } from "../judge.ts";
import { carried, expectGoesOn, expectOnceAtMost } from "../meeting.ts";
import { notLookedUp, notUndone, unreadable } from "../offers.ts";
import { steps, type Step } from "../steps.ts";
import type { Done, Trial } from "../trial.ts";

/** Requests that stand behind a step: what they meet delays what is known, and never makes it something else. */
export const behind: readonly Case[] = [
  ...steps.flatMap((step) => faults.filter(({ moving }) => !moving).map((fault) => lookUp(step, fault))),
  ...faults.filter(({ moving }) => !moving).map(read),
  ...faults.flatMap((fault) => (["there", "not there"] as const).map((is) => undo(fault, is))),
  ...faults.map(undoOfIncrement),
  {
    name: "undo of an increment that lets the whole hold go",
    missing: undoesNoIncrement,
    run: (trial) =>
      undoingIncrements(trial, trial.conforming.undoesIncrements?.letsAllGo, async (undoing) => {
        expect((await addedUnseen(undoing)).state).toBe("failed");
        expect((await paymentOf(undoing))?.sums.held).toBe(0);
        await expectContradictionSetRight(undoing);
      }),
  },
  {
    name: "undo of an increment that is turned away: it stays in doubt until a person ends it",
    missing: undoesNoIncrement,
    run: (trial) =>
      undoingIncrements(trial, trial.conforming.undoesIncrements?.refused, async (undoing) => {
        const { entry, state } = await addedUnseen(undoing);
        expect(state).toBe("asking");
        expect((await undoing.capture(BASE)).refused).toBe("in_doubt");
        expect((await undoing.does(undoing.commands.resolve(entry, "applied", null))).refused).toBeNull();
        await expectBooksAgree(undoing);
        expect((await undoing.capture(BASE + STEP)).state).toBe("applied");
        await expectBooksAgree(undoing);
      }),
  },
  ...steps
    .filter(({ skip }) => skip === undefined)
    .flatMap((step) => [
      ...faults.filter(({ moving }) => !moving).map((fault) => token(step, fault)),
      standsStill(step),
    ]),
];

function lookUp(step: Step, fault: Fault): Case {
  const operation = `look-up of ${step.name}`;
  return {
    name: `${operation}: ${nameOf(fault)}`,
    fault: [nameOf(fault), operation],
    missing: (about) => fault.missing?.(about) ?? step.missing?.(about) ?? notLookedUp(step.kind, about),
    async run(trial) {
      await step.prepare(trial);
      trial.looksShowNothing = "while it proves nothing";
      // Not answered, however often it is asked again under its key.
      const lost = trial.fault(step.kind, { do: "drop", when: "after", times: "always", skip: step.skip ?? 0 });
      const met = trial.next("find", fault.trouble, () => trial.imitation.faults.withdraw(lost.id));
      const done = await carried(trial, await step.begin(trial), met, fault);
      expect(done.state).toBe("applied");
      await expectBooksAgree(trial);
      await expectOnceAtMost(trial);
      await expectGoesOn(trial, step);
    },
  };
}

/** Found absent, a step is read back before anything that depends on amounts is asked. */
function read(fault: Fault): Case {
  return {
    name: `read before a capture: ${nameOf(fault)}`,
    fault: [nameOf(fault), "read"],
    missing: (about) => fault.missing?.(about) ?? unreadable(about),
    async run(trial) {
      await trial.open(BASE);
      const lost = trial.fault("increment", { do: "drop", when: "before", times: "always" });
      expect((await trial.add(STEP)).state).toBe("failed");
      trial.imitation.faults.withdraw(lost.id);
      const met = trial.next("read", fault.trouble);
      const hinted = trial.begin({ hold: trial.id, command: trial.commands.hint() });
      await carried(trial, hinted, met, fault);
      expect((await trial.capture(BASE)).state).toBe("applied");
      await expectBooksAgree(trial);
      expect((await ours(trial)).captured).toBe(BASE);
    },
  };
}

/** Whether the first authorization is there or not, no look-up shows it: it is undone by our own reference. */
function undo(fault: Fault, is: "there" | "not there"): Case {
  const operation = `undo of what is ${is}`;
  return {
    name: `${operation}: ${fault.name}`,
    fault: [fault.name, operation],
    missing: (about) => fault.missing?.(about) ?? notUndone(about),
    async run(trial) {
      trial.looksShowNothing = "always";
      trial.fault("authorize", { do: "drop", when: is === "there" ? "after" : "before" });
      const met = trial.next("undo", fault.trouble);
      const done = await carried(trial, trial.begin(await trial.opening(BASE)), met, fault);
      expect(done.state).toBe("failed");
      await expectBooksAgree(trial);
      expect(await ours(trial)).toMatchObject({ authorized: 0, held: 0 });
    },
  };
}

/** The same of an increment that never arrived, on an account that is set to undo them: what was on hold before stays. */
function undoOfIncrement(fault: Fault): Case {
  const operation = "undo of an increment that is not there";
  return {
    name: `${operation}: ${fault.name}`,
    fault: [fault.name, operation],
    missing: (about) => fault.missing?.(about) ?? undoesNoIncrement(about),
    run: (trial) =>
      undoingIncrements(trial, {}, async (undoing) => {
        await undoing.open(BASE);
        undoing.looksShowNothing = "always";
        undoing.fault("increment", { do: "drop", when: "before" });
        const met = undoing.next("undo", fault.trouble);
        const done = await carried(undoing, undoing.begin(undoing.stepping("increment", STEP)), met, fault);
        expect(done.state).toBe("failed");
        await expectBooksAgree(undoing);
        expect(await ours(undoing)).toMatchObject({ authorized: BASE, held: BASE });
        await expectGoesOn(undoing, { kind: "increment" });
      }),
  };
}

/** An increment that is applied and was not answered, and that no look-up shows. */
async function addedUnseen(trial: Trial): Promise<Done> {
  await trial.open(BASE);
  trial.looksShowNothing = "always";
  trial.fault("increment", { do: "drop", when: "after" });
  return trial.add(STEP);
}

async function undoingIncrements(
  trial: Trial,
  readings: Readonly<Record<string, string>> | undefined,
  run: (trial: Trial) => Promise<void>,
): Promise<void> {
  for (const [name, value] of Object.entries(readings ?? {})) trial.imitation.gateway.readings.set(name, value);
  const undoing = trial.another(trial.conforming.undoesIncrements?.settings);
  expect(undoing.capabilities.recovery.undo?.of).toContain("increment");
  await run(undoing);
  await undoing.end();
}

/** Without a token nothing is sent: that is certain. */
function token(step: Step, fault: Fault): Case {
  const operation = `token for ${step.name}`;
  return {
    name: `${operation}: ${nameOf(fault)}`,
    fault: [nameOf(fault), operation],
    missing: (about) => fault.missing?.(about) ?? step.missing?.(about) ?? notByToken(about),
    async run(trial) {
      await step.prepare(trial);
      if (step.kind !== "authorize") trial.clock.passes(TOKEN_LIFE);
      const met = trial.imitation.script({ ...fault.trouble, match: { operation: "token" } });
      const givenUp = { ...fault, meanwhile: () => trial.clock.passes(TOKEN_PATIENCE) };
      const begun = await step.begin(trial);
      const done = await carried(trial, begun, Promise.resolve(met), fault.letGoLast ? givenUp : fault);
      expect(done.state).toBe(fault.harmless ? "applied" : "failed");
      await expectBooksAgree(trial);
      await expectGoesOn(trial, step);
    },
  };
}

/** Nobody waits longer for a token, and it is well before the deadline of what needs it. */
const TOKEN_PATIENCE = 15_000;
/** Nothing that is asked then can be taken for what was asked before: whoever looked has given it up. */
function standsStill(step: Step): Case {
  const name = "the process stands still past its deadline";
  return {
    name: `token for ${step.name}: ${name}`,
    fault: [name, `token for ${step.name}`],
    missing: (about) => step.missing?.(about) ?? notByToken(about),
    async run(trial) {
      await step.prepare(trial);
      if (step.kind !== "authorize") trial.clock.passes(TOKEN_LIFE);
      const met = trial.imitation.script({ do: "delay", when: "before", match: { operation: "token" } });
      const begun = await step.begin(trial);
      await trial.imitation.faults.reached(met.id);
      const { recovery } = trial.capabilities;
      // No timer runs: what it finds first when it goes on is its token.
      trial.clock.stalls(recovery.deadline + recovery.slowestApply + (recovery.lookUp?.lag ?? 0));
      await trial.imitation.faults.release(met.id);
      await trial.inFlight.ended();
      // To prolong is to raise by nothing.
      const asked = step.kind === "extend" ? "increment" : step.kind;
      expect(trial.imitation.journal().some(({ operation }) => operation === asked)).toBe(false);
      await trial.done(begun);
      await expectBooksAgree(trial);
      await expectGoesOn(trial, step);
    },
  };
}

/** Longer than any token lives. */
const TOKEN_LIFE = 24 * 3_600_000;

/** What is only asked for is not applied. */
function nameOf({ name }: Fault): string {
  return name.replace(/, before.*$/, "");
}

function notByToken({ conforming }: About): string | undefined {
  return conforming.tokens === true ? undefined : "its credentials are in every request";
}

function undoesNoIncrement({ conforming }: About): string | undefined {
  return conforming.undoesIncrements === undefined ? "it undoes no increment" : undefined;
}
