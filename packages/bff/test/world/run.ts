import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { inParallel } from "../../src/testing/in-parallel.ts";
import { numberOf } from "../../src/testing/number-of.ts";
import { createPlayer } from "./play.ts";
import { PLANTS } from "./plants.ts";
import { report } from "./report.ts";
import { sumOf, type Told } from "./tally.ts";
import type { Errand } from "./worker.ts";

/*
 * The simulated world, from the command line:
 *   npx -y pnpm@12 simulate --schedules 50000    plays so many, then looks for each planted bug; prints what it counted
 *     --minutes 60 --from 50001 --workers 2      begins none after so many minutes; other seeds; so many threads
 *     --plant "never looked at"                  of the planted bugs only those with this in their name
 *   npx -y pnpm@12 simulate --seed 7 --trace     plays one again, and tells it line by line
 */
const { values } = parseArgs({
  options: {
    schedules: { type: "string", default: "2000" },
    from: { type: "string", default: "1" },
    minutes: { type: "string" },
    workers: { type: "string", default: String(Math.min(2, availableParallelism())) },
    seed: { type: "string" },
    trace: { type: "boolean", default: false },
    plant: { type: "string" },
  },
});

/** Within so many schedules each planted bug has to be found. */
const PLANT_WITHIN = 3_000;

if (values.seed !== undefined) await replay(numberOf("seed", values.seed));
else process.exitCode = await many();

async function replay(seed: number): Promise<void> {
  if (values.plant !== undefined) throw new Error("--seed plays what is shipped: no bug is planted in it");
  const player = await createPlayer();
  const { faults, ...counted } = await player.plays(seed, values.trace ? console.log : undefined);
  console.log(`seed ${seed}: ${JSON.stringify(counted)}`);
  for (const fault of faults) console.log(`  ${fault}`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

async function many(): Promise<number> {
  const threads = numberOf("workers", values.workers);
  const [from, schedules] = [numberOf("from", values.from), numberOf("schedules", values.schedules)];
  const until = values.minutes === undefined ? null : Date.now() + numberOf("minutes", values.minutes) * 60_000;
  const shares = Array.from({ length: threads }, (_, thread) => ({
    from: from + thread,
    every: threads,
    count: Math.floor((schedules + threads - 1 - thread) / threads),
    until,
    plant: null,
  }));
  const told = sumOf(await Promise.all(shares.map(play)));
  const found = await findPlants(threads);
  return report(told, found) ? 0 : 1;
}

/** Every thread takes the next plant as soon as it is free. */
function findPlants(threads: number) {
  const wanted = PLANTS.filter(({ name }) => values.plant === undefined || name.includes(values.plant));
  const errand = { from: 1, every: 1, count: PLANT_WITHIN, until: null };
  return inParallel(threads, wanted, async (plant) => ({ plant, told: await play({ ...errand, plant: plant.name }) }));
}

function play(errand: Errand): Promise<Told> {
  const worker = new Worker(new URL("worker.ts", import.meta.url), { workerData: errand });
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}
