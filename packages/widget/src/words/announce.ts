/**
 * Says a sentence to a screen reader: through `ariaNotify` where the browser has it, else by filling a polite
 * live region, which has to exist, empty, before.
 */
export function speak(element: Element, region: Element | null, sentence: string): void {
  if (sentence === "") return;
  const notify: unknown = Reflect.get(element, "ariaNotify");
  if (typeof notify === "function") notify.call(element, sentence);
  else if (region) region.textContent = sentence;
}

/** Collects what happens in a short while and says it as one sentence: several notices at once would be dropped. */
export class Announcer {
  readonly #say: (sentence: string) => void;
  readonly #after: (ms: number, run: () => void) => () => void;
  readonly #waiting = new Set<string>();
  #cancel: (() => void) | undefined;

  constructor(say: (sentence: string) => void, after: (ms: number, run: () => void) => () => void) {
    this.#say = say;
    this.#after = after;
  }

  add(...sentences: readonly string[]): void {
    for (const sentence of sentences) this.#waiting.add(sentence);
    if (this.#waiting.size === 0 || this.#cancel) return;
    this.#cancel = this.#after(MERGE, () => {
      const merged = [...this.#waiting].join(" ");
      this.clear();
      this.#say(merged);
    });
  }

  /** Forgets what has not been said: another hold is shown now. */
  clear(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#waiting.clear();
  }
}

const MERGE = 1500;
