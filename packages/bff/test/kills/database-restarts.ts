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

/** Run alone: for how many holds at least, and the seed. */
if (import.meta.main) {
  const { values } = parseArgs({
    options: { holds: { type: "string", default: "5000" }, seed: { type: "string", default: "1" } },
  });
  const [holds, seed] = [numberOf("holds", values.holds), numberOf("seed", values.seed)];
  const postgres = await ownPostgres();
  try {
    const soak = { processes: 3, clients: 24, there: { least: 5_000, most: 10_000 }, gone: 0, crashes: 1 } as const;
    const restarted = await restartUnderLoad(postgres, { ...soak, account: accounts.flexible, holds, seed });
    restarted.disagreements.forEach((what) => console.error(what));
    console.log(`${restartsLine(restarted)}, seed ${seed}`);
    process.exitCode = restarted.disagreements.length > 0 ? 1 : 0;
  } finally {
    await postgres.stop();
  }
}
