import { randomFrom } from "../../src/testing/random.ts";
import { Balancer } from "../../src/testing/balancer.ts";
import { until } from "../../src/testing/until.ts";
import type { Account } from "./accounts.ts";
import { Caller } from "./caller.ts";
import type { Known } from "./contract.ts";
import { Fleet } from "./fleet.ts";
import { Books } from "./judge.ts";

export interface CutOff {
  readonly known: Known;
  readonly disagreements: readonly string[];
  /** How often its gateway was asked what had become of the step: the answer was kept, so not once. */
  readonly looks: number;
}

/** A process loses its database while a gateway's answer is on its way, and has it back later. */
export async function cutOffWhileAsking(account: Account, url: string): Promise<CutOff> {
  const line = await Balancer.start([Number(new URL(url).port)]);
  const database = { postgres: { url: Object.assign(new URL(url), { port: String(line.port) }).href } };
  const fleet = await Fleet.open({ account, database, processes: 1, random: randomFrom(1) });
  try {
    const { imitation } = fleet;
    const process = await fleet.process(0);
    const caller = new Caller();
    const hold = await caller.open(process, fleet);
    const { id } = imitation.script({ match: { operation: "increment" }, do: "delay", when: "after" });
    const asked = caller.asks(process, { do: "increment", hold, amount: 2_500 });
    await imitation.faults.reached(id);
    await line.close();
    await imitation.faults.release(id);
    await until("the answer can't be written", () =>
      fleet.alarms.some((what) => what.startsWith("an answer could not")),
    );
    await line.reopen();
    await asked;
    await until("the answer is written", async () => (await process.call("known", hold)).sums.held === 12_500);
    const looks = imitation.journal().filter(({ operation }) => operation === "search").length;
    const known = await process.call("known", hold);
    return { known, looks, disagreements: new Books(imitation.gateway).disagreements(known, caller.acknowledged) };
  } finally {
    await fleet.close();
    await line.close();
  }
}
