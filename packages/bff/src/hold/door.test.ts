import { total } from "@plimsoll/shared";
import { describe, expect, it } from "vitest";
import { evolveAll, expiryOf, lifecycle, networkRule, type Actor, type Command } from "./index.ts";
import { deduping, flexible } from "./testing/gateways.ts";
import { DAY } from "./testing/rental.ts";
import { approved, books, declined, MINUTE, NOON, Story, SECOND } from "./testing/story.ts";

const upTo = (amount: number) => ({ ceiling: { amount: total(amount), consent: null } });

describe("amounts at the door", () => {
  it.each([
    [0, "invalid_amount"],
    [-1, "invalid_amount"],
    [0.1 + 0.2, "invalid_amount"],
    [19.99, "invalid_amount"],
    [Number.NaN, "invalid_amount"],
    [Number.POSITIVE_INFINITY, "invalid_amount"],
    [Number.MAX_SAFE_INTEGER, "amount_too_large"],
    [1_000_000_000_000_000, "amount_too_large"],
  ] as const)("%d is refused: %s, and nothing is changed", (amount, code) => {
    const story = new Story().opened(400_00);
    const before = JSON.stringify(story.hold);
    expect(story.refusal(story.increment("x", amount))).toBe(code);
    expect(story.refusal(story.propose("x", amount))).toBe(code);
    expect(story.refusal(story.capture("x", amount))).toBe(code);
    expect(JSON.stringify(story.hold)).toBe(before);
    const unopened = new Story();
    const open: Command = {
      do: "open",
      entry: "e",
      by: { kind: "merchant", name: "m" },
      reason: null,
      terms: unopened.terms,
      amount,
      ceiling: null,
    };
    expect(unopened.refusal(open)).toBe(code);
  });

  it("in another currency are refused", () => {
    const story = new Story().opened(400_00);
    expect(story.refusal(story.increment("x", 1_00, { currency: "EUR" }))).toBe("wrong_currency");
    expect(story.refusal(story.capture("x", 1_00, { currency: "EUR" }))).toBe("wrong_currency");
  });

  it("finer than the gateway takes, or greater, are refused", () => {
    const story = new Story({ ...flexible, step: 10, greatest: 1_000_000 }, { currency: "KWD", exponent: 3 });
    story.open(12_340);
    story.answers(approved(12_340));
    expect(story.refusal(story.increment("x", 1_005, { currency: "KWD" }))).toBe("too_many_decimals");
    expect(story.refusal(story.increment("x", 1_000_010, { currency: "KWD" }))).toBe("amount_too_large");
    expect(story.refusal(story.increment("x", 1_000, { currency: "KWD" }))).toBeNull();
  });

  it("greater than the gateway takes in one step bind what is put on hold, not what is taken of a hold that has grown", () => {
    const story = new Story({ ...flexible, greatest: 400_00 });
    const by: Actor = { kind: "merchant", name: "m" };
    const open: Command = {
      do: "open",
      entry: "e",
      by,
      reason: null,
      terms: story.terms,
      amount: 400_01,
      ceiling: null,
    };
    expect(story.refusal(open)).toBe("amount_too_large");
    story.opened(400_00);
    expect(story.refusal(story.increment("x", 400_01))).toBe("amount_too_large");
    expect(story.refusal(story.propose("x", 400_01))).toBe("amount_too_large");
    story.does(story.increment("night", 300_00));
    story.answers(approved(300_00));
    expect(story.refusal(story.correct("fix", "night", 400_01))).toBeNull();
    story.does(story.capture("bill", 700_00));
    story.answers(approved(700_00));
    expect(story.sums).toMatchObject({ captured: 700_00, held: 0 });
  });

  it("above the operator's own limit are refused", () => {
    const story = new Story().opened(400_00);
    const by: Actor = { kind: "console", name: "Ben", max: 20_00 };
    expect(story.refusal(story.increment("x", 20_01, { by }))).toBe("above_operator_limit");
    expect(story.refusal(story.capture("x", 20_01, { by }))).toBe("above_operator_limit");
    expect(story.refusal({ ...story.reverse("x"), by })).toBe("above_operator_limit");
    expect(story.refusal(story.increment("x", 20_00, { by }))).toBeNull();
  });

  it("above the hold can't be captured", () => {
    const story = new Story().opened(400_00);
    expect(story.refusal(story.capture("x", 400_01))).toBe("above_hold");
    story.does(story.capture("part", 300_00, { final: false }));
    expect(story.refusal(story.capture("x", 100_01))).toBe("above_hold");
  });
});

describe("what the gateway can't do is refused before anything is sent", () => {
  it.each([
    [{ incrementable: "no" }, (story: Story) => story.increment("x", 1_00), "not_incrementable"],
    [{}, (story: Story) => story.reverseIncrement("x", "base"), "reversal_unsupported"],
    [{}, (story: Story) => story.extend("x"), "extension_unsupported"],
    [
      { partialCapture: "never" },
      (story: Story) => story.capture("x", 1_00, { final: false }),
      "partial_capture_unsupported",
    ],
  ] as const)("%o", (more, command, code) => {
    const story = new Story({ ...flexible, ...more }).opened(400_00);
    expect(story.refusal(command(story))).toBe(code);
  });

  it("increments after a partial capture, and partial captures after an increment", () => {
    const story = new Story({ ...flexible, incrementsAfterPartialCapture: false }).opened(400_00);
    story.does(story.capture("part", 100_00, { final: false }));
    story.answers(approved(100_00));
    expect(story.refusal(story.increment("x", 1_00))).toBe("partly_captured");
    const raised = new Story({ ...flexible, partialCapture: "before_increments" }).opened(400_00);
    raised.does(raised.increment("dinner", 50_00));
    raised.answers(approved(50_00));
    expect(raised.refusal(raised.capture("x", 1_00, { final: false }))).toBe("partial_capture_unsupported");
    expect(raised.refusal(raised.capture("x", 450_00))).toBeNull();
  });

  it("more steps than the line is long", () => {
    const story = new Story().opened(400_00);
    for (let nth = 0; nth <= 20; nth += 1) story.does(story.increment(`e${nth}`, 1_00));
    expect(story.refusal(story.increment("x", 1_00))).toBe("line_full");
    expect(story.refusal(story.propose("x", 1_00))).toBe("line_full");
  });
});

describe("a question to the payer", () => {
  it("raises the ceiling to what the payer agreed to", () => {
    const story = new Story().opened(70_00, upTo(80_00));
    expect(story.refusal(story.increment("extra", 25_00))).toBe("above_ceiling");
    story.does(story.propose("extra", 25_00));
    story.does(story.approve("extra", 25_00, 95_00));
    expect(story.state.ceiling).toMatchObject({ amount: 95_00, consent: { total: 95_00, how: "in_element" } });
    story.answers(approved(25_00));
    expect(story.sums.held).toBe(95_00);
  });

  it.each([
    ["amount", 24_00, 95_00],
    ["total", 25_00, 94_00],
  ] as const)("is stale when another %s was shown", (_, amount, shown) => {
    const story = new Story().opened(70_00);
    story.does(story.propose("extra", 25_00));
    expect(story.refusal(story.approve("extra", amount, shown))).toBe("stale_consent");
  });

  it("holds no place in the line, and lapses unanswered by the clock", () => {
    const story = new Story().opened(70_00);
    story.does(story.propose("extra", 25_00, { until: story.now + MINUTE }));
    story.does(story.increment("coffee", 5_00));
    expect(story.entry("coffee").state).toBe("asking");
    story.answers(approved(5_00));
    story.now += MINUTE;
    expect(story.refusal(story.approve("extra", 25_00, 100_00))).toBe("not_waiting");
    story.passes(0);
    expect(story.entry("extra").state).toBe("lapsed");
  });

  it("denied stays denied", () => {
    const story = new Story().opened(70_00);
    story.does(story.propose("extra", 25_00));
    story.does(story.on("deny", "extra"));
    expect(story.entry("extra").state).toBe("denied");
    expect(story.refusal(story.approve("extra", 25_00, 95_00))).toBe("not_waiting");
    expect(story.sums.held).toBe(70_00);
  });

  it("asking the issuer for authentication is a decline with that code, and no question", () => {
    const story = new Story().opened(70_00);
    story.does(story.increment("extra", 25_00));
    story.answers({ ...declined, code: "authentication_required" });
    expect(story.entry("extra")).toMatchObject({ state: "declined", cause: { code: "authentication_required" } });
    expect(story.states()).toEqual({ base: "applied", extra: "declined" });
    while (story.job.do === "read") story.reads(books(story.now, 70_00));
    story.passes(3 * 24 * 60 * MINUTE);
    expect(story.events.filter(({ type }) => type === "asked")).toHaveLength(2);
    expect(story.states()).toEqual({ base: "applied", extra: "declined" });
  });
});

describe("an authorization that the merchant already has", () => {
  const adopt = (story: Story, more: Partial<Extract<Command, { do: "adopt" }>>): Command => ({
    do: "adopt",
    entry: "step_0000000000000000000000000000000f",
    by: { kind: "merchant", name: "shop" },
    reason: null,
    terms: story.terms,
    ceiling: null,
    payment: "pay-1",
    snapshot: books(story.now, 400_00),
    ...more,
  });

  it("is taken over as the gateway's books show it", () => {
    const story = new Story();
    story.does(adopt(story, {}));
    expect(lifecycle(story.state)).toBe("open");
    expect(story.sums.held).toBe(400_00);
    expect(story.state.references).toEqual({ payment: "pay-1" });
  });

  it("is taken over with what was captured of it already, as an entry that can be corrected", () => {
    const story = new Story();
    story.does(adopt(story, { snapshot: books(story.now, 400_00, 150_00) }));
    expect(story.sums).toEqual({ authorized: 400_00, captured: 150_00, released: 0, lapsed: 0, held: 250_00 });
    const captured = "step_00000000000000000000000000000010";
    expect(story.entry(captured)).toMatchObject({ kind: "capture", final: false, applied: 150_00 });
    expect(story.refusal(story.correct("fix", captured, -50_00))).toBeNull();
  });

  it.each([
    [{ is: "cannot", cause: "not found" } as const, "unreadable"],
    [books(0, 400_00, 0, "unrecognised"), "unreadable"],
    [books(0, 100_00, 150_00), "unreadable"],
    [books(0, 400_00, 400_00, "captured"), "nothing_held"],
    [books(0, 400_00, 0, "reversed"), "nothing_held"],
    [books(0, 0), "nothing_held"],
  ] as const)("is refused where it can't be read or holds nothing: %o", (snapshot, code) => {
    const story = new Story();
    expect(story.refusal(adopt(story, { snapshot }))).toBe(code);
  });
});

describe("a named person's word", () => {
  it("ends a doubt, and needs evidence", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    expect(story.refusal(story.resolve("dinner", "applied"))).toBe("not_in_doubt");
    story.staysSilent();
    expect(
      story.refusal({
        do: "resolve",
        entry: "dinner",
        by: { kind: "console", name: "Ada" },
        outcome: "applied",
        amount: null,
        payment: null,
        reason: null,
        evidence: " ",
      }),
    ).toBe("evidence_required");
    expect(story.refusal(story.resolve("dinner", "applied", 50_01))).toBe("invalid_amount");
    expect(story.refusal(story.resolve("dinner", "applied", 0))).toBe("invalid_amount");
    story.does(story.resolve("dinner", "applied", 30_00));
    expect(story.sums.held).toBe(430_00);
    expect(story.refusal(story.resolve("dinner", "applied"))).toBe("not_in_doubt");
  });

  it("is checked against the books before the next step, and may be contradicted", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.staysSilent();
    story.does(story.resolve("dinner", "not_applied"));
    story.does(story.capture("bill", 400_00));
    expect(story.entry("bill").state).toBe("queued");
    story.sleeps().reads(books(story.now, 450_00));
    expect(story.state.contradicted?.found.authorized).toBe(450_00);
    expect(story.entry("bill").state).toBe("queued");
  });

  it("can't correct what is undecided, was never sent, or is a correction itself", () => {
    const story = new Story(deduping).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.does(story.increment("night", 50_00));
    expect(story.refusal(story.correct("fix", "dinner", 1_00))).toBe("in_doubt");
    expect(story.refusal(story.correct("fix", "night", 1_00))).toBe("not_correctable");
    story.does(story.correct("fix", "base", 1_00));
    expect(story.refusal(story.correct("x", "fix", 1_00))).toBe("not_correctable");
  });

  it("about a step that is not on the hold finds no such step, as any other wish about one does", () => {
    const story = new Story(deduping).opened(400_00);
    expect(story.refusal(story.correct("fix", "nowhere", 1_00))).toBe("no_such_step");
    expect(story.refusal(story.resolve("nowhere", "applied"))).toBe("no_such_step");
    expect(story.refusal(story.on("withdraw", "nowhere"))).toBe("no_such_step");
    expect(story.refusal(story.reverseIncrement("back", "nowhere"))).toBe("no_such_step");
  });

  it("after the end moves what was let go, where the rest is let go by itself", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(approved(50_00));
    story.does(story.capture("bill", 400_00));
    story.answers(approved(400_00));
    expect(story.sums).toMatchObject({ released: 50_00, held: 0 });
    story.does(story.correct("never was", "dinner", -50_00));
    expect(story.sums).toEqual({ authorized: 400_00, captured: 400_00, released: 0, lapsed: 0, held: 0 });
    story.does(story.correct("was after all", "dinner", 80_00));
    expect(story.sums).toEqual({ authorized: 480_00, captured: 400_00, released: 80_00, lapsed: 0, held: 0 });
  });

  it("opens a hold again that was thought to have failed, and what the late answer called it is kept", () => {
    const expiry = networkRule({ card: { network: "visa" }, profile: "lodging" });
    const story = new Story({ ...flexible, recovery: { ...flexible.recovery, undo: null } }, { expiry });
    story.open(400_00);
    story
      .staysSilent()
      .passes(10 * MINUTE)
      .finds({ is: "absent" });
    while (lifecycle(story.state) === "opening") {
      if (story.job.do === "look") story.finds({ is: "absent" });
      else story.sleeps();
    }
    story.answers(
      { is: "approved", grade: "none", applied: null, total: null, references: { hold: { payment: "pay-9" } } },
      { entry: "base" },
    );
    expect(story.state.contradicted?.found.authorized).toBe(400_00);
    expect(story.state.references).toEqual({ payment: "pay-9" });
    story.does(story.correct("it stands", "base", 400_00));
    expect(lifecycle(story.state)).toBe("open");
    expect(expiryOf(story.state)?.captureBy.at, "it lives as long as any").toBe(NOON + 30 * DAY);
    story.passes(30 * SECOND).reads(books(story.now, 400_00));
    story.does(story.reverse("let go"));
    story.answers(approved(400_00));
    expect(story.sums).toEqual({ authorized: 400_00, captured: 0, released: 400_00, lapsed: 0, held: 0 });
  });
});

describe("a hold", () => {
  it("is told by its events alone", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(approved(50_00));
    const again = evolveAll(undefined, story.events, story.now);
    expect(again).toEqual(story.hold);
    expect(story.state.version).toBe(story.events.length);
  });
});
