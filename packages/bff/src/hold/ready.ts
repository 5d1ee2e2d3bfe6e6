import type { Entry, Instant } from "./model.ts";

/** When an entry has its place in the line: order is by when it becomes ready, not by when it was asked for. */
export function readyAt({ at, consent, notBefore }: Entry): Instant {
  return Math.max(consent?.at ?? at, at, notBefore ?? 0);
}
