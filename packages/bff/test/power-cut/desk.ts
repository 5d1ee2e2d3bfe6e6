import type { Submission } from "../../src/driver/index.ts";
import { sums, type Actor, type Command, type HoldId, type Terms } from "../../src/hold/index.ts";
import { ordinary } from "../../src/testing/capabilities.ts";
import { sampleTerms } from "../../src/store/testing/samples.ts";
import type { Life } from "./life.ts";

const HOLDS = ["h1", "h2", "h3", "h4", "h5", "h6"] as const;
const DESK: Actor = { kind: "console", name: "Front desk" };
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Somebody at a desk for so many moves: opens, raises, captures and lets go; the gateway loses an answer here and there. */
export async function busyDesk(life: Life, moves: number): Promise<void> {
  await life.driver.start();
  for (let move = 0; move < moves; move += 1) await makeMove(life);
}

/** The faults have stopped: every hold comes to rest. Answers where its sums are not its gateway's. */
export async function rest(life: Life): Promise<string[]> {
  const { driver, store, clock, world } = life;
  await driver.start();
  for (let round = 0; round < 60 && (await store.nextWake()) !== null; round += 1) await clock.settles(2 * MINUTE);
  const wrong: string[] = [];
  for (const id of HOLDS) {
    const hold = await store.load(id);
    const { authorized, captured, held } = hold ? sums(hold) : { authorized: 0, captured: 0, held: 0 };
    const book = world.gateway(id).book();
    if (hold && hold.operations.length > 0) wrong.push(`${id} does not rest`);
    if (authorized !== book.authorized || captured !== book.captured || held !== book.held)
      wrong.push(`${id}: ${JSON.stringify({ authorized, captured, held, book })}`);
  }
  return wrong;
}

async function makeMove(life: Life): Promise<void> {
  const { random } = life.world;
  if (random.chance(0.1)) return life.clock.settles(random.pick([5 * SECOND, 30 * SECOND, 3 * MINUTE]));
  await meanwhile(life.clock, life.driver.submit(await nextWish(life)));
}

/** What somebody at the desk wants next, under a key of its own. */
export async function nextWish({ store, world }: Life): Promise<Submission> {
  const { random } = world;
  const hold = random.pick(HOLDS);
  if (random.chance(0.15)) world.gateway(hold).meet({ do: "lose", applied: random.chance(0.5) });
  const entry = `step-${Buffer.from(random.bytes(6)).toString("hex")}`;
  const command = chooseCommand(hold, entry, world, (await store.load(hold)) !== undefined);
  return { hold, command, key: { scope: "desk", value: entry, digest: entry } };
}

/** Time passes as long as it takes. */
export async function meanwhile<T>(clock: Life["clock"], work: Promise<T>): Promise<T> {
  const ended = work.then(() => true);
  while (!(await Promise.race([ended, clock.settles(SECOND).then(() => false)])));
  return work;
}

function chooseCommand(id: HoldId, entry: string, { random, now }: Life["world"], open: boolean): Command {
  const wish = { entry, by: DESK, reason: null };
  const amount = 100 * (1 + random.below(50));
  if (!open) return { ...wish, do: "open", terms: terms(id, now), amount: 400_00, ceiling: null };
  const raise = { ...wish, do: "increment", amount, currency: "USD", line: null, notBefore: null } as const;
  const capture = { ...wish, do: "capture", amount, currency: "USD", leaveDoubt: false, acceptLate: false } as const;
  return random.pick<Command>([
    raise,
    raise,
    raise,
    raise,
    raise,
    raise,
    { ...wish, do: "propose", amount, currency: "USD", line: null, until: null },
    { ...capture, final: false },
    { ...capture, final: random.chance(0.3) },
    random.chance(0.2) ? { ...wish, do: "reverse" } : raise,
  ]);
}

/** Its account has its own name, and its gateway's books are its own. */
function terms(id: HoldId, openedAt: number): Terms {
  return sampleTerms(id, { account: id, gateway: "book", payee: "harbor", capabilities: ordinary, openedAt });
}
