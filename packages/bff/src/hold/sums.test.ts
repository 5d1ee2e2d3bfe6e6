import { describe, expect, it } from "vitest";
import { lifecycle, sums } from "./index.ts";
import { deduping, flexible } from "./testing/gateways.ts";
import { approved, books, declined, Story, SECOND } from "./testing/story.ts";

describe("the four sums", () => {
  it("grow with each approved increment and with nothing else", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    expect(story.sums).toEqual({ authorized: 400_00, captured: 0, released: 0, lapsed: 0, held: 400_00 });
    expect(sums(story.state).pending).toBe(50_00);
    story.answers(approved(50_00));
    story.does(story.increment("night", 200_00));
    story.answers(declined);
    expect(story.sums).toEqual({ authorized: 450_00, captured: 0, released: 0, lapsed: 0, held: 450_00 });
  });

  it("hold nothing any more once the whole hold is captured", () => {
    const story = new Story().opened(700_00);
    story.does(story.capture("bill", 700_00));
    story.answers(approved(700_00));
    expect(story.sums).toEqual({ authorized: 700_00, captured: 700_00, released: 0, lapsed: 0, held: 0 });
    expect(lifecycle(story.state)).toBe("captured");
  });

  it("keep the rest on hold after a partial capture, and let it go with the final one", () => {
    const story = new Story().opened(1100_00);
    story.does(story.capture("first week", 600_00, { final: false }));
    story.answers(approved(600_00));
    expect(story.sums).toEqual({ authorized: 1100_00, captured: 600_00, released: 0, lapsed: 0, held: 500_00 });
    expect(lifecycle(story.state)).toBe("open");
    story.does(story.capture("last days", 130_00));
    story.answers(approved(130_00));
    expect(story.sums).toEqual({ authorized: 1100_00, captured: 730_00, released: 370_00, lapsed: 0, held: 0 });
    expect(story.state.former).toBe(500_00);
  });

  it("keep the rest on hold after a final capture where the gateway lets nothing go by itself", () => {
    const story = new Story({ ...flexible, releaseAtCapture: "lapses" }).opened(30_00);
    story.does(story.capture("bill", 24_37));
    story.answers(approved(24_37));
    expect(story.sums).toEqual({ authorized: 30_00, captured: 24_37, released: 0, lapsed: 0, held: 5_63 });
  });

  it("show what lapsed when the gateway says that the hold has expired", () => {
    const story = new Story().opened(400_00);
    story.does(story.capture("first", 100_00, { final: false }));
    story.answers(approved(100_00));
    story
      .passes(60 * SECOND)
      .hint()
      .reads(books(story.now, 400_00, 100_00, "expired"));
    expect(story.sums).toEqual({ authorized: 400_00, captured: 100_00, released: 0, lapsed: 300_00, held: 0 });
    expect(lifecycle(story.state)).toBe("expired");
  });

  it("take off the reversal of one increment, and only once", () => {
    const story = new Story(deduping).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(approved(50_00));
    story.does(story.reverseIncrement("not eaten", "dinner"));
    story.answers(approved(50_00));
    expect(story.sums).toEqual({ authorized: 450_00, captured: 0, released: 50_00, lapsed: 0, held: 400_00 });
    expect(story.refusal(story.reverseIncrement("again", "dinner"))).toBe("not_reversible");
  });

  it("release all with a full reversal", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(approved(50_00));
    story.does(story.reverse("cancelled"));
    story.answers(approved(450_00));
    expect(story.sums).toEqual({ authorized: 450_00, captured: 0, released: 450_00, lapsed: 0, held: 0 });
    expect(lifecycle(story.state)).toBe("reversed");
    expect(story.state.former).toBe(450_00);
  });

  it("never let more go than is held: an increment that is captured already can't be reversed", () => {
    const story = new Story(deduping).opened(100_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(approved(50_00));
    story.does(story.capture("part", 120_00, { final: false }));
    story.answers(approved(120_00));
    expect(story.refusal(story.reverseIncrement("too late", "dinner"))).toBe("above_hold");
    expect(story.sums.held).toBe(30_00);
  });

  it("count a correction as a new entry beside what it corrects", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(approved(50_00));
    story.does(story.correct("fix", "dinner", -20_00));
    expect(story.sums).toEqual({ authorized: 430_00, captured: 0, released: 0, lapsed: 0, held: 430_00 });
    expect(story.entry("dinner").applied).toBe(50_00);
    expect(story.refusal(story.correct("more", "dinner", -30_01))).toBe("invalid_amount");
  });
});
