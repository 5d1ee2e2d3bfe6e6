import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { plantInThisThread } from "./planting.ts";
import { PLANTS } from "./plants.ts";

/**
 * What a thread is to play: so many seeds from one on, none that would begin after `until`; with a mistake planted it
 * stops at the first that finds it.
 */
const errandSchema = z.object({
  from: z.int(),
  count: z.int(),
  every: z.int(),
  until: z.number().nullable(),
  plant: z.string().nullable(),
});
export type Errand = z.infer<typeof errandSchema>;

const { from, count, every, until, plant: wanted } = errandSchema.parse(workerData);
const plant = PLANTS.find(({ name }) => name === wanted);
if (plant) plantInThisThread(plant);

// What is planted has to be there before anything is loaded that the world is made of.
const { createPlayer } = await import("./play.ts");
const { Tally } = await import("./tally.ts");
const player = await createPlayer();
const tally = new Tally();
for (let seed = from; seed < from + count * every; seed += every) {
  tally.adds(seed, await player.plays(seed));
  if (plant && tally.failed.length > 0) break;
  if (until !== null && Date.now() >= until) break;
}
tally.coverage(player.coverage);
// This one is no window's: it has no origin.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(tally.told());
