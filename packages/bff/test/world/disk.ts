import type { HoldId } from "../../src/hold/index.ts";
import { memoryBooks, type MemoryBooks } from "../../src/store/testing/memory-books.ts";
import type { Process } from "./process.ts";

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
