import { staffUpdate } from "@plimsoll/shared";
import { afterEach, beforeEach, expect, test } from "vitest";
import { damage, memoryBooks } from "../store/testing/memory-books.ts";
import { memoryStore } from "../store/testing/memory-store.ts";
import { dataOf, HOTEL, World } from "./testing/harness.ts";
import { Stream } from "./testing/sse.ts";

let world: World;
let others: string[];
let damaged: string;

beforeEach(async () => {
  const books = memoryBooks();
  world = await World.start(memoryStore({ books }));
  const first = (await world.open()).id;
  damaged = (await world.open()).id;
  // Opened at the same moment: in the order of their ids.
  others = [first, (await world.open()).id].sort();
  damage(books, damaged);
});
afterEach(() => world.stop());

test("a merchant and a desk see their other holds, and the log says once which one is missing", async () => {
  const token = await world.deskToken();
  const listed = { holds: others.map((id) => expect.objectContaining({ id })) };
  expect(dataOf(await world.call("merchant.v1.holds", undefined))).toMatchObject(listed);
  expect(dataOf(await world.call("console.v1.holds", undefined, { token }))).toMatchObject(listed);
  const headers = { authorization: `Bearer ${token}`, origin: HOTEL };
  const stream = await Stream.open(world.url("trpc/console.v1.watch"), headers);
  expect(staffUpdate.parse((await stream.message())?.data)).toMatchObject({ complete: true, ...listed });
  stream.close();
  const faults = world.log.splice(0).filter((line) => line.includes('"level":50'));
  expect(faults).toEqual([expect.stringContaining(`hold ${damaged} is left out of lists`)]);
});
