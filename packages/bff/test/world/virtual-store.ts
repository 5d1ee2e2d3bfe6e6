import type { HoldId } from "../../src/hold/index.ts";
import {
  DueFailed,
  Forbidden,
  StoreUnavailable,
  type Change,
  type News,
  type Seen,
  type Store,
  type Target,
} from "../../src/store/store.ts";
import { memoryStore } from "../../src/store/testing/memory-store.ts";
import type { Chance } from "./chance.ts";
import type { Disk } from "./disk.ts";
import type { Process } from "./process.ts";

export type Write = NonNullable<Change<unknown>["write"]>;
/** Told of every commit that stands. */
export type Witness = (before: Seen["hold"], write: Write) => void;

interface Parts {
  readonly disk: Disk;
  readonly process: Process;
  readonly exclusive: boolean;
  readonly chance: Chance;
  readonly witness: Witness;
  /** Whether a commit fails now: before it stands, or so that it stands and nobody hears of it. */
  readonly fails: () => "before" | "unheard" | null;
}

/**
 * The store as one process sees it: the memory store behind virtual round trips. A commit locks its row, decides, and
 * stands a moment later; a process that dies before that has written nothing.
 */
export function storeFor(parts: Parts): Store {
  const { disk, process, exclusive, chance } = parts;
  const inner = memoryStore({ books: disk.books, exclusive });
  const way = new Way(parts);
  const { commit, commitDue } = new Transactions(inner, way, parts);
  return {
    ...inner,
    commit,
    commitDue,
    load: (hold) => way.trip("load", () => inner.load(hold)),
    named: (by, about) => way.trip("named", () => inner.named(by, about)),
    openHolds: (...of) => way.trip("open holds", () => inner.openHolds(...of)),
    versions: (holds) => way.glance("versions", () => inner.versions(holds)),
    deskVersions: (...of) => way.glance("desk versions", () => inner.deskVersions(...of)),
    nextWake: (...of) => way.glance("next wake", () => inner.nextWake(...of)),
    unfinished: () => way.trip("unfinished", () => inner.unfinished()),
    inDoubt: (account) => way.glance("in doubt", () => inner.inDoubt(account)),
    news: inner.news && heardBy(process, inner.news, chance),
    request: (operation) => way.glance("request", () => inner.request(operation)),
    history: (hold) => way.trip("history", () => inner.history(hold)),
  };
}

/** News is a hint: some of it is lost on the way. */
function heardBy(process: Process, news: News, chance: Chance): News {
  return {
    ...news,
    hear: (listener) =>
      news.hear((changes) => {
        if (!chance.percent(10)) process.later(chance.between(1, 100), "hears news", () => listener(changes));
      }),
  };
}

/** From a process to the database and back: a few milliseconds, and now and then much longer. */
class Way {
  readonly #parts: Pick<Parts, "disk" | "process" | "chance">;

  constructor(parts: Pick<Parts, "disk" | "process" | "chance">) {
    this.#parts = parts;
  }

  later(what: string, run: () => void): void {
    this.#parts.process.later(this.#latency(), what, run);
  }

  trip<T>(what: string, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const back = (settle: () => void) => this.later(`hears ${what}`, settle);
      this.later(what, () => {
        work().then(
          (value) => back(() => resolve(value)),
          (error: Error) => back(() => reject(error)),
        );
      });
    });
  }

  /** What nobody waits for but a sweeper or a job about to begin is heard as it is read. */
  glance<T>(what: string, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => this.later(what, () => void work().then(resolve, reject)));
  }

  #latency(): number {
    const { chance, disk, process } = this.#parts;
    if (!chance.percent(1)) return chance.between(1, 4);
    const slow = chance.between(300, 4_000);
    disk.slowUntil = Math.max(disk.slowUntil, process.time + slow);
    return slow;
  }
}

/** Whoever waits for a transaction. */
interface Caller<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** The same work once more, on the row as it is by then. */
interface Again {
  readonly again: () => void;
}

/** A pause came between what was decided and its commit: the shipped stores do it once more. */
function isPausedNow(error: unknown): boolean {
  return error instanceof Forbidden && error.rule === "paused";
}

/** Two halves each: what is decided under the lock, and later the commit, of which all stands or nothing. */
class Transactions implements Pick<Store, "commit" | "commitDue"> {
  readonly #inner: Store;
  readonly #way: Way;
  readonly #parts: Parts;

  constructor(inner: Store, way: Way, parts: Parts) {
    this.#inner = inner;
    this.#way = way;
    this.#parts = parts;
  }

  readonly commit = <T>(target: Target, change: (seen: Seen) => Change<T>): Promise<T> =>
    new Promise((resolve, reject) => this.#begin(target, change, { resolve, reject }));

  readonly commitDue: Store["commitDue"] = (now, except, change) =>
    new Promise((resolve, reject) => {
      const { disk, process } = this.#parts;
      const begin = async (): Promise<void> => {
        const holds = new Set([...(except.holds ?? []), ...disk.locked]);
        const commitDue = (deciding: (seen: Seen) => never) =>
          this.#inner.commitDue(now, { ...except, holds }, deciding);
        try {
          const { hold, change: made } = await decided(change, commitDue);
          disk.locks(hold, process, () => {});
          const again = () => void begin();
          this.#finish({ hold }, made, { resolve: (result) => resolve({ hold, result }), reject, again });
        } catch (error) {
          if (error === NOTHING) resolve(undefined);
          else reject(error);
        }
      };
      this.#way.later("looks for what is due", () => void begin());
    });

  #begin<T>(target: Target, change: (seen: Seen) => Change<T>, caller: Caller<T>): void {
    const { disk, process } = this.#parts;
    const begin = (): void => {
      this.#way.later(`begins on ${target.hold.slice(-4)}`, () => {
        if (!disk.locks(target.hold, process, begin)) return;
        decided(change, (deciding) => this.#inner.commit(target, deciding)).then(
          ({ change: made }) => this.#finish(target, made, { ...caller, again: begin }),
          (error: Error) => {
            disk.frees(target.hold);
            caller.reject(error);
          },
        );
      });
    };
    begin();
  }

  #finish<T>(target: Target, change: Change<T>, { resolve, reject, again }: Caller<T> & Again): void {
    const { process, disk, fails } = this.#parts;
    if (process.boundary()) return;
    const failure = fails();
    const refused = (error: Error) => this.#way.later("hears that it may not", () => reject(error));
    this.#way.later(`commits ${target.hold.slice(-4)}${failure ? `, which fails: ${failure}` : ""}`, () => {
      if (failure === "before") {
        disk.frees(target.hold);
        return refused(new StoreUnavailable("gone", true));
      }
      const heard = (result: T) => {
        if (process.boundary()) return;
        if (failure === "unheard") refused(new StoreUnavailable("gone", false));
        else this.#way.later("hears of its commit", () => resolve(result));
      };
      const failed = (error: Error) => (isPausedNow(error) ? again() : refused(error));
      void this.#stands(target, change).then(heard, failed);
    });
  }

  async #stands<T>(target: Target, change: Change<T>): Promise<T> {
    const { disk, process, witness } = this.#parts;
    let before: Seen["hold"];
    try {
      const result = await this.#inner.commit(target, ({ hold }) => {
        before = hold;
        return change;
      });
      if (change.write) {
        disk.changes(process.time);
        witness(before, change.write);
      }
      return result;
    } finally {
      disk.frees(target.hold);
    }
  }
}

/** Not to be written yet: what a transaction has decided stands only with its commit. */
const DECIDED = new Error("decided");
const NOTHING = new Error("nothing is due");

/** What `change` decides on the row as it stands, without anything being written. */
async function decided<T>(
  change: (seen: Seen) => Change<T>,
  begin: (deciding: (seen: Seen) => never) => Promise<unknown>,
): Promise<{ readonly hold: HoldId; readonly change: Change<T> }> {
  let made: Change<T> | undefined;
  try {
    await begin((seen) => {
      made = change(seen);
      throw DECIDED;
    });
    throw NOTHING;
  } catch (error) {
    const cause = error instanceof DueFailed ? error.cause : error;
    if (!made || cause !== DECIDED) throw error;
    return { hold: error instanceof DueFailed ? error.hold : "", change: made };
  }
}
