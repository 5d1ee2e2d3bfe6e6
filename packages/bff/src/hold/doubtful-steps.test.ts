import { total } from "@plimsoll/shared";
import { describe, expect, it } from "vitest";
import { lifecycle, type Finding } from "./index.ts";
import { dedupingWithLookUp, flexible, lastInFirstOut } from "./testing/gateways.ts";
import { absent, approved, books, declined, found, MINUTE, NOON, SECOND, Story, unknown } from "./testing/story.ts";

/** 400 and each of these, approved. */
function raised(story: Story, ...increments: readonly (readonly [entry: string, amount: number])[]): Story {
  story.opened(400_00);
  for (const [entry, amount] of increments) {
    story.does(story.increment(entry, amount));
    story.answers(approved(amount)).passes(SECOND);
  }
  return story;
}

/** Looks until one of them counts. */
function looksUntilEnded(story: Story, what: Finding): void {
  const { entry } = story.operation;
  while (story.state.operations.some((operation) => operation.entry === entry)) {
    if (story.job.do === "look") story.finds(what);
    else if (story.job.do === "ask") story.answers(unknown);
    else story.sleeps();
  }
}

function readBack(story: Story, authorized: number): void {
  while (story.state.reading) {
    if (story.job.do === "read") story.reads(books(story.now, authorized));
    else story.sleeps();
  }
}

describe("the reversal of one increment, in doubt", () => {
  const doubtful = () => {
    const story = raised(new Story(dedupingWithLookUp), ["dinner", 50_00]);
    story.does(story.reverseIncrement("not eaten", "dinner"));
    return story.answers(unknown);
  };

  it("leaves the increment standing until the reversal is proved", () => {
    const story = doubtful();
    expect(story.entry("dinner").state).toBe("applied");
    expect(story.sums.held).toBe(450_00);
    expect(story.refusal(story.reverseIncrement("again", "dinner"))).toBe("in_doubt");
    story.sleeps().answers(approved(50_00));
    expect(story.sums).toMatchObject({ authorized: 450_00, released: 50_00, held: 400_00 });
  });

  it.each([
    ["is found absent", "failed", (story: Story) => looksUntilEnded(story, absent)],
    ["was declined after all", "declined", (story: Story) => story.sleeps().answers(declined)],
  ] as const)("that %s leaves the increment standing, to be let go again", (_, state, ends) => {
    const story = doubtful();
    ends(story);
    expect(story.entry("not eaten").state).toBe(state);
    expect(story.sums).toMatchObject({ released: 0, held: 450_00 });
    readBack(story, 450_00);
    expect(story.refusal(story.reverseIncrement("again", "dinner"))).toBeNull();
  });
});

describe("a reversal of all that goes increment by increment, in doubt at its second step of four", () => {
  const doubtful = () => {
    const story = raised(new Story(lastInFirstOut), ["a", 10_00], ["b", 20_00], ["c", 30_00]);
    story.does(story.reverse("cancelled"));
    return story.answers(approved(30_00)).answers(unknown);
  };

  it("shows what is proved to be gone, and lets nothing else in", () => {
    const story = doubtful();
    expect(story.sums).toMatchObject({ released: 30_00, held: 430_00 });
    expect(lifecycle(story.state)).toBe("reversing");
    expect(story.refusal(story.increment("d", 1_00))).toBe("already_reversing");
    expect(story.refusal(story.capture("bill", 430_00))).toBe("already_reversing");
    expect(story.refusal(story.reverse("again"))).toBe("already_reversing");
  });

  it("goes on from there when the step is found, each of them once", () => {
    const story = doubtful().sleeps();
    story.finds(found(20_00)).answers(approved(10_00));
    expect(story.operation).toMatchObject({ entry: "cancelled", delta: 400_00, totalAfter: 0 });
    story.answers(approved(400_00));
    expect(story.sums).toMatchObject({ released: 460_00, held: 0 });
  });

  it("stops where it is when the step is found absent, and can be resumed once the books are read", () => {
    const story = doubtful();
    looksUntilEnded(story, absent);
    expect(story.entry("cancelled").state).toBe("withdrawn");
    expect(lifecycle(story.state)).toBe("open");
    expect(story.sums).toMatchObject({ released: 30_00, held: 430_00 });
    story.does(story.reverse("resumed"));
    expect(story.job.do).not.toBe("ask");
    while (story.job.do !== "ask") {
      if (story.job.do === "read") story.reads(books(story.now, 460_00));
      else story.sleeps();
    }
    expect(story.operation).toMatchObject({ kind: "reverse", delta: 20_00 });
  });
});

describe("an extension in doubt", () => {
  const doubtful = () => {
    const story = new Story(lastInFirstOut).opened(400_00);
    story.does(story.extend("longer"));
    return story.answers(unknown);
  };

  it("moves nothing, and waits for nobody but a look", () => {
    const story = doubtful();
    expect(story.sums.held).toBe(400_00);
    expect(story.refusal(story.increment("dinner", 1_00))).toBe("in_doubt");
    expect(story.refusal(story.capture("bill", 400_00, { leaveDoubt: true }))).toBeNull();
    story.sleeps().finds(found(0));
    expect(story.entry("longer").state).toBe("applied");
    expect(story.sums.held).toBe(400_00);
  });

  it("that never was leaves the hold as it was", () => {
    const story = doubtful();
    looksUntilEnded(story, absent);
    expect(story.entry("longer").state).toBe("failed");
    expect(story.sums.held).toBe(400_00);
    expect(story.refusal(story.extend("again"))).toBeNull();
  });
});

describe("a step in doubt while the gateway's sum is another one too", () => {
  const doubtful = () => {
    const story = new Story(flexible).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    return story.answers(unknown);
  };

  it("is no contradiction as long as it is undecided: the sums may be either", () => {
    const story = doubtful().hint();
    if (story.job.do === "look") story.finds(unknown);
    story.passes(MINUTE);
    expect(story.state.contradicted).toBeNull();
    expect(story.state.operations).toHaveLength(1);
  });

  it.each([
    ["was applied", found(50_00), 450_00],
    ["was not", absent, 400_00],
  ] as const)(
    "learns nothing from a read that was under way, and is read anew when it is known that it %s",
    (...told) => {
      const [, finding, sum] = told;
      const story = new Story(flexible).opened(400_00).passes(MINUTE).hint();
      const begun = story.now;
      story.does(story.increment("dinner", 50_00));
      story
        .answers(unknown)
        .passes(30 * SECOND)
        .reads(books(story.now, 480_00), begun);
      expect(story.state.contradicted).toBeNull();
      expect(story.entry("dinner").state).toBe("asking");
      expect(story.state.operations).toHaveLength(1);
      looksUntilEnded(story, finding);
      expect(story.state.reading).not.toBeNull();
      readBack(story, sum);
      expect(story.state.contradicted).toBeNull();
      expect(story.sums.held).toBe(sum);
      expect(story.refusal(story.capture("bill", sum))).toBeNull();
    },
  );

  it("has ended when the books still show the other sum: now that contradicts", () => {
    const story = doubtful()
      .passes(MINUTE)
      .reads(books(NOON + MINUTE, 480_00));
    expect(story.state.contradicted).toBeNull();
    looksUntilEnded(story, absent);
    story.sleeps().reads(books(story.now, 480_00));
    expect(story.state.contradicted?.found.authorized).toBe(480_00);
    expect(story.sums.held).toBe(400_00);
  });

  it("is found, and the sum that is neither blocks the hold until a person sets it right", () => {
    const story = doubtful().sleeps();
    story.finds({ is: "applied", grade: "total", applied: null, total: total(480_00), references: {} });
    expect(story.entry("dinner").state).toBe("applied");
    expect(story.state.contradicted?.found.authorized).toBe(480_00);
    expect(story.refusal(story.capture("bill", 400_00))).toBe("contradicted");
    story.does(story.correct("service", "dinner", 30_00));
    expect(story.state.contradicted).toBeNull();
    expect(story.sums.held).toBe(480_00);
  });
});
