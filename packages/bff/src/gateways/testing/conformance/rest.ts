import { type Hold } from "../../../hold/index.ts";
import type { Trial } from "./trial.ts";

/** How long a case waits for what comes by itself, in the clock's time. */
const LONGEST = 2 * 86_400_000;
/** More than any hold needs, endless looking included. */
const MOST_TURNS = 1_000;
/** The driver wakes a little after it is due. */
const SLACK = 250;

/**
 * Lets time pass from one thing that is due to the next, until nothing more comes of the hold by itself. What is under
 * way ends first; no time passes while somebody is at the gateway.
 */
export async function rest(trial: Trial): Promise<void> {
  const goesOn = turns(trial);
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    await trial.inFlight.ended();
    if (!(await goesOn())) return;
  }
  throw new Error(`the hold comes to no rest: ${await told(trial)}`);
}

/** The same until something has happened at the gateway; fails where the hold rests before it. */
export async function restUntil(trial: Trial, reached: Promise<unknown>): Promise<void> {
  const goesOn = turns(trial);
  const arrives = reached.then(() => true);
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    if (await Promise.race([arrives, trial.inFlight.ended().then(() => false)])) return;
    if (!(await goesOn())) break;
  }
  throw new Error(`nothing came of it: ${await told(trial)}`);
}

/** One thing after the other that comes of the hold when nothing is under way; false where it rests. */
function turns(trial: Trial): () => Promise<boolean> {
  const { clock, store } = trial;
  const until = clock.now() + LONGEST;
  const visited = new Set<string>();
  return async () => {
    if (trial.deliversNotices && (await deliver(trial))) return true;
    const hold = await store.load(trial.id);
    if (hold && (await payerActs(trial, hold, visited))) return true;
    if (!hold || rests(hold)) return false;
    const wake = await store.nextWake();
    if (wake === null || wake > until) return false;
    clock.passes(Math.max(1_000, wake - clock.now() + SLACK));
    return true;
  };
}

async function told({ store, id }: Trial): Promise<string> {
  const { operations, reading, hintAt, entries } = (await store.load(id)) ?? {};
  return JSON.stringify({ operations, reading, hintAt, entries });
}

/** Sends what the gateway has to tell; true where there was something. */
export async function deliver({ imitation, inFlight }: Pick<Trial, "imitation" | "inFlight">): Promise<boolean> {
  const outbox = imitation.gateway.notices;
  const fresh = outbox?.reports().filter(({ deliveries }) => deliveries.length === 0) ?? [];
  for (const { id } of fresh) await inFlight.count(outbox?.send(id) ?? Promise.resolve(undefined));
  return fresh.length > 0;
}

/** Who is sent to the gateway's page goes there, once; true where that was so. */
async function payerActs({ conforming, payer }: Trial, hold: Hold, visited: Set<string>): Promise<boolean> {
  const address = hold.operations.find(({ waiting }) => waiting?.on === "payer")?.waiting?.action ?? null;
  if (address === null || payer === "stays away" || visited.has(address) || !conforming.page) return false;
  visited.add(address);
  await conforming.page.go(address, payer);
  return true;
}

function rests({ operations, reading, hintAt, entries }: Hold): boolean {
  const waits = entries.some(({ state }) => state === "queued");
  return operations.length === 0 && reading === null && hintAt === null && !waits;
}
