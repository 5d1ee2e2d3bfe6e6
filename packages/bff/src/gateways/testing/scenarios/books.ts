import { expect } from "vitest";
import type { MovementKind } from "../../../../../sandbox/src/control/reports.ts";
import type { Sums } from "../conformance/books.ts";
import { expectBooksAgree, paymentOf, theirs } from "../conformance/judge.ts";
import type { Stage } from "./stage.ts";

/** The judge of every scenario: the gateway's books, our sums and what everybody is shown say this and nothing else. */
export async function expectMoney(stage: Stage, expected: Partial<Sums>): Promise<void> {
  const all: Sums = { authorized: 0, captured: 0, released: 0, lapsed: 0, held: 0, ...expected };
  await expectBooksAgree(stage.trial);
  expect(await theirs(stage.trial), "the gateway's books").toEqual(all);
  const views = [await stage.payer(), await stage.desk(), await stage.merchant()];
  for (const { amounts } of views) expect(amounts, "what is shown").toMatchObject({ ...all, pending: 0 });
}

/** What stands in the gateway's books, movement by movement, as each took effect. */
export async function expectMovements(
  stage: Stage,
  ...expected: readonly (readonly [MovementKind, number])[]
): Promise<void> {
  const movements = (await paymentOf(stage.trial))?.movements ?? [];
  expect(movements.map(({ kind, applied }) => [kind, applied])).toEqual(expected);
}
