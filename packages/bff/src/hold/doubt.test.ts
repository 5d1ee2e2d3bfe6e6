import { describe, expect, it } from "vitest";
import { doubtfulOperation, lifecycle } from "./index.ts";
import * as gateways from "./testing/gateways.ts";
import {
  DESK,
  absent,
  approved,
  books,
  declined,
  found,
  MINUTE,
  rejected,
  Story,
  SECOND,
  unknown,
} from "./testing/story.ts";

function dinnerInDoubt(story = new Story().opened(400_00)): Story {
  story.does(story.increment("dinner", 50_00));
  return story.answers(unknown);
}

/** An authorization that nobody answered and that no look finds. */
function notFound(story: Story): void {
  story.open(400_00);
  story.staysSilent();
  while (!story.operation.undoing) {
    if (story.job.do === "look") story.finds(absent);
    else story.sleeps();
  }
}

describe("books that a false answer has brought into doubt", () => {
  it("are set right by a named person's word that ours are, where nothing can be read", () => {
    const story = new Story(gateways.blind).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(approved(70_00));
    expect(story.refusal(story.increment("more", 1_00))).toBe("contradicted");
    story.does(story.correct("c", "dinner", 0));
    expect(story.sums.held).toBe(450_00);
    expect(story.refusal(story.increment("more", 1_00))).toBeNull();
    expect(story.refusal(story.correct("again", "dinner", 0))).toBe("invalid_amount");
  });
});

describe("a step without an answer", () => {
  it("is in doubt: neither approved nor declined, and the next look is named", () => {
    const story = dinnerInDoubt();
    expect(story.entry("dinner").state).toBe("asking");
    expect(doubtfulOperation(story.state, story.now)?.nextLookAt).toBe(story.now + 5 * SECOND);
    expect(story.sums.held).toBe(400_00);
  });

  it("binds by the clock, whether or not anybody has written it down", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.now += 60 * SECOND;
    expect(story.refusal(story.increment("breakfast", 10_00))).toBe("in_doubt");
  });

  it("makes the door refuse increments, questions, extensions, reversals and captures that don't leave it behind", () => {
    const story = dinnerInDoubt(new Story(gateways.lastInFirstOut).opened(400_00));
    const commands = [
      story.increment("x", 1_00),
      story.propose("x", 1_00),
      story.extend("x"),
      story.reverse("x"),
      story.reverseIncrement("x", "dinner"),
      story.capture("x", 100_00),
    ];
    expect(commands.filter((command) => story.refusal(command) !== "in_doubt")).toEqual([]);
  });

  it("counts towards the ceiling and the limit", () => {
    const story = new Story({ ...gateways.flexible, increments: { most: 1, count: "applied" } }).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.staysSilent();
    story.does(story.capture("part", 100_00, { final: false, leaveDoubt: true }));
    story.answers(approved(100_00)).passes(MINUTE).finds(found(50_00));
    expect(story.sums).toMatchObject({ authorized: 450_00, captured: 100_00, held: 350_00 });
    expect(story.refusal(story.increment("breakfast", 10_00))).toBe("increment_limit");
  });

  it("ends as applied when it is found", () => {
    const story = dinnerInDoubt().sleeps();
    expect(story.job.do).toBe("look");
    story.finds(found(50_00));
    expect(story.entry("dinner")).toMatchObject({ state: "applied", applied: 50_00 });
    expect(story.sums.held).toBe(450_00);
  });

  it("ends as declined only when the look-up says that the issuer declined", () => {
    const story = dinnerInDoubt().sleeps().finds(declined);
    expect(story.entry("dinner").state).toBe("declined");
  });

  it("is not absent before the deadline, the slowest apply and the slowest lag are over, by any process's clock", () => {
    const story = dinnerInDoubt();
    const quiet = story.operation.lastDeadline + (30 + 20 + 4) * SECOND;
    story.sleeps();
    while (story.now < quiet) {
      story.finds(absent);
      expect(story.entry("dinner").state).toBe("asking");
      story.sleeps();
    }
    expect(story.now).toBe(quiet);
    story.finds(absent);
    expect(story.entry("dinner")).toMatchObject({ state: "failed", cause: { is: "absent" } });
    expect(story.sums.held).toBe(400_00);
  });

  it("is looked for no sooner because an older look says absent late", () => {
    const story = dinnerInDoubt().sleeps();
    const first = story.operation.attempts;
    story.staysSilent().passes(5 * MINUTE);
    expect(story.job.do).toBe("look");
    story.finds(absent, { attempt: first });
    expect(story.entry("dinner").state).toBe("asking");
  });

  it("is read back after it was found absent, before anything that depends on it", () => {
    const story = dinnerInDoubt()
      .passes(10 * MINUTE)
      .finds(absent);
    story.does(story.capture("bill", 400_00));
    expect(story.entry("bill").state).toBe("queued");
    story.sleeps();
    expect(story.job).toEqual({ do: "read" });
    story.reads(books(story.now, 400_00));
    expect(story.entry("bill").state).toBe("asking");
  });

  it("is looked for again and again, ever more seldom, also while a whole day passes", () => {
    const story = dinnerInDoubt();
    const pauses: number[] = [];
    for (let looks = 0; looks < 8; looks += 1) {
      const before = story.now;
      do story.sleeps();
      while (story.job.do !== "look");
      pauses.push((story.now - before) / SECOND);
      story.finds({ is: "unknown", cause: "unavailable" });
    }
    expect(pauses).toEqual([5, 15, 60, 300, 1800, 7200, 43_200, 86_400]);
  });

  it("lets what waits behind it lapse, so that nothing stale is sent when it ends", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.does(story.increment("night", 200_00));
    story.does(story.increment("mini-bar", 10_00));
    story.answers(unknown).passes(2 * MINUTE);
    expect(story.states()).toMatchObject({ dinner: "asking", night: "lapsed", "mini-bar": "lapsed" });
    story.finds(found(50_00));
    expect(story.sums.held).toBe(450_00);
    expect(story.job.do).toBe("rest");
  });

  it("takes a final capture that waits behind it out of the line, and the hold stays open", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.does(story.increment("night", 200_00));
    story.does(story.capture("bill", 650_00));
    expect(story.state.closing?.kind).toBe("capture");
    story.answers(unknown).passes(2 * MINUTE);
    expect(story.states()).toEqual({ base: "applied", dinner: "asking", night: "lapsed", bill: "lapsed" });
    expect(story.state.closing).toBeNull();
    expect(lifecycle(story.state)).toBe("open");
    expect(story.events.filter(({ type }) => type === "asked")).toHaveLength(2);
  });
});

describe("asking again", () => {
  it("is done only where the gateway dedupes", () => {
    const story = dinnerInDoubt().passes(10 * SECOND);
    expect(story.job.do).toBe("look");
    const dedupes = dinnerInDoubt(new Story(gateways.deduping).opened(400_00)).passes(10 * SECOND);
    expect(dedupes.job).toMatchObject({ do: "ask", number: 2 });
    dedupes.answers(approved(50_00));
    expect(dedupes.sums.held).toBe(450_00);
  });

  it("ends nothing when the later attempt was not let in: the first may have been applied", () => {
    const story = dinnerInDoubt(new Story(gateways.deduping).opened(400_00)).passes(10 * SECOND);
    story.answers(rejected("later"));
    expect(story.entry("dinner").state).toBe("asking");
    story.sleeps().answers(approved(50_00));
    expect(story.sums.held).toBe(450_00);
  });

  it("stops at half of the key's window, counted from the first send", () => {
    const story = dinnerInDoubt(new Story(gateways.deduping).opened(400_00));
    story.passes(12 * 60 * MINUTE);
    expect(story.job).toEqual({ do: "rest" });
    expect(story.entry("dinner").state).toBe("asking");
    expect(story.refusal(story.resolve("dinner", "not_applied"))).toBeNull();
  });

  it("sends nothing stale where a look-up can tell as well", () => {
    const story = dinnerInDoubt(new Story(gateways.dedupingWithLookUp).opened(400_00)).passes(10 * SECOND);
    expect(story.job.do).toBe("ask");
    story.answers(unknown).passes(3 * MINUTE);
    expect(story.job.do).toBe("look");
  });

  it("makes absence count from the last time, not from the first", () => {
    const story = dinnerInDoubt(new Story(gateways.dedupingWithLookUp).opened(400_00));
    const deadlineAndLags = (60 + 30 + 20 + 4) * SECOND;
    const first = story.now + deadlineAndLags;
    story.passes(100 * SECOND);
    expect(story.job).toMatchObject({ do: "ask", number: 2 });
    const last = story.now + deadlineAndLags;
    story.staysSilent();
    expect(story.now).toBeGreaterThan(first);
    while (story.now < last) {
      expect(story.job.do).toBe("look");
      story.finds(absent);
      expect(story.entry("dinner").state).toBe("asking");
      story.sleeps();
    }
    story.finds(absent);
    expect(story.now).toBe(last);
    expect(story.entry("dinner")).toMatchObject({ state: "failed", cause: { is: "absent" } });
    expect(story.sums.held).toBe(400_00);
  });

  it("never sends again what was left behind", () => {
    const story = dinnerInDoubt(new Story(gateways.deduping).opened(400_00));
    story.does(story.capture("bill", 400_00, { leaveDoubt: true }));
    story
      .answers(approved(400_00))
      .passes(MINUTE)
      .passes(60 * MINUTE);
    expect(story.job).toEqual({ do: "rest" });
    expect(story.entry("dinner").state).toBe("asking");
  });
});

describe("an authorization in doubt", () => {
  it("is undone by our own reference once it was not found, and not before its time", () => {
    const slow = { ...gateways.flexible.recovery, undo: { of: ["authorize"] as const, notBefore: 5 * MINUTE } };
    const story = new Story({ ...gateways.flexible, recovery: slow });
    notFound(story);
    expect(story.job).toEqual({ do: "wait", until: story.operation.firstSentAt + 5 * MINUTE });
    story.hint();
    expect(story.job).toEqual({ do: "wait", until: story.operation.firstSentAt + 5 * MINUTE });
    story.sleeps();
    expect(story.job.do).toBe("undo");
    story.undoes(approved(400_00));
    expect(story.entry("base")).toMatchObject({ state: "failed", cause: { is: "undone" } });
    expect(lifecycle(story.state)).toBe("failed");
  });

  it("agrees with an approval that comes after it was undone, since that is what was undone", () => {
    const story = new Story();
    notFound(story);
    expect(story.job.do).toBe("undo");
    story.undoes(approved(400_00)).answers(approved(400_00), { entry: "base" });
    expect(story.state.contradicted).toBeNull();
    expect(story.sums.held).toBe(0);
  });

  it("is not booked by an approval that comes while it is being undone", () => {
    const story = new Story();
    notFound(story);
    expect(story.job.do).toBe("undo");
    story.answers(approved(400_00), { attempt: 1 });
    expect(story.sums.held).toBe(0);
    story.undoes(approved(400_00));
    expect(story.entry("base").state).toBe("failed");
  });

  it("contradicts when it was resolved as applied and the undo then says that it undid it", () => {
    const story = new Story();
    notFound(story);
    story.does(story.resolve("base", "applied"));
    expect(story.sums.held).toBe(400_00);
    story.undoes(approved(400_00), { entry: "base", attempt: 9 });
    expect(story.state.contradicted?.found.authorized).toBe(0);
  });

  it("keeps the payment's name that the gateway gave, whatever a person calls it", () => {
    const story = new Story(gateways.blind);
    story.open(400_00);
    story.answers({ ...unknown, references: { hold: { payment: "p1" } } });
    const word = {
      do: "resolve",
      entry: "base",
      by: DESK,
      outcome: "applied",
      amount: null,
      reason: null,
      evidence: "seen",
    } as const;
    expect(story.refusal({ ...word, payment: "p2" })).toBe("invalid_input");
    story.does({ ...word, payment: "p1" });
    expect(story.state.references).toEqual({ payment: "p1" });
    story.does(story.increment("dinner", 50_00));
    story.answers(unknown);
    expect(story.refusal({ ...word, entry: "dinner", payment: "p2" })).toBe("invalid_input");
  });

  it("is undone without a look where there is nothing to look with", () => {
    const story = new Story(gateways.undoing);
    story.open(400_00);
    story.staysSilent();
    expect(story.job).toEqual({ do: "wait", until: story.operation.firstSentAt + 90 * SECOND });
    story.sleeps().undoes(rejected("never"));
    expect(story.entry("base")).toMatchObject({ state: "failed", cause: { is: "absent" } });
  });
});

describe("late and duplicate answers", () => {
  it("settle the doubt, from whichever attempt they come", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.staysSilent().answers(approved(50_00), { attempt: 1 });
    expect(story.sums.held).toBe(450_00);
  });

  it("agree and change nothing when they say the same again", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(approved(50_00));
    const before = story.state.version;
    story.answers(approved(50_00), { entry: "dinner" }).answers(approved(50_00, "echo"), { entry: "dinner" });
    expect(story.state.version).toBe(before);
  });

  it("contradict what was found absent, block the hold, and end by a correction", () => {
    const story = dinnerInDoubt()
      .passes(10 * MINUTE)
      .finds(absent);
    story.answers(approved(50_00), { entry: "dinner" });
    expect(story.state.contradicted?.found.authorized).toBe(450_00);
    expect(story.refusal(story.capture("bill", 400_00))).toBe("contradicted");
    story.does(story.correct("surfaced", "dinner", 50_00));
    expect(story.state.contradicted).toBeNull();
    expect(story.sums.held).toBe(450_00);
    expect(story.entry("dinner").state).toBe("failed");
  });

  it("contradict an approval with a decline", () => {
    const story = new Story().opened(400_00);
    story.answers(declined, { entry: "base" });
    expect(story.state.contradicted?.found.authorized).toBe(0);
  });

  it("tell nothing when a later attempt was not let in", () => {
    const story = new Story().opened(400_00);
    story.answers(rejected("later"), { entry: "base", attempt: 2 });
    expect(story.state.contradicted).toBeNull();
  });

  it("are checked against the books, which may end the contradiction", () => {
    const story = dinnerInDoubt()
      .passes(10 * MINUTE)
      .finds(absent);
    story.reads(books(story.now + 1, 400_00));
    story.answers(approved(50_00), { entry: "dinner" }).sleeps();
    expect(story.job).toEqual({ do: "read" });
    story.reads(books(story.now, 400_00));
    expect(story.state.contradicted).toBeNull();
  });
});
