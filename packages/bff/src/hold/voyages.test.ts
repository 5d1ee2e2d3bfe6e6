import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Capabilities } from "./index.ts";
import * as gateways from "./testing/gateways.ts";
import { Voyage, type Happening } from "./testing/voyage.ts";

const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.oneof(
    { weight: 6, arbitrary: fc.constant("command" as const) },
    { weight: 8, arbitrary: fc.constant("answer" as const) },
    { weight: 2, arbitrary: fc.constant("time" as const) },
    { weight: 1, arbitrary: fc.constant("late" as const) },
    { weight: 1, arbitrary: fc.constant("hint" as const) },
  ),
  which: fc.nat(1000),
  amount: fc.integer({ min: 1, max: 20_000 }),
  wish: fc.record({
    declines: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
    percent: fc.oneof(fc.constant(100), fc.integer({ min: 1, max: 100 })),
  }),
});
const ceiling = fc.option(fc.integer({ min: 40_000, max: 80_000 }));
const happenings = (more: fc.Arbitrary<Happening>) => fc.array(more, { minLength: 5, maxLength: 60 });

/** After the storm every hold rests, however long its timers: a bound far above any honest way there. */
const MOST_STEPS = 300;

/** The same voyages each time, so that a failure is a change of the rules; another seed and more runs look further. */
const seed = Number(process.env["PLIMSOLL_SEED"] ?? 412);
const runs = Number(process.env["PLIMSOLL_RUNS"] ?? 300);
const named: readonly (readonly [string, Capabilities, readonly string[]])[] = [
  [
    "a gateway with a look-up and an undo",
    gateways.flexible,
    ["doubted", "parked", "undo_wanted", "absent", "closing_cleared", "capture applied"],
  ],
  [
    "a gateway that dedupes",
    gateways.deduping,
    ["doubted", "attempted", "reversal applied", "a late answer after the end"],
  ],
  ["a gateway that dedupes and looks up", gateways.dedupingWithLookUp, ["doubted", "attempted", "absent"]],
  [
    "a gateway that reverses the last increment only",
    gateways.lastInFirstOut,
    [
      "doubted",
      "parked",
      "closing_cleared",
      "absent",
      "a step of a full reversal",
      "reversal applied",
      "extension applied",
    ],
  ],
  ["a gateway that tells nothing afterwards", gateways.blind, ["doubted", "parked", "lapsed", "a late answer ends it"]],
  ["a gateway that can only undo", gateways.undoing, ["doubted", "undo_wanted", "undone", "absent"]],
  ["a gateway whose verdict is a notice", gateways.byNotice, ["waited", "waits for a notice", "a late answer ends it"]],
  [
    "a gateway that only says that it knows a key",
    gateways.conflicting,
    ["doubted", "attempted", "received", "absent", "parked", "increment applied"],
  ],
  [
    "a gateway on which holds soon come to their end",
    gateways.shortLived,
    ["warned", "extension by the timer", "reversal by the timer", "extension applied", "reversal applied", "parked"],
  ],
  ["a gateway that approves in part", gateways.partial, ["doubted", "declined", "closing_cleared"]],
];

describe.each(named)("on %s", (_, capabilities, paths) => {
  it("no order of events misstates money, and when faults stop every hold comes to rest with the gateway's books", () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(happenings(happening), ceiling, (all, limit) => {
        const voyage = new Voyage(capabilities, limit);
        for (const one of all) voyage.happens(one);
        const steps = voyage.calms(MOST_STEPS);
        if (steps >= MOST_STEPS) throw new Error(`no rest after ${steps} steps`);
        mustAgree(voyage, capabilities);
        for (const [name, times] of voyage.seen) seen.set(name, (seen.get(name) ?? 0) + times);
      }),
      { seed, numRuns: runs },
    );
    const missed = ["asked", "closed", "lapsed", "withdrawn", "a refusal", ...paths].filter((path) => !seen.has(path));
    expect(missed, "paths that no run took").toEqual([]);
  });

  it("whatever a gateway says, the hold stays coherent and comes to rest", () => {
    const lying = fc.oneof(
      { weight: 12, arbitrary: happening },
      happening.map((one) => ({ ...one, what: "lie" as const })),
    );
    let contradicted = 0;
    fc.assert(
      fc.property(happenings(lying), ceiling, (all, limit) => {
        const voyage = new Voyage(capabilities, limit);
        for (const one of all) voyage.happens(one);
        if (voyage.calms(MOST_STEPS) >= MOST_STEPS) throw new Error("no rest");
        contradicted += voyage.seen.get("contradicted") ?? 0;
      }),
      { seed, numRuns: Math.ceil(runs / 3) },
    );
    expect(contradicted).toBeGreaterThan(0);
  });
});

function mustAgree({ story, ledger }: Voyage, { recovery }: Capabilities): void {
  const { operations, contradicted } = story.state;
  if (contradicted) throw new Error(`contradicted by an honest gateway: ${contradicted.what}`);
  // Only what nobody can look up may stay in doubt: parked, or without any key that can be used again.
  const hopeless = operations.filter(
    ({ kind, parkedAt, undoing, received }) =>
      !recovery.lookUp?.of.includes(kind) && !undoing && (parkedAt !== null || received || !recovery.dedupe),
  );
  if (operations.length > hopeless.length) throw new Error(`still in doubt: ${JSON.stringify(operations)}`);
  if (operations.length > 0) return;
  const { authorized, captured, held } = story.sums;
  expect({ authorized, captured, held }).toEqual({
    authorized: ledger.sums.authorized,
    captured: ledger.sums.captured,
    held: ledger.sums.held,
  });
}
