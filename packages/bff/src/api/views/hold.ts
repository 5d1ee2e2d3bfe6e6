import type { PayerView } from "@plimsoll/shared";
import type { MerchantConfig } from "../../config.ts";
import {
  authorization,
  doubtfulOperation,
  expiryOf,
  hasEnded,
  hasPassed,
  lifecycle,
  openQuestion,
  questionTotal,
  restOf,
  sums,
  unreadSince,
  type Entry,
  type Hold,
  type Instant,
} from "../../hold/index.ts";
import { shortReference } from "./reference.ts";
import { isoOf, isoOrNull, pointOf } from "./wire.ts";

type Shared = Omit<PayerView, "steps" | "can">;

/** What every viewer sees of a hold. */
export function sharedView(hold: Hold, { name, descriptor }: MerchantConfig, now: Instant): Shared {
  const { terms, version } = hold;
  const { authorized, held, pending, captured, released, lapsed } = sums(hold);
  return {
    id: terms.id,
    version,
    mode: terms.mode,
    merchant: { name, descriptor },
    card: cardOf(hold),
    currency: terms.currency,
    exponent: terms.exponent,
    lifecycle: lifecycle(hold),
    amounts: {
      requested: authorization(hold).asked,
      authorized,
      held,
      pending,
      captured,
      released,
      lapsed,
      former: hold.former,
    },
    ceiling: hold.ceiling && { amount: hold.ceiling.amount, agreed: hold.ceiling.consent !== null },
    question: questionOf(hold, now),
    doubt: doubtOf(hold, now),
    release: releaseOf(hold),
    opened: isoOf(terms.openedAt),
    ended: isoOrNull(hold.endedAt),
    ends: endsOf(hold, now),
    rest: rest(hold),
    reference: shortReference(terms.id),
  };
}

/** The question that the payer is asked: the first that is still open. */
export function askedOf(hold: Hold, now: Instant): Entry | undefined {
  return hold.entries.find(({ id }) => openQuestion(hold, id, now));
}

function questionOf(hold: Hold, now: Instant): Shared["question"] {
  const entry = askedOf(hold, now);
  if (!entry) return null;
  const { id, asked, reason, sendBy } = entry;
  return { id, amount: asked, total: questionTotal(hold, entry), reason, until: isoOrNull(sendBy) };
}

function cardOf({ terms: { card } }: Hold): Shared["card"] {
  return card && { network: card.network, last4: card.last4 ?? null, funding: card.funding ?? null };
}

/** Books that disagree go before a step without an answer, and before books that can't be read: they stop more. */
function doubtOf(hold: Hold, now: Instant): Shared["doubt"] {
  const { contradicted, reviewSince, reading } = hold;
  if (contradicted) {
    return { kind: "contradicted", since: isoOf(contradicted.since), nextLook: isoOrNull(reading?.at ?? null) };
  }
  const operation = doubtfulOperation(hold, now);
  if (operation) {
    const since = operation.doubtSince ?? operation.attempt?.deadline ?? operation.lastDeadline;
    return { kind: "no_answer", since: isoOf(since), nextLook: isoOrNull(operation.nextLookAt) };
  }
  const unread = unreadSince(hold);
  if (unread !== null) return { kind: "no_answer", since: isoOf(unread), nextLook: isoOrNull(reading?.at ?? null) };
  return reviewSince === null ? null : { kind: "review", since: isoOf(reviewSince), nextLook: null };
}

function endsOf(hold: Hold, now: Instant): Shared["ends"] {
  const expiry = hasEnded(hold) ? null : expiryOf(hold);
  return expiry && { ...pointOf(expiry.captureBy), passed: hasPassed(hold, now) };
}

function rest(hold: Hold): Shared["rest"] {
  const amount = restOf(hold);
  const freed = expiryOf(hold)?.bankMayFreeFrom;
  return amount === 0 ? null : { amount, freed: freed ? pointOf(freed) : null };
}

/** After the end: what was not needed. `requested` only where somebody asked for the release. */
function releaseOf(hold: Hold): Shared["release"] {
  const amount = sums(hold).released;
  if (hold.endedAt === null || amount === 0) return null;
  const requested = latest(hold.entries.map(requestedAt));
  const confirmed = latest(hold.entries.map(confirmedAt));
  return { amount, requested: isoOrNull(requested), confirmed: isoOrNull(confirmed), shown: null };
}

function requestedAt({ kind, state, at, released }: Entry): Instant | null {
  return kind === "reversal" && state === "applied" ? at : (released?.requestedAt ?? null);
}

/** A reversal's answer confirms it. What a final capture let go is confirmed by no gateway here. */
function confirmedAt({ kind, state, endedAt }: Entry): Instant | null {
  return kind === "reversal" && state === "applied" ? endedAt : null;
}

function latest(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce((last, at) => (at !== null && (last === null || at > last) ? at : last), null);
}
