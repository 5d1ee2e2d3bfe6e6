import type { Account } from "../directory.ts";
import type { HoldId, Instant } from "../hold/index.ts";
import { UnreadableRow } from "../store/store.ts";
import type { Told } from "./lines.ts";
import { BY, type ReconcileParts } from "./reconcile.ts";

/** What ended since may have ended otherwise than restored books say. */
const AFTER_END = 48 * 3_600_000;
const HOLDS_A_PAGE = 100;

/**
 * After a restore or a failover our books may be older than what was done: each hold that is open, or ended in the last
 * two days or since `from`, is marked, so that it is read before anything else is asked of it.
 */
export async function* markRestored(parts: ReconcileParts, { id }: Account, from: Instant): AsyncGenerator<Told> {
  const { store } = parts;
  const now = parts.clock.now();
  const lived = { account: id, from: Math.min(from, now - AFTER_END), until: now + 1 };
  let holds = 0;
  for (let page = await store.holdsOf(lived, null, HOLDS_A_PAGE); page.length > 0;) {
    for (const { hold } of page) if (await mark(parts, hold)) holds += 1;
    page = await store.holdsOf(lived, page.at(-1) ?? null, HOLDS_A_PAGE);
  }
  yield { is: "marked", account: id, holds };
}

/** False where it can't be read, at its gateway or in our own books: of the latter nothing can be asked. */
async function mark({ store, driver }: ReconcileParts, id: HoldId): Promise<boolean> {
  try {
    const hold = await store.load(id);
    if (!hold?.terms.capabilities.readable) return false;
    const submitted = await driver.submit({ hold: id, command: { do: "audit", by: BY } });
    if ("refused" in submitted) throw new Error(`${id} could not be marked: ${submitted.refused.code}`);
    return true;
  } catch (error) {
    if (error instanceof UnreadableRow) return false;
    throw error;
  }
}
