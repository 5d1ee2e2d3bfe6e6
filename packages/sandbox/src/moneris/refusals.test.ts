import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { permanentTokenOf, paymentMethodIdOf } from "./payment-methods.ts";
import { testCards } from "./cards.ts";
import type { Store } from "./testing/store.ts";
import { askForToken, openStore, requestToken } from "./testing/store.ts";

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
beforeEach(() => store.reset());
afterAll(() => store.close());

const opened = async (amount = 1000, more = {}, card = "visa") =>
  String((await store.create(amount, more, card)).body.paymentId);

describe("POST /oauth2/token", () => {
  it("gives a bearer token to the client that the merchant has", async () => {
    const response = await requestToken(store.url);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      access_token: expect.stringMatching(/^[A-F]{64}$/u),
      token_type: "Bearer",
      expires_in: 3600,
      scope: "payment.read payment.write",
    });
  });

  it.each([
    [{ client_secret: "wrong" }, 401, "invalid_client"],
    [{ client_id: "nobody" }, 401, "invalid_client"],
    [{ grant_type: "password" }, 400, "unsupported_grant_type"],
    [{ scope: "payment.read dispute.write" }, 400, "invalid_scope"],
  ])("%o is answered %i %s", async (form: Record<string, string>, status, error) => {
    const response = await requestToken(store.url, form);
    expect({ status: response.status, body: await response.json() }).toEqual({ status, body: { error } });
  });

  it("leaves neither secret nor token in the journal", async () => {
    await askForToken(store.url);
    const entry = store.journal.entries(0).findLast(({ operation }) => operation === "token");
    expect(entry).toMatchObject({
      request: { client_secret: "[redacted]" },
      answer: { body: { access_token: "[redacted]" } },
    });
  });
});

describe("a request is turned away", () => {
  it.each([undefined, "Bearer nothing", "Basic abc"])("401, with the authorization %s", async (authorization) => {
    const heard = await store.send("GET", "/payments", undefined, { authorization });
    expect(heard).toMatchObject({ status: 401, body: { category: "UNAUTHORIZED_ERROR" } });
    expect(heard.headers.get("www-authenticate")).toContain("invalid_token");
  });

  it("401, with a token that has lived its hour", async () => {
    const authorization = `Bearer ${await askForToken(store.url)}`;
    expect((await store.send("GET", "/payments", undefined, { authorization })).status).toBe(200);
    store.pass(3_600_000);
    expect((await store.send("GET", "/payments", undefined, { authorization })).status).toBe(401);
  });

  it("403, where the token may only read, or is another merchant's", async () => {
    const readOnly = { authorization: `Bearer ${await askForToken(store.url, { scope: "payment.read" })}` };
    expect((await store.send("POST", "/payments", {}, readOnly)).status).toBe(403);
    expect((await store.send("GET", "/payments", undefined, readOnly)).status).toBe(200);
    store.gateway.addMerchant({ merchantId: "OTHER00000001", clientId: "other", clientSecret: "other-secret" });
    for (const id of ["OTHER00000001", "9999999999999"])
      expect((await store.send("GET", "/payments", undefined, { "x-merchant-id": id })).status).toBe(403);
  });

  it.each([
    ["x-merchant-id", undefined, "X-Merchant-Id", "REQUIRED_FIELD"],
    ["x-merchant-id", "short", "X-Merchant-Id", "INVALID_FORMAT"],
    ["api-version", undefined, "Api-Version", "REQUIRED_FIELD"],
    ["api-version", "latest", "Api-Version", "INVALID_FORMAT"],
  ])("400, with %s %s", async (name, value, parameterName, reasonCode) => {
    expect(await store.send("GET", "/payments", undefined, { [name]: value })).toMatchObject({
      status: 400,
      body: { errors: [{ parameterName, reasonCode }] },
    });
  });

  it("404, where there is no such payment or path", async () => {
    const id = "pi0105ARZ3NDEKTSV4RRFFQ69G5FAV";
    expect((await store.read(id)).body).toMatchObject({ status: 404, instance: `/payments/${id}` });
    expect((await store.increment(id, 100)).status).toBe(404);
    expect((await store.send("GET", "/nothing")).status).toBe(404);
  });

  it.each([
    [{ idempotencyKey: undefined }, "idempotencyKey", "REQUIRED_FIELD"],
    [{ idempotencyKey: "x".repeat(37) }, "idempotencyKey", "INVALID_FORMAT"],
    [{ amount: { amount: 10.5, currency: "CAD" } }, "amount.amount", "INVALID_FORMAT"],
    [{ amount: { amount: 1_000_000_000, currency: "CAD" } }, "amount.amount", "INVALID_FORMAT"],
    [{ amount: { amount: 0, currency: "CAD" } }, "amount.amount", "INVALID_VALUE"],
    [{ amount: { amount: 1000 } }, "amount.currency", "REQUIRED_FIELD"],
    [{ orderId: "a b" }, "orderId", "INVALID_FORMAT"],
    [{ automaticCapture: true }, "automaticCapture", "INVALID_VALUE"],
    [{ paymentMethod: {} }, "paymentMethod.paymentMethodSource", "REQUIRED_FIELD"],
    [{ paymentMethod: { paymentMethodSource: "TEMPORARY_TOKEN" } }, "paymentMethod.temporaryToken", "REQUIRED_FIELD"],
  ])("400, a payment with %o", async (more, parameterName, reasonCode) => {
    const { status, body } = await store.create(1000, more);
    expect({ status, errors: body.errors }).toMatchObject({ status: 400, errors: [{ parameterName, reasonCode }] });
    expect(store.sums()).toBeUndefined();
  });

  it("400, a card number, which is neither wanted nor repeated nor kept", async () => {
    const card = { cardNumber: "5454545454545454", expiryMonth: 11, expiryYear: 2029, cardSecurityCode: 123 };
    const { body } = await store.create(1000, {
      paymentMethod: { paymentMethodData: { paymentMethodSource: "CARD", card } },
    });
    expect(body.errors).toMatchObject([
      { parameterName: "paymentMethod.paymentMethodSource", parameterValue: "CARD", reasonCode: "INVALID_VALUE" },
    ]);
    expect(JSON.stringify([body, store.journal.entries(0)])).not.toContain("5454545454545454");
  });

  it("400, a second payment of the same orderId", async () => {
    await opened(1000, { orderId: "stay-42" });
    expect((await store.create(500, { orderId: "stay-42" })).body.errors).toMatchObject([{ parameterName: "orderId" }]);
    expect(store.sums()).toMatchObject({ authorized: 1000 });
  });

  it("400, an increment beyond what an amount can say", async () => {
    const id = await opened(999_999_900);
    expect((await store.increment(id, 100)).status).toBe(400);
    expect((await store.increment(id, 99, { amount: { amount: 99, currency: "CAD" } })).status).toBe(200);
    expect(store.sums()).toMatchObject({ held: 999_999_999 });
  });

  it("400, an increment of a payment that was not marked for it", async () => {
    const id = await opened(1000, { incrementalAuthorization: undefined });
    expect((await store.increment(id, 500)).body).toMatchObject({ status: 400, category: "INVALID_REQUEST_ERROR" });
    expect(store.sums()).toMatchObject({ held: 1000 });
  });
});

describe("what pays", () => {
  it("a temporary token pays once, within fifteen minutes", async () => {
    const token = await store.gateway.token("visa");
    const paymentMethod = { paymentMethodSource: "TEMPORARY_TOKEN", temporaryToken: token?.token };
    expect((await store.create(1000, { paymentMethod })).status).toBe(201);
    expect((await store.create(1000, { paymentMethod })).body.errors).toMatchObject([
      { parameterName: "paymentMethod.temporaryToken", parameterValue: null },
    ]);
    const old = await store.gateway.token("visa");
    store.pass(15 * 60_000);
    const late = { paymentMethodSource: "TEMPORARY_TOKEN", temporaryToken: old?.token };
    expect((await store.create(1000, { paymentMethod: late })).status).toBe(400);
    expect(store.sums()).toMatchObject({ held: 1000 });
  });

  it.each(testCards)("a stored method or a permanent token of $name pays as often as it is asked", async (card) => {
    const stored = { paymentMethodSource: "PAYMENT_METHOD_ID", paymentMethodId: paymentMethodIdOf(card) };
    const permanent = {
      paymentMethodSource: "PERMANENT_TOKEN",
      permanentToken: permanentTokenOf(card),
      credentialOnFileInformation: { paymentIndicator: "CUSTOMER_INITIATED", paymentInformation: "SUBSEQUENT" },
    };
    const status = card.declines ? 422 : 201;
    for (const paymentMethod of [stored, permanent, stored])
      expect((await store.create(1000, { paymentMethod })).status).toBe(status);
    const { credentialOnFileInformation: _left, ...bare } = permanent;
    expect((await store.create(1000, { paymentMethod: bare })).status).toBe(400);
    expect(store.sums()).toMatchObject({ held: card.declines ? 0 : 3000 });
  });

  it("the card field hands out temporary tokens", async () => {
    const page = await fetch(`${store.url}/token-page?origin=https://shop.example`);
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors https://shop.example");
    const asked = await fetch(`${store.url}/token-page/tokens`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ card: "amex" }),
    });
    const { token: temporaryToken } = (await asked.json()) as { token: string };
    const { body } = await store.create(1000, {
      paymentMethod: { paymentMethodSource: "TEMPORARY_TOKEN", temporaryToken },
    });
    expect(body.paymentMethod.paymentMethodInformation.cardInformation).toMatchObject({
      cardBrand: "AMERICAN_EXPRESS",
      lastFour: "0005",
    });
  });
});

describe("GET /payments", () => {
  it("lists a day at most by pages, and does not look at an orderId", async () => {
    const ids: string[] = [];
    for (let made = 0; made < 5; made += 1) ids.push(await opened(1000, { orderId: `order-${made}` }));
    const first = (await store.send("GET", "/payments?limit=2&orderId=order-4")).body;
    const idsOf = (body: { data: { paymentId: string }[] }) => body.data.map(({ paymentId }) => paymentId);
    expect(idsOf(first)).toEqual(ids.slice(0, 2));
    expect(first.previous).toBeNull();
    const second = (await store.send("GET", String(first.next))).body;
    expect(idsOf(second)).toEqual(ids.slice(2, 4));
    expect(idsOf((await store.send("GET", String(second.next))).body)).toEqual(ids.slice(4));
    expect((await store.send("GET", String(first.last))).body.next).toBeNull();
  });

  it("by its days: created_to no more than one day after created_from", async () => {
    await opened();
    const within = "created_from=2026-11-21T11:00:00Z&created_to=2026-11-21T12:00:00Z";
    expect((await store.send("GET", `/payments?${within}`)).body.data).toHaveLength(1);
    const before = "created_from=2026-11-20T11:00:00Z&created_to=2026-11-21T11:00:00Z";
    expect((await store.send("GET", `/payments?${before}`)).body.data).toHaveLength(0);
    const long = "created_from=2026-11-19T11:00:00Z&created_to=2026-11-21T11:00:00Z";
    expect((await store.send("GET", `/payments?${long}`)).status).toBe(400);
    expect((await store.send("GET", "/payments?limit=21")).status).toBe(400);
    expect((await store.send("GET", "/payments?cursor=elsewhere")).status).toBe(400);
  });
});

it("every answer carries the version that was asked for and the caller's correlation id", async () => {
  const { headers } = await store.send("GET", "/payments", undefined, { "x-correlation-id": "06f1e47b" });
  expect([headers.get("api-version"), headers.get("x-correlation-id")]).toEqual(["2025-08-14", "06f1e47b"]);
});
