import type { Clock } from "../clock.ts";

/** Time that moves only when a test says so. */
export class ManualClock implements Clock {
  #now: number;
  /** How long the machine was suspended. */
  #asleep = 0;
  #timers: { readonly at: number; readonly run: () => void }[] = [];

  constructor(start = Date.UTC(2026, 4, 1, 12)) {
    this.#now = start;
  }

  readonly now = (): number => this.#now + this.#asleep;
  readonly monotonic = (): number => this.#now;

  readonly after = (milliseconds: number, run: () => void): (() => void) => {
    const timer = { at: this.#now + milliseconds, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** Lets time pass, and runs what falls due on the way in its order. */
  passes(milliseconds: number): void {
    const end = this.#now + milliseconds;
    while (this.#runNext(end));
    this.#now = end;
  }

  /** The same, and what each timer sets off comes to rest before the next. */
  async settles(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await quiet();
    while (this.#runNext(end)) await quiet();
    this.#now = end;
    await quiet();
  }

  /** A stall: time passes and no timer runs. */
  stalls(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** The machine is suspended meanwhile: the wall clock alone goes on. */
  suspends(milliseconds: number): void {
    this.#asleep += milliseconds;
  }

  #runNext(end: number): boolean {
    const [next] = this.#timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
    if (!next) return false;
    this.#timers = this.#timers.filter((timer) => timer !== next);
    this.#now = Math.max(this.#now, next.at);
    next.run();
    return true;
  }
}

/** Everything that can go on without time passing has gone on. */
export async function quiet(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
