import { describe, expect, it } from "vitest";
import { lifecycle } from "./index.ts";
import { flexible } from "./testing/gateways.ts";
import { HOUR, rental, until } from "./testing/rental.ts";
import { absent, approved, books, DESK, Story, unknown } from "./testing/story.ts";

describe("what a final capture leaves on hold where nothing lets it go", () => {
  it("stays on hold, however long ago the bank may have freed it, until the gateway says that it is gone", () => {
    const story = rental("visa", {}, { ...flexible, releaseAtCapture: "lapses" });
    story.does(story.capture("c", 600_00));
    story.answers(approved(600_00));
    expect(story.sums).toEqual({ authorized: 900_00, captured: 600_00, released: 0, lapsed: 0, held: 300_00 });
    until(story, 40).hint();
    story.reads(books(story.now, 900_00, 600_00, "captured"));
    expect(story.sums).toMatchObject({ lapsed: 0, held: 300_00 });
    const { former, endedAt } = story.state;
    story.hint().reads(books(story.now, 900_00, 600_00, "expired"));
    expect(story.sums).toEqual({ authorized: 900_00, captured: 600_00, released: 0, lapsed: 300_00, held: 0 });
    expect(story.state).toMatchObject({ former, endedAt });
    expect([former, lifecycle(story.state)]).toEqual([900_00, "captured"]);
  });
});

describe("a named person's word that the bank has let go", () => {
  const word = (evidence = "the bank's answer of today") =>
    ({ do: "say_lapsed", by: DESK, reason: null, evidence }) as const;

  it("ends the hold: what was held has lapsed, and books that go on saying authorized don't contradict it", () => {
    const story = new Story().opened(400_00);
    story.does(word());
    expect(lifecycle(story.state)).toBe("expired");
    expect(story.sums).toMatchObject({ held: 0, lapsed: 400_00 });
    story.passes(HOUR).hint();
    story.reads(books(story.now, 400_00));
    expect(story.state.contradicted).toBeNull();
  });

  it("sets books right that disagree", () => {
    const story = new Story().opened(400_00);
    story.passes(HOUR).hint();
    story.reads(books(story.now, 0));
    expect(story.state.contradicted).not.toBeNull();
    story.does(word());
    expect(story.state.contradicted).toBeNull();
    expect(story.sums).toMatchObject({ held: 0, lapsed: 400_00 });
  });

  it("needs evidence, something on hold, and nothing in doubt", () => {
    const story = new Story().opened(400_00);
    expect(story.refusal(word(" "))).toBe("evidence_required");
    story.does(story.increment("dinner", 50_00));
    story.answers(unknown);
    expect(story.refusal(word())).toBe("in_doubt");
    story.sleeps().finds(absent);
    const ended = new Story().opened(400_00);
    ended.does(ended.reverse("r"));
    ended.answers(approved(400_00));
    expect(ended.refusal(word())).toBe("nothing_held");
  });
});
