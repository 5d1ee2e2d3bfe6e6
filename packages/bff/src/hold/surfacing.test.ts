import { describe, expect, it } from "vitest";
import { learn, lifecycle } from "./index.ts";
import { absent, approved, books, declined, MINUTE, Story, unknown } from "./testing/story.ts";

/** Looked for until its absence counted, and read back as if it had never been. */
function dinnerFoundAbsent(): Story {
  const story = new Story().opened(400_00);
  story.does(story.increment("dinner", 50_00));
  story.answers(unknown);
  while (story.state.operations.length > 0) {
    if (story.job.do === "look") story.finds(absent);
    else story.sleeps();
  }
  return readBack(story, 400_00);
}

function readBack(story: Story, authorized: number, captured = 0): Story {
  while (story.state.reading) {
    if (story.job.do === "read")
      story.reads(books(story.now, authorized, captured, captured > 0 ? "captured" : "open"));
    else story.sleeps();
  }
  return story;
}

describe("a step that was found absent and surfaces", () => {
  it("after the next one was approved contradicts: that one's sum was not what it seemed", () => {
    const story = dinnerFoundAbsent();
    story.does(story.increment("night", 200_00));
    story.answers(approved(200_00));
    story.answers(approved(50_00), { entry: "dinner" });
    expect(story.state.contradicted?.found.authorized).toBe(650_00);
    expect(story.refusal(story.capture("bill", 600_00))).toBe("contradicted");
    story.does(story.correct("surfaced", "dinner", 50_00));
    expect(story.sums).toMatchObject({ authorized: 650_00, held: 650_00 });
  });

  it("and was the last one ends the hold, once a person says that it happened: what it left was let go with it", () => {
    for (const kind of ["capture", "reversal"] as const) {
      const story = new Story().opened(400_00);
      story.does(kind === "capture" ? story.capture("bill", 300_00) : story.reverse("bill"));
      story.answers(unknown);
      while (story.state.operations.length > 0) {
        if (story.job.do === "look") story.finds(absent);
        else story.sleeps();
      }
      readBack(story, 400_00);
      expect(lifecycle(story.state)).toBe("open");
      story.does(story.propose("question", 10_00));
      story.answers(approved(kind === "capture" ? 300_00 : 400_00), { entry: "bill" });
      story.does(story.correct("it happened", "bill", kind === "capture" ? 300_00 : 400_00));
      const [captured, released] = kind === "capture" ? [300_00, 100_00] : [0, 400_00];
      expect(story.sums).toEqual({ authorized: 400_00, captured, released, lapsed: 0, held: 0 });
      expect([lifecycle(story.state), story.state.endedAt]).toEqual([
        kind === "capture" ? "captured" : "reversed",
        story.now,
      ]);
      expect([story.state.contradicted, story.entry("question").state]).toEqual([null, "withdrawn"]);
    }
  });

  it("in the books at the closing read is shown, though the hold has ended", () => {
    const story = dinnerFoundAbsent();
    story.does(story.capture("bill", 400_00));
    story.answers(approved(400_00));
    expect(story.state.reading).toMatchObject({ why: "closing" });
    while (story.job.do !== "read") story.sleeps();
    story.reads(books(story.now, 450_00, 400_00, "captured"));
    expect(story.state.contradicted?.found).toMatchObject({ authorized: 450_00, captured: 400_00 });
  });

  it("days after the end is set right by an entry of its own, and what it held went with the rest", () => {
    const story = dinnerFoundAbsent();
    story.does(story.capture("bill", 400_00));
    story.answers(approved(400_00));
    readBack(story, 400_00, 400_00).passes(3 * 24 * 60 * MINUTE);
    story.answers(approved(50_00), { entry: "dinner" });
    expect(story.state.contradicted?.found.authorized).toBe(450_00);
    story.does(story.correct("surfaced", "dinner", 50_00));
    expect(story.state.contradicted).toBeNull();
    expect(story.sums).toEqual({ authorized: 450_00, captured: 400_00, released: 50_00, lapsed: 0, held: 0 });
    expect(lifecycle(story.state)).toBe("captured");
    expect(story.entry("dinner").state).toBe("failed");
  });

  it("told again after it was set right says nothing new, and something else does", () => {
    const story = dinnerFoundAbsent();
    story.answers(approved(50_00), { entry: "dinner" });
    story.does(story.correct("surfaced", "dinner", 50_00));
    readBack(story, 450_00);
    const { version } = story.state;
    story.answers(approved(50_00), { entry: "dinner" });
    expect(story.state).toMatchObject({ version, contradicted: null });
    story.answers(approved(70_00), { entry: "dinner" });
    expect(story.state.contradicted?.found.authorized).toBe(470_00);
  });
});

describe("a charge that failed after all", () => {
  it("is told again after it was set right: the hold stands, and takes the next one", () => {
    const story = new Story().opened(400_00);
    story.does(story.capture("bill", 400_00));
    story.answers(approved(400_00));
    readBack(story, 400_00, 400_00);
    story.answers(declined, { entry: "bill" });
    expect(story.state.contradicted?.found.captured).toBe(0);
    story.does(story.correct("bounced", "bill", -400_00));
    readBack(story, 400_00);
    const { version } = story.state;
    story.answers(declined, { entry: "bill" });
    expect(story.state).toMatchObject({ version, contradicted: null });
    story.does(story.capture("again", 400_00));
    story.answers(approved(400_00));
    expect(lifecycle(story.state)).toBe("captured");
  });
});

describe("what staff do in the gateway's own portal", () => {
  it("a hold that was raised there is contradicted, takes nothing more, and is set right by a correction", () => {
    const story = new Story().opened(400_00).passes(MINUTE).hint();
    story.reads(books(story.now, 475_00));
    expect(story.state.contradicted?.found.authorized).toBe(475_00);
    expect(story.refusal(story.increment("dinner", 1_00))).toBe("contradicted");
    story.does(story.correct("mini-bar, by hand", "base", 75_00));
    expect(story.state.contradicted).toBeNull();
    expect(story.sums.held).toBe(475_00);
  });

  it("a hold that was captured there is contradicted, and no second capture goes out", () => {
    const story = new Story().opened(400_00).passes(MINUTE);
    story.does(story.increment("dinner", 50_00));
    story.answers(approved(50_00)).passes(MINUTE).hint();
    story.reads(books(story.now, 450_00, 450_00, "captured"));
    expect(story.state.contradicted?.found.captured).toBe(450_00);
    expect(story.refusal(story.capture("bill", 450_00))).toBe("contradicted");
    expect(story.refusal(story.reverse("cancelled"))).toBe("contradicted");
  });

  it("more captured than was ever authorized makes no sum negative, and can't be booked as it stands", () => {
    const story = new Story().opened(400_00);
    story.does(story.capture("bill", 400_00));
    story.answers(approved(400_00));
    while (story.job.do !== "read") story.sleeps();
    story.reads(books(story.now, 400_00, 420_00, "captured"));
    expect(story.state.contradicted?.found.captured).toBe(420_00);
    expect(story.refusal(story.correct("tip", "bill", 20_00))).toBe("invalid_amount");
    expect(Math.min(...Object.values(story.sums))).toBe(0);
    story.does(story.correct("tip, authorized by telephone", "base", 20_00));
    story.does(story.correct("tip", "bill", 20_00));
    expect(story.sums).toEqual({ authorized: 420_00, captured: 420_00, released: 0, lapsed: 0, held: 0 });
  });
});

describe("an answer to a step that the books don't have", () => {
  const unheardOf = { operation: "op-lost", entry: "lost" };

  it("that it was applied contradicts: the database is older than what was done", () => {
    const story = new Story().opened(400_00);
    const events = learn(story.state, unheardOf, { from: "answer", attempt: 1, outcome: approved(50_00) }, story.now);
    expect(events.map(({ type }) => type)).toEqual(["contradicted", "read_wanted"]);
  });

  it("that it was not says nothing", () => {
    const story = new Story().opened(400_00);
    expect(learn(story.state, unheardOf, { from: "look", attempt: 1, finding: absent }, story.now)).toEqual([]);
  });
});
