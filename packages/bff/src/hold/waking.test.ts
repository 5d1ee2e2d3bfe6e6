import { describe, expect, it } from "vitest";
import { lifecycle, wakeAt } from "./index.ts";
import { blind, byNotice, deduping, flexible, undoing } from "./testing/gateways.ts";
import { absent, approved, books, declined, found, MINUTE, SECOND, Story, unknown } from "./testing/story.ts";

const HOUR = 60 * MINUTE;

describe("a payer who has to go somewhere first", () => {
  const challenge = (story: Story) =>
    ({ is: "waiting", on: "payer", until: story.now + 15 * MINUTE, action: "https://bank.example" }) as const;

  function waits(capabilities = flexible): Story {
    const story = new Story(capabilities);
    story.open(400_00);
    return story.answers(challenge(story));
  }

  it("holds no attempt open", () => {
    const story = waits();
    expect(lifecycle(story.state)).toBe("waiting");
    expect(story.operation.attempt).toBeNull();
    expect(story.refusal(story.increment("x", 1_00))).toBe("not_open");
    expect(story.job.do).toBe("wait");
  });

  it("who comes back makes us look, and finding nothing yet ends nothing", () => {
    const story = waits()
      .passes(5 * MINUTE)
      .hint();
    expect(story.job.do).toBe("look");
    story.finds(absent);
    expect(lifecycle(story.state)).toBe("waiting");
    story.passes(SECOND).hint().finds(found(400_00));
    expect(lifecycle(story.state)).toBe("open");
    expect(story.sums.held).toBe(400_00);
  });

  it("who never comes back leaves the opening abandoned", () => {
    const story = waits(blind).sleeps();
    expect(story.entry("base")).toMatchObject({ state: "failed", cause: { is: "abandoned" } });
    expect(lifecycle(story.state)).toBe("failed");
    expect(story.job).toEqual({ do: "rest" });
  });

  it("who never comes back has the authorization undone where it can be", () => {
    const story = waits(undoing).sleeps();
    expect(story.job.do).toBe("undo");
    story.undoes(approved(400_00));
    expect(lifecycle(story.state)).toBe("failed");
    expect(story.sums.held).toBe(0);
  });
});

describe("a verdict that comes by a notice", () => {
  function waits(): Story {
    const story = new Story(byNotice).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    return story.answers({ is: "waiting", on: "notice", until: story.now + 10 * MINUTE });
  }

  it.each([
    ["approved", approved(50_00), 450_00],
    ["declined", declined, 400_00],
  ] as const)("ends the step: %s", (state, outcome, held) => {
    const story = waits();
    expect(story.entry("dinner").state).toBe("asking");
    story.passes(MINUTE).answers(outcome, { entry: "dinner" });
    expect(story.entry("dinner").state).toBe(state === "approved" ? "applied" : "declined");
    expect(story.sums.held).toBe(held);
    const before = story.state.version;
    story.answers(outcome, { entry: "dinner" });
    expect(story.state.version).toBe(before);
  });

  it("may come after its time: the step was in doubt until then", () => {
    const story = waits().sleeps();
    expect(story.operation.doubtSince).toBe(story.now);
    story.answers(approved(50_00), { entry: "dinner" });
    expect(story.sums.held).toBe(450_00);
  });
});

describe("somebody says: look", () => {
  it("while a call is in flight: the look is made after it, not forgotten", () => {
    const story = new Story().opened(400_00).passes(SECOND);
    story.does(story.increment("dinner", 50_00));
    story.hint().passes(SECOND).answers(approved(50_00));
    expect(story.job).toEqual({ do: "read" });
    story.reads(books(story.now, 450_00));
    expect(story.state.hintAt).toBeNull();
    expect(story.job).toEqual({ do: "rest" });
  });

  it("is not answered by a look that had started before", () => {
    const story = new Story().opened(400_00).passes(MINUTE).hint();
    const started = story.now;
    story
      .passes(5 * SECOND)
      .hint()
      .reads(books(started, 400_00), started);
    expect(story.state.hintAt).not.toBeNull();
    expect(story.job).toEqual({ do: "read" });
  });

  it("a thousand times makes a look every five seconds, one of them after the last time", () => {
    const story = new Story().opened(400_00).passes(MINUTE);
    const before = story.events.length;
    let reads = 0;
    for (let said = 0; said < 1000; said += 1) {
      story.hint();
      if (story.job.do === "read" && ++reads > 0) story.reads(books(story.now, 400_00));
      story.passes(10);
    }
    const last = story.now - 10;
    expect(reads).toBe(2);
    expect(story.job).toEqual({ do: "read" });
    expect(story.now).toBeGreaterThanOrEqual(last);
    story.reads(books(story.now, 400_00));
    expect(story.job).toEqual({ do: "rest" });
    expect(story.events.filter(({ type }) => type === "hinted")).toHaveLength(3);
    expect(story.events.length - before).toBe(9);
  });

  it("of a step that nobody can ask for again any more changes nothing", () => {
    const story = new Story(deduping).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(unknown).passes(13 * HOUR);
    const before = story.state.version;
    story.hint();
    expect(story.state.version).toBe(before);
    expect(story.job).toEqual({ do: "rest" });
  });

  it("while a step is asked is forgotten with the step's end, where nothing but the step could be looked at", () => {
    const story = new Story(deduping).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.passes(SECOND).hint();
    expect(story.state.hintAt).not.toBeNull();
    story.answers(approved(50_00));
    expect(story.state.hintAt).toBeNull();
    expect(story.job).toEqual({ do: "rest" });
  });

  it("just before the key of a step is forgotten does not keep the hold awake for ever", () => {
    const story = new Story(deduping).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(unknown).passes(12 * HOUR - 10 * SECOND);
    story
      .hint()
      .passes(6 * SECOND)
      .hint()
      .staysSilent();
    expect(story.operation.doubtSince).not.toBeNull();
    expect(story.job).toEqual({ do: "rest" });
    expect(wakeAt(story.state)).toBeNull();
  });

  it("too soon after money moved reads books that tell nothing yet, and reads them again", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(approved(50_00)).hint().reads(books(story.now, 400_00));
    expect(story.state.contradicted).toBeNull();
    story.sleeps();
    expect(story.job).toEqual({ do: "read" });
    story.passes(30 * SECOND).reads(books(story.now, 450_00));
    expect(story.job).toEqual({ do: "rest" });
  });

  it("is not forgotten when the books can't be read", () => {
    const story = new Story().opened(400_00).passes(MINUTE).hint().reads({ is: "cannot", cause: "unavailable" });
    expect(wakeAt(story.state)).toBe(story.now + 5 * SECOND);
  });

  it("looks at once at a step in doubt, and then goes back to its own times", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(unknown).passes(SECOND).hint();
    expect(story.job.do).toBe("look");
    story.finds({ is: "unknown", cause: "unavailable" });
    expect(story.job).toEqual({ do: "wait", until: story.now + 15 * SECOND });
  });

  it("asks once again at a gateway that dedupes, and not in a circle", () => {
    const story = new Story(deduping).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(unknown).passes(SECOND).hint();
    expect(story.job).toMatchObject({ do: "ask", number: 2 });
    story.answers(unknown);
    expect(story.job.do).toBe("wait");
  });

  it("of an ended hold too: a charge may turn out to have failed days later", () => {
    const story = new Story().opened(400_00);
    story.does(story.capture("bill", 400_00));
    story
      .answers(approved(400_00))
      .sleeps()
      .reads(books(story.now, 400_00, 400_00, "captured"));
    story.passes(3 * 24 * 60 * MINUTE).hint();
    expect(story.job).toEqual({ do: "read" });
    story.reads(books(story.now, 400_00, 0));
    expect(story.state.contradicted?.found.captured).toBe(0);
    story.does(story.correct("charge failed", "bill", -400_00));
    expect(lifecycle(story.state)).toBe("open");
    expect(story.state.endedAt).toBeNull();
    expect(story.sums).toEqual({ authorized: 400_00, captured: 0, released: 0, lapsed: 0, held: 400_00 });
    story.sleeps().reads(books(story.now, 400_00, 0));
    story.does(story.capture("again", 400_00));
    story.answers(approved(400_00));
    expect(story.sums).toMatchObject({ captured: 400_00, held: 0 });
  });

  it("changes nothing where nothing can be looked at", () => {
    const story = new Story(blind).opened(400_00);
    const before = story.state.version;
    story.hint();
    expect(story.state.version).toBe(before);
  });
});

describe("when a hold wants to be looked at", () => {
  it("is the least of its deadlines", () => {
    const story = new Story().opened(400_00);
    expect(wakeAt(story.state)).toBeNull();
    story.does(story.propose("question", 10_00, { until: story.now + 5 * MINUTE }));
    expect(wakeAt(story.state)).toBe(story.now + 5 * MINUTE);
    story.does(story.increment("dinner", 50_00));
    expect(wakeAt(story.state)).toBe(story.now + MINUTE);
    story.does(story.increment("night", 50_00));
    story.answers(unknown);
    expect(wakeAt(story.state)).toBe(story.now + 5 * SECOND);
  });

  it("is after a quarter of an hour of doubt, when somebody is told, and no more where only a person can say more", () => {
    const story = new Story(blind).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.staysSilent();
    expect(wakeAt(story.state)).toBe(story.now + 15 * MINUTE);
    story.sleeps();
    expect(story.events.filter(({ type }) => type === "alerted")).toHaveLength(1);
    expect(wakeAt(story.state)).toBeNull();
    expect(story.job).toEqual({ do: "rest" });
    story.does(story.resolve("dinner", "not_applied"));
    expect(story.entry("dinner")).toMatchObject({ state: "failed", cause: { is: "resolved", by: "Ada" } });
  });

  it("comes again after the process died with its attempt open", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    expect(wakeAt(story.state)).toBe(story.operation.lastDeadline);
    story.staysSilent();
    expect(story.job.do).toBe("look");
  });
});
