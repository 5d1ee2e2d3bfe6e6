import { beforeEach, expect, it } from "vitest";
import type { HoldId } from "../hold/index.ts";
import { DueFailed } from "../store/store.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { createSweeper } from "./sweeper.ts";

let clock: ManualClock;
let ticks: HoldId[];
let alarms: string[];
beforeEach(() => {
  clock = new ManualClock();
  ticks = [];
  alarms = [];
});

/** Sweeps over holds that stay due, whatever is done about them. */
function sweeps(due: readonly HoldId[], damaged?: HoldId) {
  const sweeper = createSweeper({
    store: { exclusive: true, nextWake: () => Promise.resolve(clock.now()) },
    clock,
    async tickNext(except) {
      const hold = due.find((candidate) => !except.has(candidate));
      if (hold !== undefined) ticks.push(hold);
      if (hold !== undefined && hold === damaged) throw new DueFailed(hold, new Error("it can't be read"));
      return hold;
    },
    alarm: (what) => alarms.push(what),
  });
  sweeper.schedule(clock.now());
  return sweeper;
}

it("wakes what is due behind any number of holds that nothing can be done about", async () => {
  const due = [...Array.from({ length: 250 }, (_, number) => `stuck-${number}`), "lively"];
  const sweeper = sweeps(due);
  await clock.settles(300);
  expect(ticks).toHaveLength(100);
  await clock.settles(2_000);
  expect(ticks).toEqual(due);
  await clock.settles(3_000);
  expect(ticks).toEqual([...due, ...due]);
  await sweeper.stop();
});

it("wakes what is due behind a hold that can't be read, and alarms", async () => {
  const sweeper = sweeps(["damaged", "lively"], "damaged");
  await clock.settles(300);
  expect(ticks).toEqual(["damaged", "lively"]);
  expect(alarms).toEqual(["hold damaged could not be woken"]);
  await sweeper.stop();
});
