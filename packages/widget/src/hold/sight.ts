import type { Connection } from "../live/source.ts";
import type { Hold } from "../live/decode.ts";
import type { Icon } from "../look/icons.ts";
import type { Money } from "../words/money.ts";
import type { HoldName } from "../words/en.ts";
import type { Times } from "../words/time.ts";
import type { Translate } from "../words/words.ts";

export type Say = Translate<HoldName>;

/** Everything that a picture of a hold is made of: each view is a pure function of it. */
export interface Sight {
  readonly hold: Hold;
  readonly say: Say;
  readonly money: Money;
  readonly times: Times;
  /** Milliseconds since 1970 by the server's clock. */
  readonly now: number;
  readonly connection: Connection;
  /** Given by the page and not yet confirmed by the server. */
  readonly asOf: boolean;
}

/** A sentence with what stands before it. */
export interface Notice {
  readonly kind: string;
  readonly text: string;
  readonly icon?: Icon;
  readonly tone?: "warn" | "bad";
}

/** Nothing will change any more, but for what banks still have to show. */
export function hasEnded({ lifecycle }: Hold): boolean {
  return ["captured", "reversed", "expired", "declined", "failed"].includes(lifecycle);
}

/** The books disagree or a review runs: the amount is the last confirmed one. */
export function isQuestioned({ doubt }: Hold): boolean {
  return doubt !== null && doubt.kind !== "no_answer";
}
