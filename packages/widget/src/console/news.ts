import { heard } from "../hold/news.ts";
import { hasEnded } from "../hold/sight.ts";
import type { StaffHold } from "../live/staff.ts";
import type { Bench } from "./bench.ts";
import { whyOf } from "./list.ts";
import { needsSomebody } from "./order.ts";

/** What a screen reader says of the hold that is open: what happened to its money, and what it needs. */
export function heardOpen(before: StaffHold, bench: Bench, notice: string): string[] {
  const { hold, say, money } = bench;
  const pressing = hold.attention !== before.attention && needsSomebody(hold);
  const sentences = heard(before, { ...hold, question: null }, notice, say, money);
  return pressing && !hasEnded(hold) ? [...new Set([...sentences, notice])] : sentences;
}

/** What it says of another hold of the list: only that it needs somebody now. */
export function heardListed(before: StaffHold, hold: StaffHold, seen: Pick<Bench, "say" | "tell" | "times">): string[] {
  const pressing = hold.attention !== before.attention && needsSomebody(hold);
  const why = whyOf({ hold, ...seen });
  return pressing && why !== "" ? [seen.tell("heardOther", { label: hold.label, why })] : [];
}
