import { total } from "@plimsoll/shared";
import { describe, expect, it } from "vitest";
import { lifecycle, questionTotal, type Hold } from "./index.ts";
import { deduping, flexible, lastInFirstOut } from "./testing/gateways.ts";
import { absent, approved, books, declined, MINUTE, SECOND, Story, unknown } from "./testing/story.ts";

const upTo = (amount: number): { ceiling: Hold["ceiling"] } => ({ ceiling: { amount: total(amount), consent: null } });

/** A hold with these increments, approved in this order. */
function raised(story: Story, ...increments: readonly string[]): Story {
  for (const entry of increments) {
    story.does(story.increment(entry, 50_00));
    story.answers(approved(50_00));
  }
  return story;
}

describe("what was accepted is judged again when its turn comes", () => {
  it("a reversal of the last increment is not accepted with another increment on its way", () => {
    const story = raised(new Story(lastInFirstOut).opened(400_00), "dinner");
    story.does(story.increment("night", 50_00));
    expect(story.refusal(story.reverseIncrement("not eaten", "dinner"))).toBe("not_last");
    story.answers(approved(50_00));
    expect(story.refusal(story.reverseIncrement("not eaten", "dinner"))).toBe("not_last");
    expect(story.refusal(story.reverseIncrement("no night", "night"))).toBeNull();
  });

  it("a reversal of what was the last increment is not sent when a later one has surfaced meanwhile", () => {
    const story = raised(new Story(lastInFirstOut).opened(400_00), "dinner");
    story.does(story.increment("night", 50_00));
    story
      .answers(unknown)
      .passes(10 * MINUTE)
      .finds(absent);
    story.does(story.reverseIncrement("not eaten", "dinner"));
    expect(story.entry("not eaten").state).toBe("queued");
    story.answers(approved(50_00), { entry: "night" });
    expect(story.state.contradicted?.found.authorized).toBe(500_00);
    story.does(story.correct("surfaced", "night", 50_00));
    story.sleeps().reads(books(story.now, 500_00));
    expect(story.entry("not eaten")).toMatchObject({ state: "failed", cause: { is: "refused", code: "not_last" } });
    expect(story.events.filter(({ type }) => type === "asked")).toHaveLength(3);
    expect(story.sums).toMatchObject({ released: 0, held: 500_00 });
    expect(story.refusal(story.reverseIncrement("no night", "night"))).toBeNull();
  });

  it("the last increment is the one that was approved last, not the one that was asked for last", () => {
    const story = new Story(lastInFirstOut).opened(400_00);
    story.does(story.propose("late night", 50_00));
    raised(story.passes(SECOND), "dinner").passes(SECOND);
    story.does(story.approve("late night", 50_00, 500_00));
    story.answers(approved(50_00));
    expect(story.refusal(story.reverseIncrement("x", "dinner"))).toBe("not_last");
    expect(story.refusal(story.reverseIncrement("x", "late night"))).toBeNull();
  });

  it("a reversal whose target was corrected away meanwhile is not sent", () => {
    const story = raised(new Story(deduping).opened(400_00), "dinner");
    story.does(story.increment("night", 100_00));
    story.does(story.reverseIncrement("not eaten", "dinner"));
    story.does(story.correct("never was", "dinner", -50_00));
    story.answers(approved(100_00));
    expect(story.entry("not eaten")).toMatchObject({
      state: "failed",
      cause: { is: "refused", code: "not_reversible" },
    });
    expect(story.sums.held).toBe(500_00);
  });

  it("a reversal whose target was corrected in part takes off what is left of it", () => {
    const story = raised(new Story(deduping).opened(400_00), "dinner");
    story.does(story.increment("night", 100_00));
    story.does(story.reverseIncrement("not eaten", "dinner"));
    story.does(story.correct("less", "dinner", -20_00));
    story.answers(approved(100_00));
    expect(story.operation).toMatchObject({ kind: "reverse", delta: 30_00, totalBefore: 530_00, totalAfter: 500_00 });
    story.answers(approved(30_00));
    expect(story.sums.held).toBe(500_00);
  });

  it("a capture of more than is held after a declined increment is not sent, and the hold stays open", () => {
    const story = new Story().opened(650_00);
    story.does(story.increment("mini-bar", 50_00));
    story.does(story.capture("bill", 700_00));
    expect(lifecycle(story.state)).toBe("capturing");
    story.answers(declined).sleeps();
    expect(story.entry("bill")).toMatchObject({ state: "failed", cause: { is: "refused", code: "above_hold" } });
    expect(story.events.filter(({ type }) => type === "asked")).toHaveLength(2);
    expect(lifecycle(story.state)).toBe("open");
    expect(story.sums.held).toBe(650_00);
  });

  it("a yes to 95 is stale when the hold has grown so far that it would reach 103", () => {
    const story = new Story().opened(70_00, upTo(80_00));
    story.does(story.propose("extra", 25_00));
    story.does(story.increment("small", 8_00));
    expect(story.refusal(story.approve("extra", 25_00, 95_00))).toBe("stale_consent");
    expect(questionTotal(story.state, story.entry("extra"))).toBe(103_00);
  });

  it("a yes that was still true when it was given is not sent when it is no longer true at its turn", () => {
    const story = new Story().opened(70_00, upTo(80_00));
    story.does(story.propose("extra", 25_00));
    story.does(story.increment("small", 5_00));
    story.does(story.approve("extra", 25_00, 100_00));
    // A person finds that more was authorized than was known.
    story.does(story.correct("more", "base", 10_00));
    story.answers(approved(5_00)).sleeps().reads(books(story.now, 85_00));
    expect(story.entry("extra")).toMatchObject({ state: "failed", cause: { is: "refused", code: "stale_consent" } });
    expect(story.sums.held).toBe(85_00);
  });

  it("two increments that each fit under the ceiling and together don't: the door refuses the second", () => {
    const story = new Story().opened(70_00, upTo(100_00));
    story.does(story.increment("first", 20_00));
    expect(story.refusal(story.increment("second", 20_00))).toBe("above_ceiling");
    story.does(story.increment("second", 6_00));
    expect(story.refusal(story.increment("third", 4_01))).toBe("above_ceiling");
    expect(story.refusal(story.increment("third", 4_00))).toBeNull();
  });

  it("the hundred-and-first increment is refused at the door, with those that wait counted", () => {
    const story = new Story({ ...flexible, increments: { most: 3, count: "applied" } }).opened(100_00);
    raised(story, "one");
    story.does(story.increment("two", 1_00));
    story.does(story.increment("three", 1_00));
    expect(story.refusal(story.increment("four", 1_00))).toBe("increment_limit");
    story.answers(declined);
    expect(story.refusal(story.increment("four", 1_00))).toBeNull();
  });

  it("what has not been sent by its time lapses and says so", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.does(story.increment("night", 200_00));
    story.passes(2 * MINUTE);
    expect(story.entry("night")).toMatchObject({ state: "lapsed", cause: { is: "not_sent" } });
  });

  it("an announced increment lets the others go before it, and its time to be sent runs from when it is ready", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("announced", 50_00, { notBefore: story.now + 10 * MINUTE }));
    expect(story.entry("announced").state).toBe("queued");
    story.does(story.increment("dinner", 20_00));
    expect(story.entry("dinner").state).toBe("asking");
    story.answers(approved(20_00));
    expect(story.job).toEqual({ do: "wait", until: story.now + 10 * MINUTE });
    story.sleeps();
    expect(story.entry("announced").state).toBe("asking");
    expect(story.operation).toMatchObject({ totalBefore: 420_00, totalAfter: 470_00 });
  });

  it("two tablets that add at once get the sum, and one dinner is not added twice", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("tablet A", 50_00, { line: "dinner-7" }));
    expect(story.refusal(story.increment("tablet B", 50_00, { line: "dinner-7" }))).toBe("duplicate_line");
    story.does(story.increment("tablet B", 30_00, { line: "drinks-7" }));
    story.answers(approved(50_00)).answers(approved(30_00));
    expect(story.sums.held).toBe(480_00);
  });

  it("a line that was declined may be tried again", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00, { line: "dinner-7" }));
    story.answers(declined);
    expect(story.refusal(story.increment("again", 50_00, { line: "dinner-7" }))).toBeNull();
  });

  it("a capture at the door reckons with a reversal that waits before it", () => {
    const story = raised(new Story(deduping).opened(400_00), "dinner");
    story.does(story.reverseIncrement("not eaten", "dinner"));
    expect(story.refusal(story.capture("bill", 450_00))).toBe("above_hold");
    expect(story.refusal(story.capture("bill", 400_00))).toBeNull();
  });
});
