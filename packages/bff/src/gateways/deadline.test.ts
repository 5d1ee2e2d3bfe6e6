import { beforeEach, describe, expect, it } from "vitest";
import { ManualClock } from "../testing/manual-clock.ts";
import { deadlineIn, isOver } from "./deadline.ts";

let clock: ManualClock;
let signal: AbortSignal;
beforeEach(() => {
  clock = new ManualClock();
  ({ signal } = deadlineIn(60_000, clock));
});

describe("a deadline is over", () => {
  it("at its instant, and not before; then it is told", () => {
    clock.passes(59_999);
    expect(isOver(signal)).toBe(false);
    clock.passes(1);
    expect(isOver(signal)).toBe(true);
    expect(signal.aborted).toBe(true);
  });

  it("for a process that stood still past it, before its timers run", () => {
    clock.stalls(60_000);
    expect(signal.aborted).toBe(false);
    expect(isOver(signal)).toBe(true);
  });

  it("on a machine that was suspended past it, whose timers and monotonic clock stood still", () => {
    clock.passes(20_000);
    clock.suspends(39_999);
    expect(isOver(signal)).toBe(false);
    clock.suspends(1);
    expect(signal.aborted).toBe(false);
    expect(isOver(signal)).toBe(true);
  });

  it("all the same where the wall clock is set back", () => {
    clock.suspends(-3_600_000);
    clock.stalls(60_000);
    expect(isOver(signal)).toBe(true);
  });
});
