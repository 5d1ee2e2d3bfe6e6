import { besideEntry } from "./entry-ids.ts";
import { decide } from "./decide.ts";
import type { Event } from "./events.ts";
import { expiryOf } from "./expiry.ts";
import { timedNext } from "./expiry-plan.ts";
import { authorization } from "./lifecycle.ts";
import type { Actor, Hold, Instant } from "./model.ts";

const TIMER: Actor = { kind: "timer", name: "timer" };

/**
 * What a hold does by itself as its end comes near: it has itself prolonged or lets itself go where the merchant wants
 * that, and says once that its time is running out and once that it has passed. One thing at a time, by the same rules
 * as if somebody had asked for it.
 */
export function automatic(hold: Hold, now: Instant): readonly Event[] {
  const next = timedNext(hold);
  const captureBy = expiryOf(hold)?.captureBy.at;
  if (!next || next.at > now || captureBy === undefined) return [];
  switch (next.do) {
    case "warn":
      return [{ type: "warned", captureBy, passed: false }];
    case "say_passed":
      return [{ type: "warned", captureBy, passed: true }];
    case "extend":
    case "reverse": {
      const entry = besideEntry(hold.entries, authorization(hold).id);
      const decision = decide(hold, { do: next.do, entry, by: TIMER, reason: null }, now);
      return "refused" in decision ? [] : decision.events;
    }
  }
}
