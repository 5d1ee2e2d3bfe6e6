import type { Listed } from "../gateways/port.ts";
import {
  booksAgree,
  doubtfulOperation,
  leavesOpen,
  sums,
  tellsSomething,
  type Hold,
  type Instant,
  type Snapshot,
} from "../hold/index.ts";
import type { Verdict } from "./lines.ts";

export interface Compared {
  readonly verdict: Verdict;
  readonly why: string | null;
}

const AGREES: Compared = { verdict: "agrees", why: null };

/** One hold against what the gateway shows of its payment; null where there is nothing to ask about. Pure. */
export function compare(hold: Hold, shown: Snapshot | null, now: Instant): Compared {
  if (shown === null) return unnamed(hold, now);
  if (shown.is === "cannot") {
    if (!shown.absent) return { verdict: "untold", why: shown.cause };
    return isNothing(hold) ? unnamed(hold, now) : { verdict: "ours_alone", why: null };
  }
  if (shown.state === "unrecognised") return { verdict: "untold", why: "unrecognised_state" };
  if (leavesOpen(hold, shown)) return { verdict: "untold", why: "amounts_not_named" };
  if (booksAgree(hold, shown)) return AGREES;
  return tellsSomething(hold, shown) ? { verdict: "differs", why: null } : undecided(hold, now);
}

/**
 * What the list shows, in the form of a read: null where it leaves a sum open or shows other money, so that the payment
 * has to be read.
 */
export function asRead({ authorized, captured, state, currency }: Listed, hold: Hold, asOf: Instant): Snapshot | null {
  if (state === "declined") return isNothing(hold) ? { is: "cannot", cause: "declined", absent: true } : null;
  if (authorized === null || captured === null || state === null || currency !== hold.terms.currency) return null;
  return { is: "snapshot", authorized, captured, state, asOf };
}

/** Never authorized, as far as we know. */
function isNothing(hold: Hold): boolean {
  const { authorized, captured } = sums(hold);
  return authorized === 0 && captured === 0;
}

/** The gateway has given it no name: then it must never have been authorized. */
function unnamed(hold: Hold, now: Instant): Compared {
  if (hold.operations.length > 0) return undecided(hold, now);
  return isNothing(hold) ? AGREES : { verdict: "untold", why: "no_payment_id" };
}

function undecided(hold: Hold, now: Instant): Compared {
  return { verdict: "untold", why: doubtfulOperation(hold, now) ? "in_doubt" : "in_motion" };
}
