import { randomUUID } from "node:crypto";
import { randomFrom } from "../../src/testing/random.ts";
import type { Account } from "./accounts.ts";
import { Caller } from "./caller.ts";
import type { Boundary, Database, Known } from "./contract.ts";
import { Fleet } from "./fleet.ts";
import { Books } from "./judge.ts";
import { until } from "../../src/testing/until.ts";

/** What came of a hold of which one of two processes stood still while the other went on. */
export interface Paused {
  readonly known: Known;
  readonly disagreements: readonly string[];
  /** What came of the step that the paused one was at, while it stood still. */
  readonly meanwhile: string | undefined;
}

/**
 * A process stops in the middle of an increment, for longer than its attempt may take; its client goes to the other
 * one, which ends the step and makes another. Then the first one goes on where it stood.
 */
export async function pausedAt(account: Account, database: Database, boundary: Boundary): Promise<Paused> {
  const fleet = await Fleet.open({ account, database, processes: 2, random: randomFrom(1) });
  try {
    const [paused, other] = [await fleet.process(0), await fleet.process(1)];
    const caller = new Caller();
    const hold = await caller.open(paused, fleet);
    paused.guard();
    await paused.call("arm", boundary, "SIGSTOP");
    const [wish, key] = [{ do: "increment", hold, amount: 2_500 } as const, randomUUID()];
    const late = paused.call("wish", key, wish);
    await until("the process stands still", () => paused.standsStill);

    await caller.asks(other, wish, key);
    const stepOf = async () => (await other.call("known", hold)).entries.find(({ kind }) => kind === "increment");
    await until("the other process has ended the step", async () => {
      const state = (await stepOf())?.state;
      return state !== undefined && state !== "asking" && state !== "queued";
    });
    const meanwhile = (await stepOf())?.state;
    await caller.asks(other, { do: "increment", hold, amount: 1_500 });

    paused.signal("SIGCONT");
    await late;
    await fleet.rest([hold]);
    const known = await paused.call("known", hold);
    const books = new Books(fleet.imitation.gateway);
    return { known, meanwhile, disagreements: books.disagreements(known, caller.acknowledged) };
  } finally {
    await fleet.close();
  }
}
