import { delta, MAX_MINOR, total, type Total } from "@plimsoll/shared";
import fc from "fast-check";
import type { Actor, Cause, Consent, Entry, Hold, Instant, Operation, References } from "../../hold/index.ts";
import { sampleEntry, sampleHold, sampleOperation } from "./samples.ts";

/** Any text that JavaScript can hold, lone surrogates, quotes and line separators among them. */
const text: fc.Arbitrary<string> = fc.string({ unit: "binary" });
const instant: fc.Arbitrary<Instant> = fc.nat({ max: 8_640_000_000_000_000 });
const sum: fc.Arbitrary<Total> = fc.nat({ max: MAX_MINOR }).map(total);
const step = fc.integer({ min: -MAX_MINOR, max: MAX_MINOR }).map(delta);
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const references: fc.Arbitrary<References> = fc.dictionary(text, text, { noNullPrototype: true });

const actor: fc.Arbitrary<Actor> = fc.record(
  { kind: fc.constantFrom("merchant", "console", "payer", "timer", "gateway"), name: text, max: sum },
  { requiredKeys: ["kind", "name"] },
);

/** The clone is made of plain objects, as JSON gives them back. */
export const anyActor: fc.Arbitrary<Actor> = actor.map((one) => structuredClone(one));

const consent: fc.Arbitrary<Consent> = fc.record({
  total: sum,
  how: fc.constantFrom("stated_by_merchant", "in_element", "on_our_origin"),
  shown: text,
  at: instant,
});

const cause: fc.Arbitrary<Cause> = fc.oneof(
  fc.record({
    is: fc.constant("declined"),
    code: text,
    networkCode: maybe(text),
    advice: maybe(fc.constantFrom("never_again", "later", "other_data")),
  }),
  fc.record({ is: fc.constant("rejected"), code: text, again: fc.constantFrom("never", "later") }),
  fc.record({ is: fc.constantFrom("not_sent", "absent", "undone", "abandoned") }),
  fc.record({ is: fc.constant("resolved"), by: text, reason: maybe(text), evidence: text }),
);

const entry: fc.Arbitrary<Entry> = fc
  .record({
    id: text,
    kind: fc.constantFrom("authorization", "increment", "capture", "correction"),
    asked: step,
    applied: step,
    final: fc.boolean(),
    target: maybe(text),
    reason: maybe(text),
    by: actor,
    consent: maybe(consent),
    released: maybe(fc.record({ amount: sum, requestedAt: maybe(instant) })),
    cause: maybe(cause),
    references,
  })
  .map(({ id, ...rest }) => sampleEntry(id, rest));

const operation: fc.Arbitrary<Operation> = fc
  .record({
    id: text,
    kind: fc.constantFrom("authorize", "increment", "extend", "capture", "reverse"),
    delta: step,
    totalBefore: sum,
    totalAfter: sum,
    attempt: maybe(
      fc.record({
        number: fc.nat(),
        kind: fc.constantFrom("ask", "look", "undo"),
        startedAt: instant,
        deadline: instant,
      }),
    ),
    parkedAt: maybe(instant),
    waiting: maybe(fc.record({ on: fc.constantFrom("payer", "notice"), until: instant, action: maybe(text) })),
  })
  .map(({ id, ...rest }) => sampleOperation(id, rest));

/** Any hold that could be stored, whether the rules would let it come about or not. */
export const anyHold: fc.Arbitrary<Hold> = fc
  .record({
    id: text,
    label: text,
    version: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    entries: fc.array(entry, { maxLength: 5 }),
    operations: fc.array(operation, { maxLength: 3 }),
    ceiling: maybe(fc.record({ amount: sum, consent: maybe(consent) })),
    contradicted: maybe(
      fc.record({ since: instant, what: text, found: fc.record({ authorized: maybe(sum), captured: maybe(sum) }) }),
    ),
    lapsed: sum,
    hintAt: maybe(instant),
    hintedAt: maybe(instant),
    references,
  })
  .map(({ id, label, ...rest }) => structuredClone({ ...sampleHold(id, { label }), ...rest }));
