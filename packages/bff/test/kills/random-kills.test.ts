import { afterAll, describe, expect, it } from "vitest";
import { freshDatabase } from "../../src/store/testing/fresh-database.ts";
import { accounts } from "./accounts.ts";
import type { Wrong } from "./contract.ts";
import { onServer, sqliteDatabases } from "./databases.ts";
import { killAtRandom, killsLine, randomKills } from "./random-kills.ts";

/**
 * Processes are really killed, at any moment, under load, while gateways lose answers and apply late. The judge is the
 * gateways' own books; and the same judge finds every wrong way of doing it.
 */
const KILLS = 200;
/** Each wrong way is found with far fewer. */
const KILLS_OF_A_CONTROL = 10;
const seed = Date.now() % 1_000_000;

const databases = { sqlite: sqliteDatabases(), postgres: onServer(freshDatabase) };

afterAll(async () => {
  await Promise.all(Object.values(databases).map((kind) => kind.close()));
});

it("nothing is lost and nothing doubled when processes are killed at random", { timeout: 1_800_000 }, async () => {
  const killed = await randomKills(databases, { kills: KILLS, seed });
  console.log(`${killsLine(killed)}, seed ${seed}`);
  expect(killed.disagreements).toEqual([]);
  expect(killed.kills).toBeGreaterThanOrEqual(KILLS);
});

describe("with a gateway that knows no key again and applies late", () => {
  const trouble = { account: accounts.flexible, processes: 1, kills: KILLS_OF_A_CONTROL, seed: 1 } as const;
  const troubles = { lost: 0.1, late: 0.3 };

  it("the shipped way agrees with its books", { timeout: 120_000 }, async () => {
    const killed = await killAtRandom({ ...trouble, troubles, database: await databases.sqlite.fresh() });
    expect(killed.disagreements).toEqual([]);
  });

  it.each<Wrong>(["call, then record", "blind resend", "look-up without a quiet time"])(
    "to %s must disagree",
    { timeout: 120_000 },
    async (wrong) => {
      const killed = await killAtRandom({ ...trouble, troubles, wrong, database: await databases.sqlite.fresh() });
      console.log(`control, ${wrong}: ${killed.disagreements.length} disagreements after ${killed.kills} kills`);
      expect(killed.disagreements).not.toEqual([]);
    },
  );
});
