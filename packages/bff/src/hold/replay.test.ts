import { describe, expect, it } from "vitest";
import { conflicting } from "./testing/gateways.ts";
import { absent, approved, approvedTotal, declined, found, MINUTE, rejected, Story, unknown } from "./testing/story.ts";

const received = { is: "received", cause: "this key was used" } as const;

/** A dinner that nobody answered, on a gateway that says of a key that comes again only that it knows it. */
function dinnerInDoubt(): Story {
  const story = new Story(conflicting).opened(400_00);
  story.does(story.increment("dinner", 50_00));
  return story.answers(unknown);
}

describe("a key that comes again", () => {
  it("is asked with while the step may still be sent: where it never came before, it is done now", () => {
    const story = dinnerInDoubt().sleeps();
    expect(story.job).toMatchObject({ do: "ask", number: 2 });
    story.answers(approvedTotal(450_00));
    expect(story.entry("dinner")).toMatchObject({ state: "applied", applied: 50_00 });
    expect(story.sums.held).toBe(450_00);
  });

  it("and is known there, was received: from then on the payment is read, and nothing is asked again", () => {
    const story = dinnerInDoubt().sleeps().answers(received).sleeps();
    expect(story.job.do).toBe("look");
    story.finds(found(50_00));
    expect(story.sums.held).toBe(450_00);
  });

  it("and is known there, proves no approval: what the sums don't show by the quiet time was not applied", () => {
    const story = dinnerInDoubt().sleeps().answers(received);
    while (story.entry("dinner").state === "asking") {
      if (story.job.do === "look") story.finds(absent);
      else story.sleeps();
    }
    expect(story.entry("dinner")).toMatchObject({ state: "failed", cause: { is: "absent" } });
    expect(story.sums.held).toBe(400_00);
  });

  it("may be told the issuer's answer after all", () => {
    const story = dinnerInDoubt().sleeps().answers(declined);
    expect(story.entry("dinner").state).toBe("declined");
    expect(story.sums.held).toBe(400_00);
  });

  it("is not sent when it has become stale: then only the sums are read", () => {
    const story = new Story(conflicting).opened(400_00);
    story.does(story.increment("dinner", 50_00));
    story.staysSilent();
    story.answers(rejected("later"), { attempt: story.operation.attempts });
    while (story.now < (story.entry("dinner").sendBy ?? 0)) story.passes(10_000);
    while (story.job.do !== "look") story.sleeps();
    expect(story.operation.attempts).toBeGreaterThan(1);
  });
});

describe("a first authorization that nobody answered, where no look-up finds one", () => {
  const opening = () => {
    const story = new Story(conflicting);
    story.open(400_00);
    return story.answers(unknown).sleeps();
  };

  it("is asked again with its key, and stands where it had not come before", () => {
    const story = opening();
    expect(story.job.do).toBe("ask");
    story.answers(approved(400_00));
    expect(story.sums.held).toBe(400_00);
  });

  it("and was received before, is a person's to decide: nothing is asked, looked up or promised any more", () => {
    const story = opening().answers(received);
    expect(story.job).toEqual({ do: "wait", until: (story.operation.doubtSince ?? 0) + 15 * MINUTE });
    story.passes(60 * MINUTE);
    expect(story.events.at(-1)?.type).toBe("alerted");
    expect(story.job.do).toBe("rest");
    expect(story.sums.held).toBe(0);
    const resolved = story.resolve("base", "applied", 400_00);
    expect(story.refusal({ ...resolved, payment: null } as typeof resolved)).toBe("payment_required");
    story.does(resolved);
    expect(story.sums.held).toBe(400_00);
    expect(story.state.references).toEqual({ payment: "p-1" });
  });

  it("is left to a person too when the gateway may have forgotten the key", () => {
    const story = opening();
    while (story.job.do !== "rest") {
      if (story.job.do === "ask") story.answers(rejected("later"), { attempt: story.operation.attempts });
      else story.sleeps();
    }
    expect(story.now - story.operation.firstSentAt).toBeGreaterThanOrEqual(30 * MINUTE);
    expect(story.operation.doubtSince).not.toBeNull();
  });
});
