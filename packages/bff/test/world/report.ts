import { lostPaths } from "./coverage.ts";
import { NOT_TAKEN } from "./paths.ts";
import type { Plant } from "./plants.ts";
import type { Told } from "./tally.ts";

/** More operations in doubt than this, and the world is not the one that it was made to be. */
const MOST_IN_DOUBT = 0.35;
const LEAST_CRASHES = 1.5;
const LEAST_IN_TIME = 0.99;
/** Below so many schedules shares and coverage say little. */
const TELLING = 2_000;
/** So many see every path that is usual. */
const WHOLE = 20_000;

/** Prints what was counted; false where something that must hold does not. */
export function report(told: Told, found: readonly { readonly plant: Plant; readonly told: Told }[]): boolean {
  const { schedules, failed, crashes, operations, doubted, byPerson, ends, lateEnds, steps } = told;
  for (const { seed, fault } of failed.slice(0, 20)) {
    console.log(`seed ${seed}: ${fault}`);
    console.log(`  npx -y pnpm@12 simulate --seed ${seed} --trace`);
  }
  const inDoubt = doubted / Math.max(1, operations);
  const inTime = 1 - lateEnds / Math.max(1, ends);
  const mean = crashes / Math.max(1, schedules);
  const missed = found.filter(({ told: { failed: finds } }) => finds.length === 0);
  console.log(`simulated: ${schedules} schedules, ${failed.length} disagreements`);
  console.log(
    `  ${(steps / Math.max(1, schedules)).toFixed(0)} steps and ${mean.toFixed(2)} crashes a schedule (at least ${LEAST_CRASHES})`,
  );
  console.log(
    `  ${operations} operations, ${percent(inDoubt)} of them in doubt at some time (at most ${percent(MOST_IN_DOUBT)}), ${byPerson} ended by a person`,
  );
  console.log(
    `  ${percent(inTime)} of ${ends} doubts ended within the declared lags + 60 s of the gateway's first good answer after its last silence (at least ${percent(LEAST_IN_TIME)})`,
  );
  const { expected, lost } = lostPaths(new Set(told.pairs.map(([pair]) => pair)));
  console.log(
    `  ${expected - lost.length} of ${expected} pairs of state and event, ${told.pairs.length - expected + lost.length} rarer ones; never: ${Object.keys(NOT_TAKEN).join(", ")}`,
  );
  if (schedules >= WHOLE) for (const pair of lost) console.log(`    LOST: ${pair}`);
  console.log(`planted bugs: ${found.length - missed.length} of ${found.length} found`);
  for (const {
    plant,
    told: { schedules: needed, failed: finds },
  } of found)
    console.log(
      `    ${finds[0] ? `found in schedule ${needed}` : `NOT FOUND in ${needed}`}: ${plant.name}${finds[0] ? ` (${finds[0].fault.slice(0, 110)})` : ""}`,
    );
  const telling = schedules < TELLING || (inDoubt <= MOST_IN_DOUBT && mean >= LEAST_CRASHES && inTime >= LEAST_IN_TIME);
  return (
    schedules > 0 && failed.length === 0 && missed.length === 0 && telling && (schedules < WHOLE || lost.length === 0)
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
