import type { Submission } from "../../src/driver/index.ts";
import type { EntryId, HoldId } from "../../src/hold/index.ts";
import type { Answer, Known } from "../kills/contract.ts";
import type { Arena } from "./arena.ts";

/** Two or three who want something of one hold at the same moment, at different processes. */
export interface Race {
  readonly name: string;
  /** At which gateways it can be run. */
  readonly at: readonly ("cybersource" | "computop")[];
  /** It touches every hold of the gateway. */
  readonly alone?: true;
  set(arena: Arena): Promise<Contest>;
}

export interface Contest {
  readonly hold: HoldId;
  readonly submissions: readonly Submission[];
  /** Whoever is let go last goes so many milliseconds later at most; a few, where nothing is said. */
  readonly within?: number;
  /** What is wrong with how it ended, besides what is judged of every race. */
  wrong(outcome: Outcome): readonly string[] | Promise<readonly string[]>;
  /** What somebody does at the same moment at no process of ours. */
  meanwhile?(): Promise<unknown>;
  /** Whoever came first where the answers don't show it. */
  first?(outcome: Outcome): number | undefined;
}

export interface Outcome {
  readonly answers: readonly Answer[];
  readonly known: Known;
}

/** Exactly one was taken, and every other one was refused for one of these reasons. */
export function oneOf(answers: readonly Answer[], ...reasons: readonly string[]): string[] {
  const taken = answers.filter((answer) => !("refused" in answer)).length;
  return [...(taken === 1 ? [] : [`${taken} were taken`]), ...onlyFor(answers, reasons)];
}

/** Whoever was refused was refused for one of these reasons. */
export function onlyFor(answers: readonly Answer[], reasons: readonly string[]): string[] {
  return answers.flatMap((answer) =>
    "refused" in answer && !reasons.includes(answer.refused) ? [`refused for ${answer.refused}`] : [],
  );
}

export function mustBe(what: string, is: unknown, wanted: unknown): string[] {
  return is === wanted ? [] : [`${what} is ${String(is)}, not ${String(wanted)}`];
}

export function wasTaken(answer: Answer | undefined): boolean {
  return answer !== undefined && !("refused" in answer);
}

export function stateOf({ known }: Outcome, entry: EntryId): string | undefined {
  return known.entries.find(({ id }) => id === entry)?.state;
}

/** How many steps of a kind were applied. */
export function applied({ known }: Outcome, kind: Known["entries"][number]["kind"]): number {
  return known.entries.filter((entry) => entry.kind === kind && entry.state === "applied").length;
}
