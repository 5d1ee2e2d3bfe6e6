import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { TRPCClientError } from "@trpc/client";
import { errorData, type MerchantDone } from "@plimsoll/shared";
import type { MerchantClient } from "./deployment.ts";

/** A person needs so long before the next thing is sold, in milliseconds. */
const BETWEEN = 500;
/** A till tries so often before somebody has to be called. */
const MOST_TRIES = 200;
const BEFORE_AGAIN = 100;

/** An increment that was answered: its step, and the version in which the hold was shown. */
export interface Rung {
  readonly step: string;
  readonly version: number;
  readonly at: number;
}

/** A till that raises one hold again and again, each time under one key until it is answered. */
export class Till {
  readonly hold: string;
  readonly rung: Rung[] = [];
  readonly #merchant: MerchantClient;

  constructor(merchant: MerchantClient, hold: string) {
    this.#merchant = merchant;
    this.hold = hold;
  }

  async work(open: () => boolean): Promise<void> {
    while (open()) {
      await this.#ring();
      await setTimeout(BETWEEN);
    }
  }

  async #ring(): Promise<void> {
    const context = { "idempotency-key": randomUUID() };
    const wish = { hold: this.hold, amount: 1_00, currency: "USD" };
    const done = await insist(() => this.#merchant.increment.mutate(wish, { context }));
    if (done) this.rung.push({ step: done.step, version: done.hold.version, at: performance.now() });
  }
}

/** Asks until there is an answer; undefined where the hold takes nothing now, which uses up no key. */
async function insist(ask: () => Promise<MerchantDone>): Promise<MerchantDone | undefined> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      const code = codeOf(error);
      if (code === "in_doubt" || code === "increment_limit") return undefined;
      if (code !== undefined && code !== "stopping" && code !== "store_unavailable") throw error;
      await setTimeout(BEFORE_AGAIN);
    }
  }
  throw new Error("nobody answers");
}

/** The refusal's code; undefined where the connection broke. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof TRPCClientError)) throw error;
  const said = errorData.safeParse(Reflect.get(Object(error.data), "plimsoll"));
  return said.success ? said.data.code : undefined;
}
