import type { OperationKind } from "../../../hold/index.ts";
import { BASE, STEP } from "./case.ts";
import type { About } from "./conforming.ts";
import { noExtension } from "./offers.ts";
import type { Begun, Trial } from "./trial.ts";

/** One thing that is asked of a gateway, ready to meet what goes wrong. */
export interface Step {
  readonly name: string;
  readonly kind: OperationKind;
  /** Why this gateway doesn't offer it. */
  readonly missing?: (about: About) => string | undefined;
  /** A hold on which it can be taken. */
  prepare(trial: Trial): Promise<void>;
  begin(trial: Trial): Promise<Begun> | Begun;
  /** How many requests of its kind go before the one that is meant. */
  readonly skip?: number;
  readonly final?: true;
}

export const steps: readonly Step[] = [
  {
    name: "authorize",
    kind: "authorize",
    prepare: async () => {},
    begin: async (trial) => trial.begin(await trial.opening(BASE)),
  },
  {
    name: "increment",
    kind: "increment",
    prepare: opened,
    begin: (trial) => taken(trial, trial.commands.increment(STEP)),
  },
  {
    name: "capture",
    kind: "capture",
    prepare: opened,
    begin: (trial) => taken(trial, trial.commands.capture(STEP)),
    final: true,
  },
  {
    name: "capture in part",
    kind: "capture",
    missing: ({ capabilities }) => (capabilities.partialCapture === "never" ? "one capture only" : undefined),
    prepare: opened,
    begin: (trial) => taken(trial, trial.commands.capture(STEP, { final: false })),
  },
  { name: "reverse", kind: "reverse", prepare: opened, begin: (trial) => taken(trial, trial.commands.reverseAll()) },
  {
    name: "reverse one increment",
    kind: "reverse",
    missing: ({ capabilities }) =>
      capabilities.reverseIncrement === "none" ? "it lets go of no increment alone" : undefined,
    prepare: raised,
    async begin(trial) {
      const { entries } = await trial.hold();
      return taken(trial, trial.commands.reverseIncrement(entries.at(-1)?.id ?? ""));
    },
  },
  {
    name: "reverse, increment by increment",
    kind: "reverse",
    missing: ({ capabilities }) => (capabilities.reverseIncrement === "last" ? undefined : "it is one step"),
    prepare: raised,
    begin: (trial) => taken(trial, trial.commands.reverseAll()),
    skip: 1,
  },
  {
    name: "extend",
    kind: "extend",
    missing: noExtension,
    prepare: opened,
    begin: (trial) => taken(trial, trial.commands.extend()),
  },
];

async function opened(trial: Trial): Promise<void> {
  await trial.open(BASE);
}

async function raised(trial: Trial): Promise<void> {
  await trial.open(BASE);
  await trial.add(STEP);
}

function taken(trial: Trial, command: Parameters<Trial["does"]>[0]): Begun {
  return trial.begin({ hold: trial.id, command });
}
