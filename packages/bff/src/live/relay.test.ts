import { beforeEach, expect, test } from "vitest";
import type { Hold, HoldId } from "../hold/index.ts";
import { UnreadableRow } from "../store/store.ts";
import { damage, memoryBooks, type MemoryBooks } from "../store/testing/memory-books.ts";
import { memoryStore } from "../store/testing/memory-store.ts";
import { next, sampleHold, written } from "../store/testing/samples.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { createHub, type Hub } from "./hub.ts";
import { createRelay, type Relay } from "./relay.ts";

const HOLDS = ["h1", "h2", "h3"] as const;

let books: MemoryBooks;
let clock: ManualClock;
let hub: Hub;
let relay: Relay;
let heard: HoldId[];
let alarms: string[];

beforeEach(async () => {
  books = memoryBooks();
  clock = new ManualClock();
  hub = createHub();
  heard = [];
  alarms = [];
  const alarm = (what: string, error: unknown) => {
    expect(error).toBeInstanceOf(UnreadableRow);
    alarms.push(what);
  };
  // Without news: what another process has committed is found by looking.
  relay = createRelay({ store: { ...memoryStore({ books, exclusive: false }), news: null }, hub, clock, alarm });
  for (const id of HOLDS) await committed(id, () => sampleHold(id));
});

function committed(id: HoldId, change: (hold: Hold) => Hold): Promise<void> {
  const other = memoryStore({ books });
  return other.commit({ hold: id }, ({ hold }) => written(undefined, change(hold ?? sampleHold(id))));
}

const hear = ({ terms }: Hold) => void heard.push(terms.id);
const watching: readonly (readonly [string, () => void])[] = [
  ["those who watch each hold", () => HOLDS.forEach((id) => hub.ofHold(id, hear))],
  ["a desk", () => void hub.ofDesk("grand-hotel", "test", hear)],
];

test.each(watching)("%s hear of the others where one can't be read, over and over", async (_, watch) => {
  watch();
  relay.start();
  await clock.settles(1_500);
  expect(heard).toEqual([...HOLDS]);
  for (let round = 1; round <= 2; round += 1) {
    heard.length = 0;
    for (const id of HOLDS) if (round === 1 || id !== "h2") await committed(id, (hold) => next(hold));
    damage(books, "h2");
    await clock.settles(1_500);
    expect(heard).toEqual(["h1", "h3"]);
  }
  expect(alarms, "which is told of once").toEqual(["the news of hold h2 could not be read"]);
  await relay.stop();
});
