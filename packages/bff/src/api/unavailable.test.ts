import { afterEach, beforeEach, expect, test } from "vitest";
import { StoreUnavailable } from "../store/store.ts";
import { doneOf, refusalOf, World } from "./testing/harness.ts";

let world: World;
let hold: string;
beforeEach(async () => {
  world = await World.start();
  hold = (await world.open()).id;
});
afterEach(() => world.stop());

const dinner = () =>
  world.call("merchant.v1.increment", { hold, amount: 50_00, currency: "USD" }, { idempotency: "k" });

test("where the database can't be used the caller is told so, and the same key then gives the one step", async () => {
  const whole = { ...world.store };
  world.store.commit = () => Promise.reject(new StoreUnavailable("gone", true));
  const answer = await dinner();
  expect([answer.status, refusalOf(answer).code]).toEqual([503, "store_unavailable"]);
  expect(refusalOf(answer).message).toContain("Ask again with the same idempotency key");

  // Written, and the word of it lost on the way.
  world.store.commit = async (target, change) => {
    Object.assign(world.store, whole);
    await whole.commit(target, change);
    throw new StoreUnavailable("gone", false);
  };
  expect(refusalOf(await dinner()).code).toBe("store_unavailable");
  expect(doneOf(await dinner()).replayed).toBe(true);
});

test("also where it can't even be asked whose key it is", async () => {
  world.store.keys.find = () => Promise.reject(new StoreUnavailable("gone", true));
  const answer = await dinner();
  expect([answer.status, refusalOf(answer).code]).toEqual([503, "store_unavailable"]);
});
