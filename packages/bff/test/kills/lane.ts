import type { Imitation } from "../../../sandbox/src/testing/imitation.ts";
import type { Instant } from "../../src/hold/index.ts";
import type { Account } from "./accounts.ts";
import { BffProcess, Died } from "./bff-process.ts";
import type { Boundary, Database, Said, Setup, Wrong } from "./contract.ts";
import { PacedClock, timeFrom } from "./paced-clock.ts";
import { imitate, setupOf } from "./setup.ts";

/** More than anything needs that comes to an end. */
const MOST_STARTS = 10;
/** The driver wakes a little after something is due. */
const SLACK = 300;

/**
 * One gateway with its books, one database, and the one process that works on both: started again whenever it has died.
 * Time stands still, and is moved ahead where nothing is under way.
 */
export class Lane {
  readonly account: Account;
  readonly imitation: Imitation;
  readonly clock: PacedClock;
  /** Which names of boundaries were passed. */
  readonly passed = new Set<string>();
  #setup: Setup;
  #process: Promise<BffProcess> | undefined;
  #armed: Boundary | null = null;

  private constructor(account: Account, imitation: Imitation, clock: PacedClock, setup: Setup) {
    this.account = account;
    this.imitation = imitation;
    this.clock = clock;
    this.#setup = setup;
  }

  static async open(account: Account, database: Database, wrong?: Wrong): Promise<Lane> {
    const clock = new PacedClock(timeFrom(Date.now(), 0));
    const imitation = await imitate(account, clock, account.readings);
    const recovering = wrong === undefined ? {} : { wrong };
    const setup = setupOf(account, imitation, { database, time: clock.time, ...recovering });
    return new Lane(account, imitation, clock, setup);
  }

  /** The process is to kill itself there, the first time that it comes by. */
  async arm(boundary: Boundary): Promise<void> {
    this.#armed = boundary;
    const process = await this.#process;
    await process?.call("arm", boundary);
  }

  /** Whether it has not come by yet. */
  get armed(): boolean {
    return this.#armed !== null;
  }

  /** With a process that lives: with the next one where it dies before it has answered. */
  async with<T>(use: (process: BffProcess) => Promise<T>): Promise<T> {
    for (let start = 0; start < MOST_STARTS; start += 1) {
      try {
        return await use(await this.process());
      } catch (error) {
        if (!(error instanceof Died)) throw error;
      }
    }
    throw new Error(`${this.account.name}: no process lives`);
  }

  process(): Promise<BffProcess> {
    this.#process ??= this.#start();
    return this.#process;
  }

  /** Killed by us, wherever it is: what it is armed for still lies ahead. */
  async crash(): Promise<void> {
    const process = await this.#process?.catch(() => undefined);
    const armed = process?.alive === true ? this.#armed : null;
    await process?.kill();
    this.#armed = armed;
  }

  /** Until nothing is under way and the gateway has nothing more to tell. */
  async quiet(): Promise<Instant | null> {
    return this.with(async (process) => {
      let wake = await process.call("idle");
      while (await this.#deliverNext(process)) wake = await process.call("idle");
      return wake;
    });
  }

  /** Moves time to what falls due next, or not so far; nothing is under way. */
  async turn(wake: Instant | null, most = Number.POSITIVE_INFINITY): Promise<void> {
    const now = this.clock.now();
    const step = Math.min(most, Math.max(0, (wake ?? now) - now) + SLACK);
    const { time } = this.clock;
    this.clock.set({ ...time, ahead: time.ahead + step });
    // A process that starts later is told of it then.
    await this.with((process) => process.call("setTime", this.clock.time));
  }

  async close(): Promise<void> {
    await this.crash();
    await this.imitation.close();
  }

  /** Brings what the gateway tells next; true where there was something. It is brought again until it is taken. */
  async #deliverNext(process: BffProcess): Promise<boolean> {
    const { notices } = this.imitation.gateway;
    const next = notices?.reports().find(({ id }) => !this.#taken.has(id));
    if (!next) return false;
    await process.call("notice", next.body, next.headers);
    this.#taken.add(next.id);
    return true;
  }
  readonly #taken = new Set<string>();

  async #start(): Promise<BffProcess> {
    const armed = this.#armed ? { armed: this.#armed } : {};
    const buried = () => {
      this.#process = undefined;
      this.#armed = null;
    };
    const started = BffProcess.start({ ...this.#setup, time: this.clock.time, ...armed }, (said) => this.#hear(said));
    started.then(({ ended }) => ended).then(buried, buried);
    return started;
  }

  #hear(said: Said): void {
    if (said.says === "passed") this.passed.add(said.boundary.name);
  }
}
