import { afterAll, expect, it } from "vitest";
import { freshDatabase } from "../../src/store/testing/fresh-database.ts";
import { accounts } from "./accounts.ts";
import { onServer, sqliteDatabases } from "./databases.ts";
import { everyBoundary, killAtEach, knownBoundaries, lineOf } from "./every-boundary.ts";

/**
 * Each write and each call of each operation on each gateway is a place where the process is really killed, just before
 * and just after, and started again; its client sends what was not answered once more under its key. The judge is the
 * gateway's own books.
 */
const databases = [sqliteDatabases(), onServer(freshDatabase)] as const;

afterAll(async () => {
  await Promise.all(databases.map((kind) => kind.close()));
});

it("a process killed at any boundary loses nothing and doubles nothing", { timeout: 1_800_000 }, async () => {
  const outcome = await everyBoundary(databases);
  console.log(lineOf(outcome));
  expect(outcome.disagreements).toEqual([]);
  expect(outcome.killed).toBe(outcome.boundaries);
  // After a change that adds or removes one: node --conditions=@plimsoll/source packages/bff/test/kills/every-boundary.ts --keep
  expect(outcome.passed).toEqual(knownBoundaries());
});

it("one that records what it has already called must disagree", { timeout: 300_000 }, async () => {
  const [sqlite] = databases;
  const { disagreements } = await killAtEach(accounts.lodging, await sqlite.fresh(), "call, then record");
  const withTheBooks = disagreements.filter((what) => /the books|the gateway has it/.test(what));
  console.log(`control, call, then record: ${withTheBooks.length} disagreements`);
  expect(withTheBooks).not.toEqual([]);
});
