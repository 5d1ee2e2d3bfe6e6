import { parseArgs } from "node:util";
import { inParallel } from "../../src/testing/in-parallel.ts";
import { randomFrom } from "../../src/testing/random.ts";
import { numberOf } from "../../src/testing/number-of.ts";
import { accounts, small, type Account } from "./accounts.ts";
import type { Database, Wrong } from "./contract.ts";
import { postgresDatabases, sqliteDatabases, type Databases } from "./databases.ts";
import { Fleet } from "./fleet.ts";
import { Shoppers, type Troubles } from "./shopper.ts";

/** One fleet under load, of which some process is killed again and again. */
export interface Run {
  readonly account: Account;
  readonly database: Database;
  readonly processes: number;
  readonly kills: number;
  readonly seed: number;
  readonly wrong?: Wrong;
  readonly troubles?: Troubles;
}

export interface Killed {
  readonly kills: number;
  readonly holds: number;
  readonly steps: number;
  readonly disagreements: readonly string[];
}

const TROUBLES = { lost: 0.05, late: 0.03 };
/** More keep two processor cores busier, and nothing else. */
const CLIENTS = 6;
/** Between two kills: of one step, up to many. */
const MOST_PASSES = 100;
/** So many fleets at once keep two processor cores busy. */
const AT_ONCE = 3;
/** A fleet is let go after so many kills: its gateway's books would only grow. */
const MOST_KILLS = 25;

/**
 * When a process is killed is chance, by what all of them have done since the last kill; what its clients do comes from
 * the seed. At the end the books are the judge.
 */
export async function killAtRandom({ kills, seed, troubles = TROUBLES, ...run }: Run): Promise<Killed> {
  const random = randomFrom(seed);
  const fleet = await Fleet.open({ ...run, random });
  const shoppers = new Shoppers(fleet, troubles);
  try {
    const visit = shoppers.visit(CLIENTS);
    for (let left = kills; left > 0; left -= 1) {
      await Promise.race([visit, fleet.passes(1 + random.below(MOST_PASSES))]);
      await fleet.kill();
    }
    shoppers.closes();
    await visit;
    const disagreements = await shoppers.judged();
    return { kills: fleet.kills, holds: shoppers.holds, steps: shoppers.steps, disagreements };
  } finally {
    await fleet.close();
  }
}

/** Gateways of every way of recovering: by a key, by a look-up of one operation, by sums, and by what they tell. */
const CLASSES = [accounts.moneris, accounts.flexible, accounts.computop, small.totals, small.notices] as const;

/**
 * One process on SQLite, two and three on one PostgreSQL, each in turn with a gateway of every way of recovering. No
 * fleet begins after `until`, a real time: what was killed by then is what is counted.
 */
export async function randomKills(
  { sqlite, postgres }: Readonly<Record<Databases["name"], Databases>>,
  { kills, seed, until = Infinity }: { readonly kills: number; readonly seed: number; readonly until?: number },
): Promise<Killed> {
  const places = [
    { kind: sqlite, processes: 1 },
    { kind: postgres, processes: 2 },
    { kind: postgres, processes: 3 },
  ] as const;
  const fleets = Math.ceil(kills / MOST_KILLS);
  const runs = Array.from({ length: fleets }, (_, at) => ({
    ...taken(places, at),
    account: taken(CLASSES, at),
    kills: Math.ceil(kills / fleets),
    seed: seed + at,
  }));
  const killed = await inParallel(AT_ONCE, runs, async ({ kind, ...run }) => {
    if (Date.now() >= until) return NONE;
    const one = await killAtRandom({ ...run, database: await kind.fresh() }).catch(failed);
    const where = `${run.account.name}, ${run.processes} on ${kind.name}, seed ${run.seed}`;
    return { ...one, disagreements: one.disagreements.map((what) => `${where}: ${what}`) };
  });
  return together(killed);
}

function taken<T>(from: readonly T[], at: number): T {
  const found = from[at % from.length];
  if (!found) throw new Error("nothing to take from");
  return found;
}

export function killsLine({ kills, holds, steps, disagreements }: Killed): string {
  return `kills: ${kills}, ${disagreements.length} disagreements (${holds} holds, ${steps} steps)`;
}

const NONE: Killed = { kills: 0, holds: 0, steps: 0, disagreements: [] };

/** What keeps a fleet from its end is wrong too, and the others go on. */
function failed(error: unknown): Killed {
  const what = error instanceof Error ? (error.stack ?? error.message) : "unknown";
  return { ...NONE, disagreements: [what] };
}

function together(all: readonly Killed[]): Killed {
  const sum = (of: "kills" | "holds" | "steps") => all.reduce((total, one) => total + one[of], 0);
  return {
    kills: sum("kills"),
    holds: sum("holds"),
    steps: sum("steps"),
    disagreements: all.flatMap(({ disagreements }) => disagreements),
  };
}

/** Run alone: how many kills, for how many minutes at most, and the seed. */
if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      kills: { type: "string", default: "10000" },
      seed: { type: "string", default: "1" },
      minutes: { type: "string", default: "Infinity" },
    },
  });
  const [kills, seed] = [numberOf("kills", values.kills), numberOf("seed", values.seed)];
  const until = Date.now() + numberOf("minutes", values.minutes) * 60_000;
  const databases = { sqlite: sqliteDatabases(), postgres: await postgresDatabases() };
  const killed = await randomKills(databases, { kills, seed, until });
  killed.disagreements.forEach((what) => console.error(what));
  console.log(`${killsLine(killed)}, seed ${seed}`);
  process.exitCode = killed.kills === 0 || killed.disagreements.length > 0 ? 1 : 0;
  await Promise.all([databases.sqlite.close(), databases.postgres.close()]);
}
