import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createIdempotencyKeys } from "./idempotency.ts";
import { createPaygateReadings } from "./readings.ts";
import type { MerchantServer } from "./testing/merchant-server.ts";
import { BASIC, openMerchantServer } from "./testing/merchant-server.ts";

let server: MerchantServer;
beforeAll(async () => {
  server = await openMerchantServer();
});
beforeEach(async () => {
  server.startAgain();
  payId = (await server.authorize(2000)).body.payId;
});
afterAll(() => server.close());

let payId: string;
const held = () => server.payment(payId).sums.held;
const keyed = (key: string, value: number, transId = "dinner") =>
  server.send(
    "POST",
    `/payments/${payId}/incrementals`,
    { transId, amount: { value, currency: "EUR" } },
    { authorization: BASIC, "idempotency-key": key },
  );
const HOUR = 60 * 60_000;

describe("the same key with the same request", () => {
  it("is answered the same and applied once", async () => {
    const first = await keyed("k", 500);
    const again = await keyed("k", 500);
    expect(again.text).toBe(first.text);
    expect(again.status).toBe(200);
    expect(held()).toBe(2500);
  });

  it("is declined the same", async () => {
    const first = await keyed("k", 551);
    expect((await keyed("k", 551)).text).toBe(first.text);
    expect(server.payment(payId).movements).toHaveLength(2);
  });

  it("is refused the same, even when it would now be allowed", async () => {
    const refused = await server.send(
      "POST",
      `/payments/${payId}/captures`,
      { transId: "c", amount: { value: 2500, currency: "EUR" } },
      { authorization: BASIC, "idempotency-key": "c" },
    );
    await server.add(payId, 500);
    const again = await server.send(
      "POST",
      `/payments/${payId}/captures`,
      { transId: "c", amount: { value: 2500, currency: "EUR" } },
      { authorization: BASIC, "idempotency-key": "c" },
    );
    expect([again.status, again.text]).toEqual([refused.status, refused.text]);
    expect(held()).toBe(2500);
  });

  it("tells what was lost the first time", async () => {
    await expect(keyed("k", 992)).rejects.toThrow(/fetch failed/u);
    expect((await keyed("k", 992)).body).toMatchObject({ transId: "dinner", status: "AUTHORIZED" });
    expect(held()).toBe(2992);
  });

  it("tells what a fault kept from the caller", async () => {
    server.script({ match: { reference: "k" }, do: "drop", when: "after" });
    await expect(keyed("k", 500)).rejects.toThrow(/fetch failed/u);
    expect((await keyed("k", 500)).body.status).toBe("AUTHORIZED");
    expect(held()).toBe(2500);
  });

  it("belongs to one merchant", async () => {
    server.gateway.addMerchant({ merchantId: "other", apiKey: "key" });
    await keyed("k", 500);
    const authorization = `Basic ${Buffer.from("other:key").toString("base64")}`;
    const headers = { authorization, "idempotency-key": "k" };
    expect((await server.send("POST", `/payments/${payId}/incrementals`, {}, headers)).body.responseCode).toBe(
      "40100001",
    );
  });
});

describe("how long a key is remembered", () => {
  it.each([
    ["24h", 24 * HOUR - 1, 200, 2500],
    ["24h", 24 * HOUR, 400, 2500],
    ["15min", HOUR / 4, 400, 2500],
    ["none", 0, 400, 2500],
  ])("%s, %i ms later: %i, since the transId is known", async (reading, ms, status, total) => {
    server.set("idempotencyRetention", reading);
    await keyed("k", 500);
    server.pass(ms);
    expect((await keyed("k", 500)).status).toBe(status);
    expect(held()).toBe(total);
  });
});

describe("the same key with another request", () => {
  it("is a conflict", async () => {
    await keyed("k", 500);
    expect(await keyed("k", 600, "bar")).toMatchObject({ status: 409, body: { responseCode: "20120009" } });
    expect(held()).toBe(2500);
  });

  it("gets the first answer, under the other reading", async () => {
    server.set("idempotencyMismatch", "first-answer");
    const first = await keyed("k", 500);
    expect((await keyed("k", 600, "bar")).text).toBe(first.text);
    expect(held()).toBe(2500);
  });
});

describe("a key whose first request is still worked on", () => {
  it("is a conflict until it is not", async () => {
    const { id } = server.script({ match: { operation: "increment" }, do: "drop", when: "after" });
    await expect(keyed("k", 591)).rejects.toThrow(/fetch failed/u);
    expect(server.faults.reports().find((fault) => fault.id === id)?.state).toBe("done");
    expect(await keyed("k", 591)).toMatchObject({ status: 409, body: { responseCode: "60000009" } });
    server.pass(12_000);
    expect((await keyed("k", 591)).body.status).toBe("AUTHORIZED");
    expect(held()).toBe(2591);
  });
});

it("idempotencyInFlight waits: the second request is answered as late as the first, and once", () => {
  const slow = { status: 200, body: { xId: "a" }, manner: "slow" } as const;
  let now = 0;
  let times = 0;
  const keys = createIdempotencyKeys({ now: () => now }, createPaygateReadings({ idempotencyInFlight: "waits" }));
  const ask = () =>
    keys.answer({ merchant: "m", key: "k", fingerprint: "f" }, () => {
      times += 1;
      return { answer: slow };
    });
  expect([ask(), ask()]).toEqual([slow, slow]);
  now = 12_000;
  expect(ask()).toEqual({ status: 200, body: { xId: "a" } });
  expect(times).toBe(1);
});

describe("a key whose first answer was a 500", () => {
  it.each([
    ["stored", 1083, 500, 3083],
    ["stored", 1084, 500, 2000],
    ["true-answer", 1083, 200, 3083],
  ])("%s, %i: %i", async (reading, value, status, total) => {
    server.set("replayOfServerError", reading);
    expect((await keyed("k", value)).status).toBe(500);
    expect((await keyed("k", value)).status).toBe(status);
    expect(held()).toBe(total);
  });

  it("true-answer: where nothing was applied it is worked on again", async () => {
    server.set("replayOfServerError", "true-answer");
    server.script({ match: { operation: "increment" }, do: "outcome", outcome: "SERVER_ERROR" });
    expect((await keyed("k", 500)).status).toBe(500);
    expect((await keyed("k", 500)).status).toBe(200);
    expect(held()).toBe(2500);
  });
});
