import type { Code } from "@plimsoll/shared";
import { describe, expect, it } from "vitest";
import { expiryOf, isEnding, lifecycle, networkRule, wakeAt, type Card, type Terms } from "./index.ts";
import { blind, deduping, flexible, lastInFirstOut } from "./testing/gateways.ts";
import { absent, approval, approved, books, declined, DESK, NOON, Story, unknown } from "./testing/story.ts";

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;
const extendable = { ...deduping, extension: true };

/** A car that is rented on this card: 900.00 on hold since noon of day 0. */
function rental(network: Card["network"], more: Partial<Terms> = {}, capabilities = extendable): Story {
  const expiry = networkRule({ card: { network }, profile: "vehicle_rental" });
  return new Story(capabilities, { profile: "vehicle_rental", card: { network }, expiry, ...more }).opened(900_00);
}

/** On which day after noon of day 0 it has to be captured. */
const lastDay = (story: Story) => ((expiryOf(story.state)?.captureBy.at ?? 0) - NOON) / DAY;
const until = (story: Story, day: number) => story.passes(NOON + day * DAY - story.now);
const refused = (story: Story, more = {}): Code | null => story.refusal(story.capture("c", 900_00, more));
const extensions = (story: Story) =>
  story.state.entries.filter(({ kind }) => kind === "extension").map(({ state, at }) => [state, (at - NOON) / DAY]);

describe("a car rental over thirty days, on Mastercard", () => {
  it("is prolonged without being raised, and by what is added later; at the end all is charged", () => {
    const story = rental("mastercard");
    expect(lastDay(story)).toBe(30);
    until(story, 28).does(story.extend("extension"));
    story.answers(approved(0, "none"));
    expect([story.sums.held, lastDay(story)]).toEqual([900_00, 58]);
    until(story, 35).does(story.increment("damage", 250_00));
    story.answers(approved(250_00));
    story.does(story.increment("fuel", 45_00));
    story.answers(approved(45_00));
    expect([story.sums.held, lastDay(story)]).toEqual([1195_00, 65]);
    story.does(story.capture("bill", 1195_00));
    story.answers(approved(1195_00));
    expect(story.sums).toMatchObject({ captured: 1195_00, held: 0 });
  });

  it("prolongs itself two days before its end, where the merchant wants that, and again before the next", () => {
    const story = rental("mastercard", { extendAutomatically: true });
    story.sleeps();
    expect(extensions(story)).toEqual([["asking", 28]]);
    story.answers(approved(0, "none"));
    expect([story.sums.held, lastDay(story), isEnding(story.state, story.now)]).toEqual([900_00, 58, false]);
    story.sleeps().answers(approved(0, "none"));
    expect(extensions(story)).toEqual([
      ["applied", 28],
      ["applied", 56],
    ]);
    expect(story.events.filter(({ type }) => type === "warned")).toEqual([]);
  });

  it("tries a declined extension once more twelve hours later; then somebody has to see to it, and nothing has changed", () => {
    const story = rental("mastercard", { extendAutomatically: true });
    story.sleeps().answers(declined);
    expect([lastDay(story), isEnding(story.state, story.now)]).toEqual([30, false]);
    story.sleeps();
    expect(extensions(story)).toEqual([
      ["declined", 28],
      ["asking", 28.5],
    ]);
    story.answers(declined);
    expect([story.sums.held, lastDay(story), isEnding(story.state, story.now)]).toEqual([900_00, 30, true]);
    expect(story.events.at(-1)).toEqual({ type: "warned", captureBy: NOON + 30 * DAY, passed: false });
    until(story, 29.9);
    expect(extensions(story)).toHaveLength(2);
  });

  it("waits with its extension until a doubt has ended, and is told meanwhile as one that needs somebody", () => {
    const story = rental("mastercard", { extendAutomatically: true }, { ...blind, extension: true });
    until(story, 27.9).does(story.increment("damage", 50_00));
    story.answers(unknown);
    until(story, 28);
    expect(extensions(story)).toEqual([]);
    expect(isEnding(story.state, story.now)).toBe(true);
    story.does(story.resolve("damage", "not_applied"));
    expect(extensions(story)).toEqual([["asking", 28]]);
  });
});

describe("a car rental on Visa", () => {
  it("is not prolonged: an extension is refused here, and an increment moves nothing", () => {
    const story = rental("visa", { extendAutomatically: true }, flexible);
    expect(story.refusal(story.extend("extension"))).toBe("extension_unsupported");
    story.passes(DAY).does(story.increment("damage", 250_00));
    story.answers(approved(250_00));
    expect(lastDay(story)).toBe(30);
  });

  it("warns at least a day before its end, once, and says once that it has passed", () => {
    const story = rental("visa", {}, flexible);
    story.sleeps();
    expect([(story.now - NOON) / DAY, isEnding(story.state, story.now)]).toEqual([28, true]);
    story.sleeps();
    expect((story.now - NOON) / DAY).toBe(30);
    expect(story.job.do).toBe("rest");
    expect(story.events.filter(({ type }) => type === "warned")).toEqual([
      { type: "warned", captureBy: story.now, passed: false },
      { type: "warned", captureBy: story.now, passed: true },
    ]);
  });

  it("stays open after its estimated end: a late capture has to be meant, a release never", () => {
    const story = rental("visa", {}, flexible);
    until(story, 30);
    expect(story.sums.held).toBe(900_00);
    expect(refused(story)).toBe("late_presentment");
    expect(refused(story, { amount: 900_01, acceptLate: true })).toBe("above_hold");
    expect([refused(story, { acceptLate: true }), story.refusal(story.reverse("r"))]).toEqual([null, null]);
    expect(story.refusal(story.increment("e", 1_00))).toBeNull();
    story.does(story.capture("late", 900_00, { acceptLate: true }));
    story.answers(approved(900_00));
    expect(story.sums).toMatchObject({ captured: 900_00, held: 0 });
  });

  it("takes a capture up to its last moment, also one whose turn comes after it", () => {
    const story = rental("visa", {}, flexible);
    until(story, 30).passes(-1);
    story.does(story.increment("e", 10_00));
    story.does(story.capture("c", 900_00));
    story.passes(1000).answers(approved(10_00));
    expect(story.entry("c").state).toBe("asking");
  });

  it("has expired only when the gateway says so", () => {
    const story = rental("visa", {}, flexible);
    until(story, 31).hint();
    story.reads(books(story.now, 900_00));
    expect(story.state.endedAt).toBeNull();
    story.hint().reads(books(story.now, 900_00, 0, "expired"));
    expect(story.sums).toMatchObject({ lapsed: 900_00, held: 0 });
  });
});

describe("a forgotten hold", () => {
  it("is let go an hour before its end, where the merchant wants that", () => {
    const story = rental("visa", { forgotten: "release" }, flexible);
    story.sleeps();
    expect(story.sums.held).toBe(900_00);
    story.sleeps();
    expect((NOON + 30 * DAY - story.now) / HOUR).toBe(1);
    expect(story.state.closing?.kind).toBe("reversal");
    story.answers(approved(900_00));
    expect(story.sums).toMatchObject({ released: 900_00, held: 0 });
    expect(story.state.entries.at(-1)?.by).toEqual({ kind: "timer", name: "timer" });
  });

  it("is tried once more when its release is declined, and then left to people", () => {
    const story = rental("visa", { forgotten: "release" }, flexible);
    story.sleeps().sleeps().answers(declined);
    story.passes(30 * 60_000).answers(declined);
    until(story, 31);
    expect(story.state.entries.filter(({ kind }) => kind === "reversal")).toHaveLength(2);
    expect([story.sums.held, isEnding(story.state, story.now)]).toEqual([900_00, true]);
  });

  it("is prolonged first where both are wanted, and let go only when that came to nothing", () => {
    const both = { forgotten: "release", extendAutomatically: true } as const;
    const story = rental("mastercard", both);
    story.sleeps().answers(declined);
    story.sleeps().answers(declined);
    story.sleeps();
    expect((NOON + 30 * DAY - story.now) / HOUR).toBe(1);
    expect(story.state.closing?.kind).toBe("reversal");
  });

  it("is let go whole where a gateway reverses the last increment only", () => {
    const story = rental("mastercard", { forgotten: "release" }, lastInFirstOut);
    story.does(story.increment("damage", 100_00));
    story.answers(approved(100_00));
    story.sleeps().sleeps().answers(approved(100_00)).answers(approved(900_00));
    expect(story.sums).toMatchObject({ released: 1000_00, held: 0 });
  });

  it("of which all is captured in parts needs nobody: nothing is left to run out", () => {
    const story = rental("visa", { forgotten: "release" }, flexible);
    story.does(story.capture("c", 900_00, { final: false }));
    story.answers(approved(900_00));
    until(story, 40);
    expect([story.job.do, isEnding(story.state, story.now), story.sums.captured]).toEqual(["rest", false, 900_00]);
    expect(story.state.entries).toHaveLength(2);
  });

  it("is only warned of where the merchant says nothing", () => {
    const story = rental("visa", {}, flexible);
    until(story, 40);
    expect(story.sums).toMatchObject({ held: 900_00, released: 0 });
  });
});

describe("how long a hold lives", () => {
  it("is not known before it is approved, nor without a rule", () => {
    const opening = new Story(flexible, { expiry: networkRule({ card: null, profile: "lodging" }) });
    opening.open(400_00);
    expect(expiryOf(opening.state)).toBeNull();
    expect(expiryOf(new Story(flexible).opened(400_00).state)).toBeNull();
  });

  it("has two clocks: the bank may free the money long before it has to be captured", () => {
    expect(expiryOf(rental("mastercard").state)).toMatchObject({
      captureBy: { at: NOON + 30 * DAY, estimated: true },
      bankMayFreeFrom: { at: NOON + 5 * DAY, estimated: true },
      source: expect.stringMatching(/CyberSource.*read 2026-11-22/),
    });
  });

  it("counts a step that was in doubt from when it was sent, not from when it was found", () => {
    const story = rental("mastercard", {}, { ...flexible, extension: true });
    until(story, 3).does(story.increment("damage", 50_00));
    story.staysSilent();
    until(story, 10).finds({ is: "applied", ...approval(50_00) });
    expect(lastDay(story)).toBe(33);
  });

  it("is not prolonged by what was declined, nor by an absent step", () => {
    const story = rental("mastercard", {}, { ...flexible, extension: true });
    until(story, 3).does(story.increment("damage", 50_00));
    story.answers(declined);
    story.does(story.increment("fuel", 50_00));
    story.staysSilent();
    until(story, 4).finds(absent);
    expect(lastDay(story)).toBe(30);
  });

  it("warns in the second half of its life, however short that is", () => {
    const expiry = {
      captureWithin: 8 * HOUR,
      bankKeeps: 4 * HOUR,
      prolongedBy: [],
      source: "a test",
      read: "2026-11-22",
    };
    const story = new Story(flexible, { expiry }).opened(100_00);
    story.sleeps();
    expect((story.now - NOON) / HOUR).toBe(4);
    expect(isEnding(story.state, story.now)).toBe(true);
  });
});

describe("a rule by which an extension gives another time than the first", () => {
  it("counts the short time first, and the long one from the extension", () => {
    const rule = {
      captureWithin: 7 * DAY,
      bankKeeps: 5 * DAY,
      prolongedBy: ["extend"],
      prolongedTo: 30 * DAY,
      source: "a guide",
      read: "2026-11-22",
    } as const;
    const story = new Story({ ...flexible, extension: true }, { expiry: rule }).opened(400_00);
    expect(lastDay(story)).toBe(7);
    story.passes(DAY);
    story.does(story.increment("dinner", 50_00));
    story.answers(approved(50_00));
    expect(lastDay(story)).toBe(7);
    story.passes(DAY);
    story.does(story.extend("longer"));
    story.answers(approved(0));
    expect(lastDay(story)).toBe(32);
    expect(expiryOf(story.state)?.bankMayFreeFrom.at).toBe(NOON + 7 * DAY);
  });
});

describe("an end that the gateway gives", () => {
  const given = NOON + 4 * DAY;

  it("wins over every estimate, from an answer and from its books; what the bank does stays an estimate", () => {
    const story = new Story(flexible, { expiry: networkRule({ card: { network: "visa" }, profile: "lodging" }) });
    story.open(400_00);
    story.answers({ is: "approved", ...approval(400_00), captureBy: given });
    expect(expiryOf(story.state)).toMatchObject({
      captureBy: { at: given, estimated: false },
      bankMayFreeFrom: { at: NOON + 5 * DAY, estimated: true },
      source: "the gateway",
    });
    story.passes(HOUR).hint();
    story.reads({ ...books(story.now, 400_00), captureBy: given + DAY });
    expect(expiryOf(story.state)?.captureBy).toEqual({ at: given + DAY, estimated: false });
  });

  it("is known where no rule is, and asks for a late capture to be meant like an estimate does", () => {
    const story = new Story(flexible);
    story.open(400_00);
    story.answers({ is: "approved", ...approval(400_00), captureBy: given });
    expect(expiryOf(story.state)?.bankMayFreeFrom).toEqual({ at: given, estimated: true });
    until(story, 4);
    expect(story.refusal(story.capture("c", 400_00))).toBe("late_presentment");
  });

  it("at an odd millisecond makes no half ones: a wake-up is a whole number", () => {
    for (const life of [HOUR + 1, HOUR + 3, 7]) {
      const story = new Story(extendable, { extendAutomatically: true, forgotten: "release" });
      story.open(400_00);
      story.answers({ is: "approved", ...approval(400_00), captureBy: NOON + life });
      const wakes: (number | null)[] = [];
      for (let step = 0; step < 3; step += 1) {
        wakes.push(wakeAt(story.state));
        story.sleeps().answers(declined);
      }
      expect(wakes.map(Number).filter((at) => !Number.isInteger(at))).toEqual([]);
    }
  });

  it("that an extension doesn't move is not asked for again and again", () => {
    const story = new Story(extendable, { extendAutomatically: true });
    story.open(400_00);
    story.answers({ is: "approved", ...approval(400_00), captureBy: given });
    story.sleeps().answers(approved(0, "none"));
    story.sleeps().answers(approved(0, "none"));
    until(story, 5);
    expect(extensions(story).map(([state]) => state)).toEqual(["applied", "applied"]);
    expect(isEnding(story.state, story.now)).toBe(true);
  });
});

describe("an adopted hold", () => {
  const adopted = (more: { approvedAt?: number; captureBy?: number }) => {
    const story = new Story(flexible, { expiry: networkRule({ card: { network: "visa" }, profile: "lodging" }) });
    const snapshot = { ...books(NOON, 400_00), ...more };
    const wish = { entry: "base", by: DESK, reason: null, ceiling: null, payment: "p-1" };
    story.does({ do: "adopt", ...wish, terms: story.terms, snapshot });
    return story;
  };

  it("lives from when it was approved, not from when it was adopted", () => {
    expect(lastDay(adopted({ approvedAt: NOON - 10 * DAY }))).toBe(20);
    expect(lastDay(adopted({ approvedAt: NOON + DAY }))).toBe(30);
  });

  it("has no estimated end where nobody knows when it was approved, unless the gateway gives one", () => {
    expect(expiryOf(adopted({}).state)).toBeNull();
    expect(lastDay(adopted({ captureBy: NOON + 3 * DAY }))).toBe(3);
  });

  it("is not taken for forgotten when it comes with hardly any time left", () => {
    const expiry = networkRule({ card: { network: "visa" }, profile: "lodging" });
    for (const age of [30 * DAY - HOUR / 2, 40 * DAY]) {
      const story = new Story(flexible, { expiry, forgotten: "release" });
      const snapshot = { ...books(NOON, 400_00), approvedAt: NOON - age };
      const wish = { entry: "base", by: DESK, reason: null, ceiling: null, payment: "p-1" };
      story.does({ do: "adopt", ...wish, terms: story.terms, snapshot });
      story.passes(DAY);
      expect(story.sums).toMatchObject({ held: 400_00, released: 0 });
      expect(story.state.closing).toBeNull();
    }
  });
});

describe("what a final capture leaves on hold where nothing lets it go", () => {
  it("stays on hold, however long ago the bank may have freed it, until the gateway says that it is gone", () => {
    const story = rental("visa", {}, { ...flexible, releaseAtCapture: "lapses" });
    story.does(story.capture("c", 600_00));
    story.answers(approved(600_00));
    expect(story.sums).toEqual({ authorized: 900_00, captured: 600_00, released: 0, lapsed: 0, held: 300_00 });
    until(story, 40).hint();
    story.reads(books(story.now, 900_00, 600_00, "captured"));
    expect(story.sums).toMatchObject({ lapsed: 0, held: 300_00 });
    const { former, endedAt } = story.state;
    story.hint().reads(books(story.now, 900_00, 600_00, "expired"));
    expect(story.sums).toEqual({ authorized: 900_00, captured: 600_00, released: 0, lapsed: 300_00, held: 0 });
    expect(story.state).toMatchObject({ former, endedAt });
    expect([former, lifecycle(story.state)]).toEqual([900_00, "captured"]);
  });
});

describe("a named person's word that the bank has let go", () => {
  const word = (evidence = "the bank's answer of today") => ({ do: "say_lapsed", by: DESK, evidence }) as const;

  it("ends the hold: what was held has lapsed, and books that go on saying authorized don't contradict it", () => {
    const story = new Story().opened(400_00);
    story.does(word());
    expect(lifecycle(story.state)).toBe("expired");
    expect(story.sums).toMatchObject({ held: 0, lapsed: 400_00 });
    story.passes(HOUR).hint();
    story.reads(books(story.now, 400_00));
    expect(story.state.contradicted).toBeNull();
  });

  it("sets books right that disagree", () => {
    const story = new Story().opened(400_00);
    story.passes(HOUR).hint();
    story.reads(books(story.now, 0));
    expect(story.state.contradicted).not.toBeNull();
    story.does(word());
    expect(story.state.contradicted).toBeNull();
    expect(story.sums).toMatchObject({ held: 0, lapsed: 400_00 });
  });

  it("needs evidence, something on hold, and nothing in doubt", () => {
    const story = new Story().opened(400_00);
    expect(story.refusal(word(" "))).toBe("evidence_required");
    story.does(story.increment("dinner", 50_00));
    story.answers(unknown);
    expect(story.refusal(word())).toBe("in_doubt");
    story.sleeps().finds(absent);
    const ended = new Story().opened(400_00);
    ended.does(ended.reverse("r"));
    ended.answers(approved(400_00));
    expect(ended.refusal(word())).toBe("nothing_held");
  });
});
