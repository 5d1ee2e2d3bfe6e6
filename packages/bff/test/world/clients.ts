import type { Submission, Submitted } from "../../src/driver/index.ts";
import type { EntryId } from "../../src/hold/index.ts";
import { makesEntry } from "../../src/hold/testing/makes-entry.ts";
import { StoreUnavailable } from "../../src/store/store.ts";
import type { Chance } from "./chance.ts";
import type { Timeline } from "./timeline.ts";
import type { Server } from "./server.ts";

/** What somebody was told of a command that they sent under one key. */
interface Promised {
  readonly key: string;
  readonly hold: string;
  readonly entries: Set<EntryId>;
}

/** No desk waits longer; the driver's own patience is shorter. */
const PATIENCE = 10_000;
const MOST_TRIES = 4;

interface Parts {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly servers: () => readonly Server[];
  /** A door names a step anew each time that a request comes in. */
  readonly entry: () => EntryId;
  /** Told of what no caller should ever see. */
  readonly fault: (what: string) => void;
}

/** Merchants' servers and desks: they send under a key, and where nothing is heard they send the same again elsewhere. */
export class Clients {
  readonly promises: Promised[] = [];
  /** Commands that somebody still waits for. */
  waiting = 0;
  readonly #parts: Parts;
  #keys = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  send(submission: Omit<Submission, "key">): void {
    this.#keys += 1;
    const value = `key-${this.#keys}`;
    const promised = { key: value, hold: submission.hold, entries: new Set<EntryId>() };
    this.promises.push(promised);
    this.waiting += 1;
    this.#try(
      { ...submission, command: named(submission.command, value), key: { scope: "merchant", value, digest: value } },
      promised,
      1,
    );
  }

  #try(submission: Submission, promised: Promised, number: number): void {
    const { timeline, chance, servers, entry, fault } = this.#parts;
    const { command } = submission;
    let over = false;
    const ends = (then: () => void) => {
      if (over) return;
      over = true;
      cancel();
      then();
    };
    const again = () => {
      if (number >= MOST_TRIES) this.waiting -= 1;
      else
        timeline.in(chance.between(100, 4_000), `${promised.key} again`, () =>
          this.#try(anew(submission, entry()), promised, number + 1),
        );
    };
    const cancel = timeline.in(PATIENCE, `${promised.key} has waited long enough`, () => ends(again));
    timeline.in(chance.between(1, 20), `${promised.key}: ${command.do}`, () => {
      const server = chance.any(servers());
      if (!server) return ends(again);
      timeline.says(`  ${promised.key}: ${command.do} at ${server.process.name}`);
      server.process.does(() => {
        const hear = (answer: Submitted) => {
          const heard = () => ends(() => this.#heard(promised, answer));
          timeline.in(chance.between(1, 20), `${promised.key} hears ${saysOf(answer)}`, heard);
        };
        server.driver.submit(submission).then(hear, (error: unknown) => {
          if (error instanceof StoreUnavailable) return ends(again);
          return fault(`${command.do} failed at the door: ${String(error)}`);
        });
      });
    });
  }

  #heard(promised: Promised, answer: Submitted): void {
    this.waiting -= 1;
    if ("entry" in answer) promised.entries.add(answer.entry);
  }
}

function saysOf(answer: Submitted): string {
  return "refused" in answer ? answer.refused.code : answer.replayed ? "the same again" : "yes";
}

/** The key stands in the step's reason, so that the steps that it made can be told. */
function named(command: Submission["command"], key: string): Submission["command"] {
  return makesEntry(command) ? { ...command, reason: key } : command;
}

function anew(submission: Submission, entry: EntryId): Submission {
  const { command } = submission;
  return makesEntry(command) ? { ...submission, command: { ...command, entry } } : submission;
}
