import { describe, expect, it } from "vitest";
import { Disk } from "./disk.ts";
import { busyDesk, rest } from "./desk.ts";
import { live, type Setting } from "./life.ts";
import { buildMachine, FILE } from "./wasm-database.ts";
import { World } from "./world.ts";

/**
 * The power goes in the middle of any operation of the disk: while the database is made, in a commit, in a
 * checkpoint, while the log of an earlier cut is read back. What was not synced is lost in pieces. Each database
 * lives through several cuts. PLIMSOLL_POWER_CUTS=N tries more, PLIMSOLL_SEED=N others.
 */
const first = Number(process.env["PLIMSOLL_SEED"] ?? 1_876);
const wanted = Number(process.env["PLIMSOLL_POWER_CUTS"] ?? 200);
const machine = await buildMachine();

/** node:sqlite's page size; this build would take another. Half of the databases are checkpointed often. */
const SHIPPED = ["page_size = 4096"];
const OFTEN = [...SHIPPED, "wal_autocheckpoint = 40"];

describe("the power is cut", () => {
  it("under the version of SQLite that is shipped", () => {
    expect(machine.version).toBe(process.versions["sqlite"]);
  });

  it(
    "and every acknowledged commit is there when it is back, and every hold comes to rest at its gateway's books",
    async () => {
      const tally = await voyages(wanted, []);
      const during = [...tally.during].map(([what, count]) => `${count} ${what}`).join(", ");
      console.log(
        `power cuts: ${tally.cuts}, ${tally.missing} acknowledged commits lost\n  of ${tally.commits}, cut ${during}`,
      );
      expect(tally).toMatchObject({ missing: 0, broken: [] });
    },
    60_000 + 500 * wanted,
  );

  it("and commits are lost that are not synced before they are acknowledged", async () => {
    const { missing } = await voyages(24, ["synchronous = normal"]);
    expect(missing).toBeGreaterThan(0);
  }, 60_000);

  it("and databases are broken that are not synced at all", async () => {
    const { broken } = await voyages(24, ["synchronous = off"]);
    expect(broken.length).toBeGreaterThan(0);
  }, 60_000);
});

interface Tally {
  cuts: number;
  missing: number;
  commits: number;
  readonly broken: string[];
  readonly during: Map<string, number>;
}

async function voyages(cuts: number, worse: readonly string[]): Promise<Tally> {
  const tally: Tally = { cuts: 0, missing: 0, commits: 0, broken: [], during: new Map() };
  for (let seed = first; tally.cuts < cuts; seed += 1) {
    const besides = [...(seed % 2 === 0 ? SHIPPED : OFTEN), ...worse];
    await voyage({ machine, besides }, seed, tally).catch((error: unknown) => {
      tally.broken.push(`seed ${seed}: ${String(error)}`);
    });
  }
  return tally;
}

/** One database through four power cuts, and then to rest. */
async function voyage(setting: Setting, seed: number, tally: Tally): Promise<void> {
  const world = new World(seed);
  const { random } = world;
  let disk = new Disk();
  disk.create(FILE);
  for (let cut = 0; cut < 4; cut += 1) {
    if (random.chance(0.3)) disk.goesAfter(1 + random.below(100), "syncs");
    else disk.goesAfter(1 + random.below(random.pick([50, 500, 3_000])), "operations");
    tally.missing += await live(setting, disk, world, (life) => busyDesk(life, 400));
    if (disk.on) return;
    tally.cuts += 1;
    tally.during.set(disk.last, (tally.during.get(disk.last) ?? 0) + 1);
    disk = disk.after(random);
    if (!disk.find(FILE)) disk.create(FILE);
  }
  let wrong: string[] = ["it never came to rest"];
  tally.missing += await live(setting, disk, world, async (life) => {
    wrong = await rest(life);
  });
  tally.commits += world.promised.commits;
  if (wrong.length > 0) throw new Error(wrong.join("; "));
}
