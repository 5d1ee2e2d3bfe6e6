import { describe, expect, it } from "vitest";
import { lifecycle, sums } from "./index.ts";
import { flexible, lastInFirstOut, partial } from "./testing/gateways.ts";
import { approval, approved, approvedTotal, books, declined, rejected, Story, SECOND } from "./testing/story.ts";

describe("what an answer means", () => {
  it("declined is the issuer's word: the entry keeps its code, the hold stays as it was", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(declined);
    expect(story.entry("dinner")).toMatchObject({
      state: "declined",
      cause: { is: "declined", code: "insufficient_funds", networkCode: "51", advice: "later" },
    });
    expect(story.sums.held).toBe(400_00);
    expect(lifecycle(story.state)).toBe("open");
    expect(story.refusal(story.increment("breakfast", 10_00))).toBeNull();
  });

  it.each(["never", "later"] as const)(
    "rejected (%s) fails: nothing was applied and no issuer has said a word",
    (again) => {
      const story = new Story().opened(400_00);
      story.does(story.increment("dinner", 50_00));
      story.answers(rejected(again));
      expect(story.entry("dinner")).toMatchObject({ state: "failed", cause: { is: "rejected", again } });
      expect(story.sums.held).toBe(400_00);
      expect(story.refusal(story.increment("breakfast", 10_00))).toBeNull();
      expect(story.state.reading).toBeNull();
    },
  );

  it.each([
    ["declined", declined, "declined", "hold_declined"],
    ["rejected", rejected("never"), "failed", "hold_failed"],
  ] as const)("a first authorization that is %s ends the hold", (_, outcome, state, code) => {
    const story = new Story();
    story.open(400_00);
    story.answers(outcome);
    expect(lifecycle(story.state)).toBe(state);
    expect(story.state.endedAt).toBe(story.now);
    expect(story.refusal(story.increment("dinner", 50_00))).toBe(code);
    expect(story.sums).toEqual({ authorized: 0, captured: 0, released: 0, lapsed: 0, held: 0 });
  });

  it("after a decline the books are read once, because some gateways take the base with it", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(declined).sleeps();
    expect(story.job).toEqual({ do: "read" });
    story.reads(books(story.now, 400_00));
    expect(story.state.contradicted).toBeNull();
    expect(story.job).toEqual({ do: "rest" });
  });

  it("a base that went with the decline blocks the hold until somebody corrects it", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(declined).sleeps().reads(books(story.now, 0));
    expect(story.state.contradicted?.found.authorized).toBe(0);
    expect(story.refusal(story.capture("bill", 100_00))).toBe("contradicted");
    story.does(story.correct("gone", "base", -400_00));
    expect(story.state.contradicted).toBeNull();
    expect(story.sums.held).toBe(0);
    expect(lifecycle(story.state)).toBe("reversed");
  });
});

describe("evidence is graded", () => {
  it("an own amount or the expected running total is proof", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(approvedTotal(450_00));
    expect(story.entry("dinner")).toMatchObject({ state: "applied", applied: 50_00, unverified: false });
    expect(story.job).toEqual({ do: "rest" });
  });

  it.each(["echo", "none"] as const)(
    "an answer with %s is applied, unverified, and read back before the next step",
    (grade) => {
      const story = new Story().opened(400_00);
      story.does(story.increment("dinner", 50_00));
      story.answers(approved(50_00, grade));
      expect(story.entry("dinner")).toMatchObject({ state: "applied", applied: 50_00, unverified: true });
      story.does(story.capture("bill", 450_00));
      expect(story.entry("bill").state).toBe("queued");
      story.sleeps();
      expect(story.job).toEqual({ do: "read" });
      story.reads(books(story.now, 450_00));
      expect(story.entry("dinner").unverified).toBe(false);
      expect(story.entry("bill").state).toBe("asking");
    },
  );

  it("an echo that the books don't bear out contradicts, and no capture is sent", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(approved(50_00, "echo"));
    story.does(story.capture("bill", 450_00));
    story.sleeps().reads(books(story.now, 850_00));
    expect(story.state.contradicted?.found).toEqual({ authorized: 850_00, captured: 0 });
    expect(story.entry("bill").state).toBe("queued");
    story.passes(120 * SECOND);
    expect(story.entry("bill").state).toBe("lapsed");
    expect(story.state.closing).toBeNull();
  });

  it("a lower total is a partial approval only where the gateway declares that it makes them", () => {
    const declares = new Story(partial).opened(400_00);
    declares.does(declares.increment("dinner", 50_00));
    declares.answers(approvedTotal(430_00));
    expect(declares.entry("dinner")).toMatchObject({ applied: 30_00, unverified: false });
    expect(declares.sums.held).toBe(430_00);
    expect(declares.state.contradicted).toBeNull();

    const doesNot = new Story().opened(400_00);
    doesNot.does(doesNot.increment("dinner", 50_00));
    doesNot.answers(approvedTotal(430_00));
    expect(doesNot.state.contradicted?.found.authorized).toBe(430_00);
  });

  it.each([
    ["an unchanged total", 400_00],
    ["a lower total than before", 380_00],
  ])("%s is no partial approval: it contradicts, also where the gateway makes those", (_, sum) => {
    const story = new Story(partial).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(approvedTotal(sum));
    expect(story.state.contradicted?.found.authorized).toBe(sum);
    expect(story.entry("dinner")).toMatchObject({ state: "applied", applied: 50_00, unverified: true });
    expect(story.refusal(story.capture("bill", 400_00))).toBe("contradicted");
  });

  it("a first authorization of nothing in all is no partial approval either", () => {
    const story = new Story(partial);
    story.open(400_00);
    story.answers(approvedTotal(0));
    expect(story.state.contradicted?.found.authorized).toBe(0);
    expect(story.entry("base")).toMatchObject({ state: "applied", applied: 400_00, unverified: true });
  });

  it("a contradicted sum ends by a correction that makes ours the same", () => {
    const story = new Story().opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(approvedTotal(430_00));
    story.does(story.correct("partly", "dinner", -20_00));
    expect(story.state.contradicted).toBeNull();
    expect(story.sums.held).toBe(430_00);
    expect(story.entry("dinner").applied).toBe(50_00);
  });

  it("running totals count captures and reversals as well", () => {
    const story = new Story({ ...lastInFirstOut, releaseAtCapture: "automatic" }).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(approvedTotal(450_00));
    story.does(story.reverseIncrement("not eaten", "dinner"));
    story.answers(approvedTotal(400_00));
    expect(story.entry("not eaten")).toMatchObject({ state: "applied", applied: 50_00, unverified: false });
    story.does(story.increment("night", 100_00));
    story.answers(approvedTotal(500_00));
    expect(story.sums).toMatchObject({ authorized: 550_00, released: 50_00, held: 500_00 });
    story.does(story.capture("part", 200_00, { final: false }));
    story.answers(approvedTotal(200_00));
    story.does(story.capture("rest", 300_00));
    story.answers(approvedTotal(450_00));
    expect(story.state.contradicted?.found.captured).toBe(450_00);
  });

  it("an extension moves nothing, whatever its answer names", () => {
    const story = new Story(lastInFirstOut).opened(400_00);
    story.does(story.extend("longer"));
    expect(story.operation).toMatchObject({ kind: "extend", delta: 0, totalBefore: 400_00, totalAfter: 400_00 });
    story.answers(approvedTotal(400_00));
    expect(story.entry("longer")).toMatchObject({ state: "applied", applied: 0, unverified: false });
    expect(story.sums.held).toBe(400_00);
  });

  it("a review is applied, with the capture blocked until the review ends", () => {
    const story = new Story();
    story.open(400_00);
    story.answers({ is: "waiting", on: "review", approval: approval(400_00) });
    expect(lifecycle(story.state)).toBe("open");
    expect(story.sums.held).toBe(400_00);
    expect(story.refusal(story.capture("bill", 100_00))).toBe("under_review");
    expect(story.refusal(story.reverse("cancelled"))).toBeNull();
    story
      .passes(30 * SECOND)
      .hint()
      .reads(books(story.now, 400_00, 0, "reviewed"));
    expect(story.refusal(story.capture("bill", 100_00))).toBe("under_review");
    story
      .passes(30 * SECOND)
      .hint()
      .reads(books(story.now, 400_00));
    expect(story.refusal(story.capture("bill", 100_00))).toBeNull();
  });

  it("attempts that were declined count where the gateway counts them", () => {
    const story = new Story(partial).opened(400_00);
    for (let nth = 1; nth <= 10; nth += 1) {
      story.does(story.increment(`try ${nth}`, 1_00));
      story.answers(declined);
    }
    expect(story.refusal(story.increment("one more", 1_00))).toBe("increment_limit");
    expect(sums(story.state).held).toBe(400_00);
    expect(flexible.increments?.count).toBe("applied");
  });
});

describe("a hold of which nobody knows whether it can be raised", () => {
  const unproven = { ...flexible, incrementable: "unproven" } as const;

  it("is known to be raisable once it was raised, or the gateway says so", () => {
    const story = new Story(unproven).opened(400_00);
    expect(story.state.incrementable).toBe("unproven");
    story.does(story.increment("dinner", 50_00));
    expect(story.answers(approved(50_00)).state.incrementable).toBe("yes");
    const told = new Story(unproven);
    told.open(400_00);
    told.answers({ is: "approved", ...approval(400_00), incrementable: true });
    expect(told.state.incrementable).toBe("yes");
  });

  it("takes no further increment once the gateway has said that it can't be raised", () => {
    const story = new Story(unproven).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers({ is: "rejected", cause: "no pre-authorization", again: "never", incrementable: false });
    expect(story.entry("dinner").state).toBe("failed");
    expect(story.refusal(story.increment("again", 50_00))).toBe("not_incrementable");
    expect(story.refusal(story.capture("all", 400_00))).toBeNull();
  });
});

it("an answer that decides nothing may name the payment all the same: that is kept", () => {
  const story = new Story();
  story.open(400_00);
  story.answers({ is: "unknown", cause: "PROCESSING", references: { hold: { payment: "p1" } } });
  expect(story.state.references).toEqual({ payment: "p1" });
  expect(story.entry("base").state).toBe("asking");
});
