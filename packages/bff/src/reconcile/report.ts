import { toDecimal } from "@plimsoll/shared";
import type { Line, Told, Verdict } from "./lines.ts";

/** For people: what agrees is only counted. */
export function sentenceOf(told: Told): string | null {
  switch (told.is) {
    case "marked":
      return `${told.account}: ${told.holds} holds are read before anything else is asked of them.`;
    case "began":
      return `${told.account} (${told.gateway}), ${day(told.from)} to ${day(told.until)}: ${ways(told.list)}`;
    case "line":
      return told.verdict === "agrees" ? null : rowOf(told);
    case "ended":
      return WORDS.map(([verdict, , say]) => `${told.counts[verdict]} ${say}`).join(", ");
  }
}

const WORDS: readonly (readonly [Verdict, row: string, count: string])[] = [
  ["agrees", "agrees", "agree"],
  ["differs", "DIFFERS", "differ"],
  ["ours_alone", "OURS ALONE", "ours alone"],
  ["theirs_alone", "THEIRS ALONE", "theirs alone"],
  ["untold", "can't be told", "can't be told"],
];

function ways(list: Extract<Told, { is: "began" }>["list"]): string {
  if (list === "listed") return "compared both ways.";
  if (list === "none") return "compared one way. This gateway has no list: what it has and we don't can't be found.";
  return `compared one way. The gateway's list can't be had (${list.cannot}): what it has and we don't was not looked for.`;
}

function rowOf(line: Line): string {
  const { verdict, hold, order, payment, reference, why, ours } = line;
  const word = WORDS.find(([one]) => one === verdict)?.[1] ?? verdict;
  const named = { order, payment, reference: ours === null ? reference : null };
  const about = [hold, ...Object.entries(named).map(([what, name]) => (name === null ? null : `${what} ${name}`))];
  const notes = [why, ours?.blocked ? "blocked" : null].filter((note) => note !== null).join(", ");
  return [word.padEnd(14), `ours ${sumsOf(line, ours)}`.padEnd(46), `theirs ${sumsOf(line, line.theirs)}`.padEnd(46)]
    .concat(about.filter((part) => part !== null).join(" "), notes === "" ? [] : `(${notes})`)
    .join("  ");
}

type Shown = { readonly authorized: number | null; readonly captured: number | null; readonly state: string | null };

function sumsOf({ currency, exponent }: Line, shown: Shown | null): string {
  if (!shown) return "—";
  const money = (minor: number | null) =>
    minor === null ? "?" : exponent === null ? `${minor}` : toDecimal(minor, exponent);
  return `${currency ?? "?"} ${money(shown.authorized)}, charged ${money(shown.captured)}, ${shown.state ?? "?"}`;
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}

/** 0: all agrees. 1: something doesn't. 2: it could not be told of everything. */
export function exitCode(all: Iterable<Told>): 0 | 1 | 2 {
  let code: 0 | 2 = 0;
  for (const told of all) {
    if (told.is === "began" && typeof told.list === "object") code = 2;
    if (told.is !== "ended") continue;
    const { differs, ours_alone, theirs_alone, untold } = told.counts;
    if (differs + ours_alone + theirs_alone > 0) return 1;
    if (untold > 0) code = 2;
  }
  return code;
}
