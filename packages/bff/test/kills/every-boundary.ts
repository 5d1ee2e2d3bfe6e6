import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createWireClient } from "../../src/gateways/wire-client.ts";
import { makeIds } from "../../src/ids.ts";
import { accounts, type Account } from "./accounts.ts";
import { Client } from "./client.ts";
import type { Boundary, Database, Wrong } from "./contract.ts";
import { postgresDatabases, sqliteDatabases, type Databases } from "./databases.ts";
import { inParallel } from "../../src/testing/in-parallel.ts";
import { Lane } from "./lane.ts";
import { dialect, everyPath, onPage, type Story } from "./stories.ts";

/** What came of killing processes at every boundary of every account. */
export interface EveryBoundary {
  /** By account and database, the names of the boundaries that the stories pass. */
  readonly passed: Known;
  /** How many there are, each of them twice: before and after. */
  readonly boundaries: number;
  /** How many times a process was killed where it was to be. */
  readonly killed: number;
  readonly disagreements: readonly string[];
}

type Known = Readonly<Record<string, readonly string[]>>;

const KEPT = join(import.meta.dirname, "boundaries.json");

/** So many at once keep two processor cores busy: a process that starts waits for the disk, a story for its process. */
const AT_ONCE = 4;

/** @param databases where each account is run; a dialect is the same on all of them, and is run on the first */
export async function everyBoundary(databases: readonly Databases[]): Promise<EveryBoundary> {
  const lanes = Object.values(accounts).flatMap((account) =>
    databases.slice(0, account.dialect ? 1 : undefined).map((kind) => ({ kind, account })),
  );
  const outcomes = await inParallel(AT_ONCE, lanes, async ({ kind, account }) => {
    const name = `${account.name} on ${kind.name}`;
    const { passed, killed, disagreements } = await killAtEach(account, await kind.fresh());
    return { name, passed, killed, disagreements: disagreements.map((what) => `${name}, ${what}`) };
  });
  return {
    passed: Object.fromEntries(outcomes.map(({ name, passed }) => [name, passed])),
    boundaries: outcomes.reduce((sum, { passed }) => sum + 2 * passed.length, 0),
    killed: outcomes.reduce((sum, { killed }) => sum + killed, 0),
    disagreements: outcomes.flatMap(({ disagreements }) => disagreements),
  };
}

/** The boundaries that are known to be there, kept as data: one more is one without a test, one less a test that is gone. */
export function knownBoundaries(): Known {
  return JSON.parse(readFileSync(KEPT, "utf8")) as Known;
}

function keepBoundaries(passed: Known): void {
  writeFileSync(KEPT, `${JSON.stringify({ ...knownBoundaries(), ...passed }, null, 2)}\n`);
}

export function lineOf({ boundaries, killed, disagreements }: EveryBoundary): string {
  return `boundaries: ${killed} of ${boundaries}, ${disagreements.length} disagreements`;
}

/** What came of killing a process at every boundary of one account on one database. */
export interface Outcome {
  /** The boundaries that the stories pass, by name. */
  readonly passed: readonly string[];
  /** How many times a process was killed where it was to be. */
  readonly killed: number;
  readonly disagreements: readonly string[];
}

/** Plays the stories once undisturbed, which shows what there is, and then once for each boundary and each side of it. */
export async function killAtEach(account: Account, database: Database, wrong?: Wrong): Promise<Outcome> {
  const lane = await Lane.open(account, database, wrong);
  try {
    const { found, disagreements } = await undisturbed(lane);
    let killed = 0;
    for (const [name, story] of found) {
      for (const side of ["before", "after"] as const) {
        const disagreed = await killedAt(lane, story, { name, side });
        if (!lane.armed) killed += 1;
        disagreements.push(...disagreed.map((what) => `killed ${side} ${name} in ${story.name}: ${what}`));
      }
    }
    return { passed: [...found.keys()].toSorted(), killed, disagreements };
  } finally {
    await lane.close();
  }
}

/** Every boundary, with the first story that passes it. */
async function undisturbed(lane: Lane) {
  const found = new Map<string, Story>();
  const disagreements: string[] = [];
  for (const story of storiesOf(lane.account)) {
    lane.passed.clear();
    const wrong = await played(lane, story);
    for (const name of lane.passed) if (!found.has(name)) found.set(name, story);
    disagreements.push(...wrong.map((what) => `undisturbed, in ${story.name}: ${what}`));
  }
  return { found, disagreements };
}

/** A process that has its gateway's token already does not fetch one: then a fresh one does. */
async function killedAt(lane: Lane, story: Story, boundary: Boundary): Promise<string[]> {
  await lane.arm(boundary);
  const wrong = await played(lane, story);
  if (!lane.armed) return wrong;
  await lane.crash();
  return [...wrong, ...(await played(lane, story)), ...(lane.armed ? ["it was not passed"] : [])];
}

async function played(lane: Lane, { play }: Story): Promise<string[]> {
  const client = new Client(lane);
  try {
    await play(client);
    return await client.judged();
  } catch (error) {
    return [error instanceof Error ? error.message : "unknown"];
  }
}

function storiesOf(account: Account): readonly Story[] {
  const { conforming } = account;
  if (account.dialect) return dialect();
  if (conforming.page?.account === account.account) return onPage();
  const settings = conforming.accounts("http://localhost:9")[account.account] ?? {};
  const wire = createWireClient();
  const now = Date.now;
  const clock = { now, monotonic: now, after: () => () => {} };
  const gateway = conforming.connect(settings, {
    send: wire.send,
    clock,
    bytes: makeIds(now).bytes,
    noticesUrl: "http://localhost:9",
  });
  const asker = { card: conforming.cards.grows.card, currency: conforming.currencies[2], profile: "general" } as const;
  return everyPath({ account, can: gateway.capabilities(asker) });
}

/** Run alone: after a change that adds or removes boundaries, with `--keep`, it writes down which there are. */
if (import.meta.main) {
  const databases = [sqliteDatabases(), await postgresDatabases()];
  const outcome = await everyBoundary(databases);
  outcome.disagreements.forEach((what) => console.error(what));
  console.log(lineOf(outcome));
  if (process.argv.includes("--keep")) keepBoundaries(outcome.passed);
  process.exitCode = outcome.disagreements.length > 0 || outcome.killed < outcome.boundaries ? 1 : 0;
  await Promise.all(databases.map((kind) => kind.close()));
}
