import { isDeepStrictEqual } from "node:util";
import type { EntryState } from "@plimsoll/shared";
import { advance, evolve, sums, wakeAt, type Event, type Hold, type Instant, type Operation } from "../index.ts";
import { raiseRefusal } from "../judge.ts";

/** How an entry may go from state to state. */
const ARROWS: Readonly<Record<EntryState, readonly EntryState[]>> = {
  proposed: ["queued", "denied", "withdrawn", "lapsed"],
  queued: ["asking", "withdrawn", "lapsed", "failed", "applied"],
  asking: ["applied", "declined", "failed"],
  applied: [],
  declined: [],
  failed: [],
  withdrawn: [],
  denied: [],
  lapsed: [],
};

/** Whatever has happened, this holds of a hold after it; throws with what doesn't. */
export function mustBeCoherent(before: Hold | undefined, after: Hold, events: readonly Event[], now: Instant): void {
  const folded = events.reduce((hold: Hold | undefined, event) => follows(hold, event, now), before);
  must(isDeepStrictEqual(folded, after), "the events tell the state");
  must(after.version === (before?.version ?? 0) + events.length, "each event raises the version by one");
  mustAddUp(after);
  must(after.operations.filter(({ parkedAt }) => parkedAt === null).length <= 1, "one operation at a time");
  must(isDeepStrictEqual(JSON.parse(JSON.stringify(after)), after), "a hold survives being written as JSON");
  mustRestOrMove(after, now);
}

function mustAddUp(hold: Hold): void {
  const { authorized, captured, reversed, released, lapsed, held } = sums(hold);
  must(
    [authorized, captured, reversed, released, lapsed, held].every((sum) => sum >= 0),
    "no sum is below zero",
  );
  must(captured <= authorized - reversed, "never more captured than authorized and not reversed");
  must(held === Math.max(0, authorized - captured - released - lapsed), "held is what is left");
  must(captured + released + lapsed <= authorized, "nothing is let go that was not authorized");
}

/** Looking at a hold twice changes nothing, and whoever is told to wait is not told to wait until now. */
function mustRestOrMove(hold: Hold, now: Instant): void {
  const again = advance(hold, [], now);
  must(again.events.length === 0, "advancing twice gives no more events");
  const due = wakeAt(hold);
  switch (again.next.do) {
    case "wait":
      must(again.next.until > now, "a wait lies ahead");
      must(due === again.next.until, "and is what the wake-up says");
      return;
    case "rest":
      must(due === null, "nothing is due where a hold rests");
      return;
    case "ask":
    case "ask_again":
    case "look":
    case "undo":
    case "read":
      must(due !== null && due <= now, `what is to be done now is due now: ${again.next.do}`);
  }
}

function follows(hold: Hold | undefined, event: Event, now: Instant): Hold {
  const after = evolve(hold, event, now);
  if (!hold) return after;
  for (const entry of after.entries) {
    const was = hold.entries.find(({ id }) => id === entry.id)?.state ?? entry.state;
    must(was === entry.state || ARROWS[was].includes(entry.state), `${entry.kind} went from ${was} to ${entry.state}`);
  }
  if (event.type === "asked") mustBeAskable(hold, event.operation);
  if (event.type === "ended" && event.state === "declined")
    must(event.cause?.is === "declined", "only the issuer declines");
  return after;
}

function mustBeAskable(hold: Hold, operation: Operation): void {
  must(hold.contradicted === null, "nothing is asked of a contradicted hold");
  must(hold.endedAt === null, "nothing is asked after the end");
  const entry = hold.entries.find(({ id }) => id === operation.entry);
  must(entry?.state === "queued", "what is asked was queued");
  if (operation.kind === "increment" && entry) {
    const raise = { amount: operation.delta, consent: entry.consent, self: entry.id, worstCase: false };
    must(raiseRefusal(hold, raise) === undefined, "no raise above ceiling, consent or limit");
  }
  if (operation.kind === "capture") must(operation.delta <= sums(hold).held, "no capture above what is confirmed");
}

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`not so: ${what}`);
}
