import { expect } from "vitest";
import { BASE, STEP } from "./case.ts";
import type { Fault } from "./faults.ts";
import { expectBooksAgree, ours, paymentOf } from "./judge.ts";
import { restUntil } from "./rest.ts";
import type { Step } from "./steps.ts";
import type { Begun, Done, Trial } from "./trial.ts";

/** A request on which something is scripted: its fault's id, once that is known. */
export type Met = Promise<{ readonly id: string }>;

/** The step meets it; whatever is known afterwards, the books agree and the hold can be worked with again. */
export async function expectSurvives(trial: Trial, step: Step, fault: Fault): Promise<void> {
  await step.prepare(trial);
  const { length: before } = trial.asked;
  const met = trial.fault(step.kind, { ...fault.trouble, skip: step.skip ?? 0 });
  const done = await carried(trial, await step.begin(trial), Promise.resolve(met), fault);
  expect(done.refused).toBeNull();
  await expectBooksAgree(trial);
  if (fault.harmless) expectNothingHappened(trial, done, step, before);
  await expectOnceAtMost(trial);
  await expectGoesOn(trial, step);
}

/** Carries what was begun to its rest, past the request that meets the fault. */
export async function carried(trial: Trial, begun: Begun, met: Met, { meanwhile, letGoLast }: Fault): Promise<Done> {
  const { faults } = trial.imitation;
  if (!meanwhile) {
    const done = await trial.done(begun);
    await expectMet(trial, met);
    return done;
  }
  const reached = met.then(({ id }) => faults.reached(id));
  await restUntil(trial, reached);
  const { id } = await met;
  await meanwhile(trial);
  if (!letGoLast) await faults.release(id);
  const done = await trial.done(begun);
  if (letGoLast) await faults.release(id);
  await expectMet(trial, met);
  return done;
}

async function expectMet(trial: Trial, met: Met): Promise<void> {
  const found = await Promise.race([met, trial.inFlight.ended().then(() => null)]);
  const report = trial.imitation.faults.reports().find(({ id }) => id === found?.id);
  expect(report?.state, "a request has met it").toBe("done");
}

function expectNothingHappened({ asked }: Trial, done: Done, { kind, skip = 0 }: Step, before: number): void {
  expect(done.state).toBe("applied");
  expect(asked.slice(before).filter((order) => order.kind === kind)).toHaveLength(skip + 1);
}

/** However often it was asked, it took effect once at most. */
export async function expectOnceAtMost(trial: Trial): Promise<void> {
  const { authorized = 0, captured = 0 } = (await paymentOf(trial))?.sums ?? {};
  expect([0, BASE, BASE + STEP]).toContain(authorized);
  expect([0, STEP]).toContain(captured);
}

/** Once the doubt has ended the hold can be worked with again. */
export async function expectGoesOn(trial: Trial, { kind, final }: Pick<Step, "kind" | "final">): Promise<void> {
  const { held, captured } = await ours(trial);
  if ((await trial.hold()).endedAt !== null || held === 0 || final) return;
  // Not every gateway raises what is captured in part.
  const more = kind === "capture" ? 0 : 300;
  if (more > 0) expect((await trial.add(more)).state).toBe("applied");
  expect((await trial.capture(held + more)).state).toBe("applied");
  await expectBooksAgree(trial);
  expect((await ours(trial)).captured).toBe(captured + held + more);
}
