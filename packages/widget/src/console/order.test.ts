import { staffView } from "@plimsoll/shared";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deskFixtures, staffHold as viewOf } from "../../fixtures/desk.ts";
import { ATTENTION, staffHold, type StaffHold } from "../live/staff.ts";
import { byAttention, matches } from "./order.ts";

const hold = (more: Parameters<typeof viewOf>[0] = {}): StaffHold => staffHold(viewOf(more));

describe("a desk's list", () => {
  test("stands in the order of what needs somebody, then of age", () => {
    const desk = byAttention(deskFixtures.desk.holds.map((view) => staffHold(view)));
    expect(desk.map(({ label, attention }) => `${attention} ${label.split(" ")[0]}`)).toEqual([
      "doubt 209",
      "denied 412",
      "waiting 520",
      "ending 118",
      "calm 301",
      "calm 305",
      "calm Bar",
      "calm 617",
      "calm 222",
    ]);
  });

  test("is the same from any order, and never puts what is calm before what is not", () => {
    const one = fc.record({
      attention: fc.constantFrom(...ATTENTION),
      hour: fc.integer({ min: 0, max: 23 }),
      id: fc.integer({ min: 1, max: 99 }),
    });
    const desk = fc.uniqueArray(one, { selector: ({ id }) => id, maxLength: 12 });
    fc.assert(
      fc.property(desk, fc.infiniteStream(fc.nat()), (guests, chance) => {
        const holds = guests.map(({ attention, hour, id }) =>
          hold({
            id: `hold_${String(id).padStart(32, "0")}`,
            attention,
            opened: `2026-11-21T${String(hour).padStart(2, "0")}:00:00Z`,
          }),
        );
        const sorted = byAttention(holds);
        const shuffled = holds.map((view) => [chance.next().value ?? 0, view] as const).toSorted(([a], [b]) => a - b);
        expect(byAttention(shuffled.map(([, view]) => view))).toEqual(sorted);
        const firstCalm = sorted.findIndex(({ attention }) => attention === "calm");
        if (firstCalm >= 0) expect(sorted.slice(firstCalm).every(({ attention }) => attention === "calm")).toBe(true);
      }),
    );
  });

  test("puts a word that this script does not know before what is calm", () => {
    const unknown = { ...hold({ id: `hold_${"9".repeat(32)}` }), attention: "other" as const };
    expect(byAttention([hold(), unknown])[0]).toBe(unknown);
  });

  test("is searched by label, order and reference, without case, accents and dashes", () => {
    const guest = hold({ label: "520 · P. Novák", order: "stay-1045", reference: "7F3K-22" });
    const found = (searches: readonly string[]) => searches.filter((search) => matches(guest, search));
    const searches = ["", "novak", "520 nov", "STAY-1045", "7f3k22", "1045"];
    expect(found(searches)).toEqual(searches);
    expect(found(["jones", "novak 521", "20stay"])).toEqual([]);
  });
});

test("every fixture is a view of the contract, and is read", () => {
  for (const { holds } of Object.values(deskFixtures)) {
    for (const view of holds) {
      expect(staffView.parse(view)).toEqual(view);
      expect(staffHold(view).label).toBe(view.label);
    }
  }
});
