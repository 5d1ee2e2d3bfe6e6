import { describe, expect, it } from "vitest";
import { aged } from "./age.ts";
import { nextStep, wakeAt } from "./index.ts";
import { conflicting, flexible } from "./testing/gateways.ts";
import { approval, approved, MINUTE, NOON, Story, unknown } from "./testing/story.ts";

const HOUR = 60 * MINUTE;

/** Every number of a hold that is an instant of these tests: near enough to noon of its day. */
function instants(value: unknown): number[] {
  if (typeof value === "number") return value > NOON - 1000 * HOUR ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(instants) : [];
}

const lives: readonly (readonly [string, () => Story])[] = [
  ["that is open", () => new Story().opened(400_00)],
  [
    "with a step in doubt and one that waits",
    () => {
      const story = new Story(conflicting).opened(400_00, { ceiling: null });
      story.does(story.increment("dinner", 50_00));
      story.does(story.increment("later", 50_00, { notBefore: story.now + HOUR }));
      return story.answers(unknown).hint();
    },
  ],
  [
    "that waits for the payer",
    () => {
      const story = new Story();
      story.open(400_00);
      return story.answers({ is: "waiting", on: "payer", until: NOON + HOUR });
    },
  ],
  [
    "with a question, a review and a read that is wanted",
    () => {
      const story = new Story().opened(400_00);
      story.does(story.propose("wine", 20_00));
      story.does(story.increment("dinner", 50_00));
      return story.answers({ is: "waiting", on: "review", approval: approval(50_00, "echo") });
    },
  ],
  [
    "that is captured, with a doubt left behind",
    () => {
      const story = new Story({ ...flexible, releaseAtCapture: "automatic" }).opened(400_00);
      story.does(story.increment("dinner", 50_00));
      story.answers(unknown);
      story.does(story.capture("all", 300_00, { leaveDoubt: true }));
      return story.answers(approved(300_00));
    },
  ],
];

describe.each(lives)("a hold %s", (_, life) => {
  it("is older in every instant that it remembers, and the same in all else", () => {
    const { state } = life();
    const older = aged(state, 7 * HOUR);
    expect(instants(older)).toEqual(instants(state).map((at) => at - 7 * HOUR));
    expect(aged(older, -7 * HOUR)).toEqual(state);
  });

  it("comes to what it would have come to, so much sooner", () => {
    const { state, now } = life();
    const wake = wakeAt(state);
    expect(wakeAt(aged(state, HOUR))).toBe(wake === null ? null : wake - HOUR);
    expect(nextStep(aged(state, HOUR), now).do).toBe(nextStep(state, now + HOUR).do);
  });
});

describe("letting time pass", () => {
  it("lets lapse what has waited too long", () => {
    const story = new Story().opened(400_00);
    story.does(story.propose("wine", 20_00));
    story.does({ do: "pass_time", by: { kind: "merchant", name: "tests" }, ms: HOUR });
    expect(story.entry("wine").state).toBe("lapsed");
  });

  it("is for holds in test mode alone", () => {
    const story = new Story(flexible, { mode: "live" }).opened(400_00);
    expect(story.refusal({ do: "pass_time", by: { kind: "merchant", name: "tests" }, ms: HOUR })).toBe("wrong_mode");
  });
});
