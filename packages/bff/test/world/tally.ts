import type { Coverage } from "./coverage.ts";
import type { Verdict } from "./world.ts";

/** What many schedules came to, in a form that goes from thread to thread. */
export interface Told {
  readonly schedules: number;
  readonly failed: readonly { readonly seed: number; readonly fault: string }[];
  readonly steps: number;
  readonly crashes: number;
  readonly operations: number;
  readonly doubted: number;
  readonly byPerson: number;
  readonly ends: number;
  readonly lateEnds: number;
  readonly pairs: readonly (readonly [pair: string, count: number])[];
}

const NOTHING: Told = {
  schedules: 0,
  failed: [],
  steps: 0,
  crashes: 0,
  operations: 0,
  doubted: 0,
  byPerson: 0,
  ends: 0,
  lateEnds: 0,
  pairs: [],
};

export class Tally {
  #told = NOTHING;

  get failed() {
    return this.#told.failed;
  }

  adds(seed: number, { faults, ...verdict }: Verdict): void {
    const failed = faults.slice(0, 1).map((fault) => ({ seed, fault }));
    this.#told = sum(this.#told, { ...verdict, schedules: 1, failed, pairs: [] });
  }

  coverage({ pairs }: Coverage): void {
    this.#told = { ...this.#told, pairs: [...pairs] };
  }

  told(): Told {
    return this.#told;
  }
}

export function sumOf(all: readonly Told[]): Told {
  return all.reduce(sum, NOTHING);
}

function sum(a: Told, b: Told): Told {
  const pairs = new Map(a.pairs);
  for (const [pair, count] of b.pairs) pairs.set(pair, (pairs.get(pair) ?? 0) + count);
  return {
    schedules: a.schedules + b.schedules,
    failed: b.failed.length === 0 ? a.failed : [...a.failed, ...b.failed],
    steps: a.steps + b.steps,
    crashes: a.crashes + b.crashes,
    operations: a.operations + b.operations,
    doubted: a.doubted + b.doubted,
    byPerson: a.byPerson + b.byPerson,
    ends: a.ends + b.ends,
    lateEnds: a.lateEnds + b.lateEnds,
    pairs: [...pairs],
  };
}
