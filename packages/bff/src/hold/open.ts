import { delta, refuse, total, type Refusal } from "@plimsoll/shared";
import type { Command } from "./commands.ts";
import type { Decision } from "./decide.ts";
import { besideEntry } from "./entry-ids.ts";
import type { Event } from "./events.ts";
import { freshEntry } from "./evolve.ts";
import { greatestRefusal, minorRefusal, operatorRefusal } from "./judge.ts";
import { isInDoubt } from "./lifecycle.ts";
import type { Hold, Instant, Operation } from "./model.ts";
import { profileOf } from "./profiles.ts";

/** A hold begins with its authorization, queued. */
export function decideOpen(hold: Hold | undefined, command: Extract<Command, { do: "open" }>, now: Instant): Decision {
  const { terms, ceiling, amount, by, reason } = command;
  const refused =
    beginningRefusal(hold, ceiling, terms.capabilities) ??
    minorRefusal(amount, terms.capabilities) ??
    greatestRefusal(amount, terms.capabilities) ??
    operatorRefusal(by, amount) ??
    (ceiling && amount > ceiling.amount ? refuse("above_ceiling", { ceiling: ceiling.amount }) : undefined);
  if (refused) return { refused };
  const sendBy = now + profileOf(terms.profile).sendWithin;
  const entry = freshEntry({
    id: command.entry,
    kind: "authorization",
    state: "queued",
    asked: delta(amount),
    by,
    reason,
    at: now,
    sendBy,
  });
  return {
    events: [
      { type: "opened", terms, ceiling },
      { type: "entered", entry },
    ],
  };
}

/** A hold around an authorization that the merchant already has, as the gateway's own books show it. */
export function decideAdopt(
  hold: Hold | undefined,
  command: Extract<Command, { do: "adopt" }>,
  now: Instant,
): Decision {
  const { terms, ceiling, snapshot, payment, by, reason } = command;
  if (snapshot.is === "cannot" || snapshot.state === "unrecognised" || snapshot.captured === null)
    return { refused: refuse("unreadable") };
  if (snapshot.state !== "open" && snapshot.state !== "reviewed")
    return { refused: refuse("nothing_held", { state: snapshot.state }) };
  if (snapshot.captured > snapshot.authorized) return { refused: refuse("unreadable") };
  if (snapshot.authorized === 0) return { refused: refuse("nothing_held") };
  const refused = beginningRefusal(hold, ceiling, terms.capabilities);
  if (refused) return { refused };
  const references = { hold: { payment, ...snapshot.references } };
  const asked = delta(snapshot.authorized);
  const { approvedAt, captureBy } = snapshot;
  const at = Math.min(now, approvedAt ?? now);
  const entry = freshEntry({ id: command.entry, kind: "authorization", state: "queued", asked, by, reason, at });
  // From an unknown beginning no end is estimated.
  const known = approvedAt === undefined ? { ...terms, expiry: null } : terms;
  const events: Event[] = [
    { type: "opened", terms: known, ceiling },
    { type: "entered", entry },
    { type: "applied", entry: entry.id, applied: asked, unverified: false, by: "adopted", references },
  ];
  if (captureBy !== undefined) events.push({ type: "ends_given", captureBy });
  if (snapshot.state === "reviewed") events.push({ type: "review_started" });
  if (snapshot.captured > 0) events.push(...alreadyCaptured(command, delta(snapshot.captured), now));
  return { events };
}

function alreadyCaptured(
  command: Extract<Command, { do: "adopt" }>,
  captured: ReturnType<typeof delta>,
  now: Instant,
): Event[] {
  const id = besideEntry([{ id: command.entry }], command.entry);
  const entry = freshEntry({
    id,
    kind: "capture",
    state: "queued",
    asked: captured,
    by: command.by,
    reason: null,
    at: now,
  });
  return [
    { type: "entered", entry },
    { type: "applied", entry: id, applied: captured, unverified: false, by: "adopted", references: {} },
  ];
}

function beginningRefusal(
  hold: Hold | undefined,
  ceiling: Hold["ceiling"],
  capabilities: Hold["terms"]["capabilities"],
) {
  if (hold) throw new Error(`hold ${hold.terms.id} has begun already`);
  return ceiling ? minorRefusal(total(ceiling.amount), capabilities) : undefined;
}

/** An opening in doubt may have placed its hold: a second one for the same order is refused, unless it is meant. */
export function orderRefusal(sameOrder: readonly Hold[], besides: boolean, now: Instant): Refusal | undefined {
  const opening = (operation: Operation) => operation.kind === "authorize" && isInDoubt(operation, now);
  return !besides && sameOrder.some(({ operations }) => operations.some(opening))
    ? refuse("duplicate_order")
    : undefined;
}
