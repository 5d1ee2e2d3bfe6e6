import type { Capabilities, Operation } from "../../../hold/index.ts";

/** Whether this gateway declares any way by which such a doubt ends. */
export function canBeEnded({ kind }: Pick<Operation, "kind">, { recovery, readable }: Capabilities): boolean {
  const { lookUp, undo, dedupe, verdict } = recovery;
  const asksAgain = dedupe?.replay === "same_answer" || (dedupe?.replay === "conflict" && readable);
  const byTotals = lookUp?.by === "totals" && kind === "authorize";
  const looks = lookUp?.of.includes(kind) === true && !byTotals;
  return looks || undo?.of.includes(kind) === true || (asksAgain && kind !== "authorize") || verdict === "notice";
}
