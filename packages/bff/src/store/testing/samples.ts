import { delta, total } from "@plimsoll/shared";
import type { Order } from "../../gateways/port.ts";
import type { Actor, Entry, Event, Hold, Instant, Operation, Terms } from "../../hold/index.ts";
import { ordinary } from "../../testing/capabilities.ts";
import type { Change, StoredRequest } from "../store.ts";

/** Noon of a day in May 2026: when the sample holds were opened. */
export const NOON: Instant = Date.UTC(2026, 4, 1, 12);

export const FRONT_DESK: Actor = { kind: "console", name: "Ada at the front desk", max: 50_000 };

export function sampleTerms(id: string, terms: Partial<Terms> = {}): Terms {
  return {
    id,
    merchant: "grand-hotel",
    mode: "test",
    account: "grand-hotel-usd",
    gateway: "cybersource",
    payee: "grand_hotel_mid",
    profile: "lodging",
    currency: "USD",
    exponent: 2,
    order: `order of ${id}`,
    label: "Room 12",
    card: { network: "visa", last4: "1111", funding: "credit" },
    capabilities: ordinary,
    expiry: null,
    extendAutomatically: false,
    forgotten: "warn",
    openedAt: NOON,
    ...terms,
  };
}

/** A hold in its first version, on which nothing was asked yet. */
export function sampleHold(id: string, terms: Partial<Terms> = {}): Hold {
  return {
    terms: sampleTerms(id, terms),
    version: 1,
    entries: [sampleEntry(`${id}.e1`)],
    operations: [],
    ceiling: null,
    closing: null,
    contradicted: null,
    incrementable: "yes",
    reviewSince: null,
    captureBy: null,
    warned: null,
    expiredAt: null,
    lapsed: total(0),
    reading: null,
    reader: null,
    readAt: null,
    hintAt: null,
    hintedAt: null,
    movedAt: NOON,
    endedAt: null,
    former: total(0),
    references: {},
  };
}

export function sampleEntry(id: string, entry: Partial<Entry> = {}): Entry {
  return {
    id,
    kind: "authorization",
    state: "queued",
    asked: delta(400_00),
    applied: delta(0),
    final: false,
    target: null,
    reason: null,
    line: null,
    by: FRONT_DESK,
    consent: null,
    at: NOON,
    notBefore: null,
    sendBy: null,
    endedAt: null,
    unverified: false,
    released: null,
    cause: null,
    references: {},
    ...entry,
  };
}

/** An operation of which the first attempt is in flight. */
export function sampleOperation(id: string, operation: Partial<Operation> = {}): Operation {
  const deadline = NOON + 60_000;
  return {
    id,
    entry: `${id}.entry`,
    kind: "increment",
    reference: `ref-${id}`,
    key: `key-${id}`,
    delta: delta(50_00),
    totalBefore: total(400_00),
    totalAfter: total(450_00),
    startedAt: NOON,
    attempt: { number: 1, kind: "ask", startedAt: NOON, deadline },
    attempts: 1,
    firstSentAt: NOON,
    lastDeadline: deadline,
    doubtSince: null,
    parkedAt: null,
    looks: 0,
    nextLookAt: null,
    silent: false,
    alertedAt: null,
    received: false,
    undoing: false,
    heard: null,
    waiting: null,
    ...operation,
  };
}

export function sampleRequest(hold: Hold, operation: Operation, sealed: string | null = null): StoredRequest {
  const order: Order = {
    operation: operation.id,
    kind: operation.kind,
    payment: {
      hold: hold.terms.id,
      order: hold.terms.order,
      currency: "USD",
      exponent: 2,
      references: hold.references,
    },
    delta: operation.delta,
    totalBefore: operation.totalBefore,
    totalAfter: operation.totalAfter,
    first: operation.totalBefore,
    held: operation.totalBefore,
    final: false,
    reference: operation.reference,
    key: operation.key,
    at: operation.startedAt,
    profile: hold.terms.profile,
    increments: 0,
    captures: 0,
    target: null,
    means: null,
  };
  const body = `{"amount" : "50.00",\t"note":"Zoë \\u2028 💳 {{payment-token}}"}\r\n`;
  return {
    operation: operation.id,
    order,
    written: { dialect: "cybersource/lodging", method: "PATCH", path: "/pts/v2/payments/1", body },
    sealed,
  };
}

type Write = NonNullable<Change<unknown>["write"]>;

/** What a commit returns that writes this hold with one event, and says nothing else of note. */
export function written<T>(result: T, hold: Hold, write: Partial<Write> = {}): Change<T> {
  const events: Event[] = [{ type: "hinted" }];
  return {
    result,
    write: { hold, events, at: NOON, actor: null, cause: "a test", wakeAt: null, requests: [], ...write },
  };
}

/** The hold with something changed, in the version to which so many events lead. */
export function next(hold: Hold, change: Partial<Hold> = {}, events = 1): Hold {
  return { ...hold, ...change, version: hold.version + events };
}

/** What a commit returns that begins this operation on this hold. */
export function asking(hold: Hold, operation: Operation, sealed: string | null = null): Change<void> {
  return written(undefined, next(hold, { operations: [...hold.operations, operation] }), {
    events: [{ type: "asked", operation }],
    requests: [sampleRequest(hold, operation, sealed)],
  });
}
