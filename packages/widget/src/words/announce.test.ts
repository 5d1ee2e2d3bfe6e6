import { expect, test } from "vitest";
import { manualClock } from "../live/testing/clock.ts";
import { Announcer } from "./announce.ts";

test("what happens within a short while is said as one sentence, each thing once", () => {
  const clock = manualClock();
  const said: string[] = [];
  const announcer = new Announcer((sentence) => said.push(sentence), clock.after);
  announcer.add("Hold raised by $50.00, now $650.00.");
  announcer.add("Hold raised by $50.00, now $650.00.", "Harbor Hotel is waiting for your answer.");
  expect(said).toEqual([]);
  clock.pass(1500);
  expect(said).toEqual(["Hold raised by $50.00, now $650.00. Harbor Hotel is waiting for your answer."]);
});

test("what belongs to another hold is not said any more", () => {
  const clock = manualClock();
  const said: string[] = [];
  const announcer = new Announcer((sentence) => said.push(sentence), clock.after);
  announcer.add("A hold of $400.00 was placed.");
  announcer.clear();
  clock.pass(5000);
  expect(said).toEqual([]);
});
