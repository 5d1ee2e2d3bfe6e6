import { randomUUID } from "node:crypto";
import type { HoldId } from "../../src/hold/index.ts";
import { until } from "../../src/testing/until.ts";
import type { BffProcess } from "./bff-process.ts";
import type { Answer, Wish } from "./contract.ts";
import type { Fleet } from "./fleet.ts";
import type { Acknowledged } from "./judge.ts";

type Taken = Exclude<Answer, { readonly refused: unknown }>;

/** Who goes to the process of its choice, and asks again where that can't use its database. */
export class Caller {
  readonly acknowledged: Acknowledged[] = [];

  async open(process: BffProcess, { imitation, account }: Fleet): Promise<HoldId> {
    const issued = await imitation.gateway.token(account.conforming.cards.grows.name);
    const wish = { do: "open", order: "stay", amount: 10_000, token: issued?.token ?? "" } as const;
    return (await this.asks(process, wish)).hold;
  }

  /** Throws where it is refused. */
  async asks(process: BffProcess, wish: Wish, key: string = randomUUID()): Promise<Taken> {
    const answer = await this.#answered(process, wish, key);
    if ("refused" in answer) throw new Error(`${wish.do} was refused: ${answer.refused}`);
    this.acknowledged.push({ key, wish, entry: answer.entry });
    return answer;
  }

  async #answered(process: BffProcess, wish: Wish, key: string): Promise<Answer> {
    let answer: Answer = { refused: "unavailable" };
    await until("the database can be used", async () => {
      answer = await process.call("wish", key, wish);
      return !("refused" in answer && answer.refused === "unavailable");
    });
    return answer;
  }
}
