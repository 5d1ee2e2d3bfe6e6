import { describe, expect, it } from "vitest";
import { lifecycle } from "./index.ts";
import * as gateways from "./testing/gateways.ts";
import { absent, approval, approved, books, MINUTE, rejected, SECOND, Story, unknown } from "./testing/story.ts";

describe("an increment in doubt that can be undone by our own reference", () => {
  const undo = { of: ["authorize", "increment"] as const, notBefore: 60 * SECOND };
  const undoesBoth = { ...gateways.flexible, recovery: { ...gateways.flexible.recovery, undo } };
  const beingUndone = () => {
    const story = new Story(undoesBoth).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story
      .answers(unknown)
      .passes(10 * MINUTE)
      .finds(absent);
    expect(story.job.do).toBe("undo");
    return story;
  };

  it.each([
    ["undone", "is undone", approved(50_00)],
    ["absent", "was never there", rejected("never")],
  ] as const)(
    "has ended as %s when the gateway says that it %s, and the hold stands as before",
    (cause, _, outcome) => {
      const story = beingUndone().undoes(outcome);
      expect(story.entry("dinner")).toMatchObject({ state: "failed", cause: { is: cause } });
      expect(lifecycle(story.state)).toBe("open");
      expect(story.sums).toEqual({ authorized: 400_00, captured: 0, released: 0, lapsed: 0, held: 400_00 });
    },
  );

  it("is read back after it was undone, which may have taken the base with it", () => {
    const story = beingUndone().undoes(approved(50_00));
    story.does(story.capture("bill", 400_00));
    story.sleeps().reads(books(story.now, 0));
    expect(story.state.contradicted?.found.authorized).toBe(0);
    expect(story.entry("bill").state).toBe("queued");
  });

  it("is in doubt still when the undo could not be done: it is tried again", () => {
    const story = beingUndone().undoes(rejected("later"));
    expect(story.entry("dinner").state).toBe("asking");
    expect(story.refusal(story.increment("night", 1_00))).toBe("in_doubt");
    expect(story.sleeps().job.do).toBe("undo");
  });

  it("is not booked by an approval that comes late, once an undo is planned or after it", () => {
    const story = beingUndone().answers(approved(50_00), { attempt: 1 });
    expect(story.entry("dinner").state).toBe("asking");
    expect(story.sums.held).toBe(400_00);
    story.undoes(approved(50_00)).answers(approved(50_00), { entry: "dinner" });
    expect(story.entry("dinner")).toMatchObject({ state: "failed", cause: { is: "undone" } });
    expect(story.state.contradicted).toBeNull();
    expect(story.sums).toMatchObject({ authorized: 400_00, held: 400_00 });
  });

  it("that was approved meanwhile, and then there was nothing to undo, contradicts: somebody has to look, and nothing more is asked", () => {
    const story = beingUndone().answers(approved(50_00), { attempt: 1 });
    story.undoes(rejected("never"));
    expect(story.entry("dinner")).toMatchObject({ state: "failed", cause: { is: "absent" } });
    expect(story.state.contradicted?.found.authorized).toBe(450_00);
    expect(story.refusal(story.increment("more", 1_00))).toBe("contradicted");
  });

  it("is shown in the same way of a hold that has never begun, and is over where the books say that nothing is held", () => {
    const story = new Story({ ...gateways.undoing, readable: true });
    story.open(400_00);
    story.staysSilent().sleeps();
    expect(story.job.do).toBe("undo");
    story.answers({ is: "approved", ...approval(400_00), references: { hold: { payment: "p-1" } } }, { attempt: 1 });
    story.undoes(rejected("never"));
    expect(story.state.contradicted?.found.authorized).toBe(400_00);
    expect(story.state.references).toEqual({ payment: "p-1" });
    story.sleeps().reads(books(story.now, 400_00, 0, "reversed"));
    expect([story.state.contradicted, lifecycle(story.state)]).toEqual([null, "failed"]);
  });
});
