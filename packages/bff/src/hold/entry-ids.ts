import type { EntryId } from "./model.ts";

/**
 * The id of an entry that the rules add by themselves beside one that was asked for: the same shape, as far on as
 * `nth` says. Ids are random, so their neighbours are free.
 */
export function besideEntry(id: EntryId, nth: number): EntryId {
  const parts = /^(.*?)([0-9a-f]{32})$/.exec(id);
  if (!parts) return `${id}+${nth}`;
  const [, prefix = "", digits = ""] = parts;
  const next = BigInt.asUintN(128, BigInt(`0x${digits}`) + BigInt(nth));
  return prefix + next.toString(16).padStart(digits.length, "0");
}
