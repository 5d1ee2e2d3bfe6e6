import { setTimeout as passes } from "node:timers/promises";

const OFTEN = 50;
const LONGEST = 60_000;

/** Looks again and again until something is so, and not for ever. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + LONGEST; performance.now() < end; await passes(OFTEN)) {
    if (await isSo()) return;
  }
  throw new Error(`it never came to be that ${what}`);
}
