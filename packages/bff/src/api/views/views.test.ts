import { merchantView, MAX_MINOR, payerView as payerSchema, receipt, total, type PayerView } from "@plimsoll/shared";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide, type Actor, type Hold } from "../../hold/index.ts";
import { blind, deduping, flexible, lastInFirstOut, partial } from "../../hold/testing/gateways.ts";
import { approval, approved, declined, DESK, found, rejected, Story } from "../../hold/testing/story.ts";
import { Voyage, type Happening } from "../../hold/testing/voyage.ts";
import { payerView, receiptOf, staffView } from "./index.ts";
import { merchantView as viewForMerchant } from "./merchant.ts";
import { shortReference } from "./reference.ts";

const hotel = { id: "grand-hotel", name: "Grand Hotel", descriptor: "GRAND HOTEL", origins: [] };
const HOLD = `hold_${"0af3".repeat(8)}`;

const story = (more: { capabilities?: typeof flexible; ceiling?: number } = {}) => {
  const { capabilities = flexible, ceiling } = more;
  const stay = new Story(capabilities, { id: HOLD });
  return stay.opened(400_00, ceiling === undefined ? {} : { ceiling: { amount: total(ceiling), consent: null } });
};
const payerOf = (stay: Story): PayerView => payerView(stay.state, hotel, stay.now);
const staffOf = (stay: Story, viewer: Actor = DESK) => staffView(stay.state, hotel, viewer, stay.now);

describe("any life of a hold", () => {
  const happening: fc.Arbitrary<Happening> = fc.record({
    what: fc.constantFrom("command", "command", "answer", "answer", "late", "time", "hint", "lie"),
    which: fc.nat(1000),
    amount: fc.integer({ min: 1, max: 20_000 }),
    wish: fc.record({ declines: fc.boolean(), percent: fc.integer({ min: 1, max: 100 }) }),
  });
  const gateway = fc.constantFrom(flexible, deduping, lastInFirstOut, blind, partial);

  /** The views of every hold along the way are of the contract's form, and say what the rules would answer. */
  function expectTrue(hold: Hold, now: number): void {
    payerSchema.strict().parse(payerView(hold, hotel, now));
    receipt.strict().parse(receiptOf(hold, hotel));
    const view = merchantView.strict().parse(viewForMerchant(hold, hotel, DESK, now));
    const { raise, capture, incrementsLeft } = view.limits;
    const wish = { entry: "probe", by: DESK, reason: null, currency: hold.terms.currency };
    const takes = (amount: number) =>
      "events" in
      decide(hold, { do: "capture", ...wish, amount, final: true, leaveDoubt: true, acceptLate: true }, now);
    const raises = (amount: number) =>
      decide(hold, { do: "increment", ...wish, amount, line: null, notBefore: null }, now);
    if (capture > 0 && view.can.capture.ok) expect(takes(capture)).toBe(true);
    expect(takes(capture + 1)).toBe(false);
    if (view.can.increment.ok) {
      expect("events" in raises(raise ?? MAX_MINOR - 100_000_000)).toBe(true);
      if (raise !== null) expect(raises(raise + 1)).toMatchObject({ refused: { code: "above_ceiling" } });
    }
    const refused = view.can.increment.ok ? null : view.can.increment.code;
    if (refused !== null && refused !== "above_ceiling") expect([raise, incrementsLeft]).toEqual([0, 0]);
    if (view.can.increment.ok && incrementsLeft !== null) expect(incrementsLeft).toBeGreaterThan(0);
  }

  test("is seen in the contract's form, with limits that the rules confirm", () => {
    fc.assert(
      fc.property(
        gateway,
        fc.option(fc.integer({ min: 40_000, max: 80_000 })),
        fc.array(happening, { maxLength: 25 }),
        (can, ceiling, all) => {
          const voyage = new Voyage(can, ceiling);
          for (const one of all) {
            voyage.happens(one);
            expectTrue(voyage.story.state, voyage.story.now);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

test("an increment on its way is pending, then held; its step says who asked and why", () => {
  const stay = story();
  stay.does(stay.increment("e1", 50_00, { reason: "Dinner", line: "bill-1" }));
  expect(payerOf(stay)).toMatchObject({ lifecycle: "open", amounts: { held: 400_00, pending: 50_00 } });
  stay.answers(approved(50_00));
  expect(payerOf(stay).amounts).toMatchObject({ held: 450_00, pending: 0 });
  expect(staffOf(stay).steps[1]).toMatchObject({
    by: "Ada",
    line: "bill-1",
    reason: "Dinner",
    applied: 50_00,
    sign: 1,
  });
});

test("a decline is news until the next applied step, or for a day", () => {
  const stay = story();
  stay.does(stay.increment("e1", 50_00));
  stay.answers(declined);
  expect(staffOf(stay).attention).toBe("declined");
  stay.does(stay.increment("e2", 20_00));
  stay.answers(approved(20_00));
  expect(staffOf(stay).attention).toBe("calm");
  stay.does(stay.increment("e3", 50_00));
  stay.answers(declined);
  stay.passes(24 * 60 * 60_000);
  expect(staffOf(stay).attention).toBe("calm");
});

test("a rejection is no decline: staff see its cause, and the payer only that it was not taken", () => {
  const stay = story();
  stay.does(stay.increment("e1", 50_00));
  stay.answers(rejected("never"));
  expect(payerOf(stay).steps[1]).toMatchObject({ state: "failed", why: "rejected", applied: 0 });
  expect(staffOf(stay).steps[1]?.answer).toMatchObject({ networkCode: null, advice: null });
  expect(staffOf(stay).attention).toBe("failed");
  stay.does(stay.increment("e2", 20_00));
  stay.does(stay.capture("c", 420_00));
  stay.answers(declined);
  expect(payerOf(stay).steps[3]).toMatchObject({ state: "failed", why: "rejected", applied: 0 });
  expect(staffOf(stay).steps[3]?.answer).toMatchObject({ code: "above_hold" });
});

test("a step without an answer is in doubt for everybody; until when it is looked for is said", () => {
  const stay = story();
  stay.does(stay.increment("e1", 50_00));
  stay.staysSilent();
  const { doubt, steps } = payerOf(stay);
  expect(doubt).toMatchObject({ kind: "no_answer", since: expect.any(String) });
  expect(steps[1]).toMatchObject({ state: "asking", doubt: true, why: null });
  expect(staffOf(stay)).toMatchObject({ attention: "doubt", doubtful: { step: "e1", amount: 50_00 } });
  stay.sleeps().finds({ is: "unknown", cause: "unavailable" });
  expect(payerOf(stay).doubt).toMatchObject({ kind: "no_answer", nextLook: expect.any(String) });
});

test("books that can't be read, though a step waits for them, are a doubt for everybody after a quarter of an hour", () => {
  const stay = new Story(flexible).named(400_00);
  stay.does(stay.increment("e1", 50_00));
  stay.answers(approved(50_00, "echo")).staysUnread(10 * 60_000);
  expect(payerOf(stay).doubt).toBeNull();
  stay.staysUnread(10 * 60_000);
  expect(payerOf(stay)).toMatchObject({ doubt: { kind: "no_answer" }, amounts: { held: 450_00 } });
  expect(viewForMerchant(stay.state, hotel, DESK, stay.now)).toMatchObject({ attention: "doubt", doubtful: null });
});

test("what a final capture left in doubt is still in doubt for everybody, with the amount that may yet be added", () => {
  const stay = story();
  stay.does(stay.increment("e1", 50_00));
  stay.staysSilent();
  stay.does(stay.capture("c", 400_00, { leaveDoubt: true }));
  stay.answers(approved(400_00));
  const left = {
    lifecycle: "captured",
    doubt: { kind: "no_answer", since: expect.any(String) },
    amounts: { captured: 400_00, held: 0, released: 0, pending: 50_00 },
  };
  expect(payerOf(stay)).toMatchObject(left);
  expect(payerOf(stay).steps[1]).toMatchObject({ state: "asking", doubt: true, applied: 0 });
  expect(viewForMerchant(stay.state, hotel, DESK, stay.now)).toMatchObject({
    ...left,
    attention: "doubt",
    doubtful: { step: "e1", amount: 50_00 },
    can: { resolve: { ok: true } },
  });
  stay.sleeps().finds(found(50_00));
  const ended = {
    lifecycle: "captured",
    doubt: null,
    amounts: { captured: 400_00, held: 0, released: 50_00, pending: 0 },
  };
  expect(payerOf(stay)).toMatchObject(ended);
  expect(viewForMerchant(stay.state, hotel, DESK, stay.now)).toMatchObject({ ...ended, doubtful: null });
});

test("a lower capture lets the rest go without anybody asking; a reversal was asked for", () => {
  const captured = story();
  captured.does(captured.capture("c", 380_00));
  captured.answers(approved(380_00));
  expect(payerOf(captured)).toMatchObject({
    lifecycle: "captured",
    amounts: { captured: 380_00, released: 20_00, held: 0, former: 400_00 },
    release: { amount: 20_00, requested: null },
  });
  const reversed = story();
  reversed.does(reversed.reverse("r"));
  reversed.answers(approved(400_00));
  expect(payerOf(reversed)).toMatchObject({
    lifecycle: "reversed",
    release: { amount: 400_00, requested: expect.any(String), confirmed: expect.any(String) },
  });
  expect(payerOf(reversed).steps[1]).toMatchObject({ kind: "reversal", sign: -1, final: true });
});

test("a ceiling that nobody agreed to is an estimate; what an operator may do is bounded by their own limit", () => {
  const stay = story({ ceiling: 500_00 });
  expect(payerOf(stay).ceiling).toEqual({ amount: 500_00, agreed: false });
  expect(staffOf(stay).limits).toEqual({ raise: 100_00, capture: 400_00, incrementsLeft: 100 });
  const { limits, can } = staffOf(stay, { ...DESK, max: 30_00 });
  expect(limits).toEqual({ raise: 30_00, capture: 30_00, incrementsLeft: 100 });
  expect(can.reverse).toMatchObject({ ok: false, code: "above_operator_limit" });
});

test("a hold that takes no more is said to take none, whatever its ceiling and its gateway's count leave", () => {
  const captured = story({ ceiling: 500_00 });
  captured.does(captured.capture("c", 380_00));
  captured.answers(approved(380_00));
  expect(staffOf(captured).limits).toEqual({ raise: 0, capture: 0, incrementsLeft: 0 });
  const doubted = story();
  doubted.does(doubted.increment("e1", 50_00));
  doubted.staysSilent();
  expect(staffOf(doubted).limits).toEqual({ raise: 0, capture: 400_00, incrementsLeft: 0 });
  const fixed = story({ capabilities: { ...flexible, incrementable: "no", increments: null } });
  expect(staffOf(fixed).limits).toEqual({ raise: 0, capture: 400_00, incrementsLeft: 0 });
  const asksFirst = story({ ceiling: 400_00 });
  expect(staffOf(asksFirst).limits).toEqual({ raise: 0, capture: 400_00, incrementsLeft: 100 });
});

test("limits are amounts that the gateway takes: its greatest step binds raises alone, its decimals both", () => {
  const stay = story({ capabilities: { ...flexible, greatest: 400_00, step: 10 } });
  stay.does(stay.increment("e1", 300_00));
  stay.answers(approved(300_00));
  expect(staffOf(stay).limits).toEqual({ raise: 400_00, capture: 700_00, incrementsLeft: 99 });
  expect(staffOf(stay, { ...DESK, max: 25_05 }).limits).toMatchObject({ raise: 25_00, capture: 25_00 });
});

test("what staff can't do is said with its reason; on a gateway that takes back the last increment, which one that is", () => {
  const stay = story({ capabilities: lastInFirstOut });
  for (const entry of ["e1", "e2"]) {
    stay.does(stay.increment(entry, 10_00));
    stay.answers(approved(10_00));
  }
  const { steps, can } = staffOf(stay);
  expect(steps.map(({ reverse }) => (reverse.ok ? "ok" : reverse.code))).toEqual(["not_reversible", "not_last", "ok"]);
  expect(steps.map(({ withdraw }) => withdraw.ok)).toEqual([false, false, false]);
  expect([can.extend.ok, can.resolve]).toEqual([true, { ok: false, code: "not_in_doubt", reason: expect.any(String) }]);
});

describe("until when", () => {
  const DAY = 24 * 60 * 60_000;
  const expiry = {
    captureWithin: 10 * DAY,
    bankKeeps: 5 * DAY,
    prolongedBy: [],
    source: "a test",
    read: "2026-11-22",
  } as const;
  const ends = (estimated: boolean, passed = false) => ({ at: "2026-05-11T12:00:00.000Z", estimated, passed });
  const freed = { at: "2026-05-06T12:00:00.000Z", estimated: true };
  const lived = (days: number, capabilities = flexible) => {
    const stay = new Story(capabilities, { id: HOLD, expiry });
    stay.opened(400_00);
    return stay.passes(days * DAY);
  };

  test("everybody sees by when a hold has to be captured; staff also when the bank may free it", () => {
    const stay = lived(0);
    expect(payerOf(stay).ends).toEqual(ends(true));
    expect(staffOf(stay)).toMatchObject({ ends: ends(true), bankMayFree: freed, attention: "calm" });
    expect("bankMayFree" in payerOf(stay)).toBe(false);
  });

  test("the gateway's own word is no estimate", () => {
    const stay = new Story(flexible, { id: HOLD, expiry });
    stay.open(400_00);
    const captureBy = stay.now + 10 * DAY;
    stay.answers({ is: "approved", ...approval(400_00), captureBy });
    expect(staffOf(stay)).toMatchObject({ ends: ends(false), bankMayFree: freed });
  });

  test("a hold whose time runs out stands with those that end, and is seen so by the clock", () => {
    expect(staffOf(lived(7.9)).attention).toBe("calm");
    expect(staffOf(lived(8)).attention).toBe("ending");
    expect(staffOf(lived(8)).ends?.passed).toBe(false);
  });

  test("one whose estimate has passed is open, may have ended, and can still be captured, raised and released", () => {
    const { lifecycle, ends: passed, can, limits, attention } = staffOf(lived(10));
    expect({ lifecycle, passed, attention }).toEqual({
      lifecycle: "open",
      passed: ends(true, true),
      attention: "ending",
    });
    expect([can.capture.ok, can.reverse.ok, can.increment.ok, limits.capture]).toEqual([true, true, true, 400_00]);
  });

  test("after the end there is none", () => {
    const stay = lived(1);
    stay.does(stay.reverse("r"));
    stay.answers(approved(400_00));
    expect(staffOf(stay)).toMatchObject({ ends: null, bankMayFree: null, rest: null });
  });

  test("what a capture leaves on hold is said, in the receipt too, and never called released", () => {
    const stay = lived(1, { ...flexible, releaseAtCapture: "lapses" });
    expect(staffOf(stay).restLapses).toBe(true);
    stay.does(stay.capture("c", 380_00));
    stay.answers(approved(380_00));
    expect(payerOf(stay)).toMatchObject({
      lifecycle: "captured",
      amounts: { captured: 380_00, released: 0, lapsed: 0, held: 20_00, former: 400_00 },
      release: null,
      rest: { amount: 20_00, freed },
    });
    expect(receiptOf(stay.state, hotel)).toMatchObject({
      charged: 380_00,
      released: 0,
      rest: 20_00,
      restFreed: freed.at,
    });
    stay.passes(9 * DAY);
    expect(payerOf(stay).rest).toEqual({ amount: 20_00, freed });
  });

  test("nothing is left where a capture lets the rest go by itself", () => {
    const stay = lived(1);
    stay.does(stay.capture("c", 380_00));
    stay.answers(approved(380_00));
    expect(payerOf(stay).rest).toBeNull();
    expect(receiptOf(stay.state, hotel)).toMatchObject({ rest: 0, restFreed: null });
  });
});

test("the short reference is read on a telephone, and is always that of its hold", () => {
  expect(shortReference(HOLD)).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
  expect(shortReference(HOLD)).toBe(shortReference(HOLD));
  expect(shortReference(`hold_${"0".repeat(31)}1`)).not.toBe(shortReference(`hold_${"0".repeat(31)}2`));
});
