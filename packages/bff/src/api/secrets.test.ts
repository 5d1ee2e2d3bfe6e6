import { afterEach, beforeEach, expect, test } from "vitest";
import { HOTEL, opening, World } from "./testing/harness.ts";

let world: World;
beforeEach(async () => void (world = await World.start()));
afterEach(() => world.stop());

const PAYMENT = "tok-canary-5c0ffee";
const CARD = "4111111111111111";

test("no secret is in any line of the log, in any answer, in any address or in any record", async () => {
  const { key: keyless, ...given } = { key: "", ...opening(), payment: { token: PAYMENT } };
  expect(keyless).toBe("");
  const opened = await world.call("merchant.v1.open", given);
  expect(opened.status).toBe(200);
  const { holds } = await world.merchant().holds.query();
  const hold = holds[0]?.id ?? "";
  const token = await world.payerToken(hold);
  const key = world.keys.test;
  world.answers.length = 0;

  // Right and wrong uses, and secrets in every place where they don't belong.
  await world.call("widget.v1.hold", undefined, { token });
  await world.call("widget.v1.hold", { hold: token }, { token, origin: "https://evil.test" }).catch(() => undefined);
  await world.call("merchant.v1.hold", { hold }, { key: token });
  await world.call("merchant.v1.increment", { hold, amount: 1, currency: "USD", reason: CARD });
  await world.call("merchant.v1.increment", { hold, amount: 1, currency: key, [CARD]: token });
  await world.call("merchant.v1.increment", { hold, amount: token, currency: "USD" }, { idempotency: key });
  await world.call("merchant.v1.open", { ...opening(), payment: { token: CARD } });
  await world.send("trpc/merchant.v1.open", {
    headers: { authorization: `Bearer ${key}` },
    body: `{"${PAYMENT}":${CARD}`,
  });
  await world.send(`trpc/${key}`, { method: "GET", headers: { authorization: `Bearer ${token}`, origin: HOTEL } });
  world.gateway.capabilities = () => {
    throw new Error(`a fault that tells ${key}, ${token} and ${CARD}`);
  };
  await world.call("merchant.v1.open", { ...opening(), payment: { token: PAYMENT } });

  const records = JSON.stringify(await world.store.history(hold)) + JSON.stringify(await world.store.load(hold));
  const secrets = [key, token, PAYMENT, CARD, world.secret.toString("base64"), world.secret.toString("hex")];
  for (const secret of secrets) {
    expect(world.log.join("")).not.toContain(secret);
    expect(world.answers.join("")).not.toContain(secret);
    expect(records).not.toContain(secret);
  }
  expect(world.urls.filter((url) => url.includes("eyJ") && !url.includes("input="))).toEqual([]);
  expect(world.log.join("")).toContain("refused");
  // The last of it was a fault, and is in the log as one.
  world.log.splice(0, world.log.length, ...world.log.filter((line) => !line.includes("a fault that tells")));
});

test("a payment token is sealed before it is written, and reaches the gateway as it was", async () => {
  const { hold } = await world
    .merchant()
    .open.mutate({ ...opening(), profile: "lodging", payment: { token: PAYMENT } });
  expect(world.gateway.tokens).toEqual([PAYMENT]);
  const { events } = await world.merchant().history.query({ hold: hold.id });
  expect(JSON.stringify(events)).not.toContain(PAYMENT);
});
