import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { World } from "./testing/harness.ts";

let world: World;
beforeEach(async () => void (world = await World.start()));
afterEach(() => world.stop());

test("any number of onlookers of a hold in doubt ask its gateway nothing, and move no look forward", async () => {
  world.gateway.can = { readable: true };
  const { id } = await world.open();
  await world.doubt(id);
  const [find, read] = [vi.spyOn(world.gateway, "find"), vi.spyOn(world.gateway, "read")];
  const before = await world.store.load(id);
  const token = await world.payerToken(id);
  for (let round = 0; round < 10; round += 1) {
    await Promise.all(Array.from({ length: 20 }, () => world.call("widget.v1.hold", undefined, { token })));
  }
  expect([find.mock.calls.length, read.mock.calls.length]).toEqual([0, 0]);
  expect(await world.store.load(id)).toEqual(before);
});
