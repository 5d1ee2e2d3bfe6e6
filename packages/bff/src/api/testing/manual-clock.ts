import type { Clock } from "../../clock.ts";

/** Time that moves only when a test says so. */
export class ManualClock implements Clock {
  #now = Date.UTC(2026, 4, 1, 12);
  readonly #timers = new Set<{ readonly at: number; readonly run: () => void }>();

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  after(milliseconds: number, run: () => void): () => void {
    const timer = { at: this.#now + milliseconds, run };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Lets time pass, and runs what falls due on the way in its order. */
  passes(milliseconds: number): void {
    const until = this.#now + milliseconds;
    for (let next = this.#first(until); next; next = this.#first(until)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = until;
  }

  #first(until: number) {
    return [...this.#timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
  }
}
