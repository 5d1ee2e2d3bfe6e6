import { describe, expect, it } from "vitest";
import { isEnding } from "./index.ts";
import { blind, flexible, lastInFirstOut } from "./testing/gateways.ts";
import { DAY, extensions, HOUR, lastDay, refused, rental, until } from "./testing/rental.ts";
import { approved, books, declined, NOON, rejected, unknown } from "./testing/story.ts";

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

  it.each([
    ["the issuer wants the payer to be there", { ...declined, code: "authentication_required" }],
    ["the network wants it never again", { ...declined, advice: "never_again" }],
    ["the card has changed", { ...declined, advice: "other_data" }],
    ["the gateway refuses it for good", rejected("never")],
  ] as const)("asks for no second extension where %s, and tells somebody at once", (_, outcome) => {
    const story = rental("mastercard", { extendAutomatically: true });
    story.sleeps().answers(outcome);
    expect(isEnding(story.state, story.now)).toBe(true);
    expect(story.events.at(-1)).toMatchObject({ type: "warned", passed: false });
    until(story, 29.9);
    expect(extensions(story)).toHaveLength(1);
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

  it("is tried once more there too, when one of the steps was declined", () => {
    const story = rental("mastercard", { forgotten: "release" }, lastInFirstOut);
    story.does(story.increment("damage", 100_00));
    story.answers(approved(100_00));
    story.sleeps().sleeps().answers(declined);
    expect([story.sums.held, story.state.closing]).toEqual([1000_00, null]);
    story
      .passes(30 * 60_000)
      .answers(approved(100_00))
      .answers(approved(900_00));
    expect(story.sums).toMatchObject({ released: 1000_00, held: 0 });
  });

  it("is not forgotten by whoever has just set right that its charge had bounced", () => {
    const story = rental("visa", { forgotten: "release" }, flexible);
    until(story, 20).does(story.capture("c", 900_00));
    story.answers(approved(900_00));
    until(story, 29.98).answers(declined, { entry: "c" });
    expect(story.state.contradicted?.found.captured).toBe(0);
    story.does(story.correct("bounced", "c", -900_00));
    expect(story.sums).toMatchObject({ captured: 0, held: 900_00 });
    story.passes(60_000).reads(books(story.now, 900_00));
    until(story, 31);
    expect([story.state.closing, story.sums.held, isEnding(story.state, story.now)]).toEqual([null, 900_00, true]);
  });

  it("is not forgotten while somebody tries to charge it, also where that is declined when its time has passed", () => {
    const story = rental("visa", { forgotten: "release" }, flexible);
    until(story, 29.9).does(story.capture("c", 900_00));
    story.answers(unknown);
    until(story, 31);
    expect([story.entry("c").state, story.sums.held]).toEqual(["asking", 900_00]);
    story.finds(declined);
    until(story, 40);
    expect([story.sums.held, isEnding(story.state, story.now)]).toEqual([900_00, true]);
    story.does(story.capture("late", 900_00, { acceptLate: true }));
    story.answers(approved(900_00));
    expect(story.sums).toMatchObject({ captured: 900_00, held: 0 });
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
