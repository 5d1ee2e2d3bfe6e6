import { describe, expect, it } from "vitest";
import { lifecycle } from "./index.ts";
import { flexible, lastInFirstOut } from "./testing/gateways.ts";
import { mustBeCoherent } from "./testing/coherent.ts";
import { approved, books, declined, DESK, found, MINUTE, rejected, SECOND, Story, unknown } from "./testing/story.ts";

describe("a final capture", () => {
  it("withdraws questions and announced increments, finishes what waits, and comes last", () => {
    const story = new Story().opened(400_00);
    story.does(story.propose("question", 10_00));
    story.does(story.increment("announced", 20_00, { notBefore: story.now + MINUTE }));
    story.does(story.increment("dinner", 50_00));
    story.does(story.increment("night", 200_00));
    story.does(story.capture("bill", 650_00));
    expect(story.states()).toMatchObject({
      question: "withdrawn",
      announced: "withdrawn",
      dinner: "asking",
      night: "queued",
    });
    story.answers(approved(50_00)).answers(approved(200_00));
    expect(story.entry("bill").state).toBe("asking");
    story.answers(approved(650_00));
    expect(story.sums).toEqual({ authorized: 650_00, captured: 650_00, released: 0, lapsed: 0, held: 0 });
    story.passes(10 * MINUTE);
    expect(story.events.filter(({ type }) => type === "asked")).toHaveLength(4);
  });

  it("accepts nothing new, and each second closing has its own answer", () => {
    const story = new Story().opened(400_00);
    story.does(story.capture("bill", 400_00));
    expect(story.refusal(story.increment("x", 1_00))).toBe("already_capturing");
    expect(story.refusal(story.propose("x", 1_00))).toBe("already_capturing");
    expect(story.refusal(story.capture("x", 400_00))).toBe("already_capturing");
    expect(story.refusal(story.reverse("x"))).toBe("already_capturing");
    story.answers(approved(400_00));
    expect(story.refusal(story.capture("x", 400_00))).toBe("already_captured");
    expect(story.refusal(story.reverse("x"))).toBe("already_captured");
    expect(story.refusal(story.increment("x", 1_00))).toBe("already_captured");
  });

  it.each([
    ["declined", declined],
    ["rejected", rejected("never")],
  ] as const)("that is %s leaves the hold open at what is held", (_, outcome) => {
    const story = new Story().opened(400_00);
    story.does(story.capture("bill", 400_00));
    story.answers(outcome);
    expect(lifecycle(story.state)).toBe("open");
    expect(story.state.closing).toBeNull();
    expect(story.sums).toEqual({ authorized: 400_00, captured: 0, released: 0, lapsed: 0, held: 400_00 });
    expect(story.refusal(story.capture("again", 400_00))).toBeNull();
    expect(story.refusal(story.reverse("let go"))).toBeNull();
  });

  it("that the gateway rejects is a sign: the books are read once, and nothing waits for them", () => {
    const story = new Story().opened(400_00);
    story.does(story.capture("bill", 400_00));
    story.answers(rejected("never"));
    expect(story.state.reading).toMatchObject({ why: "after_rejection", blocks: false });
    story.sleeps().reads(books(story.now, 400_00, 400_00, "captured"));
    expect(story.state.contradicted?.found.captured).toBe(400_00);
    expect(story.refusal(story.capture("again", 400_00))).toBe("contradicted");
  });

  it("under way says that the books disagree, and once it has ended that it has ended", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(approved(50_00));
    story.does(story.increment("night", 50_00));
    story.answers(declined);
    story.does(story.capture("bill", 450_00));
    story.answers(approved(50_00), { entry: "night" });
    expect(lifecycle(story.state)).toBe("capturing");
    expect(story.refusal(story.increment("x", 1_00))).toBe("contradicted");
    expect(story.refusal(story.reverse("x"))).toBe("contradicted");
    story.answers(approved(450_00));
    expect(story.state.contradicted).not.toBeNull();
    expect(story.refusal(story.reverse("x"))).toBe("already_captured");
  });

  it("can be withdrawn while it waits, and the hold stays open", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.does(story.capture("bill", 450_00));
    story.does(story.on("withdraw", "bill"));
    expect(story.state.closing).toBeNull();
    story.answers(approved(50_00));
    expect(story.sums.held).toBe(450_00);
    expect(lifecycle(story.state)).toBe("open");
  });

  it("in doubt stays closing, is looked for, and ends by what is found", () => {
    const story = new Story().opened(400_00);
    story.does(story.capture("bill", 400_00));
    story.answers(unknown);
    expect(lifecycle(story.state)).toBe("capturing");
    story.passes(24 * 60 * MINUTE);
    expect(story.job.do).toBe("look");
    story.finds(declined);
    expect(lifecycle(story.state)).toBe("open");
    expect(story.sums.held).toBe(400_00);
  });

  it("is read back once when the hold has closed", () => {
    const story = new Story().opened(400_00);
    story.does(story.capture("bill", 300_00));
    story.answers(approved(300_00)).sleeps();
    expect(story.job).toEqual({ do: "read" });
    story.reads(books(story.now, 400_00, 300_00, "captured"));
    expect(story.job).toEqual({ do: "rest" });
  });
});

describe("a full reversal", () => {
  it("that the gateway rejects is a sign: the books are read once, and nothing waits for them", () => {
    const story = new Story().opened(400_00);
    story.does(story.reverse("let go"));
    story.answers(rejected("never"));
    expect(story.state.reading).toMatchObject({ why: "after_rejection", blocks: false });
    expect(story.refusal(story.capture("bill", 400_00))).toBeNull();
    story.sleeps().reads(books(story.now, 400_00));
    expect(story.state.contradicted).toBeNull();
    expect(story.job).toEqual({ do: "rest" });
  });

  it("under way says that the books disagree", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(declined);
    story.does(story.reverse("let go"));
    story.answers(approved(50_00), { entry: "dinner" });
    expect(lifecycle(story.state)).toBe("reversing");
    expect(story.refusal(story.capture("bill", 400_00))).toBe("contradicted");
  });

  it("asked while an increment is in flight waits for it, withdraws the rest, and lets all go", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.does(story.increment("night", 200_00));
    story.does(story.propose("question", 10_00));
    story.does(story.reverse("cancelled"));
    expect(story.states()).toMatchObject({ dinner: "asking", night: "withdrawn", question: "withdrawn" });
    expect(lifecycle(story.state)).toBe("reversing");
    story.answers(approved(50_00));
    expect(story.operation).toMatchObject({ kind: "reverse", delta: 450_00, totalAfter: 0 });
    story.answers(approved(450_00));
    expect(story.sums).toEqual({ authorized: 450_00, captured: 0, released: 450_00, lapsed: 0, held: 0 });
    expect(story.refusal(story.reverse("again"))).toBe("already_reversed");
    expect(story.refusal(story.capture("bill", 1_00))).toBe("already_reversed");
  });

  it("behind an increment that falls in doubt is taken out of the line, and the hold stays open", () => {
    for (const capabilities of [flexible, lastInFirstOut]) {
      const story = new Story(capabilities).opened(400_00);
      story.does(story.increment("dinner", 50_00));
      story.does(story.reverse("cancelled"));
      story.answers(unknown);
      expect(lifecycle(story.state)).toBe("reversing");
      story.passes(2 * MINUTE);
      expect(story.states()).toEqual({ base: "applied", dinner: "asking", cancelled: "lapsed" });
      expect(story.state.closing).toBeNull();
      expect(lifecycle(story.state)).toBe("open");
      story.finds(found(50_00));
      expect(story.sums).toEqual({ authorized: 450_00, captured: 0, released: 0, lapsed: 0, held: 450_00 });
      expect(story.events.filter(({ type }) => type === "asked")).toHaveLength(2);
      expect(story.job.do).toBe("rest");
    }
  });

  it("asked while an increment is in flight lets that one go first where nothing else is possible", () => {
    const story = new Story(lastInFirstOut).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(approved(50_00)).passes(SECOND);
    story.does(story.increment("night", 200_00));
    story.does(story.reverse("cancelled"));
    story.answers(approved(200_00));
    expect(story.operation).toMatchObject({ kind: "reverse", delta: 200_00, totalBefore: 650_00, totalAfter: 450_00 });
    story.answers(approved(200_00)).answers(approved(50_00));
    expect(story.operation).toMatchObject({ entry: "cancelled", delta: 400_00, totalBefore: 400_00, totalAfter: 0 });
    story.answers(approved(400_00));
    expect(story.sums).toEqual({ authorized: 650_00, captured: 0, released: 650_00, lapsed: 0, held: 0 });
    expect(lifecycle(story.state)).toBe("reversed");
  });

  it("that is declined leaves the hold open, to be captured instead", () => {
    const story = new Story().opened(400_00);
    story.does(story.reverse("cancelled"));
    expect(story.refusal(story.reverse("again"))).toBe("already_reversing");
    story.answers(declined);
    expect(lifecycle(story.state)).toBe("open");
    story.does(story.capture("bill", 400_00));
    expect(story.entry("bill").state).toBe("asking");
  });

  it("goes from the last increment to the first and then the base where nothing else is possible", () => {
    const story = new Story(lastInFirstOut).opened(400_00);
    for (const [entry, amount] of [
      ["dinner", 50_00],
      ["night", 200_00],
    ] as const) {
      story.does(story.increment(entry, amount));
      story.answers(approved(amount));
      story.passes(SECOND);
    }
    story.does(story.reverse("cancelled"));
    expect(story.operation).toMatchObject({ kind: "reverse", delta: 200_00, totalBefore: 650_00, totalAfter: 450_00 });
    story.answers(approved(200_00));
    expect(story.operation).toMatchObject({ kind: "reverse", delta: 50_00, totalBefore: 450_00, totalAfter: 400_00 });
    expect(lifecycle(story.state)).toBe("reversing");
    story.answers(approved(50_00));
    expect(story.operation).toMatchObject({ entry: "cancelled", delta: 400_00, totalAfter: 0 });
    story.answers(approved(400_00));
    expect(story.sums).toEqual({ authorized: 650_00, captured: 0, released: 650_00, lapsed: 0, held: 0 });
    expect(lifecycle(story.state)).toBe("reversed");
    expect(story.state.former).toBe(650_00);
  });

  it("that stops half-way leaves the hold open at the rest, to be resumed or captured", () => {
    const story = new Story(lastInFirstOut).opened(400_00);
    for (const [entry, amount] of [
      ["dinner", 50_00],
      ["night", 200_00],
    ] as const) {
      story.does(story.increment(entry, amount));
      story.answers(approved(amount));
      story.passes(SECOND);
    }
    story.does(story.reverse("cancelled"));
    story.answers(approved(200_00)).answers(declined);
    expect(story.entry("cancelled").state).toBe("withdrawn");
    expect(lifecycle(story.state)).toBe("open");
    expect(story.sums.held).toBe(450_00);
    expect(story.refusal(story.capture("bill", 450_00))).toBeNull();
    story.does(story.reverse("resumed"));
    expect(story.operation).toMatchObject({ kind: "reverse", delta: 50_00 });
    story.answers(approved(50_00)).answers(approved(400_00));
    expect(story.sums.held).toBe(0);
  });

  it("that goes step by step has time for each of them", () => {
    const story = new Story({ ...lastInFirstOut, readable: false }).opened(400_00);
    for (const entry of ["one", "two", "three", "four"]) {
      story.does(story.increment(entry, 10_00));
      story.answers(approved(10_00)).passes(SECOND);
    }
    story.does(story.reverse("cancelled"));
    for (let step = 0; step < 4; step += 1) story.passes(50 * SECOND).answers(approved(10_00));
    story.passes(50 * SECOND).answers(approved(400_00));
    expect(lifecycle(story.state)).toBe("reversed");
  });
});

describe("a reversal that goes step by step and is held up", () => {
  function raisedTwice(): Story {
    const story = new Story(lastInFirstOut).opened(400_00);
    for (const entry of ["one", "two"]) {
      story.does(story.increment(entry, 10_00));
      story.answers(approved(10_00)).passes(SECOND);
    }
    story.watch = mustBeCoherent;
    return story;
  }
  const reversals = ({ state }: Story) =>
    state.entries.filter(({ kind }) => kind === "reversal").map((entry) => entry.state);

  it("lapses once, and its next step with it", () => {
    const story = raisedTwice();
    story.does(story.reverse("cancelled"));
    story.paused = true;
    story.answers(approved(10_00));
    expect(reversals(story)).toEqual(["queued", "applied", "queued"]);
    story.passes(2 * MINUTE);
    expect(reversals(story)).toEqual(["lapsed", "applied", "withdrawn"]);
    expect([story.state.closing, story.sums.held]).toEqual([null, 410_00]);
  });

  it("leaves no step that would be sent after it has lapsed", () => {
    const story = raisedTwice();
    story.does({ do: "audit", by: DESK });
    story.does(story.reverse("cancelled"));
    story.paused = true;
    story.passes(80 * SECOND);
    if (story.job.do !== "read") story.sleeps();
    story.reads(books(story.now, 420_00)).passes(41 * SECOND);
    expect(reversals(story)).toEqual(["lapsed", "withdrawn"]);
    story.paused = false;
    story.passes(SECOND);
    expect([story.job.do, story.sums.held]).toEqual(["rest", 420_00]);
  });

  it("takes its next step with it where a person withdraws it", () => {
    const story = raisedTwice();
    story.does(story.reverse("cancelled"));
    story.paused = true;
    story.answers(approved(10_00));
    story.does(story.on("withdraw", "cancelled"));
    expect(reversals(story)).toEqual(["withdrawn", "applied", "withdrawn"]);
  });

  it("waits for a step that is in doubt, and goes on when that was found", () => {
    const story = raisedTwice();
    story.does(story.reverse("cancelled"));
    story.answers(unknown).passes(5 * MINUTE);
    expect(reversals(story)).toEqual(["queued", "asking"]);
    if (story.job.do !== "look") story.sleeps();
    story.finds(found(10_00)).answers(approved(10_00)).answers(approved(400_00));
    expect([lifecycle(story.state), story.sums.released]).toEqual(["reversed", 420_00]);
  });
});

describe("the end of the bank's patience", () => {
  it("is only the gateway's word: with any amount of time gone the hold can be captured", () => {
    const story = new Story().opened(400_00).passes(45 * 24 * 60 * MINUTE);
    expect(lifecycle(story.state)).toBe("open");
    expect(story.refusal(story.capture("late bill", 400_00))).toBeNull();
    expect(story.refusal(story.reverse("late"))).toBeNull();
  });

  it("ends what waits in line: nothing is asked of an expired hold", () => {
    const story = new Story().opened(400_00).passes(MINUTE);
    story.does(story.increment("announced", 50_00, { notBefore: story.now + MINUTE }));
    story.does(story.propose("question", 10_00));
    story.hint().reads(books(story.now, 400_00, 0, "expired"));
    expect(story.states()).toEqual({ base: "applied", announced: "withdrawn", question: "withdrawn" });
    expect(story.refusal(story.increment("x", 1_00))).toBe("hold_expired");
    expect(story.refusal(story.capture("x", 1_00))).toBe("hold_expired");
    story.passes(10 * MINUTE);
    expect(story.job).toEqual({ do: "rest" });
  });

  it("does not end a doubt", () => {
    const story = new Story(flexible).opened(400_00).passes(MINUTE);
    story.does(story.capture("bill", 400_00));
    story.answers(unknown).hint();
    expect(story.job.do).toBe("look");
    story.reads(books(story.now + MINUTE, 400_00, 0, "expired"));
    expect(lifecycle(story.state)).toBe("capturing");
    story.finds({ is: "applied", grade: "none", applied: null, total: null, references: {} });
    expect(lifecycle(story.state)).toBe("captured");
  });

  it("a hold that somebody released in the gateway's own portal is contradicted, and ended by a correction", () => {
    const story = new Story()
      .opened(400_00)
      .passes(MINUTE)
      .hint()
      .reads(books(NOW_AND_LATER, 400_00, 0, "reversed"));
    expect(story.state.contradicted).not.toBeNull();
    story.does(story.correct("in the portal", "base", -400_00));
    expect(story.state.contradicted).toBeNull();
    expect(lifecycle(story.state)).toBe("reversed");
    expect(story.state.endedAt).toBe(story.now);
  });
});

const NOW_AND_LATER = Number.MAX_SAFE_INTEGER;
