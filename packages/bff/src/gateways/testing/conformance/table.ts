import type { Case } from "./case.ts";

type Cell = { readonly is: "passed" | "failed" } | { readonly is: "not offered"; readonly why: string };

/** What came of each case at each gateway, for people to read. */
export class Table {
  readonly #cells = new Map<string, Map<string, Cell>>();
  readonly #walks = new Map<string, "passed" | "failed">();
  readonly #apart: string[] = [];
  readonly #cases: readonly Pick<Case, "name" | "fault">[];

  /** @param cases the rows, in their order */
  constructor(cases: readonly Pick<Case, "name" | "fault">[]) {
    this.#cases = cases;
    for (const { name } of cases) this.#cells.set(name, new Map());
  }

  notOffered(gateway: string, name: string, why: string): void {
    this.#cells.get(name)?.set(gateway, { is: "not offered", why });
  }

  cell(gateway: string, name: string): (is: "passed" | "failed") => void {
    return (is) => void this.#cells.get(name)?.set(gateway, { is });
  }

  /** A short walk under another reading of the gateway's switches, as another of its accounts, or with a wrong setting. */
  walk(name: string): (is: "passed" | "failed") => void {
    return (is) => void this.#walks.set(name, is);
  }

  /** Where our sums and the gateway's come apart, and why. */
  apart(what: string): void {
    this.#apart.push(what);
  }

  /** Cases down, gateways across; the reason why something is not offered stands below, by its number. */
  toString(): string {
    const gateways = [...new Set([...this.#cells.values()].flatMap((row) => [...row.keys()]))];
    const width = Math.max(...[...this.#cells.keys()].map((name) => name.length));
    const reasons = new Map<string, number>();
    const told = (cell: Cell | undefined) => {
      if (cell?.is !== "not offered") return { passed: "✓", failed: "✗ FAILED", unknown: " " }[cell?.is ?? "unknown"];
      const number = reasons.get(cell.why) ?? reasons.size + 1;
      reasons.set(cell.why, number);
      return `— ${number}`;
    };
    const line = (name: string, cells: readonly string[]) =>
      [name.padEnd(width), ...cells.map((cell) => cell.padEnd(COLUMN))].join("  ").trimEnd();
    const rows = [...this.#cells].map(([name, row]) =>
      line(
        name,
        gateways.map((gateway) => told(row.get(gateway))),
      ),
    );
    const notes = [...reasons].map(([why, number]) => `— ${number}: ${why}`);
    const count = this.#count(gateways.length);
    return [line("", gateways), ...rows, "", ...notes, "", ...this.#apart, "", count, this.#faults()].join("\n");
  }

  #count(gateways: number): string {
    const cells = [...this.#cells.values()].flatMap((row) => [...row.values()]);
    const run = cells.filter(({ is }) => is !== "not offered");
    const failed = [...run.map(({ is }) => is), ...this.#walks.values()].filter((is) => is === "failed");
    return `conformance: ${gateways} gateways, ${run.length} cases, ${this.#walks.size} readings, ${failed.length} disagreements`;
  }

  /** What really ran of it: each fault that met each request at each gateway, once however many cases do so. */
  #faults(): string {
    const met = new Set<string>();
    const disagreeing = new Set<string>();
    for (const { name, fault } of this.#cases) {
      for (const [gateway, { is }] of fault ? (this.#cells.get(name) ?? []) : []) {
        if (is === "not offered") continue;
        const which = [...(fault ?? []), gateway].join(", ");
        met.add(which);
        if (is === "failed") disagreeing.add(which);
      }
    }
    return `faults: ${met.size} fault × operation × gateway, ${disagreeing.size} disagreements`;
  }
}

const COLUMN = 12;
