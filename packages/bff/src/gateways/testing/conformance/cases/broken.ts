import { expect } from "vitest";
import type { OperationKind } from "../../../../hold/index.ts";
import { BASE, STEP, type Case } from "../case.ts";
import type { About } from "../conforming.ts";
import { expectBooksAgree, ours, paymentOf } from "../judge.ts";
import type { Begun, Trial, Trouble } from "../trial.ts";

const KINDS: readonly OperationKind[] = ["authorize", "increment", "capture", "reverse", "extend"];

/** What becomes of a request or its answer on the way. After none of them is anything known, and nothing is asked twice that can't be. */
const faults: readonly (readonly [name: string, fault: Trouble, missing?: Case["missing"]])[] = [
  ["no answer, before it is applied", { do: "drop", when: "before" }],
  ["no answer, after it is applied", { do: "drop", when: "after" }],
  ["reset in the middle of the body", { do: "reset" }],
  ["half a body", { do: "half" }],
  ["garbled", { do: "garble" }],
  ["a page of HTML, before", { do: "html", when: "before" }],
  ["a page of HTML, after", { do: "html", when: "after" }],
  ["5xx, before", { do: "server-error", when: "before" }],
  ["5xx, after", { do: "server-error", when: "after" }],
  ["429, before", { do: "server-error", when: "before", status: 429 }, limitsRate],
];

export const broken: readonly Case[] = [
  ...faults.flatMap(([name, fault, missing]) =>
    KINDS.map((kind) => ({
      name: `${kind}: ${name}`,
      missing: (about: About) => missing?.(about) ?? notOffered(kind, about),
      run: (trial: Trial) => survives(trial, kind, fault),
    })),
  ),
  ...KINDS.map((kind) => ({
    name: `${kind}: its deadline passes`,
    missing: (about: About) => notOffered(kind, about),
    run: (trial: Trial) => timesOut(trial, kind),
  })),
  ...(["before", "after"] as const).flatMap((when) =>
    KINDS.filter((kind) => kind !== "extend").map((kind) => ({
      name: `${kind}: 5xx that stands for its key, ${when}`,
      missing: ({ conforming }: About) => (conforming.outcomes.broken ? undefined : "no such answer documented"),
      run: (trial: Trial) => {
        const outcome = trial.conforming.outcomes.broken?.[when] ?? "";
        return survives(trial, kind, { do: "outcome", outcome });
      },
    })),
  ),
  ...KINDS.map((kind) => ({
    name: `${kind}: no answer, and applied only after a while`,
    missing: (about: About) => notOffered(kind, about),
    run: (trial: Trial) => isAppliedLate(trial, kind, FIRST_LOOK),
  })),
  ...KINDS.map((kind) => ({
    name: `${kind}: no answer, and applied only after our deadline`,
    missing: (about: About) => notOffered(kind, about),
    run: (trial: Trial) => {
      const { deadline, slowestApply } = trial.capabilities.recovery;
      return isAppliedLate(trial, kind, deadline + slowestApply / 2);
    },
  })),
  ...KINDS.map((kind) => ({
    name: `${kind}: a slow answer within the deadline`,
    missing: (about: About) => notOffered(kind, about),
    run: (trial: Trial) => isSlow(trial, kind),
  })),
];

function limitsRate({ conforming }: About): string | undefined {
  return conforming.peculiar?.limitsRate === true ? undefined : "no 429 documented";
}

export function notOffered(kind: OperationKind, { capabilities }: About): string | undefined {
  return kind === "extend" && !capabilities.extension ? "it prolongs nothing" : undefined;
}

async function survives(trial: Trial, kind: OperationKind, fault: Trouble): Promise<void> {
  const met = await prepare(trial, kind, () => trial.fault(kind, fault));
  const done = await trial.done(await stepOf(trial, kind));
  expect(met.find()).toBe("done");
  expect(done.refused).toBeNull();
  await expectBooksAgree(trial);
  await expectOnceAtMost(trial);
  await goesOn(trial, kind);
}

/** The answer comes after we gave up on it, and the hold is none the worse for it. */
async function timesOut(trial: Trial, kind: OperationKind): Promise<void> {
  const met = await prepare(trial, kind, () => trial.fault(kind, { do: "delay", when: "after" }));
  const begun = await stepOf(trial, kind);
  await trial.imitation.faults.reached(met.id);
  trial.clock.passes(trial.capabilities.recovery.deadline);
  const done = await trial.done(begun);
  await trial.imitation.faults.release(met.id);
  expect(done.refused).toBeNull();
  await expectBooksAgree(trial);
  await expectOnceAtMost(trial);
  await goesOn(trial, kind);
}

/** What was not there at the first look may be there at the next: absence counts only when it can't come any more. */
async function isAppliedLate(trial: Trial, kind: OperationKind, after: number): Promise<void> {
  const met = await prepare(trial, kind, () => trial.fault(kind, { do: "apply-late" }));
  const begun = await stepOf(trial, kind);
  await trial.imitation.faults.reached(met.id);
  await trial.inFlight.ended();
  for (let passed = 0; passed < after; passed += STRIDE) {
    trial.clock.passes(STRIDE);
    await trial.inFlight.ended();
  }
  await trial.imitation.faults.release(met.id);
  expect((await trial.done(begun)).refused).toBeNull();
  await expectBooksAgree(trial);
  await expectOnceAtMost(trial);
  await goesOn(trial, kind);
}

/** The driver has looked once by then. */
const FIRST_LOOK = 10_000;
/** Time that passes at once: whatever is due in it is done before more of it passes. */
const STRIDE = 5_000;

async function isSlow(trial: Trial, kind: OperationKind): Promise<void> {
  const met = await prepare(trial, kind, () => trial.fault(kind, { do: "delay", when: "before" }));
  const begun = await stepOf(trial, kind);
  await trial.imitation.faults.reached(met.id);
  trial.clock.passes(trial.capabilities.recovery.deadline / 2);
  await trial.imitation.faults.release(met.id);
  expect((await trial.done(begun)).state).toBe("applied");
  expect(trial.asked.filter((order) => order.kind === kind)).toHaveLength(1);
  await expectBooksAgree(trial);
}

/** A hold on which such a step can be taken, and what it will meet. */
async function prepare(trial: Trial, kind: OperationKind, script: () => { readonly id: string }) {
  if (kind !== "authorize") await trial.open(BASE);
  trial.asked.length = kind === "authorize" ? 0 : trial.asked.length;
  const { id } = script();
  return { id, find: () => trial.imitation.faults.reports().find((report) => report.id === id)?.state };
}

async function stepOf(trial: Trial, kind: OperationKind): Promise<Begun> {
  return trial.begin(kind === "authorize" ? await trial.opening(BASE) : trial.stepping(kind, STEP));
}

/** However often it was asked, it took effect once at most. */
async function expectOnceAtMost(trial: Trial): Promise<void> {
  const { authorized = 0, captured = 0 } = (await paymentOf(trial))?.sums ?? {};
  expect([0, BASE, BASE + STEP]).toContain(authorized);
  expect([0, STEP]).toContain(captured);
}

/** Once the doubt has ended the hold can be worked with again. */
async function goesOn(trial: Trial, kind: OperationKind): Promise<void> {
  const { held } = await ours(trial);
  if ((await trial.hold()).endedAt !== null || held === 0 || kind === "capture") return;
  expect((await trial.add(300)).state).toBe("applied");
  expect((await trial.capture(held + 300)).state).toBe("applied");
  await expectBooksAgree(trial);
}
