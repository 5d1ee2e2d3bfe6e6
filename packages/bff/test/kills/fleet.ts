import type { Imitation } from "../../../sandbox/src/testing/imitation.ts";
import type { HoldId } from "../../src/hold/index.ts";
import type { Random } from "../../src/testing/random.ts";
import type { Account } from "./accounts.ts";
import { BffProcess, Died, Unavailable } from "./bff-process.ts";
import type { Database, Known, Setup, Wrong } from "./contract.ts";
import { PacedClock, timeFrom, type Time } from "./paced-clock.ts";
import { imitate, setupOf } from "./setup.ts";

export interface FleetOptions {
  readonly account: Account;
  readonly database: Database;
  readonly processes: number;
  readonly random: Random;
  readonly wrong?: Wrong;
  /** Resolves when the database can be used again. */
  readonly available?: () => Promise<void>;
}

/** Time goes so many times as fast as it really does: what is looked at after five seconds is looked at after half of one. */
const PACE = 10;
/** The driver wakes a little after something is due. */
const SLACK = 300;
/** What comes so soon is worth no jump of its own: with thousands of holds something always does. */
const NEAR = 5_000;
const MOST_MORE = 60_000;
const MOST_TURNS = 400;
const MOST_TRIES = 200;

/** Short enough for a test, and long enough for a gateway on a busy machine; what it does is within them. */
const TIMES = { deadline: 20_000, slowestApply: 40_000, lookUpLag: 0 };
/** So late a gateway does what it was late with: within what it declares. */
export const LATER = 10_000;
const OWN_TIMES = new Set(["cybersource", "moneris", "computop"]);

/** Several processes on one database and one gateway, any of which may be killed while others go on. */
export class Fleet {
  readonly account: Account;
  readonly imitation: Imitation;
  readonly clock: PacedClock;
  readonly random: Random;
  readonly alarms: string[] = [];
  kills = 0;
  readonly available: () => Promise<void>;
  readonly #setup: Setup;
  readonly #processes: Promise<BffProcess>[];

  private constructor(
    { account, processes, random, available }: FleetOptions,
    imitation: Imitation,
    clock: PacedClock,
    setup: Setup,
  ) {
    this.account = account;
    this.imitation = imitation;
    this.clock = clock;
    this.random = random;
    this.available = available ?? (() => Promise.resolve());
    this.#setup = setup;
    this.#processes = Array.from({ length: processes }, () => this.#start());
  }

  static async open(options: FleetOptions): Promise<Fleet> {
    const { account, database, wrong } = options;
    const clock = new PacedClock(timeFrom(Date.now(), PACE));
    const imitation = await imitate(account, clock, { ...account.readings, ...account.prompt });
    const settings = OWN_TIMES.has(account.conforming.name) ? TIMES : {};
    const recovering = wrong === undefined ? {} : { wrong };
    const setup = setupOf(account, imitation, { database, settings, time: clock.time, ...recovering });
    const fleet = new Fleet(options, imitation, clock, setup);
    await Promise.all(fleet.#processes);
    return fleet;
  }

  /** Some process that lives; another one where it dies before it has answered, or can't use its database. */
  async with<T>(use: (process: BffProcess) => Promise<T>): Promise<T> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      try {
        return await use(await this.process(this.random.below(this.#processes.length)));
      } catch (error) {
        if (error instanceof Unavailable) await this.available();
        else if (!(error instanceof Died)) throw error;
      }
    }
    throw new Error("no process lives");
  }

  /** Kills one of them, whatever it is at; it is started again at once. */
  async kill(): Promise<void> {
    const at = this.random.below(this.#processes.length);
    const process = await this.process(at);
    const next = process.kill().then(() => this.#start());
    this.#processes[at] = next;
    await next;
    this.kills += 1;
  }

  /** Resolves when so many boundaries more have been passed by all processes together. */
  passes(boundaries: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#passes = { left: boundaries, resolve };
    return promise;
  }

  #passes = { left: 0, resolve: () => {} };

  /** Brings what the gateway has to tell to some process, until one has taken it. */
  async deliver(): Promise<boolean> {
    const fresh = (this.imitation.gateway.notices?.reports() ?? []).filter(({ id }) => !this.#taken.has(id));
    for (const { id, body, headers } of fresh) {
      this.#taken.add(id);
      await this.with((process) => process.call("notice", body, headers));
    }
    return fresh.length > 0;
  }
  readonly #taken = new Set<string>();

  /** Lets time pass until nothing more comes by itself of any of these holds, and tells of each. Nothing is killed any more. */
  async rest(holds: Iterable<HoldId>): Promise<Map<HoldId, Known>> {
    // Whoever writes an answer down again and again is waited for while time goes on.
    await this.#idle();
    await this.#setTime(timeFrom(this.clock.now(), 0));
    try {
      return await this.#turned(new Set(holds));
    } finally {
      await this.#setTime(timeFrom(this.clock.now(), PACE));
    }
  }

  /**
   * Time stands still, and jumps only while nothing is under way: what is at the gateway just then would be past all that
   * the gateway declares before it had a moment to work on it.
   */
  async #turned(waiting: Set<HoldId>): Promise<Map<HoldId, Known>> {
    const known = new Map<HoldId, Known>();
    let more = SLACK;
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const wake = await this.#idle();
      if (await this.deliver()) continue;
      if (await this.#rests(waiting, known)) return known;
      const left = (wake ?? 0) - this.clock.now();
      // Nor may what stays due keep time from getting to what comes later.
      more = left > NEAR ? SLACK : Math.min(2 * more, MOST_MORE);
      const { time } = this.clock;
      await this.#setTime({ ...time, ahead: time.ahead + Math.max(0, left) + more });
    }
    const restless = [...waiting].map((hold) => [hold, known.get(hold)]);
    throw new Error(`it comes to no rest: ${JSON.stringify(restless)}`);
  }

  async #setTime(time: Time): Promise<void> {
    this.clock.set(time);
    await this.#each((process) => process.call("setTime", time));
  }

  async #rests(waiting: Set<HoldId>, known: Map<HoldId, Known>): Promise<boolean> {
    for (const hold of waiting) {
      const now = await this.with((process) => process.call("known", hold));
      known.set(hold, now);
      if (!now.rests) return false;
      waiting.delete(hold);
    }
    return true;
  }

  async close(): Promise<void> {
    await this.#each((process) => process.kill());
    await this.imitation.close();
  }

  /** Nothing is under way in any process, nor at the gateway: what a killed one has sent may still be on its way in. */
  async #idle(): Promise<number | null> {
    await fetch(this.imitation.url).then((response) => response.arrayBuffer());
    const wakes = await this.#each((process) => process.call("idle"));
    return wakes[0] ?? null;
  }

  #each<T>(use: (process: BffProcess) => Promise<T>): Promise<T[]> {
    return Promise.all(this.#processes.map(async (process) => use(await process)));
  }

  async process(at: number): Promise<BffProcess> {
    const process = await this.#processes[at];
    if (!process) throw new Error(`no process ${at}`);
    return process;
  }

  #start(): Promise<BffProcess> {
    const setup = { ...this.#setup, time: this.clock.time };
    return BffProcess.start(setup, (said) => {
      if (said.says === "alarm") this.alarms.push(said.what);
      if (said.says === "passed" && --this.#passes.left <= 0) this.#passes.resolve();
    });
  }
}
