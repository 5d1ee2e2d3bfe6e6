import { afterEach, beforeEach, expect, test } from "vitest";
import { refusalOf, World } from "./api/testing/harness.ts";
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

test("who asks while it stops is sent elsewhere, and who had asked before is answered first", async () => {
  const { id } = await world.open();
  const { store } = world;
  const reached = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const load = store.load.bind(store);
  store.load = async (hold) => {
    reached.resolve();
    await goOn.promise;
    return load(hold);
  };
  const before = world.call("merchant.v1.hold", { hold: id });
  await reached.promise;
  const draining = world.drain();
  const meanwhile = await world.call("merchant.v1.hold", { hold: id });
  expect([meanwhile.status, refusalOf(meanwhile).code]).toEqual([503, "stopping"]);
  expect(meanwhile.headers.get("connection")).toBe("close");
  goOn.resolve();
  expect((await before).status).toBe(200);
  await draining;
  expect(refusalOf(await world.call("merchant.v1.hold", { hold: id })).code).toBe("stopping");
  const notice = await world.send("notices/grand-test", { body: "[]" });
  expect(notice.status).toBe(503);
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
  await expect(bff.createKey("nobody", "test", "x")).rejects.toThrow("no merchant nobody");
  await store.close();
});
