import type { Lifecycle, PayerView, Receipt, Step } from "@plimsoll/shared";

/**
 * Reading what the server sent, without a schema library in the bundle. Pinned scripts outlive servers, so
 * a word that this script does not know becomes "other" and is shown as "Updated"; what is missing or of
 * the wrong kind makes the whole answer unreadable.
 */
export type Reader<T> = (value: unknown) => T;

/** Thrown for an answer that is not of the documented form. */
export class Unreadable extends Error {}

export function text(value: unknown): string {
  return typeof value === "string" ? value.replace(BIDI_CONTROLS, "") : unreadable();
}

/** A field of whatever arrived; undefined where there is none. */
export function field(value: unknown, name: string): unknown {
  return Reflect.get(Object(value), name);
}

/** A whole number of minor units, versions or seconds; never a fraction, never negative. */
export function count(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : unreadable();
}

export function flag(value: unknown): boolean {
  return typeof value === "boolean" ? value : unreadable();
}

/** An instant as its ISO text. */
export function instant(value: unknown): string {
  return typeof value === "string" && Date.parse(value) > 0 ? value : unreadable();
}

export function maybe<T>(read: Reader<T>): Reader<T | null> {
  return (value) => (value == null ? null : read(value));
}

export function list<T>(read: Reader<T>): Reader<T[]> {
  return (value) => (Array.isArray(value) ? value.map((item) => read(item)) : unreadable());
}

/** One of the words that this script knows, else "other". */
export function word<const T extends string>(known: readonly T[]): Reader<T | "other"> {
  return (value) => known.find((one) => one === value) ?? "other";
}

/** An object of these fields; further fields are left out. */
export function shape<F extends Record<string, Reader<unknown>>>(
  fields: F,
): Reader<{ [K in keyof F]: ReturnType<F[K]> }> {
  return (value) => {
    if (typeof value !== "object" || value === null) return unreadable();
    const read = Object.entries(fields).map(([name, reader]) => [name, reader(Reflect.get(value, name))]);
    return Object.fromEntries(read) as { [K in keyof F]: ReturnType<F[K]> };
  };
}

const BIDI_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

function unreadable(): never {
  throw new Unreadable();
}

const LIFECYCLES = [
  "opening",
  "waiting",
  "open",
  "capturing",
  "reversing",
  "captured",
  "reversed",
  "expired",
  "declined",
  "failed",
] as const satisfies readonly Lifecycle[];
const KINDS = [
  "authorization",
  "increment",
  "extension",
  "capture",
  "reversal",
  "correction",
] as const satisfies readonly Step["kind"][];
const STATES = [
  "proposed",
  "queued",
  "asking",
  "applied",
  "declined",
  "failed",
  "withdrawn",
  "denied",
  "lapsed",
] as const satisfies readonly Step["state"][];
const WHYS = [
  "not_approved",
  "authentication",
  "rejected",
  "not_sent",
  "no_answer",
  "denied",
  "withdrawn",
] as const satisfies readonly Step["why"][];
const NETWORKS = ["visa", "mastercard", "amex", "discover", "diners", "jcb", "unionpay", "other"] as const;

/** May it be done now, and if not, why in words. */
export const permission: Reader<Allowed> = (value) => {
  const { ok, code, reason } = shape({ ok: flag, code: maybe(text), reason: maybe(text) })(value);
  return ok ? { ok } : { ok, code: code ?? "", reason: reason ?? "" };
};
export type Allowed = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly reason: string };

/** The fields of a step that every viewer has. */
export const stepFields = {
  id: text,
  kind: word(KINDS),
  state: word(STATES),
  doubt: flag,
  asked: count,
  applied: count,
  sign: (value: unknown): Step["sign"] => (value === -1 ? -1 : value === 0 ? 0 : 1),
  final: flag,
  reason: maybe(text),
  at: instant,
  why: maybe(word(WHYS)),
};

/** An instant, by estimate or by the gateway's word. */
export const point = shape({ at: instant, estimated: flag });

/** The fields of a hold that every viewer has. */
export const holdFields = {
  id: text,
  version: count,
  mode: word(["live", "test"]),
  merchant: shape({ name: text, descriptor: text }),
  card: maybe(
    shape({ network: word(NETWORKS), last4: maybe(text), funding: maybe(word(["credit", "debit", "prepaid"])) }),
  ),
  currency: text,
  exponent: count,
  lifecycle: word(LIFECYCLES),
  amounts: shape({
    requested: count,
    authorized: count,
    held: count,
    pending: count,
    captured: count,
    released: count,
    lapsed: count,
    former: count,
  }),
  ceiling: maybe(shape({ amount: count, agreed: flag })),
  question: maybe(shape({ id: text, amount: count, total: count, reason: maybe(text), until: maybe(instant) })),
  doubt: maybe(
    shape({ kind: word(["no_answer", "contradicted", "review"]), since: instant, nextLook: maybe(instant) }),
  ),
  steps: list(shape(stepFields)),
  release: maybe(
    shape({
      amount: count,
      requested: maybe(instant),
      confirmed: maybe(instant),
      shown: maybe(shape({ from: count, to: count, source: text })),
    }),
  ),
  opened: instant,
  ended: maybe(instant),
  ends: maybe(shape({ at: instant, estimated: flag, passed: maybe(flag) })),
  rest: maybe(shape({ amount: count, freed: maybe(point) })),
  reference: text,
};

/** A hold as the payer sees it, as far as this script understands it. */
export const hold = shape({ ...holdFields, can: shape({ approve: permission, deny: permission }) });
export type Hold = ReturnType<typeof hold>;
export type HoldStep = Hold["steps"][number];
export type Question = NonNullable<Hold["question"]>;

/** The server's clock, how long the token lives, and the holds of an answer. */
export interface Message<V> {
  /** Milliseconds since 1970 by the server's clock. */
  readonly now: number;
  readonly secondsLeft: number;
  readonly holds: readonly V[];
  /** These are all there are: what is not among them is no longer open. */
  readonly whole?: boolean;
}

/** A reader of answers that carry one hold. */
export function answer<V>(view: Reader<V>): Reader<Message<V>> {
  const read = shape({ now: instant, secondsLeft: count, hold: view });
  return (value) => {
    const { now, secondsLeft, hold: one } = read(value);
    return { now: Date.parse(now), secondsLeft, holds: [one] };
  };
}

/** What a receipt says that a view doesn't. */
export const receipt: Reader<Pick<Receipt, "networkTransaction" | "approvalCodes">> = shape({
  networkTransaction: maybe(text),
  approvalCodes: list(text),
});

/** Fails to compile where the contract's view is no longer one that this script reads. */
export type ReadsTheContract = PayerView extends Hold ? true : never;
export const readsTheContract: ReadsTheContract = true;
