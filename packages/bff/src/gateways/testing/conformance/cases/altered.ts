import { expect } from "vitest";
import { BASE, STEP, type Case } from "../case.ts";
import type { About, Alteration } from "../conforming.ts";
import { expectBooksAgree, expectContradictionSetRight } from "../judge.ts";
import { notLookedUp, notUndone, unreadable } from "../offers.ts";
import { rest } from "../rest.ts";
import type { Trial, Trouble } from "../trial.ts";
import { steps, type Step } from "../steps.ts";

const WHATS: readonly Alteration["what"][] = ["amount", "currency", "status"];
const NAMES = { amount: "another amount", currency: "another currency", status: "an unknown status" } as const;

/** Answers that were applied truly and say something else: never believed without the books. */
export const altered: readonly Case[] = WHATS.flatMap((what) => [
  ...steps.map((step) =>
    saying(what, {
      operation: step.name,
      asked: step.kind,
      missing: step.missing,
      run: (trial, fault) => answered(trial, step, what, fault),
    }),
  ),
  saying(what, {
    operation: "look-up of increment",
    asked: "look-up",
    missing: (about) => notLookedUp("increment", about),
    run: lookedUp,
  }),
  saying(what, { operation: "read", asked: "read", missing: unreadable, run: readBack }),
  saying(what, { operation: "undo", asked: "undo", missing: notUndone, run: undone }),
]);

interface Said {
  readonly operation: string;
  readonly asked: Parameters<About["conforming"]["alter"]>[0];
  readonly missing: Case["missing"];
  readonly run: (trial: Trial, fault: Trouble) => Promise<void>;
}

function saying(what: Alteration["what"], { operation, asked, missing, run }: Said): Case {
  const alterationOf = (about: About) => about.conforming.alter(asked, alteration(about, what));
  return {
    name: `${operation}: the answer says ${NAMES[what]}`,
    fault: [`the answer says ${NAMES[what]}`, operation],
    missing: (about) => missing?.(about) ?? (alterationOf(about) ? undefined : "its answers name none"),
    async run(trial) {
      await run(trial, { do: "alter", set: alterationOf(trial) ?? {} });
      await rest(trial);
      if ((await trial.hold()).contradicted) await expectContradictionSetRight(trial);
      else await expectBooksAgree(trial);
    },
  };
}

/** More than any step of these could lead to: nobody can take it for a partial approval. */
const OTHER_AMOUNT = 33_333;

function alteration({ conforming }: About, what: Alteration["what"]): Alteration {
  return { what, amount: OTHER_AMOUNT, currency: conforming.currencies[2], exponent: 2 };
}

async function answered(trial: Trial, step: Step, what: Alteration["what"], fault: Trouble): Promise<void> {
  await step.prepare(trial);
  trial.fault(step.kind, { ...fault, skip: step.skip ?? 0 });
  expect((await trial.done(await step.begin(trial))).refused).toBeNull();
  const told = await events(trial);
  // Another amount may be the truth and blocks; of another currency or an unknown word nothing can be told.
  const isDisbelieved = told.includes("doubted") || (what === "amount" && told.includes("contradicted"));
  expect(isDisbelieved, "it is not taken for an approval").toBe(true);
}

async function lookedUp(trial: Trial, fault: Trouble): Promise<void> {
  await trial.open(BASE);
  trial.looksShowNothing = "while it proves nothing";
  const lost = trial.fault("increment", { do: "drop", when: "after", times: "always" });
  const met = trial.next("find", fault, () => trial.imitation.faults.withdraw(lost.id));
  expect((await trial.add(STEP)).state).toBe("applied");
  await met;
  const told = (await trial.store.history(trial.id)).map(({ event }) => event);
  const looks = told.filter((event) => event.type === "attempted" && event.kind === "look").length;
  expect(looks > 1 || told.some(({ type }) => type === "contradicted"), "it is not taken for proof").toBe(true);
}

async function readBack(trial: Trial, fault: Trouble): Promise<void> {
  await trial.open(BASE);
  await trial.add(STEP);
  const met = trial.next("read", fault);
  await trial.does(trial.commands.hint());
  await met;
  const reads = (await events(trial)).filter((type) => type === "read_done").length;
  expect(reads, "the books are read again").toBeGreaterThan(1);
}

async function undone(trial: Trial, fault: Trouble): Promise<void> {
  trial.looksShowNothing = "always";
  trial.fault("authorize", { do: "drop", when: "after" });
  const met = trial.next("undo", fault);
  expect((await trial.open(BASE)).state).toBe("failed");
  await met;
  const undos = (await trial.store.history(trial.id)).filter(
    ({ event }) => event.type === "attempted" && event.kind === "undo",
  );
  expect(undos.length, "it is undone again").toBeGreaterThan(1);
}

async function events(trial: Trial): Promise<string[]> {
  return (await trial.store.history(trial.id)).map(({ event }) => event.type);
}
