import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Shop } from "../../testing/shop.ts";
import { openShop } from "../../testing/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.control.reset());
afterAll(() => shop.close());

const sums = async (currency = "USD") => (await shop.control.books()).sums[currency];
const lodging = {
  processingInformation: { industryDataType: "lodging", authorizationOptions: { authIndicator: "0" } },
};
const night = {
  processingInformation: {
    industryDataType: "lodging",
    authorizationOptions: { initiator: { type: "merchant", storedCredentialUsed: "true" } },
  },
};
const addNight = (id: string, totalAmount: string, code: string) =>
  shop.add(id, { totalAmount }, { ...night, clientReferenceInformation: { code, comments: "Incremental Auth CP" } });

describe("the hotel: 400, dinner 50, a night 200, mini-bar 50, captured 700", () => {
  it("ends with 700.00 charged and nothing held", async () => {
    const { body } = await shop.authorize("400.00", lodging);
    expect(body).toMatchObject({
      status: "AUTHORIZED",
      orderInformation: { amountDetails: { authorizedAmount: "400.00", currency: "USD" } },
    });
    const totals = [];
    for (const [amount, code] of [
      ["50.00", "dinner"],
      ["200.00", "night"],
      ["50.00", "bar"],
    ] as const) {
      totals.push((await addNight(body.id, amount, code)).body.orderInformation.amountDetails);
    }
    expect(totals).toEqual([
      { totalAmount: "450.00", authorizedAmount: "50.00", currency: "USD" },
      { totalAmount: "650.00", authorizedAmount: "200.00", currency: "USD" },
      { totalAmount: "700.00", authorizedAmount: "50.00", currency: "USD" },
    ]);
    expect(await sums()).toEqual({ exponent: 2, authorized: 70000, captured: 0, released: 0, held: 70000 });
    const captured = await shop.capture(body.id, "700.00");
    expect(captured).toMatchObject({ status: 201, body: { status: "PENDING", _links: { void: { method: "POST" } } } });
    expect(await sums()).toEqual({ exponent: 2, authorized: 70000, captured: 70000, released: 0, held: 0 });
  });
});

describe("the charging session: additionalAmount", () => {
  it("answers with a new id whose links lead to the original, as the flexible page shows it", async () => {
    const { body: base } = await shop.authorize("20.00");
    const { body } = await shop.add(
      base.id,
      { additionalAmount: "10.00" },
      {
        clientReferenceInformation: {
          code: "test123",
          comments: "Flexible Incremental Auth",
          partner: { developerId: "dev", thirdPartyCertificationNumber: "cert", solutionId: "sol" },
        },
        processingInformation: { authorizationOptions: { initiator: { storedCredentialUsed: true } } },
        merchantInformation: { transactionLocalDateTime: 20191002080000 },
      },
    );
    expect(body).toMatchObject({
      _links: {
        authReversal: { method: "POST", href: `/pts/v2/payments/${base.id}/reversals` },
        self: { method: "GET", href: `/pts/v2/payments/${body.id}` },
        capture: { method: "POST", href: `/pts/v2/payments/${base.id}/captures` },
      },
      clientReferenceInformation: {
        comments: "Flexible Incremental Auth",
        code: "test123",
        partner: { developerId: "dev", solutionId: "sol" },
      },
      orderInformation: { amountDetails: { totalAmount: "30.00", authorizedAmount: "10.00", currency: "USD" } },
      reconciliationId: base.id,
      status: "AUTHORIZED",
      submitTimeUtc: "2026-11-21T12:00:00Z",
    });
    expect(body.id).not.toBe(base.id);
    expect(body.clientReferenceInformation.partner).not.toHaveProperty("thirdPartyCertificationNumber");
    expect(await shop.capture(body.id, "30.00")).toMatchObject({ status: 400, body: { reason: "MISSING_AUTH" } });
    expect(await sums()).toMatchObject({ held: 3000 });
  });

  it("gives the rest back by itself when less is captured", async () => {
    const { body } = await shop.authorize("20.00");
    await shop.add(body.id, { additionalAmount: "10.00" });
    await shop.capture(body.id, "24.37");
    expect(await sums()).toEqual({ exponent: 2, authorized: 3000, captured: 2437, released: 563, held: 0 });
    expect((await shop.control.payment(body.id)).movements.map(({ kind, applied }) => [kind, applied])).toEqual([
      ["authorization", 2000],
      ["increment", 1000],
      ["capture", 2437],
      ["automatic reversal", 563],
    ]);
  });
});

describe("money is exact in every currency", () => {
  it.each([
    ["JPY", "1000", "250", 1250, "1250"],
    ["KWD", "24.370", "0.630", 25000, "25.000"],
    ["HUF", "1500.50", "99.50", 160000, "1600.00"],
  ])("%s: %s and %s", async (currency, base, more, total, said) => {
    const { body } = await shop.authorize("", { orderInformation: { amountDetails: { totalAmount: base, currency } } });
    const grown = await shop.add(body.id, { additionalAmount: more, currency });
    expect(grown.body.orderInformation.amountDetails.totalAmount).toBe(said);
    expect(await sums(currency)).toMatchObject({ authorized: total, held: total });
  });

  it.each([
    ["JPY", "1000.5"],
    ["USD", "10.001"],
    ["USD", "-5.00"],
    ["USD", "1e3"],
    ["USD", "ten"],
  ])("%s %s is refused by field", async (currency, totalAmount) => {
    const refused = await shop.authorize("", { orderInformation: { amountDetails: { totalAmount, currency } } });
    expect(refused).toMatchObject({
      status: 400,
      body: {
        status: "INVALID_REQUEST",
        reason: "INVALID_DATA",
        details: [{ field: "orderInformation.amountDetails.totalAmount", reason: "INVALID_DATA" }],
      },
    });
    expect(await sums(currency)).toBeUndefined();
  });
});

describe("letting go", () => {
  it("a reversal states the whole hold and ends it", async () => {
    const { body } = await shop.authorize("20.00");
    await shop.add(body.id, { additionalAmount: "10.00" });
    expect(await shop.reverse(body.id, "20.00")).toMatchObject({ status: 400, body: { reason: "INVALID_AMOUNT" } });
    expect(await sums()).toMatchObject({ held: 3000 });
    expect(await shop.reverse(body.id, "30.00")).toMatchObject({
      status: 201,
      body: {
        status: "REVERSED",
        reversalAmountDetails: { reversedAmount: "30.00", originalTransactionAmount: "30.00", currency: "USD" },
      },
    });
    expect(await sums()).toMatchObject({ released: 3000, held: 0 });
    expect(await shop.reverse(body.id, "30.00")).toMatchObject({
      status: 400,
      body: { reason: "AUTH_ALREADY_REVERSED" },
    });
    expect(await shop.capture(body.id, "30.00")).toMatchObject({
      status: 400,
      body: { reason: "AUTH_ALREADY_REVERSED" },
    });
    expect(await sums()).toMatchObject({ captured: 0, released: 3000, held: 0 });
  });

  it("a voided capture gives the hold back, to be reversed", async () => {
    const { body } = await shop.authorize("20.00");
    const { body: captured } = await shop.capture(body.id, "20.00");
    expect(await shop.reverse(body.id, "20.00")).toMatchObject({
      status: 400,
      body: { reason: "TRANSACTION_ALREADY_SETTLED" },
    });
    const { href } = captured._links.void;
    expect(await shop.send("POST", href, {})).toMatchObject({
      status: 201,
      body: { status: "VOIDED", voidAmountDetails: { voidAmount: "20.00", currency: "USD" } },
    });
    expect(await sums()).toMatchObject({ captured: 0, held: 2000 });
    expect(await shop.send("POST", href, {})).toMatchObject({ status: 400, body: { reason: "NOT_VOIDABLE" } });
    expect((await shop.reverse(body.id, "20.00")).status).toBe(201);
    expect(await sums()).toMatchObject({ captured: 0, released: 2000, held: 0 });
  });

  it("a timeout reversal finds the authorization by its transactionId, after 60 seconds", async () => {
    await shop.authorize("20.00", { clientReferenceInformation: { code: "a", transactionId: 4711 } });
    const undo = {
      clientReferenceInformation: { transactionId: "4711" },
      reversalInformation: { amountDetails: { totalAmount: "20.00" }, reason: "timeout" },
    };
    await shop.control.clock.advance(59_999);
    expect(await shop.send("POST", "/pts/v2/reversals", undo)).toMatchObject({
      status: 400,
      body: { reason: "INVALID_DATA" },
    });
    expect(await sums()).toMatchObject({ held: 2000 });
    await shop.control.clock.advance(1);
    expect(await shop.send("POST", "/pts/v2/reversals", undo)).toMatchObject({
      status: 201,
      body: { status: "REVERSED" },
    });
    expect(await sums()).toMatchObject({ released: 2000, held: 0 });
    expect(await shop.send("POST", "/pts/v2/reversals", undo)).toMatchObject({
      status: 400,
      body: { reason: "AUTH_ALREADY_REVERSED" },
    });
    const never = { ...undo, clientReferenceInformation: { transactionId: "never-came" } };
    expect(await shop.send("POST", "/pts/v2/reversals", never)).toMatchObject({
      status: 400,
      body: { reason: "MISSING_AUTH" },
    });
  });

  it("a timeout void finds the capture by its transactionId", async () => {
    const { body } = await shop.authorize("20.00");
    await shop.capture(body.id, "20.00", { clientReferenceInformation: { transactionId: "c-1" } });
    const undo = { clientReferenceInformation: { transactionId: "c-1" } };
    expect(await shop.send("POST", "/pts/v2/voids", undo)).toMatchObject({ status: 201, body: { status: "VOIDED" } });
    expect(await sums()).toMatchObject({ captured: 0, held: 2000 });
  });
});
