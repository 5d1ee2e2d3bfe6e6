/** A guest's stay, as this hotel keeps it: which hold belongs to it, nothing of the card. */
export interface Stay {
  readonly id: string;
  readonly order: string;
  hold: string | null;
  checkedOut: boolean;
}

/** Stays in memory: the example forgets them when it stops; the holds are safe with Plimsoll. */
export class Stays {
  readonly #stays = new Map<string, Stay>();
  readonly #random: () => string;

  constructor(random: () => string) {
    this.#random = random;
  }

  begin(): Stay {
    const id = this.#random();
    const stay: Stay = { id, order: `STAY-${id.slice(0, 8)}`, hold: null, checkedOut: false };
    this.#stays.set(id, stay);
    return stay;
  }

  find(id: string): Stay | undefined {
    return this.#stays.get(id);
  }
}
