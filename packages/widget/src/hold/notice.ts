import type { Failure } from "../live/failure.ts";
import type { HoldStep } from "../live/decode.ts";
import { hasEnded, type Notice, type Say, type Sight } from "./sight.ts";

const DAY = 86_400_000;

/**
 * The one sentence that matters most now: in doubt, then your answer, can't be shown, declined, partly approved,
 * ending, and else the calm sentence of where the hold stands.
 */
export function noticeOf(sight: Sight): Notice {
  return (
    doubt(sight) ??
    question(sight) ??
    failure(sight) ??
    lastStep(sight) ??
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

/** A declined or partly approved step speaks until the next applied one, or for a day. */
function lastStep({ hold, say, money, now }: Sight): Notice | undefined {
  if (hold.lifecycle !== "open") return undefined;
  const step = hold.steps.findLast(
    ({ kind, state }) => kind === "increment" && ["applied", "declined", "failed"].includes(state),
  );
  if (!step || now - Date.parse(step.at) > DAY) return undefined;
  const held = money.plain(hold.amounts.held);
  if (step.state === "applied") {
    if (step.applied === step.asked) return undefined;
    const text = say("partlyApproved", { applied: money.plain(step.applied), asked: money.plain(step.asked), held });
    return { kind: "partly", text, icon: "triangle", tone: "warn" };
  }
  return {
    kind: "declined",
    text: declined(step, hold.merchant.name),
    icon: "triangle",
    tone: step.why === "authentication" ? "warn" : "bad",
  };

  function declined({ why, state, asked }: HoldStep, merchant: string): string {
    if (why === "authentication") return say("authenticate", { merchant });
    return say(state === "declined" ? "notApproved" : "notAdded", { amount: money.plain(asked), held });
  }
}

function ending({ hold: { ends, lifecycle }, say, times, now }: Sight): Notice | undefined {
  if (lifecycle !== "open" || !ends) return undefined;
  const left = Date.parse(ends.at) - now;
  if (left > DAY) return undefined;
  const text = left > 0 ? say("ending", { when: times.until(ends.at) }) : say("mayHaveEnded");
  return { kind: "ending", text, icon: "clock", tone: "warn" };
}

function standing({ hold, say, money, times }: Sight): Omit<Notice, "kind"> {
  const { amounts, ceiling, lifecycle, ended, opened } = hold;
  const merchant = hold.merchant.name;
  const held = money.plain(amounts.held);
  switch (lifecycle) {
    case "opening":
      return { text: say("askingFirst"), icon: "clock" };
    case "waiting":
      return { text: say("authenticate", { merchant }), icon: "triangle", tone: "warn" };
    case "open": {
      if (amounts.pending > 0) return { text: say("asking", { amount: money.plain(amounts.pending) }), icon: "clock" };
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

function closingAmount(steps: readonly HoldStep[]): number | undefined {
  return steps.findLast(({ kind, state }) => kind === "capture" && (state === "asking" || state === "queued"))?.asked;
}
