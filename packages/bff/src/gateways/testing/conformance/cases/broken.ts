import type { Case } from "../case.ts";
import { faults } from "../faults.ts";
import { expectSurvives } from "../meeting.ts";
import { steps } from "../steps.ts";

/** After none of these is anything known, and nothing is asked twice that can't be. */
export const broken: readonly Case[] = [
  ...faults.flatMap((fault) =>
    steps.map((step): Case => ({
      name: `${step.name}: ${fault.name}`,
      fault: [fault.name, step.name],
      missing: (about) => fault.missing?.(about) ?? step.missing?.(about),
      run: (trial) => expectSurvives(trial, step, fault),
    })),
  ),
  ...(["before", "after"] as const).flatMap((when) =>
    steps
      .filter(({ kind }) => kind !== "extend")
      .map((step): Case => {
        const name = `5xx that stands for its key, ${when}`;
        return {
          name: `${step.name}: ${name}`,
          fault: [name, step.name],
          missing: (about) => (about.conforming.outcomes.broken ? step.missing?.(about) : "no such answer documented"),
          run: (trial) => {
            const outcome = trial.conforming.outcomes.broken?.[when] ?? "";
            return expectSurvives(trial, step, { name, trouble: { do: "outcome", outcome } });
          },
        };
      }),
  ),
];
