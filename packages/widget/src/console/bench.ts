import type { Sight } from "../hold/sight.ts";
import type { StaffHold } from "../live/staff.ts";
import type { ConsoleName } from "../words/console-en.ts";
import type { Translate } from "../words/words.ts";
import type { Separators } from "./amount.ts";
import type { ActionName, Draft } from "./draft.ts";
import type { Form } from "./form.ts";

export type Tell = Translate<ConsoleName>;

/** What somebody at the desk can do with their hands; none of it touches money but `press`. */
export interface Hands {
  begin(action: ActionName, step?: string): void;
  edit(change: Partial<Draft>): void;
  /** Goes on to the second step, or sends. */
  press(event: Event): void;
  /** From the second step to the first. */
  back(): void;
  close(): void;
  toggleMore(): void;
  toggleSteps(): void;
  /** To the list. */
  leave(): void;
  retry(): void;
}

/** One hold on the desk, with the form that is open on it: each view is a pure function of it. */
export interface Bench extends Sight {
  readonly hold: StaffHold;
  readonly tell: Tell;
  readonly separators: Separators;
  readonly form: Form | undefined;
  /** What came of the form before, until another one is opened. */
  readonly said: string;
  /** Buttons rest for a moment after they appear: a double press may not reach the second step. */
  readonly inert: boolean;
  readonly more: boolean;
  readonly allSteps: boolean;
  /** There is a list to go back to. */
  readonly listed: boolean;
  readonly headingLevel: number;
  readonly hands: Hands;
}
