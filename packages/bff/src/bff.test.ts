import { afterEach, beforeEach, expect, test } from "vitest";
import { World } from "./api/testing/harness.ts";
import { checkConfig, createBff, createLog, makeDirectory, makeIds, openStore, systemClock } from "./bff.ts";

let world: World;
beforeEach(async () => void (world = await World.start()));
afterEach(() => world.stop());

const get = (path: string) => world.send(path, { method: "GET" });

test("it says whether it lives and whether it is ready, under the path that it is reached at", async () => {
  expect([(await get("health")).status, (await get("ready")).status]).toEqual([200, 200]);
  const elsewhere = await fetch(`http://127.0.0.1:${world.port}/plimsoll/health`);
  expect(elsewhere.status).toBe(404);
});

test("an address that can't be read is refused without a word about our inside", async () => {
  for (const path of ["%E0%A4%A", "..%2f..%2fetc", "1.0.0/%00", "nowhere"]) {
    const { status, text } = await get(path);
    expect([status >= 400 && status < 500, text]).toEqual([true, '{"ok":false}']);
  }
});

test("while it stops it lives and is not ready", async () => {
  const draining = world.drain();
  expect([(await get("health")).status, (await get("ready")).status]).toEqual([200, 503]);
  await draining;
});

test("it can't be put together with a secret that is too short, and makes no key for a merchant it does not know", async () => {
  const config = checkConfig({
    publicUrl: "https://pay.example",
    secret: { env: "SECRET" },
    merchants: [{ id: "hotel", name: "Hotel", descriptor: "HOTEL" }],
    accounts: [{ id: "a", merchant: "hotel", mode: "test", gateway: "fake", settings: {} }],
  });
  const store = await openStore({ file: ":memory:" });
  const parts = {
    config,
    directory: makeDirectory(config, () => world.gateway),
    store,
    clock: systemClock,
    ids: makeIds(() => 0),
    log: createLog({ level: "silent" }),
  };
  expect(() => createBff({ ...parts, secret: "c2hvcnQ=" })).toThrow("32 random bytes");
  const bff = createBff({ ...parts, secret: Buffer.alloc(32, 1).toString("base64") });
  expect(() => bff.createKey("nobody", "test", "x")).toThrow("no merchant nobody");
  await store.close();
});
