import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ownPostgres, type Postgres } from "../../src/store/testing/postgres-server.ts";
import { accounts } from "./accounts.ts";
import { cutOffWhileAsking } from "./cut-off.ts";
import { restartsLine, restartUnderLoad } from "./database-restarts.ts";

/** A database that is gone again and again, or for one process alone: no answer is dropped, no step is made twice. */
let postgres: Postgres;

beforeAll(async () => {
  postgres = await ownPostgres();
});

afterAll(() => postgres.stop());

const load = { processes: 2, clients: 8, seed: 1 } as const;

describe("PostgreSQL", () => {
  it("crashes every one or two seconds under load", { timeout: 180_000 }, async () => {
    const often = { crashes: 6, holds: 0, there: { least: 1_000, most: 2_000 }, gone: 0 };
    const restarted = await restartUnderLoad(postgres, { ...load, ...often, account: accounts.flexible });
    console.log(restartsLine(restarted));
    expect(restarted.disagreements).toEqual([]);
    expect(restarted.unavailable).toBeGreaterThan(0);
  });

  it("is gone for ten seconds", { timeout: 180_000 }, async () => {
    const long = { crashes: 1, holds: 0, there: { least: 1_000, most: 2_000 }, gone: 10_000 };
    const restarted = await restartUnderLoad(postgres, { ...load, ...long, account: accounts.moneris });
    expect(restarted.disagreements).toEqual([]);
    expect(restarted.unavailable).toBeGreaterThan(0);
  });

  it("is out of reach for a process whose gateway answers: the answer is kept and written later", async () => {
    const { looks, disagreements, known } = await cutOffWhileAsking(accounts.flexible, await postgres.newDatabase());
    expect(disagreements).toEqual([]);
    expect(known.sums.authorized).toBe(12_500);
    expect(looks).toBe(0);
  });
});
