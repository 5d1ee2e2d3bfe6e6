import { expect, it } from "vitest";
import { besideEntry } from "./entry-ids.ts";

it("an entry that the rules add has an id of the same shape that no other has, whatever was added before", () => {
  const base = "entry_019de368f600756395108bad4fd6e6ff";
  const entries = [{ id: base }];
  for (let added = 0; added < 40; added += 1) {
    const beside = entries[added % 3 === 0 ? 0 : added]?.id ?? base;
    entries.push({ id: besideEntry(entries, beside) });
  }
  expect(new Set(entries.map(({ id }) => id)).size).toBe(41);
  for (const { id } of entries) expect(id).toMatch(/^entry_[0-9a-f]{32}$/);
});
