import { total } from "@plimsoll/shared";
import type { Gateway, Means, Order, Payment, Written } from "../gateways/port.ts";
import {
  appliedWithCorrections,
  authorization,
  beginOperation,
  evolveAll,
  sums,
  type Advanced,
  type Entry,
  type Event,
  type Hold,
  type Instant,
  type Next,
  type Operation,
} from "../hold/index.ts";
import type { Ids } from "../ids.ts";
import type { StoredRequest } from "../store/store.ts";

/** What is to be done at the gateway once the commit stands that wrote it down. */
export type Job = {
  readonly hold: Hold;
  /** How long it may take, and the end of that as it was written down. */
  readonly limit: number;
  readonly deadline: Instant;
} & (
  | {
      readonly do: "ask" | "look" | "undo";
      readonly operation: Operation;
      readonly number: number;
      /** As the commit wrote it that began the operation; a later attempt reads it back. */
      readonly request?: StoredRequest;
    }
  | { readonly do: "read"; readonly startedAt: Instant }
);

/** What a commit adds so that the next step may be taken: nothing is asked that is not first written. */
export interface Begun {
  readonly hold: Hold;
  readonly events: readonly Event[];
  readonly requests: readonly StoredRequest[];
  readonly job: Job | undefined;
}

export interface Payer {
  readonly means: Means;
  /** The payment token, encrypted; kept until the operation ends. */
  readonly sealed: string | null;
}

export function begin(
  { hold, next }: Pick<Advanced, "hold" | "next">,
  gateway: Gateway,
  ids: Ids,
  now: Instant,
  payer: Payer | null,
): Begun {
  const limit = hold.terms.capabilities.recovery.deadline;
  const deadline = now + limit;
  switch (next.do) {
    case "ask":
      return ask(hold, next, gateway, ids, now, payer);
    case "ask_again":
    case "look":
    case "undo": {
      const kind = next.do === "ask_again" ? "ask" : next.do;
      const number = next.operation.attempts + 1;
      const event: Event = { type: "attempted", operation: next.operation.id, number, kind, deadline };
      const after = follow(hold, [event], now);
      return {
        hold: after,
        events: [event],
        requests: [],
        job: { do: kind, hold: after, operation: next.operation, number, limit, deadline },
      };
    }
    case "read": {
      const event: Event = { type: "read_begun", deadline };
      const after = follow(hold, [event], now);
      return {
        hold: after,
        events: [event],
        requests: [],
        job: { do: "read", hold: after, startedAt: now, limit, deadline },
      };
    }
    case "wait":
    case "rest":
      return { hold, events: [], requests: [], job: undefined };
  }
}

function ask(
  hold: Hold,
  next: Extract<Next, { do: "ask" }>,
  gateway: Gateway,
  ids: Ids,
  now: Instant,
  payer: Payer | null,
): Begun {
  const { entry, plan } = next;
  const names = { id: ids.operation(), reference: gateway.reference(ids.bytes(16)), key: ids.key() };
  const { capabilities } = hold.terms;
  const operation = beginOperation(entry, plan, names, now, capabilities);
  const order = orderOf(hold, operation, entry, payer?.means ?? null);
  const request = { operation: operation.id, order, written: writtenBy(gateway, order), sealed: payer?.sealed ?? null };
  const event: Event = { type: "asked", operation };
  const after = follow(hold, [event], now);
  const { deadline: limit } = capabilities.recovery;
  return {
    hold: after,
    events: [event],
    requests: [request],
    job: { do: "ask", hold: after, operation, number: 1, limit, deadline: operation.lastDeadline, request },
  };
}

/** Stands for a request that its adapter could not write: it is never sent, so that its step fails and the hold goes on. */
export const UNWRITTEN: Written = { dialect: "unwritten", method: "", path: "", body: "" };

function writtenBy(gateway: Gateway, order: Order): Written {
  try {
    return gateway.write(order);
  } catch {
    return UNWRITTEN;
  }
}

function orderOf(hold: Hold, operation: Operation, entry: Entry, means: Means | null): Order {
  const applied = (kind: Entry["kind"]) =>
    hold.entries.filter((one) => one.kind === kind && one.state === "applied").length;
  return {
    operation: operation.id,
    kind: operation.kind,
    payment: paymentOf(hold),
    delta: operation.delta,
    totalBefore: operation.totalBefore,
    totalAfter: operation.totalAfter,
    first: total(firstOf(hold)),
    held: sums(hold).held,
    final: entry.final,
    reference: operation.reference,
    key: operation.key,
    at: operation.startedAt,
    profile: hold.terms.profile,
    increments: applied("increment"),
    captures: applied("capture"),
    target: hold.entries.find(({ id }) => id === entry.target)?.references ?? null,
    means,
  };
}

/** What the first authorization was, whatever of it was let go since; of one that failed as far as we knew, what a person says. */
function firstOf(hold: Hold): number {
  const { id, applied } = authorization(hold);
  return applied || appliedWithCorrections(hold, id);
}

export function paymentOf(hold: Hold): Payment {
  const { id, order, currency, exponent } = hold.terms;
  const { reversed } = sums(hold);
  return { hold: id, order, currency, exponent, references: hold.references, ...(reversed > 0 ? { reversed } : {}) };
}

function follow(hold: Hold, events: readonly Event[], now: Instant): Hold {
  return evolveAll(hold, events, now) ?? hold;
}
