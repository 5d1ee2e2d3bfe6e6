import { describe, expect, it } from "vitest";
import type { Submission } from "../../src/driver/index.ts";
import { StoreUnavailable } from "../../src/store/store.ts";
import { meanwhile, nextWish, rest } from "./desk.ts";
import { Disk, type Ailment } from "./disk.ts";
import { live, type Life } from "./life.ts";
import { buildMachine, FILE } from "./wasm-database.ts";
import { World } from "./world.ts";

/**
 * The disk is full, or fails, from any of its operations on, and is well again after a while. Whoever asks is told
 * that the database can't be used, and asks again under the same key. PLIMSOLL_AILING_DISKS=N tries more.
 */
const first = Number(process.env["PLIMSOLL_SEED"] ?? 1_876);
const wanted = Number(process.env["PLIMSOLL_AILING_DISKS"] ?? 20);
const machine = await buildMachine();

const WISHES = 50;
/** As the store says why it can't be used. */
const WHY = { "is full": "full", fails: "gone" } as const;

interface Tally {
  refused: number;
  uncertain: number;
  readonly wrong: string[];
}

describe("for a while the disk", () => {
  it.each(["is full", "fails"] as const)(
    "%s: nothing is half done, no gateway's answer is lost, and then all goes on",
    async (how) => {
      const tally: Tally = { refused: 0, uncertain: 0, wrong: [] };
      for (let seed = first; seed < first + wanted; seed += 1) {
        const wrong = await voyage(how, new World(seed), tally).catch((error: unknown) => [String(error)]);
        tally.wrong.push(...wrong.map((what) => `seed ${seed}: ${what}`));
      }
      const { refused, uncertain, wrong } = tally;
      console.log(
        `a disk that ${how}: ${refused} wishes refused (${uncertain} uncertain), ${wrong.length} disagreements`,
      );
      expect(wrong).toEqual([]);
      expect(refused).toBeGreaterThan(wanted);
    },
    60_000 + 2_000 * wanted,
  );
});

/** One life on a disk that ails now and then; the power goes, and a second one finds everything and brings it to rest. */
async function voyage(how: Ailment, world: World, tally: Tally): Promise<string[]> {
  const setting = { machine, besides: ["page_size = 4096", "wal_autocheckpoint = 40"] };
  const disk = new Disk();
  disk.create(FILE);
  const wrong: string[] = [];
  await live(setting, disk, world, async (life) => {
    await life.driver.start();
    for (let wish = 0; wish < WISHES; wish += 1) {
      if (!disk.ailing && world.random.chance(0.3)) disk.ails(how, world.random.below(40), 1 + world.random.below(8));
      wrong.push(...(await insist(life, await nextWish(life), WHY[how], tally)));
    }
    disk.recovers();
  });
  const found = disk.after(world.random);
  const missing = await live(setting, found, world, async (life) => {
    wrong.push(...(await rest(life)));
  });
  return missing === 0 ? wrong : [...wrong, `${missing} acknowledged commits are missing`];
}

/** Asks under the same key until there is an answer. Where it was certain that nothing had been written, nothing had. */
async function insist(life: Life, wish: Submission, why: string, tally: Tally): Promise<string[]> {
  let certain = true;
  for (;;) {
    try {
      const submitted = await meanwhile(life.clock, life.driver.submit(wish));
      const again = "replayed" in submitted && submitted.replayed;
      return certain && again ? ["it was certain that nothing was written, and it was"] : [];
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      if (error.why !== why) return [`the database is said to be ${error.why}`];
      tally.refused += 1;
      if (!error.certain) tally.uncertain += 1;
      certain &&= error.certain;
    }
  }
}
