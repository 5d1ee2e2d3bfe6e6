import { lifecycle, type Hold } from "../../src/hold/index.ts";
import { makeIds } from "../../src/ids.ts";
import type { Chance } from "./chance.ts";
import { Clients } from "./clients.ts";
import type { Coverage } from "./coverage.ts";
import { Disk } from "./disk.ts";
import type { Write } from "./virtual-store.ts";
import { Doubts } from "./doubts.ts";
import { fates } from "./fates.ts";
import type { WorldAccount } from "./gateways.ts";
import { Judge, needsPerson, rests } from "./judge.ts";
import type { Net } from "./network.ts";
import { Orders, payerOf } from "./orders.ts";
import { Pauses } from "./pauses.ts";
import { Postmen } from "./postmen.ts";
import { drawFailure, drawGap, drawSchedule, type Schedule } from "./schedule.ts";
import { Servers } from "./servers.ts";
import type { Timeline } from "./timeline.ts";
import { Viewer } from "./viewers.ts";

/** What came of one schedule. */
export interface Verdict {
  readonly faults: readonly string[];
  readonly steps: number;
  readonly crashes: number;
  readonly operations: number;
  readonly doubted: number;
  readonly byPerson: number;
  /** Doubts that the gateway's word has ended, and those of them that took too long. */
  readonly ends: number;
  readonly lateEnds: number;
}

/** More than any hold needs to come to rest, endless looking included. */
const MOST_STEPS = 20_000;

/** A whole world from one seed: gateways with their books, processes of the BFF, merchants, payers, viewers, and what goes wrong. */
export class World {
  readonly #timeline: Timeline;
  readonly #chance: Chance;
  readonly #accounts: readonly WorldAccount[];
  readonly #schedule: Schedule;
  readonly #judge: Judge;
  readonly #doubts = new Doubts();
  readonly #net: Net;
  readonly #servers: Servers;
  readonly #clients: Clients;
  readonly #orders: Orders;
  readonly #postmen: Postmen;
  readonly #pauses: Pauses;
  readonly #viewers: Viewer[] = [];
  readonly #disk = new Disk();
  /** The accounts that this schedule's holds are on. */
  readonly #used: readonly WorldAccount[];
  /** Faults have stopped. */
  #calm = false;
  /** Wishes and openings that are still to come. */
  #wished = 0;
  #byPerson = 0;

  constructor(timeline: Timeline, chance: Chance, accounts: readonly WorldAccount[], coverage: Coverage) {
    this.#timeline = timeline;
    this.#chance = chance;
    this.#accounts = accounts;
    this.#schedule = drawSchedule(chance);
    const used = Array.from({ length: this.#schedule.accounts }, () => chance.any(accounts));
    this.#used = used.filter((one) => one !== undefined);
    this.#judge = new Judge(coverage);
    this.#net = this.#network();
    const fault = (what: string) => this.#judge.finds(what);
    const common = { timeline, chance, fault, calm: () => this.#calm, servers: () => this.#servers.running() };
    const ids = makeIds(() => timeline.now, chance.bytes);
    this.#orders = new Orders(chance, ids);
    this.#clients = new Clients({ ...common, entry: ids.entry });
    this.#postmen = new Postmen({ ...common, accounts });
    this.#pauses = new Pauses({ ...common, disk: this.#disk, accounts: this.#used });
    this.#servers = new Servers(this.#schedule.processes, {
      ...common,
      disk: this.#disk,
      net: this.#net,
      accounts: this.#used,
      witness: (before, write) => this.#sees(before, write),
      fails: () => (this.#calm ? null : drawFailure(chance, this.#schedule)),
      died: (server) => this.#viewers.forEach((viewer) => viewer.loses(server)),
    });
  }

  async plays(): Promise<Verdict> {
    const { crashes, stalls, pauses } = this.#schedule;
    await this.#opens();
    this.#wishes();
    for (let number = 0; number < crashes; number += 1) this.#somewhen("a death", () => this.#servers.nearsDeath());
    for (let number = 0; number < stalls; number += 1) this.#somewhen("a stall", () => this.#servers.nearsStall());
    for (let number = 0; number < pauses; number += 1) this.#somewhen("a pause", () => this.#pauses.begin());
    while (this.#wished > 0 && (await this.#timeline.step()));
    this.#calms();
    await this.#comesToRest();
    const { operations, faults } = this.#judge;
    const { doubted, ends, lateEnds } = this.#doubts;
    const { steps } = this.#timeline;
    const { crashes: died } = this.#servers;
    return { faults, steps, crashes: died, operations, doubted, byPerson: this.#byPerson, ends, lateEnds };
  }

  #network(): Net {
    const timeline = this.#timeline;
    const fate = fates({ timeline, chance: this.#chance, schedule: this.#schedule, calm: () => this.#calm });
    return {
      timeline,
      underWay: 0,
      stand: (origin) => this.#accountAt(origin).stand,
      worked: (stand) => this.#postmen.collect(stand),
      answered: ({ conforming }) => this.#doubts.answers(conforming.name, timeline.now),
      fate: (request) => fate(request, this.#accountAt(request.origin)),
    };
  }

  /** Any of the accounts there: a gateway's times are the same for all of them. */
  #accountAt(origin: string): WorldAccount {
    const found = this.#accounts.find(({ stand }) => stand.origin === origin);
    if (!found) throw new Error(`nobody is at ${origin}`);
    return found;
  }

  /** A commit stands. */
  #sees(before: Hold | undefined, write: Write): void {
    const { hold, events, cause } = write;
    const told = events.map((event) => (event.type === "ended" ? event.state : event.type)).join(" ");
    this.#timeline.says(`  ${hold.terms.id.slice(-4)} v${hold.version} by ${cause}: ${told}`);
    this.#judge.witness(before, write);
    this.#doubts.witness(before, write);
    for (const event of events) {
      if (event.type === "waited" && event.on === "payer" && event.action)
        this.#postmen.payer(event.action, hold.terms.account);
    }
  }

  async #opens(): Promise<void> {
    for (let number = 0; number < this.#schedule.holds; number += 1) {
      const account = this.#used[number % this.#used.length];
      if (!account) return;
      const opening = this.#orders.opening(account, await payerOf(account, number), this.#timeline.now);
      this.#wished += 1;
      this.#timeline.in(number === 0 ? 0 : drawGap(this.#chance), "a merchant opens a hold", () => {
        this.#wished -= 1;
        this.#clients.send(opening);
        for (let viewers = this.#chance.between(1, 2); viewers > 0; viewers -= 1) this.#isViewed(opening.hold);
      });
    }
  }

  #isViewed(hold: string): void {
    const viewer = new Viewer(hold, {
      timeline: this.#timeline,
      chance: this.#chance,
      servers: () => this.#servers.running(),
      calm: () => this.#calm,
      fault: (what) => this.#judge.finds(what),
    });
    this.#viewers.push(viewer);
  }

  /** One after the other, at a desk or by a merchant's server. */
  #wishes(): void {
    this.#wished += this.#schedule.commands;
    const next = (): void => {
      this.#timeline.in(drawGap(this.#chance), "somebody wants something", () => {
        const hold = this.#wantedHold();
        if (hold) this.#clients.send({ hold: hold.terms.id, command: this.#orders.next(hold, this.#timeline.now) });
        this.#wished -= 1;
        left -= 1;
        if (left > 0) next();
      });
    };
    let left = this.#schedule.commands;
    this.#timeline.in(1_000, "the first wishes", next);
  }

  /** As a rule one on which something can be done. */
  #wantedHold(): Hold | undefined {
    const all = [...this.#judge.holds.values()];
    const open = all.filter((hold) => lifecycle(hold) === "open");
    return this.#chance.any(open.length > 0 && this.#chance.percent(90) ? open : all);
  }

  /** In the first half of what a schedule lasts, as a rule. */
  #somewhen(what: string, happens: () => void): void {
    const gaps = this.#chance.between(0, Math.max(1, Math.floor(this.#schedule.commands / 2)));
    let after = 0;
    for (let number = 0; number < gaps; number += 1) after += drawGap(this.#chance);
    this.#timeline.in(after, `${what} is near`, () => void (this.#calm || happens()));
  }

  /** Faults stop: nobody dies or stalls any more, no gateway is paused, every request arrives and is answered, every notice comes. */
  #calms(): void {
    this.#timeline.says("FAULTS STOP");
    this.#calm = true;
    this.#servers.areSafe();
    this.#pauses.end();
    this.#postmen.deliversAll();
  }

  async #comesToRest(): Promise<void> {
    const until = this.#timeline.steps + MOST_STEPS;
    while (this.#timeline.steps < until) {
      if (this.#rests && (await this.#staysSo()))
        return this.#judge.sentence(this.#accounts, this.#viewers, this.#clients);
      if (this.#coming === 0) this.#asksPersons();
      if (!(await this.#timeline.step())) break;
    }
    this.#judge.findsRestless();
  }

  get #rests(): boolean {
    return this.#coming === 0 && [...this.#judge.holds.values()].every(rests);
  }

  /** What is under way besides the holds themselves. */
  get #coming(): number {
    return this.#clients.waiting + this.#net.underWay + this.#postmen.waiting + this.#servers.coming;
  }

  /** What the gateway's declarations can't end is ended by somebody who looks into its books. */
  #asksPersons(): void {
    for (const hold of this.#judge.holds.values()) {
      const operation = needsPerson(hold, this.#timeline.now);
      if (!operation) continue;
      this.#byPerson += 1;
      this.#clients.send({ hold: hold.terms.id, command: this.#judge.wordOn(hold, operation, this.#accounts) });
    }
  }

  /**
   * Viewers who are gone come once more, and have time to see the last change. Meanwhile a process that stood still may
   * come to what was asked of it long ago: then it all goes on.
   */
  async #staysSo(): Promise<boolean> {
    const since = this.#timeline.now;
    for (const viewer of this.#viewers) viewer.comesIfGone();
    const isSeen = () => this.#timeline.now >= Math.max(since, this.#disk.changedAt) + 15_000;
    while (!isSeen() && (await this.#timeline.step()));
    return this.#rests;
  }
}
