import type { Clock } from "../clock.ts";
import type { Changes } from "./changes.ts";
import type { Json, Operation } from "./fault.ts";

export interface Answer {
  readonly status: number;
  readonly body: Json;
  /** Besides the body: a content type that is not `application/json`, `retry-after` … Lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How it reaches the caller where nothing was scripted: after a while, or not at all. */
  readonly manner?: "slow" | "lost";
}

/** What the caller got of the answer. `not yet`: still being held. */
export type Delivery = "not yet" | "whole" | "altered" | "broken" | "nothing";

/** One request as the gateway saw it. No header is kept; card numbers, tokens and secrets are not kept. */
export interface JournalEntry {
  readonly n: number;
  /** ISO 8601, the gateways' time. */
  readonly at: string;
  readonly gateway: string;
  readonly operation: Operation | "unknown";
  readonly method: string;
  readonly path: string;
  readonly merchant: string | null;
  readonly request: Json;
  readonly fault: string | null;
  /** Did the gateway work on it? False when a fault kept it from the books. */
  readonly handled: boolean;
  /** What the gateway said, whether or not the caller heard it. */
  readonly answer: Answer | null;
  readonly delivery: Delivery;
}

export type JournalNote = Partial<Omit<JournalEntry, "n" | "at">>;

export type JournalOpening = Pick<JournalEntry, "gateway" | "operation" | "method" | "path">;

export interface Journal {
  /** @param redact what takes this gateway's secrets out of requests and answers */
  open(entry: JournalOpening, redact: (value: Json) => Json): (note: JournalNote) => void;
  entries(after: number): JournalEntry[];
  clear(): void;
}

/** Keeps every request in order of arrival; an entry is completed while its request is worked on. */
export function createJournal(clock: Clock, changes: Changes): Journal {
  const entries: JournalEntry[] = [];
  let count = 0;
  return {
    open: (opening, redact) => {
      count += 1;
      const n = count;
      const blank = { merchant: null, request: null, fault: null, handled: false, answer: null };
      entries.push({ n, at: new Date(clock.now()).toISOString(), ...opening, ...blank, delivery: "not yet" });
      changes.tell();
      return (note) => {
        const index = entries.findIndex((entry) => entry.n === n);
        const entry = entries[index];
        if (entry !== undefined) entries[index] = { ...entry, ...redacted(note, redact) };
        changes.tell();
      };
    },
    entries: (after) => entries.filter((entry) => entry.n > after),
    clear: () => {
      entries.length = 0;
    },
  };
}

function redacted(note: JournalNote, redact: (value: Json) => Json): JournalNote {
  const { request, answer } = note;
  return {
    ...note,
    ...(request === undefined ? {} : { request: redact(request) }),
    ...(answer === undefined || answer === null ? {} : { answer: { ...answer, body: redact(answer.body) } }),
  };
}

/** Replaces what stands under the named keys, however deep. */
export function redactKeys(keys: ReadonlySet<string>): (value: Json) => Json {
  const redact = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(redact);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, keys.has(key) ? "[redacted]" : redact(inner)]),
    );
  };
  return redact;
}
