import { randomBytes } from "node:crypto";
import type { Imitation } from "../../../sandbox/src/testing/imitation.ts";
import { createSeal } from "../../src/access/index.ts";
import { systemClock } from "../../src/clock.ts";
import type { Submission } from "../../src/driver/index.ts";
import type { Conforming } from "../../src/gateways/testing/conformance/conforming.ts";
import { createWireClient } from "../../src/gateways/wire-client.ts";
import type { HoldId, Recorded } from "../../src/hold/index.ts";
import { openStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/store.ts";
import type { Random } from "../../src/testing/random.ts";
import { BffProcess } from "../kills/bff-process.ts";
import type { Answer, Known } from "../kills/contract.ts";
import { timeFrom } from "../kills/paced-clock.ts";
import { connect } from "../kills/process/connect.ts";
import { imitate, setupOf } from "../kills/setup.ts";
import { Merchant, type More } from "./merchant.ts";

/** Whoever is let go last goes so many milliseconds later at most: both orders are to happen. */
const WITHIN = 4;
/** A hold that does not rest after so many looks never will. */
const MOST_LOOKS = 800;
const BETWEEN_LOOKS = 25;
/** A busy machine may take seconds; what had an effect, a look-up shows at once. */
const TIMES = { deadline: 10_000, slowestApply: 0, lookUpLag: 0 };

export interface Ground {
  readonly conforming: Conforming;
  /** Which of its accounts. */
  readonly account: string;
  readonly readings: Readonly<Record<string, string>>;
  /** The database of both processes. */
  readonly url: string;
}

interface Parts {
  readonly imitation: Imitation;
  readonly merchant: Merchant;
  /** What either process found alarming. */
  readonly alarms: readonly string[];
  readonly processes: readonly [BffProcess, BffProcess];
  readonly store: Store;
  /** The name of the card that every hold is on. */
  readonly card: string;
  readonly close: () => Promise<void>;
}

/** Two processes of one BFF on one database, and one gateway with its books. */
export class Arena {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  get imitation(): Imitation {
    return this.#parts.imitation;
  }

  get merchant(): Merchant {
    return this.#parts.merchant;
  }

  get alarms(): readonly string[] {
    return this.#parts.alarms;
  }

  static async open({ readings, url, ...at }: Ground): Promise<Arena> {
    const { conforming } = at;
    const imitation = await imitate(at, systemClock, readings);
    const database = { postgres: { url } };
    const time = timeFrom(Date.now(), 1);
    const setup = setupOf(at, imitation, { database, time, settings: TIMES });
    const alarms: string[] = [];
    const start = () => BffProcess.start(setup, (said) => said.says === "alarm" && alarms.push(said.what));
    // One after the other: the first one makes the tables.
    const first = await start();
    const processes = [first, await start()] as const;
    const store = await openStore(database);
    const wire = createWireClient();
    const parts = { send: wire.send, clock: systemClock, bytes: randomBytes, noticesUrl: "http://localhost:9" };
    const gateway = connect(conforming.name, setup.settings, parts);
    const merchant = new Merchant(gateway, createSeal(Buffer.from(setup.secret, "base64")), setup);
    async function close() {
      await Promise.all(processes.map((process) => process.call("stop").catch(() => process.ended)));
      await Promise.all([wire.close(), store.close()]);
      await imitation.close();
    }
    return new Arena({ store, imitation, merchant, alarms, processes, card: conforming.cards.grows.name, close });
  }

  async token(): Promise<string> {
    const issued = await this.imitation.gateway.token(this.#parts.card);
    if (!issued) throw new Error(`no card ${this.#parts.card}`);
    return issued.token;
  }

  /** Undisturbed, at the first process; throws where it is refused. */
  async does(submission: Submission): Promise<Exclude<Answer, { refused: unknown }>> {
    const answer = await this.#parts.processes[0].call("submit", submission, 0);
    if ("refused" in answer) throw new Error(`${submission.command.do} was refused: ${answer.refused}`);
    return answer;
  }

  /** An open hold of 400.00. */
  async hold(more: More = {}): Promise<HoldId> {
    const { hold, entry, state } = await this.does(await this.merchant.opening(await this.token(), more));
    const entries = state === "applied" ? [] : (await this.rest(hold)).entries;
    const failed = entries.find((one) => one.id === entry && one.state !== "applied");
    if (failed) throw new Error(`the opening is ${failed.state}`);
    return hold;
  }

  /** All are let go at once, each at a process of its own as far as there are, some a moment later. */
  race(submissions: readonly Submission[], random?: Random, within = WITHIN): Promise<Answer[]> {
    const turn = random?.below(2) ?? 0;
    const waits = submissions.map(() => random?.below(within + 1) ?? 0);
    return Promise.all(
      submissions.map((submission, index) => {
        const process = (index + turn) % 2 === 0 ? this.#parts.processes[0] : this.#parts.processes[1];
        return process.call("submit", submission, waits[index] ?? 0);
      }),
    );
  }

  /** The hold as a process knows it once nothing more comes of it; what is in doubt is looked for without waiting. */
  async rest(hold: HoldId): Promise<Known> {
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      const known = await this.#parts.processes[1].call("known", hold);
      if (known.rests) return known;
      if (known.doubts.length > 0) await this.#parts.processes[0].call("submit", this.merchant.hint(hold), 0);
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS));
    }
    throw new Error(`the hold comes to no rest: ${JSON.stringify(await this.#parts.processes[1].call("known", hold))}`);
  }

  /** As whoever runs the BFF would. */
  pause(): Promise<boolean> {
    const { name } = this.imitation.gateway;
    return this.#parts.store.pauses.set({ gateway: name, mode: "test", by: "Ada", why: "a race", at: Date.now() });
  }

  goOn(): Promise<boolean> {
    return this.#parts.store.pauses.lift(this.imitation.gateway.name, "test");
  }

  async knows(hold: HoldId): Promise<boolean> {
    return this.known(hold).then(
      () => true,
      () => false,
    );
  }

  known(hold: HoldId): Promise<Known> {
    return this.#parts.processes[1].call("known", hold);
  }

  history(hold: HoldId): Promise<readonly Recorded[]> {
    return this.#parts.processes[1].call("history", hold);
  }

  close(): Promise<void> {
    return this.#parts.close();
  }
}
