import { delta, refuse, total, type Refusal } from "@plimsoll/shared";
import type { Command } from "./commands.ts";
import { decideCapture, decideReverse } from "./decide-closing.ts";
import type { Event } from "./events.ts";
import { freshEntry } from "./evolve.ts";
import {
  amountRefusal,
  lineRefusal,
  operatorRefusal,
  raiseRefusal,
  reachedTotal,
  reverseIncrementRefusal,
  roomRefusal,
  standing,
} from "./judge.ts";
import { queued, withdrawn } from "./line.ts";
import { hinted } from "./looks.ts";
import { readWanted } from "./conclude.ts";
import type { Entry, Hold, Instant } from "./model.ts";
import { profileOf } from "./profiles.ts";
import { decideAdopt, decideOpen } from "./open.ts";
import { decideCaptured, decideCorrect, decideLapsed, decideResolve } from "./person.ts";
import { appliedWithCorrections } from "./sums.ts";

export type Decision = { readonly events: readonly Event[] } | { readonly refused: Refusal };
type Do<K extends Command["do"]> = Extract<Command, { do: K }>;

/** May this be asked for? Pure: the events that accept it, or the refusal. Accepting is not promising. */
export function decide(hold: Hold | undefined, command: Command, now: Instant): Decision {
  if (command.do === "open") return decideOpen(hold, command, now);
  if (command.do === "adopt") return decideAdopt(hold, command, now);
  if (!hold) return { refused: refuse("not_found") };
  switch (command.do) {
    case "increment":
      return increment(hold, command, now);
    case "propose":
      return propose(hold, command, now);
    case "approve":
      return approve(hold, command, now);
    case "deny":
      return deny(hold, command, now);
    case "withdraw":
      return withdraw(hold, command);
    case "capture":
      return decideCapture(hold, command, now);
    case "reverse":
      return decideReverse(hold, command, now);
    case "reverse_increment":
      return reverseIncrement(hold, command, now);
    case "extend":
      return extend(hold, command, now);
    case "resolve":
      return decideResolve(hold, command, now);
    case "correct":
      return decideCorrect(hold, command, now);
    case "say_captured":
      return decideCaptured(hold, command, now);
    case "say_lapsed":
      return decideLapsed(hold, command, now);
    case "hint":
      return { events: hinted(hold, now) };
    case "audit":
      return { events: readWanted(hold, "restored", true, now) };
    case "pass_time":
      return hold.terms.mode === "test"
        ? { events: [{ type: "time_passed", ms: command.ms }] }
        : { refused: refuse("wrong_mode") };
  }
}

function increment(hold: Hold, command: Do<"increment">, now: Instant): Decision {
  const refused =
    standing(hold, now) ??
    amountRefusal(hold, command) ??
    operatorRefusal(command.by, command.amount) ??
    lineRefusal(hold, command.line) ??
    raiseRefusal(hold, { amount: command.amount, consent: null, self: null, worstCase: true });
  if (refused) return { refused };
  const ready = Math.max(now, command.notBefore ?? now);
  const entry = queued(hold, command, "increment", command.amount, now, ready);
  return { events: [{ type: "entered", entry: { ...entry, line: command.line, notBefore: command.notBefore } }] };
}

function propose(hold: Hold, command: Do<"propose">, now: Instant): Decision {
  const refused =
    standing(hold, now) ??
    amountRefusal(hold, command) ??
    operatorRefusal(command.by, command.amount) ??
    lineRefusal(hold, command.line) ??
    // A question may go above the ceiling: that is what it asks for.
    raiseRefusal({ ...hold, ceiling: null }, { amount: command.amount, consent: null, self: null, worstCase: true });
  if (refused) return { refused };
  const until = command.until ?? now + profileOf(hold.terms.profile).answerWithin;
  if (until <= now) return { refused: refuse("invalid_input", { field: "until" }) };
  const { entry: id, by, reason, amount, line } = command;
  const entry = freshEntry({
    id,
    kind: "increment",
    state: "proposed",
    asked: delta(amount),
    by,
    reason,
    line,
    at: now,
    sendBy: until,
  });
  return { events: [{ type: "entered", entry }] };
}

/** A yes to this hold, not above the total that was shown: stale when that no longer matches. It raises the ceiling. */
function approve(hold: Hold, command: Do<"approve">, now: Instant): Decision {
  const entry = openQuestion(hold, command.entry, now);
  if (!entry) return { refused: refuse("not_waiting") };
  const blocked = standing(hold, now);
  if (blocked) return { refused: blocked };
  const reached = questionTotal(hold, entry);
  if (command.amount !== entry.asked || command.total !== reached)
    return { refused: refuse("stale_consent", { total: reached }) };
  const consent = { total: total(reached), how: command.how, shown: command.shown, at: now };
  const refused = raiseRefusal(hold, { amount: entry.asked, consent, self: entry.id, worstCase: true });
  if (refused) return { refused };
  const sendBy = now + profileOf(hold.terms.profile).sendWithin;
  const raised = !hold.ceiling || hold.ceiling.amount < consent.total;
  return {
    events: [
      { type: "consented", entry: entry.id, consent, sendBy },
      ...(raised ? [{ type: "ceiling_raised", amount: consent.total, consent } as const] : []),
    ],
  };
}

/** What would be held after a yes to this question, with all that waits before it. */
export function questionTotal(hold: Hold, entry: Entry): number {
  return reachedTotal(hold, { amount: entry.asked, self: entry.id, worstCase: true });
}

/** A question that can still be answered: its deadline binds by the clock, whether or not anybody has written that down. */
export function openQuestion(hold: Hold, id: string, now: Instant): Entry | undefined {
  const entry = hold.entries.find((one) => one.id === id);
  return entry?.state === "proposed" && (entry.sendBy === null || entry.sendBy > now) ? entry : undefined;
}

function deny(hold: Hold, command: Do<"deny">, now: Instant): Decision {
  const entry = openQuestion(hold, command.entry, now);
  if (!entry) return { refused: refuse("not_waiting") };
  return { events: [{ type: "ended", entry: entry.id, state: "denied", cause: null, by: command.by }] };
}

function withdraw(hold: Hold, command: Do<"withdraw">): Decision {
  const entry = hold.entries.find(({ id }) => id === command.entry);
  if (!entry) return { refused: refuse("no_such_step") };
  if (entry.state !== "queued" && entry.state !== "proposed") return { refused: refuse("not_withdrawable") };
  if (entry.kind === "authorization") return { refused: refuse("not_withdrawable") };
  return { events: withdrawn([entry], hold, command.by) };
}

function reverseIncrement(hold: Hold, command: Do<"reverse_increment">, now: Instant): Decision {
  const target = hold.entries.find(({ id }) => id === command.target);
  if (!target) return { refused: refuse("no_such_step") };
  const amount = appliedWithCorrections(hold, target.id);
  const refused =
    standing(hold, now) ??
    reverseIncrementRefusal(hold, target.id, true) ??
    roomRefusal(hold) ??
    operatorRefusal(command.by, amount);
  if (refused) return { refused };
  const entry: Entry = { ...queued(hold, command, "reversal", amount, now, now), target: target.id };
  return { events: [{ type: "entered", entry }] };
}

function extend(hold: Hold, command: Do<"extend">, now: Instant): Decision {
  const refused =
    standing(hold, now) ?? (hold.terms.capabilities.extension ? roomRefusal(hold) : refuse("extension_unsupported"));
  if (refused) return { refused };
  return { events: [{ type: "entered", entry: queued(hold, command, "extension", 0, now, now) }] };
}
