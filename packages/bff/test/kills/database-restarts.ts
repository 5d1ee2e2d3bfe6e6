import { setTimeout as passes } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ownPostgres, type Postgres } from "../../src/store/testing/postgres-server.ts";
import { numberOf } from "../../src/testing/number-of.ts";
import { randomFrom } from "../../src/testing/random.ts";
import { accounts, type Account } from "./accounts.ts";
import { Fleet } from "./fleet.ts";
import { Shoppers } from "./shopper.ts";

/** One PostgreSQL that crashes and comes back again and again, under load. */
export interface Restarts {
  readonly account: Account;
  readonly processes: number;
  readonly clients: number;
  readonly seed: number;
  /** How often it crashes at least, and how many holds there are to be at the end. */
  readonly crashes: number;
  readonly holds: number;
  /** How long it is there between two crashes, and how long it is gone, in real milliseconds. */
  readonly there: { readonly least: number; readonly most: number };
  readonly gone: number;
}

export interface Restarted {
  readonly crashes: number;
  readonly holds: number;
  readonly steps: number;
  /** How often a caller was told that the database can't be used, and sent its wish again under its key. */
  readonly unavailable: number;
  readonly disagreements: readonly string[];
}

export async function restartUnderLoad(
  postgres: Pick<Postgres, "newDatabase" | "crash">,
  { account, processes, clients, seed, there, gone, ...least }: Restarts,
): Promise<Restarted> {
  const random = randomFrom(seed);
  let back = Promise.resolve();
  let crashes = 0;
  const database = { postgres: { url: await postgres.newDatabase() } };
  const fleet = await Fleet.open({ account, processes, random, database, available: () => back });
  const shoppers = new Shoppers(fleet, { lost: 0.05, late: 0.03 });
  try {
    const visit = shoppers.visit(clients);
    for (; crashes < least.crashes || shoppers.holds < least.holds; crashes += 1) {
      await Promise.race([visit, passes(there.least + random.below(there.most - there.least + 1))]);
      const start = await postgres.crash();
      back = passes(gone).then(start);
      await back;
    }
    shoppers.closes();
    await visit;
    const disagreements = await shoppers.judged();
    const { holds, steps, unavailable } = shoppers;
    return { crashes, holds, steps, unavailable, disagreements };
  } finally {
    await fleet.close();
  }
}

export function restartsLine({ crashes, holds, steps, unavailable, disagreements }: Restarted): string {
  const counted = `${holds} holds, ${steps} steps, ${unavailable} times unavailable`;
  return `database crashes: ${crashes}, ${disagreements.length} disagreements (${counted})`;
}

/** So many holds share a fleet: the books of its gateway would only grow. */
const MOST_HOLDS = 500;

/** Fleet after fleet, each on a database of its own, until there were so many holds. */
async function soak(postgres: Postgres, holds: number, seed: number): Promise<Restarted> {
  const often = { crashes: 1, there: { least: 2_000, most: 6_000 }, gone: 0 };
  const load = { processes: 3, clients: 24, account: accounts.flexible, ...often };
  let all: Restarted = { crashes: 0, holds: 0, steps: 0, unavailable: 0, disagreements: [] };
  for (let at = 0; all.holds < holds; at += 1) {
    const some = Math.min(MOST_HOLDS, holds - all.holds);
    const one = await restartUnderLoad(postgres, { ...load, holds: some, seed: seed + at });
    one.disagreements.forEach((what) => console.error(what));
    all = {
      crashes: all.crashes + one.crashes,
      holds: all.holds + one.holds,
      steps: all.steps + one.steps,
      unavailable: all.unavailable + one.unavailable,
      disagreements: [...all.disagreements, ...one.disagreements],
    };
  }
  return all;
}

/** Run alone: for how many holds at least, and the seed of the first fleet. */
if (import.meta.main) {
  const { values } = parseArgs({
    options: { holds: { type: "string", default: "5000" }, seed: { type: "string", default: "1" } },
  });
  const [holds, seed] = [numberOf("holds", values.holds), numberOf("seed", values.seed)];
  const postgres = await ownPostgres();
  try {
    const restarted = await soak(postgres, holds, seed);
    console.log(`${restartsLine(restarted)}, seed ${seed}`);
    process.exitCode = restarted.disagreements.length > 0 ? 1 : 0;
  } finally {
    await postgres.stop();
  }
}
