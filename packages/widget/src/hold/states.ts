import type { Hold } from "../live/decode.ts";
import type { Connection } from "../live/source.ts";
import { hasEnded } from "./sight.ts";

/** The custom states that a page can style and test: `plimsoll-hold:state(declined)`. */
export const STATES = [
  "opening",
  "open",
  "declined",
  "capturing",
  "captured",
  "reversing",
  "reversed",
  "expired",
  "pending",
  "question",
  "doubt",
  "ending",
  "live",
  "polling",
  "stale",
  "ended",
] as const;

/** Those that hold for what is shown. */
export function statesOf(hold: Hold, { state }: Connection, notice: string): string[] {
  const facts: readonly (readonly [string, boolean])[] = [
    [lifecycleState(hold.lifecycle), true],
    ["pending", hold.amounts.pending > 0],
    ["question", hold.question !== null],
    ["doubt", hold.doubt !== null],
    ["ending", notice === "ending"],
    ["live", state === "live"],
    ["polling", state === "polling"],
    ["stale", state === "stale" || state === "failed"],
    ["ended", hasEnded(hold)],
  ];
  return facts.flatMap(([name, holds]) => (holds && name !== "" ? [name] : []));
}

function lifecycleState(lifecycle: Hold["lifecycle"]): string {
  if (lifecycle === "waiting") return "opening";
  if (lifecycle === "failed") return "declined";
  return lifecycle === "other" ? "" : lifecycle;
}
