import type { About } from "./conforming.ts";
import type { Trial } from "./trial.ts";

/** One row of the table: what every gateway is put through. */
export interface Case {
  readonly name: string;
  /** Why this gateway doesn't offer it; undefined where it does. */
  readonly missing?: (about: About) => string | undefined;
  /** Where it is about something that goes wrong: what that is, and which request meets it. */
  readonly fault?: readonly [fault: string, operation: string];
  readonly run: (trial: Trial) => Promise<void>;
}

/** Amounts whose last two digits ask no imitation for anything but an approval. */
export const BASE = 10_000;
export const STEP = 2_500;
