import { delta } from "@plimsoll/shared";
import { stepsLeft } from "./conclude.ts";
import type { Event } from "./events.ts";
import { freshEntry } from "./evolve.ts";
import type { Entry, Hold, Instant } from "./model.ts";
import { profileOf } from "./profiles.ts";

/** A new entry at the end of the line, to be sent within the profile's time from when it is ready. */
export function queued(
  hold: Hold,
  { entry: id, by, reason }: { entry: string; by: Entry["by"]; reason: string | null },
  kind: Entry["kind"],
  amount: number,
  now: Instant,
  ready: Instant,
): Entry {
  const sendBy = ready + profileOf(hold.terms.profile).sendWithin;
  return freshEntry({ id, kind, state: "queued", asked: delta(amount), by, reason, at: now, sendBy });
}

/** Takes entries out of the line; where one of them was to end the hold, the hold stays open. */
export function withdrawn(entries: readonly Entry[], hold: Hold, by: Entry["by"]): Event[] {
  const closes = entries.some(({ id }) => id === hold.closing?.entry);
  const all = new Set([...entries.map(({ id }) => id), ...(closes ? stepsLeft(hold) : [])]);
  const ended = [...all].map((entry): Event => ({ type: "ended", entry, state: "withdrawn", cause: null, by }));
  return closes ? [...ended, { type: "closing_cleared" }] : ended;
}
