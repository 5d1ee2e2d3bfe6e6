import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import type { Plant } from "./plants.ts";

const SOURCE = new URL("../../src/", import.meta.url);

/**
 * The shipped texts that a mistake stands in, with it, by their files. Throws where a text that is to be replaced does
 * not stand there exactly once.
 */
export function planted({ changes }: Plant): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { file, text, by } of changes) {
    const parts = (files.get(file) ?? readFileSync(new URL(file, SOURCE), "utf8")).split(text);
    if (parts.length !== 2) throw new Error(`${file} has this ${parts.length - 1} times: ${text}`);
    files.set(file, parts.join(by));
  }
  return files;
}

/** From now on the mistake is loaded in this thread in place of what is shipped. */
export function plantInThisThread(plant: Plant): void {
  const sources = new Map([...planted(plant)].map(([file, source]) => [new URL(file, SOURCE).href, source]));
  registerHooks({
    load(url, context, next) {
      const source = sources.get(url);
      const loaded = next(url, context);
      return source === undefined ? loaded : { ...loaded, source };
    },
  });
}
