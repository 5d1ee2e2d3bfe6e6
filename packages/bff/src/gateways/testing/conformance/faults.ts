import type { About } from "./conforming.ts";
import type { Trial, Trouble } from "./trial.ts";

/** What becomes of a request or its answer on the way. */
export interface Fault {
  readonly name: string;
  readonly trouble: Trouble;
  /** Why this gateway is not put through it. */
  readonly missing?: (about: About) => string | undefined;
  /** Makes a difference only where the request moves something. */
  readonly moving?: true;
  /** Where the request is held at the gateway: what happens meanwhile. */
  readonly meanwhile?: (trial: Trial) => Promise<void> | void;
  /** It is let go only when everything else rests: its answer comes long after we have given up on it. */
  readonly letGoLast?: true;
  /** The answer comes whole and in time after all. */
  readonly harmless?: true;
}

export const faults: readonly Fault[] = [
  { name: "no answer, before it is applied", trouble: { do: "drop", when: "before" } },
  { name: "no answer, after it is applied", trouble: { do: "drop", when: "after" }, moving: true },
  { name: "reset in the middle of the body", trouble: { do: "reset" } },
  { name: "half a body", trouble: { do: "half" } },
  { name: "garbled", trouble: { do: "garble" } },
  { name: "a page of HTML, before", trouble: { do: "html", when: "before" } },
  { name: "a page of HTML, after", trouble: { do: "html", when: "after" }, moving: true },
  { name: "5xx, before", trouble: { do: "server-error", when: "before" } },
  { name: "5xx, after", trouble: { do: "server-error", when: "after" }, moving: true },
  { name: "429, before", trouble: { do: "server-error", when: "before", status: 429 }, missing: limitsRate },
  {
    name: "its deadline passes",
    trouble: { do: "delay", when: "after" },
    meanwhile: ({ clock, capabilities }) => clock.passes(capabilities.recovery.deadline),
    letGoLast: true,
  },
  {
    name: "a slow answer within the deadline",
    trouble: { do: "delay", when: "before" },
    meanwhile: ({ clock, capabilities }) => clock.passes(Math.min(SLOW, capabilities.recovery.deadline / 2)),
    harmless: true,
  },
  {
    name: "no answer, and applied only after a while",
    trouble: { do: "apply-late" },
    meanwhile: (trial) => passes(trial, FIRST_LOOK),
    moving: true,
  },
  {
    name: "no answer, and applied only after our deadline",
    trouble: { do: "apply-late" },
    meanwhile: (trial) => {
      const { deadline, slowestApply } = trial.capabilities.recovery;
      return passes(trial, deadline + slowestApply / 2);
    },
    moving: true,
  },
];

function limitsRate({ conforming }: About): string | undefined {
  return conforming.peculiar?.limitsRate === true ? undefined : "no 429 documented";
}

/** Longer than callers wait, shorter than every deadline that an adapter has. */
const SLOW = 10_000;
/** The driver has looked once by then. */
const FIRST_LOOK = 10_000;
/** Time that passes at once: whatever is due in it is done before more of it passes. */
const STRIDE = 5_000;

/** What was not there at the first look may be there at the next: absence counts only when it can't come any more. */
async function passes({ clock, inFlight }: Trial, time: number): Promise<void> {
  await inFlight.ended();
  for (let passed = 0; passed < time; passed += STRIDE) {
    clock.passes(STRIDE);
    await inFlight.ended();
  }
}
