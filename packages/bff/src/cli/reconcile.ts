import { RECONCILE } from "../admin/index.ts";
import { ConfigRefused } from "../config.ts";
import { exitCode, sentenceOf, type Told } from "../reconcile/index.ts";
import { StoreRefused } from "../store/index.ts";
import { asked } from "./asked.ts";
import { configOf, flag, options, text } from "./options.ts";

const KNOWN = { config: text, account: text, from: text, until: text, json: flag, restored: flag };

/** 0: all agrees. 1: something doesn't. 2: it could not be told, of something or at all. */
export async function reconcile(args: readonly string[]): Promise<void> {
  try {
    process.exitCode = await compared(args);
  } catch (error) {
    if (!(error instanceof ConfigRefused || error instanceof StoreRefused)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

async function compared(args: readonly string[]): Promise<0 | 1 | 2> {
  const given = options(args, KNOWN);
  const config = configOf(given);
  const wish = {
    account: given.text("account") ?? null,
    from: instantOf("--from", given.text("from")),
    until: instantOf("--until", given.text("until")),
    restored: given.flag("restored"),
  };
  const all: Told[] = [];
  for await (const told of asked(config, RECONCILE, wish)) {
    const said = given.flag("json") ? JSON.stringify(told) : sentenceOf(told);
    if (said !== null) console.log(said);
    if (told.is !== "line") all.push(told);
  }
  return exitCode(all);
}

/** 2026-11-26, which begins at midnight UTC, or 2026-11-26T22:00:00Z. */
function instantOf(name: string, given: string | undefined): number | null {
  if (given === undefined) return null;
  const at = Date.parse(given);
  if (Number.isNaN(at)) throw new ConfigRefused(`${name} ${given} is no date as 2026-11-26 or 2026-11-26T22:00:00Z`);
  return at;
}
