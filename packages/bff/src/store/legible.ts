import type { Hold, HoldId } from "../hold/index.ts";
import { decodeHold } from "./codec.ts";
import { UnreadableRow } from "./store.ts";

type Row = Parameters<typeof decodeHold>[0];
type Hear = (hold: HoldId, error: UnreadableRow) => void;

/** Reads a list row by row: one that can't be read keeps no other from being shown, and is told of once. */
export function createLegible() {
  const told = new Set<HoldId>();
  const hearers: Hear[] = [];

  function read(row: Row): Hold[] {
    try {
      return [decodeHold(row)];
    } catch (error) {
      if (!(error instanceof UnreadableRow)) throw error;
      if (!told.has(row.id)) for (const hear of hearers) hear(row.id, error);
      told.add(row.id);
      return [];
    }
  }

  return {
    of: (rows: readonly Row[]): Hold[] => rows.flatMap(read),
    hear: (hear: Hear): void => void hearers.push(hear),
  };
}
