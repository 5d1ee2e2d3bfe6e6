import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "./testing/store.ts";
import { openStore } from "./testing/store.ts";

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
beforeEach(() => store.reset());
afterAll(() => store.close());

const opened = async (amount = 1000, more = {}, card = "visa") =>
  String((await store.create(amount, more, card)).body.paymentId);
const cad = (amount: number) => ({ amount, currency: "CAD" });

it('the story of the guide "Incremental Authorization": 10.00, 10.00 more, one completion of 20.00', async () => {
  const token = await store.gateway.token("mastercard");
  const created = await store.send("POST", "/payments", {
    idempotencyKey: "5d8f812e-9969-4885-85bb-d03948eccac1",
    orderId: "1q2w3e4r5t6t78",
    amount: cad(1000),
    paymentMethod: { paymentMethodData: { paymentMethodSource: "TEMPORARY_TOKEN", temporaryToken: token?.token } },
    incrementalAuthorization: { incrementAuthorizationIndicator: true },
    ecommerceIndicator: "SSL_MERCHANT",
    automaticCapture: false,
  });
  expect(created).toMatchObject({
    status: 201,
    body: {
      orderId: "1q2w3e4r5t6t78",
      paymentStatus: "AUTHORIZED",
      authorizedAmount: cad(1000),
      capturableAmount: cad(1000),
      incrementalAuthorizations: [],
      transactionDetails: { isoResponseCode: "00", responseCode: "027" },
    },
  });
  const id = String(created.body.paymentId);
  const incremented = await store.increment(id, 1000, {
    idempotencyKey: "5d8f812e-9969-4885-85bb-d03948eccac2",
    invoiceNumber: "1a2s3d45v6",
  });
  expect(incremented).toMatchObject({
    status: 200,
    body: {
      paymentId: id,
      paymentStatus: "INCREMENTED",
      amount: cad(1000),
      authorizedAmount: cad(2000),
      capturableAmount: cad(2000),
      incrementalAuthorizations: [{ amount: cad(1000), processedAt: "2026-11-21T12:00:00.000Z" }],
    },
  });
  const completed = await store.complete(id, 2000, { dynamicDescriptor: "moneris" });
  expect(completed).toMatchObject({
    status: 200,
    body: { paymentStatus: "SUCCEEDED", authorizedAmount: cad(2000), capturableAmount: cad(0) },
  });
  expect((await store.read(id)).body).toMatchObject({ paymentStatus: "SUCCEEDED", amount: cad(1000) });
  expect(store.sums()).toEqual({ authorized: 2000, captured: 2000, released: 0, held: 0, exponent: 2 });
  expect(store.payment("1q2w3e4r5t6t78")).toMatchObject({ id, state: "captured", network: "mastercard" });
});

it("a payment without automaticCapture false is completed at once", async () => {
  const { body } = await store.create(1000, { automaticCapture: true, incrementalAuthorization: false });
  expect(body).toMatchObject({ paymentStatus: "SUCCEEDED", capturableAmount: cad(0) });
  expect(store.sums()).toMatchObject({ captured: 1000, held: 0 });
});

describe("a completion", () => {
  it("of less lets the rest go: 24.37 of 30.00", async () => {
    const id = await opened(2000);
    await store.increment(id, 1000);
    await store.complete(id, 2437);
    expect(store.payment(id)).toMatchObject({
      state: "captured",
      sums: { authorized: 3000, captured: 2437, released: 563, held: 0 },
    });
  });

  it("without an amount takes all that is left", async () => {
    const id = await opened();
    await store.increment(id, 500);
    await store.complete(id, null);
    expect(store.sums()).toMatchObject({ captured: 1500, held: 0 });
  });

  it("may come in parts, each listed: 600.00, then 130.00 as the last of 1100.00", async () => {
    const id = await opened(110_000);
    const first = await store.complete(id, 60_000, { finalCompletion: false });
    expect(first.body).toMatchObject({ paymentStatus: "PARTIALLY_COMPLETED", capturableAmount: cad(50_000) });
    const last = await store.complete(id, 13_000);
    expect(last.body).toMatchObject({
      paymentStatus: "SUCCEEDED",
      multipleCompletions: [
        { amount: cad(60_000), finalCompletion: false },
        { amount: cad(13_000), finalCompletion: true },
      ],
    });
    expect(store.sums()).toMatchObject({ captured: 73_000, released: 37_000, held: 0 });
  });

  it("of more than is authorized, a second final one, or of nothing in parts is refused and takes nothing", async () => {
    const id = await opened();
    expect(await store.complete(id, 1001)).toMatchObject({
      status: 400,
      body: { category: "INVALID_REQUEST_ERROR", errors: [{ parameterName: "amount.amount" }] },
    });
    expect((await store.complete(id, 0, { finalCompletion: false })).status).toBe(400);
    expect((await store.complete(id, 1000, { amount: { amount: 1000, currency: "USD" } })).status).toBe(400);
    expect(store.sums()).toMatchObject({ captured: 0, held: 1000 });
    await store.complete(id, 1000);
    expect((await store.complete(id, 1)).body).toMatchObject({ status: 400, title: "INVALID_PAYMENT_STATE" });
    expect(store.sums()).toMatchObject({ captured: 1000, held: 0 });
  });

  it("in parts needs a store that is set up for it", async () => {
    const settings = { multipleCompletions: false };
    const single = await openStore({ merchantId: "SINGLE0000001", clientId: "one", clientSecret: "s", settings });
    const { body } = await single.create(1000);
    expect((await single.complete(String(body.paymentId), 400, { finalCompletion: false })).body.errors).toMatchObject([
      { parameterName: "finalCompletion" },
    ]);
    expect(single.sums()).toMatchObject({ captured: 0, held: 1000 });
    await single.close();
  });
});

describe("a cancel", () => {
  it("lets go of everything, increments too", async () => {
    const id = await opened();
    await store.increment(id, 500);
    expect((await store.cancel(id, { reason: "guest left" })).body).toMatchObject({
      paymentStatus: "CANCELED",
      authorizedAmount: cad(1500),
      capturableAmount: cad(0),
    });
    expect(store.payment(id)).toMatchObject({ state: "reversed", sums: { released: 1500, held: 0 } });
    expect((await store.increment(id, 500)).status).toBe(400);
    expect((await store.complete(id, 500)).status).toBe(400);
    expect((await store.cancel(id)).status).toBe(400);
  });

  it("never addresses one increment or one completion", async () => {
    const id = await opened();
    const multipleCompletion = { amount: cad(500), processedAt: "2026-11-21T12:00:00.000Z", finalCompletion: false };
    expect((await store.cancel(id, { multipleCompletion })).body).toMatchObject({
      status: 400,
      errors: [{ parameterName: "multipleCompletion" }],
    });
    const { body } = await store.increment(id, 500);
    expect(body.incrementalAuthorizations.map(Object.keys)).toEqual([["amount", "processedAt"]]);
    expect(store.sums()).toMatchObject({ held: 1500 });
  });
});

describe("an increment of nothing", () => {
  const DAY = 86_400_000;

  it("gives a Mastercard thirty days from then on", async () => {
    const id = await opened(90_000, {}, "mastercard");
    store.passAtGateway(5 * DAY);
    expect((await store.increment(id, 0)).body).toMatchObject({
      paymentStatus: "INCREMENTED",
      authorizedAmount: cad(90_000),
      incrementalAuthorizations: [{ amount: cad(0) }],
    });
    expect(store.payment(id)).toMatchObject({ expires: "2026-12-26T12:00:00.000Z", sums: { held: 90_000 } });
    expect(store.payment(id).movements.at(-1)).toMatchObject({ kind: "extension", status: "INCREMENTED" });
  });

  it("that the issuer declines leaves the time as it was", async () => {
    const id = await opened(90_000, {}, "mastercard");
    store.script({ match: { operation: "increment" }, do: "outcome", outcome: "DECLINED" });
    expect((await store.increment(id, 0)).status).toBe(422);
    expect(store.payment(id)).toMatchObject({ expires: "2026-11-28T12:00:00.000Z", sums: { held: 90_000 } });
  });

  it.each(["visa", "amex", "discover"])("is refused on %s", async (card) => {
    const id = await opened(1000, {}, card);
    expect((await store.increment(id, 0)).body).toMatchObject({
      status: 400,
      category: "INVALID_REQUEST_ERROR",
      errors: [{ parameterName: "amount.amount", parameterValue: "0", reasonCode: "INVALID_VALUE" }],
    });
    expect(store.payment(id)).toMatchObject({ expires: "2026-11-28T12:00:00.000Z", sums: { held: 1000 } });
  });
});

describe("other currencies", () => {
  it.each([
    ["JPY", 0, 1000, 2600],
    ["USD", 2, 1000, 2600],
    ["KWD", 3, 10_000, 12_600],
  ] as const)("%s has %i decimals and whole minor units on the wire", async (currency, exponent, base, total) => {
    const id = await opened(base, { amount: { amount: base, currency } });
    const body = (await store.increment(id, 1600, { amount: { amount: total - base, currency } })).body;
    expect(body.authorizedAmount).toEqual({ amount: total, currency });
    expect(store.sums(currency)).toEqual({ authorized: total, captured: 0, released: 0, held: total, exponent });
    expect((await store.increment(id, 100)).body.errors).toMatchObject([{ parameterName: "amount.currency" }]);
    expect(store.sums(currency)).toMatchObject({ held: total });
  });
});
