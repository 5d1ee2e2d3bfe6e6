import { total } from "@plimsoll/shared";
import { expect, it } from "vitest";
import type { Command } from "./commands.ts";
import { lifecycle, wakeAt, type Snapshot } from "./index.ts";
import { flexible } from "./testing/gateways.ts";
import { approved, books, DESK, MINUTE, Story, terms, unknown } from "./testing/story.ts";

const HOUR = 60 * MINUTE;

/** Charged, and no word of how much. */
const untold = (asOf: number, authorized = 400_00): Snapshot => ({
  ...books(asOf, authorized, 0, "captured"),
  captured: null,
});

/** The daily audit finds that somebody has charged it. */
function charged(): Story {
  const story = new Story().named(400_00).sleeps();
  return story.reads(untold(story.now));
}

/** Read for as long as it wants to be, and always the same is found. */
function keepsReading(story: Story, time: number, authorized = 400_00): void {
  const until = story.now + time;
  for (let at = wakeAt(story.state); at !== null && at < until; at = wakeAt(story.state)) {
    story.sleeps();
    if (story.job.do === "read") story.reads(untold(story.now, authorized));
  }
}

it("a charge of which we know nothing contradicts, however much it took", () => {
  const story = charged();
  expect(story.state.contradicted).toMatchObject({
    what: "the gateway's books: 40000 authorized, an untold sum captured, captured",
    found: { authorized: total(400_00), captured: null },
  });
  expect(story.refusal(story.capture("bill", 100_00))).toBe("contradicted");
  keepsReading(story, 3 * 24 * HOUR);
  expect(
    story.events.filter(({ type }) => type === "contradicted"),
    "and is told once",
  ).toHaveLength(1);
});

it("a person says how much, and nothing stays blocked", () => {
  const story = charged();
  story.does(story.sayCaptured(300_00));
  expect(story.state.contradicted).toBeNull();
  expect(lifecycle(story.state)).toBe("captured");
  expect(story.sums).toMatchObject({ captured: 300_00, held: 0 });
  keepsReading(story, 4 * 24 * HOUR);
  expect(story.state).toMatchObject({ contradicted: null, reading: null });
  expect(wakeAt(story.state)).toBeNull();
});

it("in part: what can't be read back blocks until a person says that our books are right", () => {
  const story = charged();
  story.does(story.sayCaptured(100_00, { final: false }));
  keepsReading(story, HOUR);
  expect(story.state).toMatchObject({ contradicted: null, reading: { why: "after_person", blocks: true } });
  story.does(story.correct("portal, 08:10", "in the portal", 0));
  story.does(story.capture("bill", 300_00));
  expect(story.operation.entry).toBe("bill");
});

it("a raise of which we knew nothing is set right first, and the charge still contradicts", () => {
  const story = new Story().named(400_00).sleeps();
  story.reads(untold(story.now, 450_00));
  story.does(story.correct("raised", "base", 50_00));
  keepsReading(story, HOUR, 450_00);
  expect(story.state.contradicted).not.toBeNull();
  story.does(story.sayCaptured(450_00));
  expect(story.state.contradicted).toBeNull();
});

it("where we have charged, it says nothing: just as books that can't be read", () => {
  const reading = (snapshot: Snapshot) => {
    const story = new Story().named(400_00);
    story.does(story.capture("bill", 300_00));
    story.answers(approved(300_00, "echo")).sleeps();
    return story.reads(snapshot.is === "cannot" ? snapshot : untold(story.now)).state;
  };
  const told = reading(untold(0));
  expect(told.contradicted).toBeNull();
  expect(told.entries.at(-1)?.unverified, "nothing is verified by it").toBe(true);
  expect(told).toEqual(reading({ is: "cannot", cause: "amounts_not_named" }));
});

it("while a step of ours is under way or in doubt, the charge may be ours", () => {
  const story = new Story().named(400_00).passes(MINUTE).hint();
  story.does(story.capture("bill", 300_00));
  story.answers(unknown).reads(untold(story.now));
  expect(story.state.contradicted).toBeNull();
});

it("is not taken over", () => {
  const adopt: Command = {
    do: "adopt",
    entry: "base",
    by: DESK,
    reason: null,
    terms: terms(flexible),
    ceiling: null,
    payment: "p-1",
    snapshot: untold(0),
  };
  expect(new Story().refusal(adopt)).toBe("unreadable");
});
