import { describe, expect, it } from "vitest";
import { freshDatabase } from "../../src/store/testing/fresh-database.ts";
import { accounts } from "./accounts.ts";
import type { Boundary } from "./contract.ts";
import { onServer } from "./databases.ts";
import { pausedAt } from "./paused.ts";

/**
 * A process really stands still (SIGSTOP) for longer than its attempt may take, while another one on the same database
 * goes on with its hold; then it goes on where it stood.
 */
const databases = onServer(freshDatabase);

const CALL = "asks increment: PATCH /pts/v2/payments/*";
const WRITTEN: Boundary = { name: "writes: increment, asks increment", side: "after" };
const ANSWERED: Boundary = { name: CALL, side: "after" };

describe("a process that stands still past its deadline", { timeout: 120_000 }, () => {
  it.each<{ where: string; boundary: Boundary; meanwhile: string; authorized: number }>([
    { where: "with a step written and not sent", boundary: WRITTEN, meanwhile: "failed", authorized: 11_500 },
    {
      where: "just before the first byte",
      boundary: { name: CALL, side: "before" },
      meanwhile: "failed",
      authorized: 11_500,
    },
    { where: "with an answer in hand", boundary: ANSWERED, meanwhile: "applied", authorized: 14_000 },
    {
      where: "in the transaction that takes its answer in",
      boundary: { name: "writes: answer, of increment", side: "before" },
      meanwhile: "applied",
      authorized: 14_000,
    },
  ])("$where, doubles nothing", async ({ boundary, meanwhile, authorized }) => {
    const paused = await pausedAt(accounts.flexible, await databases.fresh(), boundary);
    expect(paused.disagreements).toEqual([]);
    expect(paused.meanwhile).toBe(meanwhile);
    expect(paused.known.sums.authorized).toBe(authorized);
  });

  it("tells by its late answer of a step that had been found absent", async () => {
    const slow = { ...accounts.flexible, prompt: { searchLag: "15min" } };
    const paused = await pausedAt(slow, await databases.fresh(), ANSWERED);
    expect(paused.meanwhile).toBe("failed");
    expect(paused.known.contradicted).not.toBeNull();
  });
});
