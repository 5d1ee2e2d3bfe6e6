import type { Mode } from "@plimsoll/shared";
import type { Clock } from "../clock.ts";
import type { Hold, HoldId, Instant } from "../hold/index.ts";
import type { Store } from "../store/store.ts";
import type { Hub } from "./hub.ts";
import { createLatest } from "./latest.ts";

export interface Watcher {
  readonly hub: Hub;
  readonly store: Pick<Store, "load" | "openHolds">;
  readonly clock: Clock;
  /** When the viewer's token expires, ten minutes at most: the stream ends then, so that none lives for ever. */
  readonly expires: Instant;
  /** Aborts when the viewer leaves. */
  readonly signal: AbortSignal;
}

/** The most holds on one desk, the oldest first. */
export const DESK = 1000;

/**
 * The newest of each of these holds, whenever it differs from what the viewer has. The id is the list of versions
 * in the order of `holds`, so that a viewer who sends the last one back gets only what it missed.
 */
export async function* watchHolds(
  { hub, store, clock, expires, signal }: Watcher,
  holds: readonly HoldId[],
  lastId: string | undefined,
): AsyncGenerator<{ readonly id: string; readonly hold: Hold }> {
  const versions = versionsOf(lastId, holds.length);
  const latest = createLatest(clock, expires, signal);
  // Heard before it is read: a change between the two is sent, not lost.
  const stops = holds.map((id) => hub.ofHold(id, (hold) => latest.hear(hold)));
  try {
    for (const id of holds) {
      const hold = await store.load(id);
      if (hold) latest.hear(hold);
    }
    for (let taken = await latest.take(); taken; taken = await latest.take()) {
      for (const hold of taken) {
        const at = holds.indexOf(hold.terms.id);
        if (versions[at] === hold.version) continue;
        versions[at] = hold.version;
        yield { id: versions.join("."), hold };
      }
    }
  } finally {
    stops.forEach((stop) => stop());
    latest.close();
  }
}

/** First all open holds of a merchant's desk (`complete`), then each that changes, an ended one included. */
export async function* watchDesk(
  { hub, store, clock, expires, signal }: Watcher,
  merchant: string,
  mode: Mode,
): AsyncGenerator<{ readonly holds: readonly Hold[]; readonly complete: boolean }> {
  const latest = createLatest(clock, expires, signal);
  const stop = hub.ofDesk(merchant, mode, (hold) => latest.hear(hold));
  try {
    const all = await store.openHolds(merchant, mode, DESK);
    for (const hold of all) latest.has(hold);
    yield { holds: all, complete: true };
    for (let holds = await latest.take(); holds; holds = await latest.take()) yield { holds, complete: false };
  } finally {
    stop();
    latest.close();
  }
}

function versionsOf(lastId: string | undefined, count: number): number[] {
  const versions = (lastId ?? "").split(".").map(Number);
  const valid = versions.length === count && versions.every(Number.isSafeInteger);
  return valid ? versions : Array.from({ length: count }, () => 0);
}
