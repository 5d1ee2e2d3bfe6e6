import { StoreUnavailable } from "../../src/store/store.ts";
import type { Chance } from "./chance.ts";
import type { Disk } from "./disk.ts";
import type { Witness } from "./virtual-store.ts";
import type { WorldAccount } from "./gateways.ts";
import type { Net } from "./network.ts";
import { Polls } from "./polls.ts";
import { Process } from "./process.ts";
import { drawApart, drawRest, drawStall } from "./schedule.ts";
import { startServer, type Server } from "./server.ts";
import type { Timeline } from "./timeline.ts";

interface Parts {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly disk: Disk;
  readonly net: Net;
  readonly accounts: readonly WorldAccount[];
  readonly witness: Witness;
  readonly fails: Parameters<typeof startServer>[0]["fails"];
  readonly fault: (what: string) => void;
  /** Told of a process that has died, and of all that was connected to it. */
  readonly died: (server: Server) => void;
}

/** Where a process runs, and runs again after its death. */
interface Machine {
  readonly name: string;
  /** How far its wall clock is from what time it is. */
  readonly apart: number;
}

/** The processes of the BFF on one database: they die and are started again, stand still and go on. */
export class Servers {
  crashes = 0;
  /** Those that are to be started again. */
  coming = 0;
  readonly #parts: Parts;
  readonly #polls: Polls;
  readonly #alone: boolean;
  readonly #running: Server[] = [];
  #born = 0;

  constructor(count: number, parts: Parts) {
    this.#parts = parts;
    this.#polls = new Polls(parts.timeline, parts.chance, parts.disk);
    this.#alone = count === 1;
    for (let number = 1; number <= count; number += 1)
      this.#starts({ name: `p${number}`, apart: this.#alone ? 0 : drawApart(parts.chance) });
  }

  /** Those that somebody can connect to, also where they stand still. */
  running(): readonly Server[] {
    return this.#running;
  }

  /** One of them dies at one of its next boundaries. */
  nearsDeath(): void {
    const { chance } = this.#parts;
    const process = chance.any(this.#running)?.process;
    process?.befalls(chance.between(1, 6), () => process.dies());
  }

  /** One of them stands still for a while from one of its next boundaries on. */
  nearsStall(): void {
    const { chance, timeline } = this.#parts;
    const process = chance.any(this.#running)?.process;
    const timersFirst = chance.percent(30);
    const stalls = () => {
      process?.standsStill();
      timeline.in(drawStall(chance), `${process?.name} wakes`, () => process?.goesOn(timersFirst));
    };
    if (chance.percent(60)) process?.befalls(chance.between(1, 8), stalls);
    else process?.befalls(chance.between(1, 3), stalls, "connecting");
  }

  /** Nobody dies or stalls any more. */
  areSafe(): void {
    for (const { process } of this.#running) {
      process.isSafe();
      process.goesOn(true);
    }
  }

  #starts(machine: Machine): void {
    const { timeline, fault } = this.#parts;
    this.#born += 1;
    const { name, apart } = machine;
    const died = () => this.#died(server, machine);
    const process = new Process(`${name}.${this.#born}`, timeline, this.#polls, { apart, died });
    const alarm = (what: string, error: unknown) => {
      if (!(error instanceof StoreUnavailable) && ALARMING.test(what)) fault(`alarm: ${what}`);
    };
    const server: Server = startServer({ ...this.#parts, process, exclusive: this.#alone, alarm });
    this.#running.push(server);
    timeline.says(`${process.name} starts`);
  }

  #died(server: Server, machine: Machine): void {
    const { timeline, chance, disk, died } = this.#parts;
    this.crashes += 1;
    this.coming += 1;
    this.#running.splice(this.#running.indexOf(server), 1);
    disk.buries(server.process);
    died(server);
    timeline.in(drawRest(chance), `${machine.name} is started again`, () => {
      this.coming -= 1;
      this.#starts(machine);
    });
  }
}

/** What must never be heard where gateways keep their word. */
const ALARMING = /can't be true|could not be|failed/u;
