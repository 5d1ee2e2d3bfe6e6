import { describe, expect, it } from "vitest";
import { expiryOf, hasPassed, isEnding, lifecycle, networkRule, wakeAt } from "./index.ts";
import { flexible } from "./testing/gateways.ts";
import { DAY, extendable, extensions, HOUR, lastDay, rental, until } from "./testing/rental.ts";
import { absent, approval, approved, books, declined, DESK, found, NOON, Story, unknown } from "./testing/story.ts";

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

describe("a final capture in doubt when the time to capture is over", () => {
  it("is looked for on the following days too, is let go by nobody, and counts when it is found", () => {
    const story = rental("visa", { forgotten: "release" }, flexible);
    const last = lastDay(story);
    until(story, last - 1 / 12).does(story.capture("bill", 600_00));
    story.answers(unknown);
    for (const day of [last, last + 1, last + 2, last + 3]) {
      until(story, day);
      expect(lifecycle(story.state)).toBe("capturing");
      expect(story.job.do).toBe("look");
      story.finds(unknown);
    }
    expect(hasPassed(story.state, story.now)).toBe(true);
    expect(story.states()).toEqual({ base: "applied", bill: "asking" });
    until(story, last + 4).finds(found(600_00));
    expect(lifecycle(story.state)).toBe("captured");
    expect(story.sums).toEqual({ authorized: 900_00, captured: 600_00, released: 300_00, lapsed: 0, held: 0 });
  });

  it("and was not charged leaves the hold open, though its time has passed", () => {
    const story = rental("visa", {}, flexible);
    const last = lastDay(story);
    until(story, last - 1 / 12).does(story.capture("bill", 600_00));
    story.answers(unknown);
    until(story, last + 1).finds(absent);
    expect(lifecycle(story.state)).toBe("open");
    expect(story.sums).toMatchObject({ captured: 0, held: 900_00 });
    expect(story.refusal(story.capture("again", 600_00))).toBe("late_presentment");
    expect(story.refusal(story.capture("again", 600_00, { acceptLate: true }))).toBeNull();
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
