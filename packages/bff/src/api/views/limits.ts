import { delta, MAX_MINOR, type StaffView } from "@plimsoll/shared";
import { authorization, decide, questionTotal, type Actor, type Hold, type Instant } from "../../hold/index.ts";

/** Up to how much a viewer may raise and capture now, in minor units. */
export function limitsOf(hold: Hold, viewer: Actor, now: Instant): StaffView["limits"] {
  return {
    raise: raiseLimit(hold, viewer),
    capture: captureLimit(hold, viewer, now),
    incrementsLeft: incrementsLeft(hold),
  };
}

function raiseLimit(hold: Hold, viewer: Actor): number | null {
  const nothing = { ...authorization(hold), id: "", asked: delta(0) };
  const room = hold.ceiling ? Math.max(0, hold.ceiling.amount - questionTotal(hold, nothing)) : null;
  const limits = [room, viewer.max ?? null, hold.terms.capabilities.greatest].filter((limit) => limit !== null);
  return limits.length === 0 ? null : Math.min(...limits);
}

/** The rules say how much is there when they are asked for more than can ever be. */
function captureLimit(hold: Hold, viewer: Actor, now: Instant): number {
  const { terms } = hold;
  const boundless = { ...hold, terms: { ...terms, capabilities: { ...terms.capabilities, greatest: null, step: 1 } } };
  const by: Actor = { kind: viewer.kind, name: viewer.name };
  const all = { amount: MAX_MINOR, currency: terms.currency, final: true, leaveDoubt: true };
  const decision = decide(boundless, { do: "capture", entry: "", by, reason: null, ...all }, now);
  const held = "refused" in decision ? decision.refused.detail?.["held"] : MAX_MINOR;
  if (typeof held !== "number") return 0;
  return Math.min(held, viewer.max ?? held, terms.capabilities.greatest ?? held);
}

/** As the rules count them at the door: what waits in line counts too. */
function incrementsLeft({ entries, terms }: Hold): number | null {
  const limit = terms.capabilities.increments;
  if (!limit) return null;
  const counted = entries.filter(
    ({ kind, state }) =>
      kind === "increment" &&
      (state === "applied" ||
        state === "asking" ||
        state === "queued" ||
        (state === "declined" && limit.count === "attempts")),
  );
  return Math.max(0, limit.most - counted.length);
}
