import fc from "fast-check";
import { describe, it } from "vitest";
import { wakeAt, type Capabilities, type Instant, type Outcome } from "./index.ts";
import * as gateways from "./testing/gateways.ts";
import { approval, approved, books, declined, MINUTE, SECOND, unknown } from "./testing/story.ts";
import { Voyage, type Happening } from "./testing/voyage.ts";

/*
 * Whatever a gateway tells, unasked, late or about an end that has passed, and however a test clock leaps: each step of
 * the voyage finds the hold coherent, with work that can be done now, a wake-up that lies ahead, or rest.
 */

const HOUR = 60 * MINUTE;
const LEAPS = [SECOND, MINUTE, 7 * MINUTE + 1, HOUR, 13 * HOUR, 24 * HOUR + 3, 40 * 24 * HOUR];

const happening = fc.record({
  what: fc.oneof(
    { weight: 6, arbitrary: fc.constant("command" as const) },
    { weight: 8, arbitrary: fc.constant("answer" as const) },
    { weight: 2, arbitrary: fc.constantFrom("time" as const, "hint" as const) },
    { weight: 1, arbitrary: fc.constantFrom("late" as const, "leap" as const, "age" as const) },
    { weight: 1, arbitrary: fc.constantFrom("expiry" as const, "notice" as const, "page" as const, "ends" as const) },
  ),
  which: fc.nat(1000),
  amount: fc.integer({ min: 1, max: 20_000 }),
  wish: fc.record({ declines: fc.boolean(), percent: fc.constant(100) }),
});
type Told = typeof happening extends fc.Arbitrary<infer T> ? T : never;

class Rough extends Voyage {
  override lied = true;

  meets(told: Told): void {
    const { story } = this;
    const leap = pick(LEAPS, told.which);
    switch (told.what) {
      case "leap":
        return void story.passes(leap);
      case "age":
        return void story.does({ do: "pass_time", by: { kind: "merchant", name: "tests" }, ms: leap });
      case "expiry":
        return told.which % 4 === 0 ? void story.learns({ from: "expiry" }) : undefined;
      case "notice":
        return this.#hears(told.which);
      case "page":
        return this.#waits(told.which);
      case "ends":
        return this.#givesEnd(told.which);
      case "command":
      case "answer":
      case "time":
      case "hint":
      case "late":
        return this.happens(told as Happening);
    }
  }

  #hears(which: number): void {
    const { story } = this;
    const [operation] = story.state.operations;
    const sent = story.state.entries.filter(({ kind, state }) => kind !== "correction" && TOLD.has(state));
    const entry = operation ? story.entry(operation.entry) : sent[which % Math.max(1, sent.length)];
    if (entry) story.hears(pick([approved(entry.asked), ...VERDICTS, ...waits(story.now + MINUTE)], which), entry.id);
  }

  /** Until an instant that may have passed already. */
  #waits(which: number): void {
    const { job, now } = this.story;
    if (job.do === "ask") this.story.answers(pick(waits(now + ((which % 3) - 1) * 5 * MINUTE), which));
  }

  #givesEnd(which: number): void {
    const { job, now } = this.story;
    const captureBy = now + pick([-HOUR, 0, 1, MINUTE + 1, HOUR + 7, 73 * HOUR + 1], which);
    const { authorized, captured } = this.ledger.sums;
    const state = which % 5 === 0 ? "expired" : "open";
    if (job.do === "ask") this.story.answers({ is: "approved", ...approval(job.operation.delta), captureBy });
    if (job.do === "read") this.story.reads({ ...books(now, authorized, captured, state), captureBy });
  }
}

const TOLD = new Set(["asking", "applied", "declined", "failed"]);
const VERDICTS: readonly Outcome[] = [
  declined,
  unknown,
  { is: "received", cause: "this key was used" },
  { is: "rejected", cause: "refused at the door", again: "later" },
  { is: "rejected", cause: "refused at the door", again: "never" },
];
const waits = (until: Instant): readonly Outcome[] => [
  { is: "waiting", on: "payer", until },
  { is: "waiting", on: "notice", until },
];

function pick<T>(from: readonly [T, ...T[]] | readonly T[], which: number): T {
  const one = from[which % from.length];
  if (one === undefined) throw new Error("nothing to pick from");
  return one;
}

const expiry = {
  captureWithin: 20 * MINUTE + 1,
  bankKeeps: MINUTE,
  prolongedBy: ["increment"],
  source: "made up for tests",
  read: "2026-11-22",
} as const;
const variants: readonly (readonly [string, (as: Capabilities) => Capabilities])[] = [
  ["", (as) => as],
  [
    ", where the rest lapses and holds are short",
    (as) => ({ ...as, releaseAtCapture: "lapses", extension: true, expiry }),
  ],
  [
    ", where a key is soon forgotten",
    (as) => ({ ...as, recovery: { ...as.recovery, dedupe: { window: 4 * MINUTE, replay: "same_answer" } } }),
  ],
];
const all = Object.entries(gateways).flatMap(([name, capabilities]) =>
  variants.map(([more, made]) => [`${name}${more}`, made(capabilities)] as const),
);

const MOST_STEPS = 400;
const seed = Number(process.env["PLIMSOLL_SEED"] ?? 412);
const runs = Math.ceil(Number(process.env["PLIMSOLL_RUNS"] ?? 300) / 3);

describe.each(all)("on %s", (_, capabilities) => {
  it("no hold spins, and every one comes to rest", () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 3, maxLength: 40 }), (list) => {
        const voyage = new Rough(capabilities, null);
        for (const one of list) {
          voyage.meets(one);
          const wake = wakeAt(voyage.story.state);
          if (wake !== null && !Number.isSafeInteger(wake)) throw new Error(`a wake-up at ${wake}`);
        }
        const steps = voyage.calms(MOST_STEPS);
        if (steps >= MOST_STEPS) throw new Error(`no rest after ${steps} steps`);
      }),
      { seed, numRuns: runs },
    );
  });
});
