import type { HoldId } from "../../src/hold/index.ts";
import { memoryBooks, type MemoryBooks } from "../../src/store/testing/memory-books.ts";
import { memoryStore } from "../../src/store/testing/memory-store.ts";
import {
  DueFailed,
  StoreUnavailable,
  type Change,
  type News,
  type Seen,
  type Store,
  type Target,
} from "../../src/store/store.ts";
import type { Chance } from "./chance.ts";
import type { Process } from "./process.ts";

export type Write = NonNullable<Change<unknown>["write"]>;
/** Told of every commit that stands. */
export type Witness = (before: Seen["hold"], write: Write) => void;

/** The rows, and who is at which of them. */
export class Disk {
  readonly books: MemoryBooks = memoryBooks();
  /** When a commit was last written. */
  changedAt = 0;
  onChange = () => {};
  /** Until when somebody waited for it unusually long. */
  slowUntil = 0;
  readonly #locks = new Map<HoldId, { readonly by: Process; readonly waiting: (() => void)[] }>();

  /** False where another transaction is at this row: `next` is called once it is free. */
  locks(hold: HoldId, by: Process, next: () => void): boolean {
    const lock = this.#locks.get(hold);
    if (lock) lock.waiting.push(next);
    else this.#locks.set(hold, { by, waiting: [] });
    return !lock;
  }

  frees(hold: HoldId): void {
    const waiting = this.#locks.get(hold)?.waiting ?? [];
    this.#locks.delete(hold);
    for (const next of waiting) next();
  }

  /** A database lets go of what a dead process was at. */
  buries(process: Process): void {
    for (const [hold, { by }] of this.#locks) if (by === process) this.frees(hold);
  }

  changes(now: number): void {
    this.changedAt = now;
    this.onChange();
  }

  /** When the first hold has to be woken. */
  get nextWake(): number | null {
    const times = [...this.books.holds.values()].flatMap(({ wake_at: at }) => (at === null ? [] : [at]));
    return times.length === 0 ? null : Math.min(...times);
  }

  get locked(): readonly HoldId[] {
    return [...this.#locks.keys()];
  }
}

interface Parts {
  readonly disk: Disk;
  readonly process: Process;
  readonly exclusive: boolean;
  readonly chance: Chance;
  readonly witness: Witness;
  /** Whether a commit fails now: before it stands, or so that it stands and nobody hears of it. */
  readonly fails: () => "before" | "unheard" | null;
}

/** Not to be written yet: what a transaction has decided stands only with its commit. */
const DECIDED = new Error("decided");

/**
 * The store as one process sees it: the memory store behind virtual round trips. A commit locks its row, decides, and
 * stands a moment later; a process that dies before that has written nothing.
 */
export function storeFor({ disk, process, exclusive, chance, witness, fails }: Parts): Store {
  const inner = memoryStore({ books: disk.books, exclusive });
  const latency = () => {
    if (!chance.percent(1)) return chance.between(1, 4);
    const slow = chance.between(300, 4_000);
    disk.slowUntil = Math.max(disk.slowUntil, process.clock.now() + slow);
    return slow;
  };

  function trip<T>(what: string, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const back = (settle: () => void) => process.later(latency(), `hears ${what}`, settle);
      process.later(latency(), what, () => {
        work().then(
          (value) => back(() => resolve(value)),
          (error: Error) => back(() => reject(error)),
        );
      });
    });
  }

  /** What nobody waits for but a sweeper or a job about to begin is heard as it is read. */
  function glance<T>(what: string, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => process.later(latency(), what, () => void work().then(resolve, reject)));
  }

  /** The second half of a transaction: all of it stands, or nothing. */
  async function stands<T>(target: Target, change: Change<T>): Promise<T> {
    let before: Seen["hold"];
    try {
      const result = await inner.commit(target, ({ hold }) => {
        before = hold;
        return change;
      });
      if (change.write) {
        disk.changes(process.clock.now());
        witness(before, change.write);
      }
      return result;
    } finally {
      disk.frees(target.hold);
    }
  }

  function finish<T>(target: Target, change: Change<T>, resolve: (value: T) => void, reject: (error: Error) => void) {
    if (process.boundary()) return;
    const failure = fails();
    const refused = (error: Error) => process.later(latency(), "hears that it may not", () => reject(error));
    process.later(latency(), `commits ${target.hold.slice(-4)}${failure ? `, which fails: ${failure}` : ""}`, () => {
      if (failure === "before") {
        disk.frees(target.hold);
        return refused(new StoreUnavailable("gone", true));
      }
      const heard = (result: T) => {
        if (process.boundary()) return;
        if (failure === "unheard") refused(new StoreUnavailable("gone", false));
        else process.later(latency(), "hears of its commit", () => resolve(result));
      };
      void stands(target, change).then(heard, refused);
    });
  }

  function commit<T>(target: Target, change: (seen: Seen) => Change<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        process.later(latency(), `begins on ${target.hold.slice(-4)}`, () => {
          if (!disk.locks(target.hold, process, begin)) return;
          decided(change, (deciding) => inner.commit(target, deciding)).then(
            ({ change: made }) => finish(target, made, resolve, reject),
            (error: Error) => {
              disk.frees(target.hold);
              reject(error);
            },
          );
        });
      };
      begin();
    });
  }

  const commitDue: Store["commitDue"] = (now, except, change) =>
    new Promise((resolve, reject) => {
      const begin = async (): Promise<void> => {
        const others = new Set([...except, ...disk.locked]);
        try {
          const { hold, change: made } = await decided(change, (deciding) => inner.commitDue(now, others, deciding));
          disk.locks(hold, process, () => {});
          finish({ hold }, made, (result) => resolve({ hold, result }), reject);
        } catch (error) {
          if (error === NOTHING) resolve(undefined);
          else reject(error);
        }
      };
      process.later(latency(), "looks for what is due", () => void begin());
    });

  return {
    ...inner,
    commit,
    commitDue,
    load: (hold) => trip("load", () => inner.load(hold)),
    named: (by, about) => trip("named", () => inner.named(by, about)),
    openHolds: (...of) => trip("open holds", () => inner.openHolds(...of)),
    versions: (holds) => glance("versions", () => inner.versions(holds)),
    deskVersions: (...of) => glance("desk versions", () => inner.deskVersions(...of)),
    nextWake: () => glance("next wake", () => inner.nextWake()),
    unfinished: () => trip("unfinished", () => inner.unfinished()),
    inDoubt: (account) => glance("in doubt", () => inner.inDoubt(account)),
    news: inner.news && heardBy(process, inner.news, chance),
    request: (operation) => glance("request", () => inner.request(operation)),
    history: (hold) => trip("history", () => inner.history(hold)),
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
