import { expect } from "vitest";
import type { Case } from "../case.ts";
import type { About, Alteration } from "../conforming.ts";
import { expectBooksAgree, expectContradictionSetRight } from "../judge.ts";
import { rest } from "../rest.ts";
import type { Trial } from "../trial.ts";
import { steps, type Step } from "../steps.ts";

const WHATS: readonly Alteration["what"][] = ["amount", "currency", "status"];
const NAMES = { amount: "another amount", currency: "another currency", status: "an unknown status" } as const;

/** Answers that were applied truly and say something else: never believed without the books. */
export const altered: readonly Case[] = steps.flatMap((step) =>
  WHATS.map((what): Case => ({
    name: `${step.name}: the answer says ${NAMES[what]}`,
    fault: [`the answer says ${NAMES[what]}`, step.name],
    missing: (about) =>
      about.conforming.alter(step.kind, alteration(about, what)) ? step.missing?.(about) : "its answers name none",
    run: (trial) => survives(trial, step, what),
  })),
);

/** More than any step of these could lead to: nobody can take it for a partial approval. */
const OTHER_AMOUNT = 33_333;

function alteration({ conforming }: About, what: Alteration["what"]): Alteration {
  return { what, amount: OTHER_AMOUNT, currency: conforming.currencies[2], exponent: 2 };
}

async function survives(trial: Trial, step: Step, what: Alteration["what"]): Promise<void> {
  const set = trial.conforming.alter(step.kind, alteration(trial, what)) ?? {};
  await step.prepare(trial);
  trial.fault(step.kind, { do: "alter", set, skip: step.skip ?? 0 });
  expect((await trial.done(await step.begin(trial))).refused).toBeNull();
  await rest(trial);
  const told = (await trial.store.history(trial.id)).map(({ event }) => event.type);
  // Another amount may be the truth and blocks; of another currency or an unknown word nothing can be told.
  const isDisbelieved = told.includes("doubted") || (what === "amount" && told.includes("contradicted"));
  expect(isDisbelieved, "it is not taken for an approval").toBe(true);
  if ((await trial.hold()).contradicted) await expectContradictionSetRight(trial);
  else await expectBooksAgree(trial);
}
