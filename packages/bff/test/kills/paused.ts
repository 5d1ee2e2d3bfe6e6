import { randomUUID } from "node:crypto";
import type { HoldId } from "../../src/hold/index.ts";
import { randomFrom } from "../../src/testing/random.ts";
import type { Account } from "./accounts.ts";
import type { BffProcess } from "./bff-process.ts";
import type { Answer, Boundary, Database, Known, Wish } from "./contract.ts";
import { Fleet } from "./fleet.ts";
import { Books, type Acknowledged } from "./judge.ts";
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
    const client = new Client();
    const hold = await client.open(paused, fleet);
    paused.guard();
    await paused.call("arm", boundary, "SIGSTOP");
    const [wish, key] = [{ do: "increment", hold, amount: 2_500 } as const, randomUUID()];
    const late = paused.call("wish", key, wish);
    await until("the process stands still", () => paused.standsStill);

    await client.asks(other, wish, key);
    const stepOf = async () => (await other.call("known", hold)).entries.find(({ kind }) => kind === "increment");
    await until("the other process has ended the step", async () => {
      const state = (await stepOf())?.state;
      return state !== undefined && state !== "asking" && state !== "queued";
    });
    const meanwhile = (await stepOf())?.state;
    await client.asks(other, { do: "increment", hold, amount: 1_500 });

    paused.signal("SIGCONT");
    await late;
    await fleet.rest([hold]);
    const known = await paused.call("known", hold);
    const books = new Books(fleet.imitation.gateway);
    return { known, meanwhile, disagreements: books.disagreements(known, client.acknowledged) };
  } finally {
    await fleet.close();
  }
}

/** Who goes to the process of its choice, and asks again where that can't use its database. */
class Client {
  readonly acknowledged: Acknowledged[] = [];

  async open(process: BffProcess, { imitation, account }: Fleet): Promise<HoldId> {
    const issued = await imitation.gateway.token(account.conforming.cards.grows.name);
    const opened = await this.asks(process, { do: "open", order: "stay", amount: 10_000, token: issued?.token ?? "" });
    if ("refused" in opened) throw new Error(opened.refused);
    return opened.hold;
  }

  async asks(process: BffProcess, wish: Wish, key: string = randomUUID()): Promise<Answer> {
    let answer: Answer = { refused: "unavailable" };
    await until("the database can be used", async () => {
      answer = await process.call("wish", key, wish);
      return !("refused" in answer && answer.refused === "unavailable");
    });
    const { hold, entry } = { hold: "", entry: "", ...(answer as Answer) };
    if (hold !== "") this.acknowledged.push({ key, wish, entry });
    return answer;
  }
}
