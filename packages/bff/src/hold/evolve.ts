import { delta, ZERO, type Total } from "@plimsoll/shared";
import { aged } from "./age.ts";
import type { Event } from "./events.ts";
import type { Entry, EntryId, Hold, Instant, Operation, OperationId } from "./model.ts";
import { isWanted } from "./reads.ts";
import { sums } from "./sums.ts";

/** The state after an event. No rule stands here: what may happen is decided elsewhere. */
export function evolve(hold: Hold | undefined, event: Event, at: Instant): Hold {
  if (event.type === "opened") return opened(event);
  if (!hold) throw new Error(`a hold begins with "opened", not with "${event.type}"`);
  return { ...apply(hold, event, at), version: hold.version + 1 };
}

export function evolveAll(hold: Hold | undefined, events: readonly Event[], at: Instant): Hold | undefined {
  return events.reduce<Hold | undefined>((before, event) => evolve(before, event, at), hold);
}

function opened({ terms, ceiling }: Extract<Event, { type: "opened" }>): Hold {
  return {
    terms,
    version: 1,
    entries: [],
    operations: [],
    ceiling,
    closing: null,
    contradicted: null,
    incrementable: terms.capabilities.incrementable,
    reviewSince: null,
    captureBy: null,
    warned: null,
    expiredAt: null,
    lapsed: ZERO,
    reading: null,
    reader: null,
    readAt: null,
    hintAt: null,
    hintedAt: null,
    movedAt: terms.openedAt,
    endedAt: null,
    former: ZERO,
    references: {},
  };
}

function apply(hold: Hold, event: Exclude<Event, { type: "opened" }>, at: Instant): Hold {
  switch (event.type) {
    case "entered":
      return { ...hold, entries: [...hold.entries, event.entry] };
    case "consented":
      return withEntry(hold, event.entry, { state: "queued", consent: event.consent, sendBy: event.sendBy });
    case "ended":
      return withoutOperationOf(
        withEntry(hold, event.entry, (entry) => ({
          state: event.state,
          cause: event.cause,
          endedAt: at,
          references: { ...entry.references, ...event.references },
        })),
        event.entry,
      );
    case "asked":
      return {
        ...withEntry(hold, event.operation.entry, { state: "asking", asked: event.operation.delta }),
        operations: [...hold.operations, event.operation],
        former: ends(hold, event.operation) ? mostHeld(hold) : hold.former,
        movedAt: at,
      };
    case "attempted":
      return withOperation(hold, event.operation, (operation) => ({
        attempt: { number: event.number, kind: event.kind, startedAt: at, deadline: event.deadline },
        attempts: event.number,
        looks: event.kind === "ask" ? operation.looks : operation.looks + 1,
        nextLookAt: null,
        lastDeadline: event.kind === "look" ? operation.lastDeadline : event.deadline,
      }));
    case "answered":
      return answered(hold, event);
    case "doubted":
      return withOperation(hold, event.operation, (operation) => ({
        doubtSince: operation.doubtSince ?? at,
        nextLookAt: event.nextLookAt,
        waiting: null,
      }));
    case "alerted":
      return withOperation(hold, event.operation, { alertedAt: at });
    case "received":
      return withOperation(hold, event.operation, { received: true });
    case "look_planned":
      return withOperation(hold, event.operation, { nextLookAt: event.at });
    case "undo_wanted":
      return withOperation(hold, event.operation, (operation) => ({
        undoing: true,
        waiting: null,
        doubtSince: operation.doubtSince ?? at,
        nextLookAt: event.at,
      }));
    case "heard":
      return withOperation(hold, event.operation, { heard: event.applied });
    case "waited":
      return withOperation(hold, event.operation, {
        waiting: { on: event.on, until: event.until, action: event.action },
      });
    case "named":
      return named(hold, event);
    case "parked":
      return withOperation(hold, event.operation, { parkedAt: at });
    case "applied":
      return {
        ...withoutOperationOf(
          withEntry(hold, event.entry, (entry) => ({
            state: "applied",
            applied: event.applied,
            unverified: event.unverified,
            ...(event.by === "person" ? { said: true } : {}),
            endedAt: at,
            cause: null,
            references: { ...entry.references, ...event.references.entry },
          })),
          event.entry,
        ),
        references: { ...hold.references, ...event.references.hold },
        movedAt: at,
      };
    case "released":
      return withEntry(hold, event.entry, {
        released: { amount: event.amount, requestedAt: event.requested ? at : null },
      });
    case "verified":
      return event.entries.reduce((before, id) => withEntry(before, id, { unverified: false }), hold);
    case "closing":
      return { ...hold, closing: { kind: event.kind, entry: event.entry }, former: sums(hold).held };
    case "closing_cleared":
      return { ...hold, closing: null };
    case "closed":
      return { ...hold, closing: null, endedAt: at };
    case "reopened":
      return { ...hold, endedAt: null };
    case "ceiling_raised":
      return { ...hold, ceiling: { amount: event.amount, consent: event.consent } };
    case "review_started":
      return { ...hold, reviewSince: at };
    case "review_ended":
      return { ...hold, reviewSince: null };
    case "ends_given":
      return { ...hold, captureBy: event.captureBy };
    case "warned":
      return { ...hold, warned: { captureBy: event.captureBy, passed: event.passed } };
    case "expired":
      return expired(hold, event.lapsed, at);
    case "contradicted":
      return {
        ...hold,
        contradicted: event.contradiction,
        references: { ...event.references, ...hold.references },
      };
    case "agreed":
      return { ...hold, contradicted: null };
    case "read_wanted":
      return { ...hold, reading: wanted(hold.reading, event) };
    case "read_overdue":
      return { ...hold, reading: hold.reading && { ...hold.reading, alertedAt: at } };
    case "read_waived":
      return { ...hold, reading: null };
    case "read_begun":
      return { ...hold, reader: { startedAt: at, deadline: event.deadline } };
    case "read_done":
      return readDone(hold, event.startedAt);
    case "incrementability":
      return { ...hold, incrementable: event.can };
    case "hinted":
      return {
        ...hold,
        hintAt: (event.at === undefined ? null : hold.hintAt) ?? event.at ?? at,
        hintedAt: event.at ?? at,
      };
    case "time_passed":
      return aged(hold, event.ms);
  }
}

function named(hold: Hold, { entry, references }: Extract<Event, { type: "named" }>): Hold {
  const after = withEntry(hold, entry, (before) => ({ references: { ...before.references, ...references.entry } }));
  return { ...after, references: { ...hold.references, ...references.hold } };
}

function answered(hold: Hold, event: Extract<Event, { type: "answered" }>): Hold {
  const attempt = hold.operations.find(({ id }) => id === event.operation)?.attempt;
  if (attempt?.number !== event.number) return hold;
  const looked = withOperation(hold, event.operation, { attempt: null, silent: event.silent ?? false });
  // To ask again is to look: the answer tells what became of the first time.
  const asksFirst = attempt.kind === "ask" && attempt.number === 1;
  return asksFirst ? looked : { ...looked, hintAt: clearedHint(hold, attempt.startedAt) };
}

/** What steps wait for is the same wait, however often it is tried and for whatever reason. */
function wanted(before: Hold["reading"], event: Extract<Event, { type: "read_wanted" }>): Hold["reading"] {
  const { why, at, blocks, tries, waits } = event;
  const known = waits ?? (before?.blocks === true && blocks ? before : null);
  return { why, at, blocks, tries, since: known?.since ?? at, alertedAt: known?.alertedAt ?? null };
}

/** A read that was wanted while this one was under way is still wanted: this one has not seen what it is about. */
function readDone(hold: Hold, startedAt: Instant): Hold {
  const { reading, reader, readAt } = hold;
  return {
    ...hold,
    reading: isWanted(hold, startedAt) ? null : reading,
    reader: reader && reader.startedAt > startedAt ? reader : null,
    readAt: Math.max(readAt ?? 0, startedAt),
    hintAt: clearedHint(hold, startedAt),
  };
}

/** What lapsed later was in doubt when the hold ended: the hold ended only once. */
function expired(hold: Hold, lapsed: Total, at: Instant): Hold {
  if (hold.expiredAt !== null) return { ...hold, lapsed };
  // What a final capture left on hold lapses after the end: what was held when it began to end is known.
  return { ...hold, expiredAt: at, lapsed, former: hold.endedAt === null ? sums(hold).held : hold.former };
}

/** The steps of a reversal that goes increment by increment end the hold together. */
function ends(hold: Hold, operation: Operation): boolean {
  if (hold.closing?.kind === "reversal" && operation.kind === "reverse") return true;
  return hold.entries.some(({ id, final }) => final && id === operation.entry);
}

function mostHeld(hold: Hold): Total {
  const { held } = sums(hold);
  return hold.closing?.kind === "reversal" && hold.former > held ? hold.former : held;
}

/** Only a look that started after the hint has seen what the hint was about. */
function clearedHint(hold: Hold, startedAt: Instant): Instant | null {
  const { hintAt, hintedAt } = hold;
  if (hintAt === null || startedAt < hintAt) return hintAt;
  return hintedAt !== null && hintedAt > startedAt ? hintedAt : null;
}

type Changed<T> = Partial<T> | ((before: T) => Partial<T>);

function withEntry(hold: Hold, id: EntryId, change: Changed<Entry>): Hold {
  return { ...hold, entries: hold.entries.map((entry) => (entry.id === id ? changed(entry, change) : entry)) };
}

function withOperation(hold: Hold, id: OperationId, change: Changed<Operation>): Hold {
  return {
    ...hold,
    operations: hold.operations.map((operation) => (operation.id === id ? changed(operation, change) : operation)),
  };
}

/** With the last of them goes what was to be looked at, where the books can't be read. */
function withoutOperationOf(hold: Hold, entry: EntryId): Hold {
  const operations = hold.operations.filter((operation) => operation.entry !== entry);
  const isFollowed = operations.length > 0 || hold.terms.capabilities.readable;
  return { ...hold, operations, hintAt: isFollowed ? hold.hintAt : null };
}

function changed<T>(before: T, change: Changed<T>): T {
  return { ...before, ...(typeof change === "function" ? change(before) : change) };
}

/** An entry that has just been asked for: nothing applied, nothing known. */
export function freshEntry(from: Pick<Entry, "id" | "kind" | "state" | "asked" | "by" | "at"> & Partial<Entry>): Entry {
  return {
    applied: delta(0),
    final: false,
    target: null,
    reason: null,
    line: null,
    consent: null,
    notBefore: null,
    sendBy: null,
    endedAt: null,
    unverified: false,
    released: null,
    cause: null,
    references: {},
    ...from,
  };
}
