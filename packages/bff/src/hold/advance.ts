import { automatic } from "./automatic.ts";
import { besideEntry } from "./entry-ids.ts";
import type { Event } from "./events.ts";
import { evolveAll, freshEntry } from "./evolve.ts";
import { learn } from "./learn.ts";
import { closingStopped } from "./conclude.ts";
import type { Hold, Instant } from "./model.ts";
import { nextStep, type Next } from "./next-step.ts";
import { profileOf } from "./profiles.ts";
import { appliedWithCorrections } from "./sums.ts";

/** A hold that has taken in what the clock says and what its rules refuse, and what is to be done with it now. */
export interface Advanced {
  readonly hold: Hold;
  readonly events: readonly Event[];
  readonly next: Exclude<Next, { do: "refuse" | "unwind" }>;
}

/** From the events of a decision or a lesson to the next thing to do: time passes, refused steps end, the line moves up. */
export function advance(before: Hold | undefined, fresh: readonly Event[], now: Instant): Advanced {
  const events: Event[] = [...fresh];
  let hold = mustExist(evolveAll(before, fresh, now));
  for (;;) {
    for (let timed = byItself(hold, now); timed.length > 0; timed = byItself(hold, now)) {
      hold = mustExist(evolveAll(hold, timed, now));
      events.push(...timed);
    }
    const next = nextStep(hold, now);
    if (next.do !== "refuse" && next.do !== "unwind") return { hold, events, next };
    const more = next.do === "refuse" ? refused(hold, next) : unwound(hold, next, now);
    hold = mustExist(evolveAll(hold, more, now));
    events.push(...more);
  }
}

/** What time does to a hold. One thing may follow from another in the same moment: an attempt ends, and its key is forgotten. */
function byItself(hold: Hold, now: Instant): readonly Event[] {
  const passed = learn(hold, null, { from: "clock" }, now);
  return passed.length > 0 ? passed : automatic(hold, now);
}

function refused(hold: Hold, { entry, refusal }: Extract<Next, { do: "refuse" }>): Event[] {
  const cause = { is: "refused", code: refusal.code } as const;
  const ended: Event = { type: "ended", entry: entry.id, state: "failed", cause, by: null };
  return [ended, ...closingStopped(hold, entry)];
}

/** One more step before the hold can be let go whole. */
function unwound(hold: Hold, { entry, target }: Extract<Next, { do: "unwind" }>, now: Instant): Event[] {
  const step = freshEntry({
    id: besideEntry(hold.entries, entry.id),
    kind: "reversal",
    state: "queued",
    asked: appliedWithCorrections(hold, target.id),
    target: target.id,
    by: entry.by,
    reason: entry.reason,
    at: now,
    sendBy: now + profileOf(hold.terms.profile).sendWithin,
  });
  return [{ type: "entered", entry: step }];
}

function mustExist(hold: Hold | undefined): Hold {
  if (!hold) throw new Error("no hold and no event that opens one");
  return hold;
}
