import { expect } from "vitest";
import type { OperationKind } from "../../../../hold/index.ts";
import { BASE, STEP, type Case } from "../case.ts";
import type { About, Alteration } from "../conforming.ts";
import { expectBooksAgree, expectContradictionSetRight } from "../judge.ts";
import { rest } from "../rest.ts";
import type { Trial } from "../trial.ts";
import { notOffered } from "./broken.ts";

const KINDS: readonly OperationKind[] = ["authorize", "increment", "capture", "reverse"];
const WHATS: readonly Alteration["what"][] = ["amount", "currency", "status"];
const NAMES = { amount: "another amount", currency: "another currency", status: "an unknown status" } as const;

/** Answers that were applied truly and say something else: never believed without the books. */
export const altered: readonly Case[] = KINDS.flatMap((kind) =>
  WHATS.map((what) => ({
    name: `${kind}: the answer says ${NAMES[what]}`,
    missing: (about: About) =>
      about.conforming.alter(kind, alteration(about, what)) ? notOffered(kind, about) : "its answers name none",
    run: (trial: Trial) => survives(trial, kind, what),
  })),
);

/** More than any step of these could lead to: nobody can take it for a partial approval. */
const OTHER_AMOUNT = 33_333;

function alteration({ conforming }: About, what: Alteration["what"]): Alteration {
  return { what, amount: OTHER_AMOUNT, currency: conforming.currencies[2], exponent: 2 };
}

async function survives(trial: Trial, kind: OperationKind, what: Alteration["what"]): Promise<void> {
  const set = trial.conforming.alter(kind, alteration(trial, what)) ?? {};
  if (kind !== "authorize") await trial.open(BASE);
  trial.fault(kind, { do: "alter", set });
  const begun = trial.begin(kind === "authorize" ? await trial.opening(BASE) : trial.stepping(kind, STEP));
  expect((await trial.done(begun)).refused).toBeNull();
  await rest(trial);
  const told = (await trial.store.history(trial.id)).map(({ event }) => event.type);
  // Another amount may be the truth and blocks; of another currency or an unknown word nothing can be told.
  const isDisbelieved = told.includes("doubted") || (what === "amount" && told.includes("contradicted"));
  expect(isDisbelieved, "it is not taken for an approval").toBe(true);
  if ((await trial.hold()).contradicted) await expectContradictionSetRight(trial);
  else await expectBooksAgree(trial);
}
