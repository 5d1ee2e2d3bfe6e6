import { describe, expect, it } from "vitest";
import { activeOperation, lifecycle, sums } from "./index.ts";
import { flexible, lastInFirstOut } from "./testing/gateways.ts";
import { absent, approved, approvedTotal, declined, found, MINUTE, Story, unknown } from "./testing/story.ts";

/** Check-out at a hotel: 650.00 is confirmed, a mini-bar of 50.00 is in doubt. */
function checkOut(capabilities = flexible): Story {
  const story = new Story(capabilities).opened(650_00);
  story.does(story.increment("mini-bar", 50_00));
  return story.answers(unknown);
}

describe("a capture that leaves the doubt behind", () => {
  it("takes at most what is confirmed", () => {
    const story = checkOut();
    expect(story.refusal(story.capture("bill", 650_00))).toBe("in_doubt");
    expect(story.refusal(story.capture("bill", 650_01, { leaveDoubt: true }))).toBe("above_confirmed");
    story.does(story.capture("bill", 650_00, { leaveDoubt: true }));
    expect(story.entry("bill").state).toBe("asking");
    expect(activeOperation(story.state)?.entry).toBe("bill");
    story.answers(approved(650_00));
    expect(story.sums).toEqual({ authorized: 650_00, captured: 650_00, released: 0, lapsed: 0, held: 0 });
    expect(lifecycle(story.state)).toBe("captured");
    expect(story.entry("mini-bar").state).toBe("asking");
  });

  it("counts nothing that waits behind the doubt as confirmed", () => {
    const story = new Story().opened(650_00);
    story.does(story.increment("mini-bar", 50_00));
    story.does(story.increment("late bar", 20_00));
    story.answers(unknown);
    expect(story.refusal(story.capture("bill", 651_00, { leaveDoubt: true }))).toBe("above_confirmed");
    story.does(story.capture("bill", 650_00, { leaveDoubt: true }));
    expect(story.states()).toMatchObject({ "late bar": "failed", bill: "asking" });
    expect(story.entry("late bar").cause).toEqual({ is: "refused", code: "in_doubt" });
  });

  it("keeps looking for it, and lets it go with the rest when it surfaces after the final capture", () => {
    const story = checkOut();
    story.does(story.capture("bill", 600_00, { leaveDoubt: true }));
    story.answers(approved(600_00));
    expect(story.sums).toMatchObject({ captured: 600_00, released: 50_00, held: 0 });
    story.sleeps();
    expect(story.job.do).toBe("look");
    story.finds(found(50_00));
    expect(story.sums).toEqual({ authorized: 700_00, captured: 600_00, released: 100_00, lapsed: 0, held: 0 });
    expect(story.entry("mini-bar").state).toBe("applied");
    expect(story.state.contradicted).toBeNull();
  });

  it("counts it as held when it surfaces before the final capture is answered", () => {
    const story = checkOut();
    story.does(story.capture("bill", 650_00, { leaveDoubt: true }));
    story.answers(approved(50_00), { entry: "mini-bar" });
    expect(story.sums.held).toBe(700_00);
    story.answers(declined);
    expect(story.sums.held).toBe(700_00);
    expect(lifecycle(story.state)).toBe("open");
    expect(story.refusal(story.capture("bill again", 700_00))).toBeNull();
  });

  it("leaves it in doubt with the hold open after a partial one, and refuses what depends on it", () => {
    const story = checkOut();
    story.does(story.capture("first", 300_00, { final: false, leaveDoubt: true }));
    story.answers(approved(300_00));
    expect(story.refusal(story.increment("dinner", 10_00))).toBe("in_doubt");
    expect(story.refusal(story.reverse("cancelled"))).toBe("in_doubt");
    expect(story.refusal(story.capture("second", 350_01, { leaveDoubt: true }))).toBe("above_confirmed");
    expect(story.refusal(story.capture("second", 350_00, { leaveDoubt: true }))).toBeNull();
  });

  it("can't leave a capture in doubt behind: that may have taken what is confirmed", () => {
    const story = checkOut();
    story.does(story.capture("first", 300_00, { final: false, leaveDoubt: true }));
    story.answers(unknown);
    expect(story.refusal(story.capture("second", 100_00, { leaveDoubt: true }))).toBe("in_doubt");
  });

  it("can't leave a reversal in doubt behind either", () => {
    const story = new Story(lastInFirstOut).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.answers(approved(50_00));
    story.does(story.reverseIncrement("not eaten", "dinner"));
    story.answers(unknown);
    expect(story.refusal(story.capture("bill", 400_00, { leaveDoubt: true }))).toBe("in_doubt");
  });

  it("still looks for what was left behind while another step is at the gateway", () => {
    const story = checkOut();
    story.does(story.capture("first", 300_00, { final: false, leaveDoubt: true }));
    story.passes(10_000);
    expect(story.state.operations.map(({ attempt }) => attempt?.kind)).toEqual(["look", "ask"]);
    expect(story.job.do).toBe("ask");
  });

  it("ends as absent after the end of the hold, and the sums stay", () => {
    const story = checkOut();
    story.does(story.capture("bill", 650_00, { leaveDoubt: true }));
    story
      .answers(approved(650_00))
      .passes(10 * MINUTE)
      .finds(absent);
    expect(story.entry("mini-bar").state).toBe("failed");
    expect(story.sums).toEqual({ authorized: 650_00, captured: 650_00, released: 0, lapsed: 0, held: 0 });
  });

  it.each(["applied", "not_applied"] as const)("can be resolved as %s after the end by a named person", (outcome) => {
    const story = checkOut();
    story.does(story.capture("bill", 650_00, { leaveDoubt: true }));
    story.answers(approved(650_00));
    story.does(story.resolve("mini-bar", outcome));
    const surfaced = outcome === "applied" ? 50_00 : 0;
    expect(story.sums).toEqual({
      authorized: 650_00 + surfaced,
      captured: 650_00,
      released: surfaced,
      lapsed: 0,
      held: 0,
    });
    expect(story.refusal(story.resolve("mini-bar", outcome))).toBe("not_in_doubt");
  });

  it("is judged by the total that the gateway names when it surfaces", () => {
    const story = checkOut();
    story.does(story.capture("bill", 650_00, { leaveDoubt: true }));
    story.answers(approvedTotal(650_00), { entry: "bill" });
    expect(sums(story.state).captured).toBe(650_00);
    expect(story.state.contradicted).toBeNull();
  });
});
