/** One thing that will happen. */
interface Happening {
  readonly at: number;
  readonly what: string;
  readonly run: () => void | Promise<void>;
  cancelled: boolean;
}

/** Whoever wants to hear the story, line by line. */
export type Tell = (line: string) => void;

const START = Date.UTC(2026, 4, 1, 12);

/** The one order of everything in a world: time stands still while a thing happens, and jumps to the next. */
export class Timeline {
  now = START;
  steps = 0;
  readonly #tell: Tell | undefined;
  /** The soonest comes last; of two at the same moment, the one that was planned first. */
  readonly #coming: Happening[] = [];

  constructor(tell?: Tell) {
    this.#tell = tell;
  }

  /** Plans it so many milliseconds ahead; the answer calls it off. */
  in(milliseconds: number, what: string, run: Happening["run"]): () => void {
    const happening = { at: this.now + Math.max(0, milliseconds), what, run, cancelled: false };
    let place = this.#coming.length;
    while (place > 0 && (this.#coming[place - 1]?.at ?? 0) <= happening.at) place -= 1;
    this.#coming.splice(place, 0, happening);
    return () => {
      happening.cancelled = true;
    };
  }

  /** Lets the next thing happen, and all that follows from it without time passing; false where nothing is left. */
  async step(): Promise<boolean> {
    let next = this.#coming.pop();
    while (next?.cancelled) next = this.#coming.pop();
    if (!next) return false;
    this.now = next.at;
    this.steps += 1;
    this.says(next.what);
    await next.run();
    await quiet();
    return true;
  }

  says(line: string): void {
    this.#tell?.(`${((this.now - START) / 1000).toFixed(3).padStart(10)} ${line}`);
  }
}

/** Asked for in a microtask, a tick comes once none is left; a macrotask would ask the operating system each time. */
function quiet(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
