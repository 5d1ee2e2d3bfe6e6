import { ATTENTION, type StaffHold } from "../live/staff.ts";

/** A desk's list: what needs somebody first, in the order of how pressing it is, then the oldest. */
export function byAttention(holds: Iterable<StaffHold>): StaffHold[] {
  return [...holds].toSorted(
    (a, b) => rank(a) - rank(b) || Date.parse(a.opened) - Date.parse(b.opened) || (a.id < b.id ? -1 : 1),
  );
}

/** Whether a hold asks for somebody. */
export function needsSomebody({ attention }: StaffHold): boolean {
  return attention !== "calm";
}

/** Whether a hold is meant by a search: every word of it stands in the label, the order or the reference. */
export function matches({ label, order, reference }: StaffHold, search: string): boolean {
  const place = folded([label, order, reference].join("\n"));
  return folded(search)
    .split(/ +/)
    .every((word) => place.includes(word));
}

/** A word that this script does not know stands just before what is calm. */
function rank({ attention }: StaffHold): number {
  return attention === "other" ? ATTENTION.length - 1.5 : ATTENTION.indexOf(attention);
}

/** Without case, accents and the dashes of a reference that is read out on the telephone. */
function folded(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\p{M}-]/gu, "");
}
