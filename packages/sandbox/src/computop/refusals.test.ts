import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MerchantServer } from "./testing/merchant-server.ts";
import { BASIC, basic, openMerchantServer, speakForm } from "./testing/merchant-server.ts";

let server: MerchantServer;
beforeAll(async () => {
  server = await openMerchantServer();
});
beforeEach(() => server.startAgain());
afterAll(() => server.close());

const held = async (payId: string) => server.payment(payId).sums.held;
const code = (responseCode: string) => ({ status: 400, body: { responseCode } });

describe("who asks", () => {
  it.each([
    ["nobody", {}],
    ["a wrong key", { authorization: basic("plimsoll_test", "guessed") }],
    ["a merchant that is not there", { authorization: basic("stranger", "sandbox-paygate-api-key") }],
    ["a bearer token that was never issued", { authorization: "Bearer AAAA" }],
    ["no scheme", { authorization: BASIC.slice("Basic ".length) }],
  ])("%s gets 401 and leaves nothing in the books", async (_who, headers) => {
    const refused = await server.send("POST", "/payments", {}, headers);
    expect(refused).toMatchObject({
      status: 401,
      body: { responseCode: expect.any(String), responseDescription: expect.any(String) },
    });
    expect(server.sums()).toBeUndefined();
  });

  const tokenAt = (form: Record<string, string>, headers = {}) =>
    speakForm(`${server.url}/api/v2/authorization/oauth/token`, form, headers);
  const client = { client_id: "plimsoll_test", client_secret: "sandbox-paygate-api-key" };

  it("a bearer token opens the same door for an hour", async () => {
    const { status, body } = await tokenAt({ grant_type: "client_credentials", ...client });
    expect([status, body]).toEqual([200, { access_token: expect.any(String), token_type: "Bearer", expires_in: 3600 }]);
    const authorization = `Bearer ${body.access_token}`;
    const ask = () => server.send("GET", "/payments/getByTransId/none", undefined, { authorization });
    expect((await ask()).status).toBe(404);
    server.pass(3_600_000);
    expect((await ask()).status).toBe(401);
    expect(JSON.stringify(server.journal())).not.toContain(body.access_token);
    expect(JSON.stringify(server.journal())).not.toContain("sandbox-paygate-api-key");
  });

  it("takes the client's name and key in the header too", async () => {
    const { status } = await tokenAt({ grant_type: "client_credentials" }, { authorization: BASIC });
    expect(status).toBe(200);
  });

  it.each([
    [401, "unsupported_grant_type", { grant_type: "password", ...client }],
    [401, "invalid_client", { grant_type: "client_credentials", ...client, client_secret: "guessed" }],
    [400, "invalid_request", { ...client }],
  ])("%i %s", async (status, error, form) => {
    const refused = await tokenAt(form);
    expect([refused.status, refused.body]).toEqual([
      status,
      { error, error_description: expect.any(String), error_uri: expect.stringMatching(/^https:/u) },
    ]);
  });
});

describe("a profile without pre-authorizations", () => {
  const authorization = basic("final_only", "key");
  const post = (path: string, value: number, more = {}) =>
    server.send(
      "POST",
      path,
      { transId: crypto.randomUUID(), amount: { value, currency: "EUR" }, ...more },
      { authorization },
    );

  it("authorizes as if nothing were wrong, and refuses the first increment", async () => {
    server.gateway.addMerchant({ merchantId: "final_only", apiKey: "key", settings: { preAuthorization: false } });
    const paymentMethods = { integrationType: "DIRECT", type: "CARD", card: { number: "4111111111111111" } };
    const { body } = await post("/payments", 2000, { captureMethod: { type: "MANUAL" }, paymentMethods });
    expect(body).toMatchObject({ status: "AUTHORIZED", responseCode: "00000000" });
    expect(await post(`/payments/${body.payId}/incrementals`, 500)).toMatchObject(code("22060901"));
    expect(server.gateway.payment("final_only", body.payId)).toMatchObject({
      facts: { preAuthorization: false },
      sums: { authorized: 2000, held: 2000 },
    });
    expect((await post(`/payments/${body.payId}/captures`, 2000)).body.status).toBe("CAPTURED");
  });

  it("may be overruled by eventToken PRE_AUTH, under a reading", async () => {
    server.gateway.addMerchant({ merchantId: "final_only", apiKey: "key", settings: { preAuthorization: false } });
    server.set("eventToken", "pre-authorizes");
    const card = { number: "4111111111111111", eventToken: "PRE_AUTH" };
    const paymentMethods = { integrationType: "DIRECT", type: "CARD", card };
    const { body } = await post("/payments", 2000, { captureMethod: { type: "MANUAL" }, paymentMethods });
    expect((await post(`/payments/${body.payId}/incrementals`, 500)).status).toBe(200);
  });
});

describe("brands", () => {
  it.each([
    ["visa", 2500],
    ["mastercard", 2500],
    ["amex", 2000],
    ["jcb", 2000],
  ])("%s ends at %i", async (card, total) => {
    const { body } = await server.authorize(2000, {}, card);
    const grown = await server.add(body.payId, 500);
    if (total === 2000) expect(grown).toMatchObject(code("22060902"));
    expect(await held(body.payId)).toBe(total);
  });

  it("American Express is incremented with WorldpayCC", async () => {
    const authorization = basic("amex_shop", "key");
    server.gateway.addMerchant({ merchantId: "amex_shop", apiKey: "key", settings: { acquirer: "WorldpayCC" } });
    const paymentMethods = { integrationType: "DIRECT", type: "CARD", card: { number: "378282246310005" } };
    const amount = { value: 2000, currency: "EUR" };
    const opening = { transId: "a", amount, captureMethod: { type: "MANUAL" }, paymentMethods };
    const { body } = await server.send("POST", "/payments", opening, { authorization });
    const more = { transId: "b", amount };
    const grown = await server.send("POST", `/payments/${body.payId}/incrementals`, more, { authorization });
    expect(grown.body.status).toBe("AUTHORIZED");
  });
});

describe("what is asked", () => {
  it("a transId is used once, by payments and follow-ups alike", async () => {
    const { body } = await server.authorize(2000, { transId: "one" });
    expect(await server.authorize(2000, { transId: "one" })).toMatchObject(code("20170001"));
    expect(await server.add(body.payId, 500, { transId: "one" })).toMatchObject(code("20170001"));
    await server.add(body.payId, 551, { transId: "declined" });
    expect(await server.add(body.payId, 500, { transId: "declined" })).toMatchObject(code("20170001"));
    expect(await held(body.payId)).toBe(2000);
  });

  it.each([
    ["no transId", { transId: undefined }, "40100001"],
    ["a transId of 65", { transId: "x".repeat(65) }, "20140001"],
    ["a refNr of 13", { refNr: "x".repeat(13) }, "20140005"],
    ["a refNr with a hyphen", { refNr: "room-7" }, "20110005"],
    ["no amount", { amount: undefined }, "40100099"],
    ["no currency", { amount: { value: 100 } }, "40100003"],
    ["a currency in words", { amount: { value: 100, currency: "euro" } }, "20110003"],
    ["an unknown capture method", { captureMethod: { type: "LATER" } }, "20160006"],
    ["no card", { paymentMethods: { integrationType: "DIRECT", type: "CARD" } }, "40100008"],
    [
      "a card number that is nobody's",
      { paymentMethods: { integrationType: "DIRECT", type: "CARD", card: { number: "4111111111111112" } } },
      "22060907",
    ],
  ])("%s is refused", async (_what, more, responseCode) => {
    expect(await server.authorize(2000, more)).toMatchObject(code(responseCode));
    expect(server.sums()).toBeUndefined();
  });

  it("no JSON is refused", async () => {
    const headers = { authorization: BASIC, "content-type": "application/json" };
    const init = { method: "POST", headers, body: "{nonsense" };
    const response = await fetch(`${server.url}/api/v2/payments`, init);
    expect(response.status).toBe(400);
  });

  it("a payment that is not there, another merchant's and an increment's xId are not found", async () => {
    server.gateway.addMerchant({ merchantId: "other", apiKey: "key" });
    const { body } = await server.authorize(2000);
    const { body: grown } = await server.add(body.payId, 500);
    const as = { authorization: basic("other", "key") };
    expect((await server.add("none", 500)).status).toBe(404);
    expect((await server.add(grown.xId, 500)).status).toBe(404);
    expect((await server.add(body.payId, 500, {}, as)).status).toBe(404);
    expect((await server.send("GET", `/payments/getByPayId/${body.payId}`, undefined, as)).status).toBe(404);
    expect((await server.look(grown.xId)).status).toBe(404);
    expect(await held(body.payId)).toBe(2500);
  });

  it("a path that is not imitated says so", async () => {
    expect(await server.send("POST", "/payments/x/refunds", {})).toMatchObject({
      status: 404,
      body: { responseCode: expect.any(String) },
    });
  });
});

describe("Test:nnnn in the order overrides the live mode", () => {
  it.each([
    ["its description", { order: { description: "Test:0000" } }],
    ["a list of descriptions", { order: { description: ["Dinner", "Test:0000"] } }],
    ["an item's description", { order: { items: [{ description: "Test:0000" }] } }],
    ["simulationMode", { simulationMode: "Test:0000" }],
  ])("%s: it is authorized in words only, and nothing is held", async (_where, more) => {
    const { body } = await server.authorize(2000, more);
    expect(body).toMatchObject({ status: "AUTHORIZED", responseCode: "00000000" });
    expect(server.payment(body.payId)).toMatchObject({ facts: { simulation: "0000" }, sums: { held: 0 } });
    expect((await server.look(body.payId)).body.status).toBe("AUTHORIZED");
  });

  it("Test:0305 declines a card that is good", async () => {
    const { body } = await server.authorize(2000, { order: { description: "Test:0305" } });
    expect(body).toMatchObject({ status: "FAILED", responseCode: "22060305" });
    expect(await held(body.payId)).toBe(0);
  });

  it("other texts are only texts", async () => {
    const { body } = await server.authorize(2000, { order: { description: "A Test:0305 of taste" } });
    expect(await held(body.payId)).toBe(2000);
  });
});
