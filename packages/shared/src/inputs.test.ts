import { describe, expect, it } from "vitest";
import type { z } from "zod";
import * as inputs from "./inputs.ts";

const hold = `hold_${"0".repeat(32)}`;
const step = `step_${"a".repeat(32)}`;
const money = { amount: 50_00, currency: "USD" };
const open = { order: "stay-412", ...money, payment: { token: "tok" } };

const samples: readonly (readonly [string, z.ZodType, object])[] = [
  ["one", inputs.one, { hold }],
  ["increment", inputs.increment, { hold, ...money }],
  ["propose", inputs.propose, { hold, ...money }],
  ["capture", inputs.capture, { hold, ...money }],
  ["reverse", inputs.reverse, { hold }],
  ["onStep", inputs.onStep, { hold, step }],
  ["resolve", inputs.resolve, { hold, step, outcome: "applied", evidence: "the portal" }],
  ["correct", inputs.correct, { hold, step, ...money, evidence: "the statement" }],
  ["approve", inputs.approve, { hold, question: step, amount: 1, total: 2, version: 3 }],
  ["deny", inputs.deny, { hold, question: step }],
  ["open", inputs.open, open],
  ["adopt", inputs.adopt, { order: "stay-412", payment: "pay-1", currency: "USD" }],
  ["issueToken", inputs.issueToken, { scope: "payer", holds: [hold], origin: "https://shop.example" }],
];

describe.each(samples)("%s", (_, schema, sample) => {
  it("takes its documented form", () => {
    expect(schema.safeParse(sample).success).toBe(true);
  });

  it("refuses what it doesn't know", () => {
    expect(schema.safeParse({ ...sample, surprise: 1 }).success).toBe(false);
    expect(schema.safeParse(JSON.parse(`{"__proto__":{"x":1},${JSON.stringify(sample).slice(1)}`)).success).toBe(false);
    expect(schema.safeParse({ ...sample, constructor: {} }).success).toBe(false);
  });

  it("refuses what is not an object", () => {
    for (const other of [null, [], [sample], "x", 1, true]) expect(schema.safeParse(other).success).toBe(false);
  });

  it("refuses when any part is left out or turned into something else", () => {
    for (const key of Object.keys(sample)) {
      const { [key]: _left, ...rest } = sample as Record<string, unknown>;
      expect(schema.safeParse(rest).success, `without ${key}`).toBe(false);
      expect(schema.safeParse({ ...sample, [key]: { toString: 1 } }).success, `odd ${key}`).toBe(false);
    }
  });
});

describe("amounts", () => {
  it.each([0, -1, 0.5, 1e20])(
    "%d come through as they are: the rules judge them, with a code of their own",
    (amount) => {
      expect(inputs.increment.parse({ hold, amount, currency: "USD" }).amount).toBe(amount);
    },
  );

  it.each(["5000", null, "0x10", [5000], Number.NaN, Number.POSITIVE_INFINITY])("%j is no number of JSON", (amount) => {
    expect(inputs.increment.safeParse({ hold, amount, currency: "USD" }).success).toBe(false);
  });
});

describe("defaults", () => {
  it("make a capture final, and leave no doubt behind unasked", () => {
    expect(inputs.capture.parse({ hold, ...money })).toMatchObject({ final: true, leaveDoubt: false });
  });

  it("make an opening general, and not besides another", () => {
    expect(inputs.open.parse(open)).toMatchObject({ profile: "general", besides: false });
  });
});

describe("no card number", () => {
  it.each(["reason", "label"])("in %s", (field) => {
    expect(inputs.open.safeParse({ ...open, [field]: "4111 1111-1111 1111" }).success).toBe(false);
  });

  it("as the way to pay: only the gateway's own token, customer or instrument, and one of them", () => {
    expect(inputs.open.safeParse({ ...open, payment: { card: "4111111111111111" } }).success).toBe(false);
    expect(inputs.open.safeParse({ ...open, payment: { token: "t", customer: "c" } }).success).toBe(false);
    expect(inputs.open.safeParse({ ...open, card: { network: "visa", last4: "11111" } }).success).toBe(false);
  });
});

describe("a gateway's own id of a payment", () => {
  // Both pass Luhn; the second one is in Diners' range and of its length.
  it.each(["305136685813069", "30513668581305"])("is taken though it passes for a card's number: %s", (payment) => {
    const adopted = { order: "stay-412", payment, currency: "USD" };
    expect(inputs.adopt.parse(adopted).payment).toBe(payment);
    const resolved = { hold, step, outcome: "applied", payment, evidence: "the portal" };
    expect(inputs.resolve.parse(resolved).payment).toBe(payment);
  });
});

describe("ids and times", () => {
  it.each([
    "hold_1",
    `hold_${"0".repeat(33)}`,
    `HOLD_${"0".repeat(32)}`,
    `hold_${"g".repeat(32)}`,
    `hold_${"0".repeat(32)}\n`,
  ])("%j is no hold", (id) => {
    expect(inputs.one.safeParse({ hold: id }).success).toBe(false);
  });

  it("a question's end is an instant in UTC", () => {
    expect(inputs.propose.safeParse({ hold, ...money, until: "2026-05-01T12:00:00Z" }).success).toBe(true);
    for (const until of ["2026-05-01", "tomorrow", "2026-05-01T12:00:00+02:00", 0]) {
      expect(inputs.propose.safeParse({ hold, ...money, until }).success).toBe(false);
    }
  });

  it("a browser's token lives ten minutes at most, for twenty holds at most", () => {
    const token = { scope: "payer", holds: [hold], origin: "https://shop.example" };
    expect(inputs.issueToken.safeParse({ ...token, seconds: 601 }).success).toBe(false);
    expect(inputs.issueToken.safeParse({ ...token, holds: [] }).success).toBe(false);
    expect(inputs.issueToken.safeParse({ ...token, holds: Array.from({ length: 21 }, () => hold) }).success).toBe(
      false,
    );
    expect(inputs.issueToken.safeParse({ ...token, scope: "console" }).success).toBe(false);
  });
});
