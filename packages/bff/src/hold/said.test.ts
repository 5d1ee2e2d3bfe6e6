import { describe, expect, it } from "vitest";
import { lifecycle, sums } from "./index.ts";
import { approved, books, declined, DESK, Story, unknown } from "./testing/story.ts";

const MINUTE = 60_000;
const LATER = Number.MAX_SAFE_INTEGER;
const evidence = "the portal, charge 4711";

/** A hold of 400 of which the gateway says that it is charged. */
const charged = (amount: number) =>
  new Story()
    .opened(400_00)
    .passes(MINUTE)
    .hint()
    .reads(books(LATER, 400_00, amount, "captured"));

describe("a charge by no step of ours", () => {
  it("contradicts, and is set right by a person's word, who, why and by what included", () => {
    const story = charged(300_00);
    expect(story.state.contradicted).not.toBeNull();
    story.does(story.sayCaptured(300_00, { reason: "Damage" }));
    expect(story.state.contradicted).toBeNull();
    expect(lifecycle(story.state)).toBe("captured");
    expect(sums(story.state)).toMatchObject({ captured: 300_00, released: 100_00, held: 0 });
    expect(story.state.endedAt).toBe(story.now);
    expect(story.entry("in the portal")).toMatchObject({ kind: "capture", by: DESK, reason: "Damage" });
    const word = { reason: "Damage", evidence };
    expect(story.events).toContainEqual(expect.objectContaining({ type: "applied", by: "person", ...word }));
  });

  it("in part leaves the rest on hold, and can be corrected like any capture", () => {
    const story = charged(100_00);
    story.does(story.sayCaptured(150_00, { final: false }));
    expect(story.state.contradicted, "that is not what the books say").not.toBeNull();
    story.does(story.correct("less", "in the portal", -50_00));
    expect(story.state.contradicted).toBeNull();
    expect(sums(story.state)).toMatchObject({ captured: 100_00, held: 300_00 });
    expect(lifecycle(story.state)).toBe("open");
  });

  it("is no more than is held, needs evidence, and waits for what is undecided", () => {
    const story = charged(300_00);
    expect(story.refusal(story.sayCaptured(400_01))).toBe("above_hold");
    expect(story.refusal(story.sayCaptured(300_00, { evidence: " " }))).toBe("evidence_required");
    expect(story.refusal(story.sayCaptured(300_00, { currency: "EUR" }))).toBe("wrong_currency");
    const asking = new Story().opened(400_00).passes(MINUTE);
    asking.does(asking.increment("dinner", 50_00));
    expect(asking.refusal(asking.sayCaptured(300_00))).toBe("not_open");
    asking.answers(unknown);
    expect(asking.refusal(asking.sayCaptured(300_00))).toBe("in_doubt");
  });

  it.each(["expired", "captured"] as const)(
    "of a hold that the bank let go is charged all the same: %s there",
    (state) => {
      const story = new Story()
        .opened(400_00)
        .passes(MINUTE)
        .hint()
        .reads(books(LATER, 400_00, 0, "expired"));
      expect(sums(story.state)).toMatchObject({ lapsed: 400_00, held: 0 });
      story
        .passes(MINUTE)
        .hint()
        .reads(books(LATER, 400_00, 300_00, state));
      expect(story.state.contradicted).not.toBeNull();
      expect(story.refusal(story.sayCaptured(400_01))).toBe("above_hold");
      story.does(story.sayCaptured(300_00));
      expect(sums(story.state)).toMatchObject({ captured: 300_00, released: 0, lapsed: 100_00, held: 0 });
      story.passes(MINUTE).reads(books(story.now, 400_00, 300_00, state));
      expect([story.state.contradicted, lifecycle(story.state)]).toEqual([null, "captured"]);
    },
  );

  it("is read back before anything else is asked", () => {
    const story = new Story().opened(400_00).passes(MINUTE);
    story.does(story.sayCaptured(100_00, { final: false }));
    expect(story.state.reading).toMatchObject({ why: "after_person", blocks: true });
  });
});

it("that nothing is held any more ends the hold as soon as the step under way has an end", () => {
  const story = new Story().opened(400_00).passes(MINUTE);
  story.does(story.increment("dinner", 50_00));
  story.answers(unknown).does(story.correct("let go in the portal", "base", -400_00));
  expect([lifecycle(story.state), story.state.endedAt]).toEqual(["reversed", null]);
  story.does(story.resolve("dinner", "not_applied"));
  expect(story.state).toMatchObject({ operations: [], endedAt: story.now });
});

describe("a person's word that all was let go", () => {
  function saidToBeLetGo(): Story {
    const story = new Story().named(400_00);
    story.passes(MINUTE).does(story.reverse("cancelled"));
    story.answers(unknown).does(story.resolve("cancelled", "applied"));
    expect(lifecycle(story.state)).toBe("reversed");
    return story.passes(MINUTE);
  }

  it("is not borne out by books that show it open: they contradict, until a person says it again", () => {
    const story = saidToBeLetGo().reads(books(LATER, 400_00));
    expect(story.state.contradicted).not.toBeNull();
    story.does(story.correct("it is gone", "base", 0));
    expect(story.state.contradicted).toBeNull();
    story.passes(MINUTE).reads(books(LATER, 400_00));
    expect([story.state.contradicted, sums(story.state).released]).toEqual([null, 400_00]);
  });

  it("is less than the gateway's own answer, which books that go on saying open don't contradict", () => {
    const story = new Story().named(400_00);
    story.passes(MINUTE).does(story.reverse("cancelled"));
    story.answers(approved(400_00, "none")).passes(MINUTE).reads(books(LATER, 400_00));
    expect([story.state.contradicted, story.entry("cancelled").unverified]).toEqual([null, false]);
  });

  it("is borne out by books that say so, and then stands against books that go on saying open", () => {
    const story = saidToBeLetGo().reads(books(LATER, 400_00, 0, "reversed"));
    story.passes(MINUTE).hint().reads(books(LATER, 400_00));
    expect(story.state.contradicted).toBeNull();
  });

  it("is contradicted by a late answer, of which books that show no reversals tell nothing", () => {
    const story = saidToBeLetGo().reads(books(LATER, 400_00, 0, "reversed"));
    story.answers(declined, { entry: "cancelled" });
    expect(story.state.contradicted?.found.reversed).toBe(0);
    story
      .passes(10 * MINUTE)
      .hint()
      .reads(books(story.now, 400_00));
    expect(story.state.contradicted).not.toBeNull();
    story
      .passes(10 * MINUTE)
      .hint()
      .reads(books(story.now, 400_00, 0, "reversed"));
    expect(story.state.contradicted).toBeNull();
  });
});

describe("a person's word on a step in doubt", () => {
  const word = { reason: "The guest is leaving", evidence };

  it.each([
    ["applied", { type: "applied", by: "person", ...word }],
    ["not_applied", { type: "ended", cause: { is: "resolved", by: DESK.name, ...word } }],
  ] as const)("says in the history why and by what it is known: %s", (outcome, event) => {
    const story = new Story().opened(400_00).passes(MINUTE);
    story.does(story.increment("dinner", 50_00));
    story.answers(unknown);
    story.does({ do: "resolve", entry: "dinner", by: DESK, outcome, amount: null, payment: null, ...word });
    expect(story.events).toContainEqual(expect.objectContaining(event));
  });
});
