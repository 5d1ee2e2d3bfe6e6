import type { Entry, EntryId } from "./model.ts";

/** The id of an entry that the rules add by themselves beside one that was asked for: the same shape, and no entry's yet. */
export function besideEntry(entries: readonly Pick<Entry, "id">[], id: EntryId): EntryId {
  const taken = new Set(entries.map((entry) => entry.id));
  for (let nth = entries.length; ; nth += 1) {
    const free = neighbour(id, nth);
    if (!taken.has(free)) return free;
  }
}

/** Ids are random: a neighbour of one is no other hold's. */
function neighbour(id: EntryId, nth: number): EntryId {
  const parts = /^(.*?)([0-9a-f]{32})$/.exec(id);
  if (!parts) return `${id}+${nth}`;
  const [, prefix = "", digits = ""] = parts;
  const next = BigInt.asUintN(128, BigInt(`0x${digits}`) + BigInt(nth));
  return prefix + next.toString(16).padStart(digits.length, "0");
}
