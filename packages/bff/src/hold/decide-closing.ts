import { refuse } from "@plimsoll/shared";
import type { Command } from "./commands.ts";
import type { Decision } from "./decide.ts";
import type { Event } from "./events.ts";
import { hasPassed } from "./expiry.ts";
import { amountRefusal, capturable, captureRefusal, operatorRefusal, roomRefusal, standing } from "./judge.ts";
import { doubtfulOperations } from "./lifecycle.ts";
import { queued, withdrawn } from "./line.ts";
import type { Entry, Hold, Instant, Operation } from "./model.ts";
import { readyAt } from "./ready.ts";
import { sums } from "./sums.ts";

/** A final capture waits for what is ready before it; one that leaves a doubt behind takes only what is confirmed. */
export function decideCapture(hold: Hold, command: Extract<Command, { do: "capture" }>, now: Instant): Decision {
  const { amount, final, leaveDoubt, acceptLate } = command;
  const doubtful = doubtfulOperations(hold, now);
  const parks = leaveDoubt && canBeLeft(doubtful);
  const refused =
    standing(parks ? { ...hold, operations: [] } : hold, now) ??
    amountRefusal(hold, command) ??
    operatorRefusal(command.by, amount) ??
    roomRefusal(hold) ??
    captureRefusal(parks ? confirmedOnly(hold) : hold, { amount, final, worstCase: true }) ??
    (hasPassed(hold, now) && !acceptLate ? refuse("late_presentment") : undefined);
  if (refused)
    return { refused: parks && refused.code === "above_hold" ? { ...refused, code: "above_confirmed" } : refused };
  const entry: Entry = { ...queued(hold, command, "capture", amount, now, now), final };
  return {
    events: [
      ...(parks ? parked(doubtful) : []),
      { type: "entered", entry },
      ...(final
        ? [
            ...withdrawn(notYetReady(hold, now), hold, command.by),
            { type: "closing", kind: "capture", entry: entry.id } as const,
          ]
        : []),
    ],
  };
}

/** The most that a final capture may take now, a doubt left behind where it can be; zero where the hold takes no capture. */
export function capturableNow(hold: Hold, now: Instant): number {
  const parks = canBeLeft(doubtfulOperations(hold, now));
  const refused = standing(parks ? { ...hold, operations: [] } : hold, now) ?? roomRefusal(hold);
  const seen = parks ? confirmedOnly(hold) : hold;
  if (refused || captureRefusal(seen, { amount: 0, final: true, worstCase: true })) return 0;
  return capturable(seen, true);
}

/** What may come on top can be left behind; a capture or reversal in doubt may have taken from what is confirmed. */
function canBeLeft(doubtful: readonly Operation[]): boolean {
  return doubtful.length > 0 && doubtful.every(({ kind }) => kind === "increment" || kind === "extend");
}

/** The hold as a capture sees it that leaves the doubtful step behind: only what is confirmed counts. */
function confirmedOnly(hold: Hold): Hold {
  const entries = hold.entries.filter(({ kind, state }) => kind !== "increment" || state === "applied");
  return { ...hold, operations: [], entries };
}

function parked(operations: readonly Operation[]): Event[] {
  return operations.filter(({ parkedAt }) => parkedAt === null).map(({ id }) => ({ type: "parked", operation: id }));
}

/** Questions, and steps that were announced for later: a final capture doesn't wait for them. */
function notYetReady(hold: Hold, now: Instant): Entry[] {
  return hold.entries.filter(
    (entry) => entry.state === "proposed" || (entry.state === "queued" && readyAt(entry) > now),
  );
}

/** All that is held is let go; what waits is not sent any more. */
export function decideReverse(hold: Hold, command: Extract<Command, { do: "reverse" }>, now: Instant): Decision {
  const { held } = sums(hold);
  const refused =
    standing(hold, now) ?? (held === 0 ? refuse("nothing_held") : undefined) ?? operatorRefusal(command.by, held);
  if (refused) return { refused };
  const waiting = hold.entries.filter(({ state }) => state === "proposed" || state === "queued");
  const entry: Entry = { ...queued(hold, command, "reversal", held, now, now), final: true };
  return {
    events: [
      ...withdrawn(waiting, hold, command.by),
      { type: "entered", entry },
      { type: "closing", kind: "reversal", entry: entry.id },
    ],
  };
}
