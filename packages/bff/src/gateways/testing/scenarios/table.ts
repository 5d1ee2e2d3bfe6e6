type Cell = { readonly is: "played" | "failed"; readonly way: string };

/** What came of each scenario at each gateway, for people to read. */
export class Table {
  readonly #plays = new Map<string, Map<string, Cell[]>>();
  readonly #missing = new Map<string, Map<string, string>>();
  readonly #gateways: readonly string[];

  /** @param names the rows, in their order; @param gateways the columns */
  constructor(names: readonly string[], gateways: readonly string[]) {
    this.#gateways = gateways;
    for (const name of names) {
      this.#plays.set(name, new Map());
      this.#missing.set(name, new Map());
    }
  }

  notOffered(name: string, gateway: string, why: string): void {
    this.#missing.get(name)?.set(gateway, why);
  }

  add(name: string, gateway: string, cell: Cell): void {
    const row = this.#plays.get(name);
    row?.set(gateway, [...(row.get(gateway) ?? []), cell]);
  }

  /** Scenarios down, gateways across, each with how many accounts it was played on; below, why it is not offered. */
  toString(): string {
    const width = Math.max(...[...this.#plays.keys()].map((name) => name.length));
    const reasons = new Map<string, number>();
    const line = (name: string, cells: readonly string[]) =>
      [name.padEnd(width), ...cells.map((cell) => cell.padEnd(COLUMN))].join("  ").trimEnd();
    const rows = [...this.#plays.keys()].map((name) =>
      line(
        name,
        this.#gateways.map((gateway) => this.#cell(name, gateway, reasons)),
      ),
    );
    const notes = [...reasons].map(([why, number]) => `— ${number}: ${why}`);
    return [line("", this.#gateways), ...rows, "", ...notes, "", this.#count()].join("\n");
  }

  #cell(name: string, gateway: string, reasons: Map<string, number>): string {
    const why = this.#missing.get(name)?.get(gateway);
    if (why !== undefined) {
      const number = reasons.get(why) ?? reasons.size + 1;
      reasons.set(why, number);
      return `— ${number}`;
    }
    const cells = this.#plays.get(name)?.get(gateway) ?? [];
    const failed = cells.filter(({ is }) => is === "failed").map(({ way }) => way);
    return failed.length > 0 ? `✗ FAILED: ${failed.join(", ")}` : `✓ ${cells.length}`;
  }

  #count(): string {
    const cells = [...this.#plays.values()].flatMap((row) => [...row.values()].flat());
    const failed = cells.filter(({ is }) => is === "failed");
    const count = `${this.#plays.size} at ${this.#gateways.length} gateways`;
    return `scenarios: ${count}, played ${cells.length} times, ${failed.length} failed`;
  }
}

const COLUMN = 12;
