import { delta, refuse, total, type Delta, type Refusal } from "@plimsoll/shared";
import type { Command } from "./commands.ts";
import type { Decision } from "./decide.ts";
import type { Event } from "./events.ts";
import { evolveAll, freshEntry } from "./evolve.ts";
import { amountRefusal, doubt } from "./judge.ts";
import { closedByWord, closedEvents, concluded, lapsedToo, letGo, readWanted, type Conclusion } from "./conclude.ts";
import { hasEnded, isInDoubt, lifecycle } from "./lifecycle.ts";
import type { Entry, Hold, Instant, Operation, Word } from "./model.ts";
import { unreadSince } from "./reads.ts";
import { appliedWithCorrections, sums } from "./sums.ts";

type Resolve = Extract<Command, { do: "resolve" }>;
type Correct = Extract<Command, { do: "correct" }>;

/** A named person's word on what the gateway did with a step in doubt. Later evidence may still contradict it. */
export function decideResolve(hold: Hold, command: Resolve, now: Instant): Decision {
  if (!hold.entries.some(({ id }) => id === command.entry)) return { refused: refuse("no_such_step") };
  const operation = hold.operations.find(({ entry }) => entry === command.entry);
  if (!operation || !isInDoubt(operation, now)) return { refused: refuse("not_in_doubt") };
  if (saysNothing(command)) return { refused: refuse("evidence_required") };
  if (!isAmountOf(operation, command.amount)) return { refused: refuse("invalid_amount") };
  if (wantsName(hold, operation, command)) return { refused: refuse("payment_required") };
  if (renames(hold, command)) return { refused: refuse("invalid_input", { field: "payment" }) };
  return { events: concluded(hold, operation, conclusion(command, operation.delta), now) };
}

/** A hold whose payment has no name can't be read, captured or let go. */
function wantsName({ references }: Hold, { kind }: Operation, { outcome, payment }: Resolve): boolean {
  return kind === "authorize" && outcome === "applied" && payment === null && references["payment"] === undefined;
}

/** What the gateway itself has named is not called by another payment's name: every later step would go there. */
function renames({ references }: Hold, { payment }: Resolve): boolean {
  const known = references["payment"];
  return payment !== null && known !== undefined && payment !== known;
}

function conclusion(command: Resolve, asked: Delta): Conclusion {
  const { outcome, amount, payment, by } = command;
  const word = wordOf(command);
  if (outcome === "not_applied") return { as: "failed", cause: { is: "resolved", by: by.name, ...word } };
  const references = payment === null ? {} : { hold: { payment } };
  return { as: "applied", applied: delta(amount ?? asked), unverified: true, by: "person", word, references };
}

function wordOf({ reason, evidence }: Word): Word {
  return { reason, evidence };
}

function saysNothing({ evidence }: Word): boolean {
  return evidence.trim() === "";
}

function isAmountOf({ delta: asked }: Operation, amount: number | null): boolean {
  return amount === null || (Number.isSafeInteger(amount) && amount <= asked && (amount > 0 || asked === 0));
}

/**
 * A named person's word that the bank has let go of what is still held: some gateways never learn of it, refuse every
 * step from then on and go on showing the payment as before.
 */
export function decideLapsed(hold: Hold, word: Extract<Command, { do: "say_lapsed" }>, now: Instant): Decision {
  const { held } = sums(hold);
  const refused =
    (hold.operations.length > 0 ? (doubt(hold, now) ?? refuse("not_open")) : undefined) ??
    (held === 0 ? refuse("nothing_held") : undefined) ??
    (saysNothing(word) ? refuse("evidence_required") : undefined);
  if (refused) return { refused };
  const agreed: Event[] = hold.contradicted ? [{ type: "agreed" }] : [];
  const expired: Event = { type: "expired", lapsed: total(hold.lapsed + held), ...wordOf(word) };
  return { events: [...agreed, expired, ...(hasEnded(hold) ? [] : closedEvents(hold))] };
}

/**
 * A named person's word that the gateway has charged this much by no step of ours: in its portal, or by one that was
 * lost with our books; also of what had lapsed as far as we knew. It is written as a capture, so that it can be corrected like one.
 */
export function decideCaptured(hold: Hold, command: Extract<Command, { do: "say_captured" }>, now: Instant): Decision {
  const { amount, final, reason, by } = command;
  const { held, lapsed } = sums(hold);
  const refused =
    (hold.operations.length > 0 ? (doubt(hold, now) ?? refuse("not_open")) : undefined) ??
    amountRefusal(hold, command) ??
    (amount > held + lapsed ? refuse("above_hold") : undefined) ??
    (saysNothing(command) ? refuse("evidence_required") : undefined);
  if (refused) return { refused };
  const asked = delta(amount);
  const ends = final && !hasEnded(hold);
  const id = command.entry;
  const entry = freshEntry({ id, kind: "capture", state: "queued", asked, final, by, reason, at: now });
  const events: Event[] = [
    { type: "entered", entry },
    ...(ends ? [{ type: "closing", kind: "capture", entry: id } as const] : []),
    { type: "applied", entry: id, applied: asked, unverified: false, by: "person", ...wordOf(command), references: {} },
  ];
  const follow = (rule: (after: Hold) => Event[]) => {
    events.push(...rule(evolveAll(hold, events, now) ?? hold));
  };
  follow(letGo);
  follow(lapsedToo);
  follow(agreesNow);
  if (ends) follow(closedEvents);
  follow((after) => readWanted(after, "after_person", true, now));
  return { events };
}

/** A new entry that sets the sums right. History is never rewritten; what the sums can't be is refused. */
export function decideCorrect(hold: Hold, command: Correct, now: Instant): Decision {
  const target = hold.entries.find(({ id }) => id === command.target);
  const refused =
    targetRefusal(target) ??
    (saysNothing(command) ? refuse("evidence_required") : undefined) ??
    correctionRefusal(hold, command);
  if (refused || !target) return { refused: refused ?? refuse("no_such_step") };
  if (appliedWithCorrections(hold, target.id) + command.amount < 0) return { refused: refuse("invalid_amount") };
  const events = [...corrected(command, target, now)];
  const follow = (rule: (after: Hold) => Event[]) => {
    events.push(...rule(evolveAll(hold, events, now) ?? hold));
  };
  follow(letGo);
  follow(lapsedToo);
  if (takesTooMuch(evolveAll(hold, events, now) ?? hold)) return { refused: refuse("invalid_amount") };
  follow((after) => (command.amount === 0 ? areOurs(after) : agreesNow(after)));
  follow(endsOrReopens);
  follow((after) => readWanted(after, "after_person", !isWaived(hold, command), now));
  return { events };
}

/**
 * A correction by nothing is a person's word that our books are right: only where the gateway has said otherwise, or
 * where steps wait for its books in vain.
 */
function correctionRefusal(hold: Hold, { currency, amount }: Correct): Refusal | undefined {
  const isAsked = hold.contradicted !== null || unreadSince(hold) !== null;
  const isOurs = amount === 0 && isAsked && currency === hold.terms.currency;
  return isOurs ? undefined : amountRefusal(hold, { currency, amount: Math.abs(amount) });
}

/** Only what the gateway has seen and what is decided can be corrected: what is in doubt is resolved. */
function targetRefusal(target: Entry | undefined): Refusal | undefined {
  if (!target) return refuse("no_such_step");
  if (target.kind === "correction" || target.kind === "extension") return refuse("not_correctable");
  if (target.state === "asking") return refuse("in_doubt");
  const sent = target.state === "applied" || target.state === "declined" || target.state === "failed";
  return sent ? undefined : refuse("not_correctable");
}

function corrected(command: Correct, target: Entry, now: Instant): Event[] {
  const entry = freshEntry({
    id: command.entry,
    kind: "correction",
    state: "queued",
    asked: delta(command.amount),
    target: target.id,
    by: command.by,
    reason: command.reason,
    at: now,
  });
  const said = { by: "person", ...wordOf(command) } as const;
  return [
    { type: "entered", entry },
    { type: "applied", entry: entry.id, applied: entry.asked, unverified: false, ...said, references: {} },
  ];
}

/** Nothing has contradicted our books, and a person says that they are right though nobody can read the gateway's. */
function isWaived({ contradicted }: Hold, { amount }: Correct): boolean {
  return amount === 0 && contradicted === null;
}

function areOurs(hold: Hold): Event[] {
  const entries = hold.entries.filter(({ unverified }) => unverified).map(({ id }) => id);
  const verified: Event[] = entries.length > 0 ? [{ type: "verified", entries }] : [];
  return [...verified, { type: hold.contradicted ? "agreed" : "read_waived" }];
}

function takesTooMuch(hold: Hold): boolean {
  const { authorized, captured, released, lapsed } = sums(hold);
  return authorized < captured + released + lapsed;
}

function agreesNow(hold: Hold): Event[] {
  const found = hold.contradicted?.found;
  if (!found) return [];
  const ours = sums(hold);
  const agrees =
    (found.authorized ?? ours.authorized) === ours.authorized &&
    (found.captured ?? ours.captured) === ours.captured &&
    (found.reversed ?? ours.reversed) === ours.reversed;
  return agrees ? [{ type: "agreed" }] : [];
}

/** A charge that failed after all leaves its hold standing; a hold that was charged or let go after all is over. */
function endsOrReopens(hold: Hold): Event[] {
  if (hasEnded(hold)) return lifecycle(hold) === "open" && sums(hold).held > 0 ? [{ type: "reopened" }] : [];
  return closedByWord(hold);
}
