import type { PlimsollHold } from "./hold/hold.ts";

/**
 * Reads a `<plimsoll-hold>` in a merchant's own tests, by what a payer sees, so that they don't depend on what is
 * inside the element.
 */
export class HoldHarness {
  readonly #element: PlimsollHold;

  constructor(element: PlimsollHold) {
    this.#element = element;
  }

  /** "$650.00", or "" before there is one. */
  get amount(): string {
    return this.#part("amount");
  }

  /** "on hold, not charged". */
  get caption(): string {
    return this.#part("caption");
  }

  get notice(): string {
    return this.#part("notice");
  }

  /** The rows of the stage, each as one line. */
  get steps(): string[] {
    return [...(this.#element.shadowRoot?.querySelectorAll('[part~="step"]') ?? [])].map(line);
  }

  #part(name: string): string {
    const part = this.#element.shadowRoot?.querySelector(`[part~="${name}"]`);
    return part ? line(part) : "";
  }
}

function line({ textContent }: Element): string {
  return (textContent ?? "").replace(/\s+/g, " ").trim();
}
