import type { Failure } from "../live/failure.ts";
import type { Hold } from "../live/decode.ts";
import type { HoldName } from "../words/en.ts";
import { hasEnded, type Notice, type Say, type Sight } from "./sight.ts";

const DAY = 86_400_000;
const OUTCOME = /applied|declined|failed/;
const UNDER_WAY = /queued|asking/;

/**
 * The one sentence that matters most now: in doubt, then your answer, can't be shown, declined, partly approved,
 * ending, and else the calm sentence of where the hold stands. `told` is for what a screen reader says of something
 * that has just ended: that the next step is under way takes no word from it.
 */
export function noticeOf(sight: Sight, told = false): Notice {
  return (
    doubt(sight) ??
    question(sight) ??
    failure(sight) ??
    lastStep(sight, told) ??
    ending(sight) ?? { kind: "calm", ...standing(sight) }
  );
}

function doubt({ hold, say }: Sight): Notice | undefined {
  return hold.doubt ? { kind: "doubt", text: say("doubt"), icon: "triangle", tone: "warn" } : undefined;
}

function question({ hold, say }: Sight): Notice | undefined {
  return hold.question
    ? { kind: "question", text: say("waitingForYou", { merchant: hold.merchant.name }), icon: "question" }
    : undefined;
}

function failure({ connection, hold, say }: Sight): Notice | undefined {
  return connection.state === "failed" && connection.failure && !hasEnded(hold)
    ? failureNotice(say, connection.failure)
    : undefined;
}

/** `retry` where trying again can help; a token that ran out needs a new page. */
export function failureNotice(say: Say, { status, reference }: Failure): Notice {
  const late = status === 401;
  const text = [say(late ? "openTooLong" : "cantShow"), reference && say("reference", { reference })]
    .filter(Boolean)
    .join(" ");
  return { kind: late ? "late" : "retry", text, icon: "triangle", tone: "warn" };
}

/** A step that was not taken, or in part, speaks until the next one is sent or waits to be, or for a day. */
function lastStep(sight: Sight, told: boolean): Notice | undefined {
  const { hold, say, money, now } = sight;
  if (hold.lifecycle !== "open") return undefined;
  const step = hold.steps.findLast(
    ({ kind, state }) => /increment|capture/.test(kind) && (OUTCOME.test(state) || (!told && UNDER_WAY.test(state))),
  );
  if (!step || UNDER_WAY.test(step.state) || now - Date.parse(step.at) > DAY) return undefined;
  const { kind, state, applied, asked, why } = step;
  const isTaken = state === "applied";
  if (isTaken && (kind === "capture" || applied === asked)) return undefined;
  const amount = money.plain(asked);
  const values = {
    merchant: hold.merchant.name,
    amount,
    asked: amount,
    applied: money.plain(applied),
    held: money.plain(hold.amounts.held),
  };
  const isMild = isTaken || why === "authentication";
  return {
    kind: isTaken ? "partly" : "declined",
    text: say(words(), values),
    icon: "triangle",
    tone: isMild ? "warn" : "bad",
  };

  function words(): HoldName {
    if (isTaken) return "partlyApproved";
    if (kind === "capture") return isPast(sight) ? "notChargedLate" : "notCharged";
    if (isMild) return "authenticate";
    return state === "declined" ? "notApproved" : "notAdded";
  }
}

/** By the clock that is at hand: nobody may have told yet. */
function isPast({ hold: { ends }, now }: Sight): boolean {
  return ends !== null && Date.parse(ends.at) <= now;
}

function ending(sight: Sight): Notice | undefined {
  const {
    hold: { ends, lifecycle },
    say,
    times,
    now,
  } = sight;
  if (lifecycle !== "open" || !ends) return undefined;
  if (Date.parse(ends.at) - now > DAY) return undefined;
  const text = isPast(sight) ? say("mayHaveEnded") : say("ending", { when: untilEnd(ends, say, times) });
  return { kind: "ending", text, icon: "clock", tone: "warn" };
}

/** "in 9 hours", or "in about 9 hours" where the end is an estimate. */
export function untilEnd({ at, estimated }: NonNullable<Hold["ends"]>, say: Say, times: Sight["times"]): string {
  return times.until(at, estimated ? (count) => say("about", { count }) : undefined);
}

function standing({ hold, say, money, times }: Sight): Omit<Notice, "kind"> {
  const { amounts, ceiling, lifecycle, ended, opened } = hold;
  const merchant = hold.merchant.name;
  const held = money.plain(amounts.held);
  switch (lifecycle) {
    case "opening":
      return { text: say("askingFirst"), icon: "clock" };
    case "waiting":
      return { text: say("waitingToPay", { merchant }), icon: "question" };
    case "open": {
      const asked = hold.steps.find(({ kind, state }) => kind === "increment" && state === "asking")?.asked;
      if (amounts.pending > 0) {
        const amount = money.plain(asked ?? amounts.pending);
        return { text: say(asked ? "asking" : "next", { amount }), icon: "clock" };
      }
      if (amounts.captured > 0) return { text: say("partlyCharged", { amount: money.plain(amounts.captured), held }) };
      if (!ceiling) return { text: say("calm") };
      return { text: say(ceiling.agreed ? "calmAgreed" : "calmEstimate", { ceiling: money.plain(ceiling.amount) }) };
    }
    case "capturing":
      return {
        text: say("capturing", { amount: money.plain(closingAmount(hold.steps) ?? amounts.held), held }),
        icon: "clock",
      };
    case "reversing":
      return { text: say("reversing", { merchant }), icon: "back" };
    case "captured":
      if (hold.rest) return { text: say("rest", { amount: money.plain(hold.rest.amount) }), icon: "clock" };
      return { text: hold.release?.amount ? goesBack() : say("chargedWhole") };
    case "reversed":
      return { text: goesBack() };
    case "expired":
      return { text: amounts.captured > 0 ? goesBack() : say("expired", { date: times.day(ended ?? opened) }) };
    case "declined":
    case "failed":
      return { text: say("notPlaced"), icon: "triangle", tone: "warn" };
    case "other":
      return { text: say("updated", { merchant }), icon: "triangle", tone: "warn" };
  }

  function goesBack(): string {
    const shown = bankDays(say, hold.release?.shown);
    return shown ? `${say("goesBack")} ${say("usuallyShown", { days: shown })}` : say("goesBack");
  }
}

/** "within 1 to 5 business days": data with a source, or nothing at all. */
export function bankDays(say: Sight["say"], shown: { from: number; to: number } | null | undefined): string {
  if (!shown) return "";
  return say(shown.from < shown.to && shown.from > 0 ? "days" : "day", {
    from: String(shown.from),
    to: String(shown.to),
  });
}

function closingAmount(steps: Hold["steps"]): number | undefined {
  return steps.findLast(({ kind, state }) => kind === "capture" && UNDER_WAY.test(state))?.asked;
}
