import type { HoldId } from "../../hold/index.ts";
import type { EventRow, HoldRow, IdempotencyRow, KeyRow, OperationRow, PauseRow } from "../schema.ts";
import type { Changed } from "../store.ts";

/** The tables in plain memory. Several stores may look at one set, as several processes do at one database. */
export interface MemoryBooks {
  readonly holds: Map<HoldId, HoldRow>;
  readonly events: Map<HoldId, EventRow[]>;
  readonly operations: Map<OperationRow["id"], OperationRow>;
  readonly uses: Map<string, IdempotencyRow>;
  readonly keys: Map<string, KeyRow>;
  readonly pauses: Map<string, PauseRow>;
  /** Those that hear of commits, one for each store. */
  readonly hearers: Set<(changes: readonly Changed[]) => void>;
}

export function memoryBooks(): MemoryBooks {
  return {
    holds: new Map(),
    events: new Map(),
    operations: new Map(),
    uses: new Map(),
    keys: new Map(),
    pauses: new Map(),
    hearers: new Set(),
  };
}

/** What is stored of this hold can't be read any more. */
export function damage({ holds }: MemoryBooks, id: HoldId): void {
  const row = holds.get(id);
  if (row) holds.set(id, { ...row, state: "{" });
}

export function withoutEnd(books: MemoryBooks, hold: HoldId): OperationRow[] {
  return [...books.operations.values()].filter((row) => row.hold === hold && row.ended_at === null);
}
