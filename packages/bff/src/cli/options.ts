import { parseArgs, type ParseArgsConfig } from "node:util";
import { mode, type Mode } from "@plimsoll/shared";
import { ConfigRefused, readConfig, type Config } from "../config.ts";

export const text = { type: "string" } as const;
export const flag = { type: "boolean" } as const;
type Known = Readonly<Record<string, typeof text | typeof flag>>;

export interface Given {
  readonly text: (name: string) => string | undefined;
  /** Throws with what is missing: `--config FILE`. */
  readonly needed: (name: string, what: string) => string;
  readonly flag: (name: string) => boolean;
  /** What stands without a name, in its order. */
  readonly rest: readonly string[];
}

/** What was given on the command line; what nobody knows is refused. */
export function options(args: readonly string[], known: Known, most = 0): Given {
  const { values, positionals } = parsed({ args: [...args], options: known, allowPositionals: most > 0 });
  if (positionals.length > most) throw new ConfigRefused(`${positionals.at(-1)} is one too many: see plimsoll --help`);
  const textOf = (name: string) => {
    const value = values[name];
    return typeof value === "string" ? value : undefined;
  };
  return {
    text: textOf,
    needed: (name, what) => {
      const value = textOf(name);
      if (!value) throw new ConfigRefused(`${what} is missing: see plimsoll --help`);
      return value;
    },
    flag: (name) => values[name] === true,
    rest: positionals,
  };
}

interface Parsed {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}

function parsed(config: ParseArgsConfig): Parsed {
  try {
    return parseArgs({ ...config, strict: true });
  } catch (error) {
    throw new ConfigRefused(`${error instanceof Error ? error.message : ""}\nSee plimsoll --help`);
  }
}

export function configOf(given: Given): Config {
  return readConfig(given.needed("config", "--config FILE"));
}

export function modeOf(given: string): Mode {
  const read = mode.safeParse(given);
  if (!read.success) throw new ConfigRefused("--mode is test or live");
  return read.data;
}
