import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MerchantServer } from "./testing/merchant-server.ts";
import { openMerchantServer } from "./testing/merchant-server.ts";

let server: MerchantServer;
beforeAll(async () => {
  server = await openMerchantServer();
});
beforeEach(() => server.startAgain());
afterAll(() => server.close());

const eur = (sums: object) => ({ exponent: 2, authorized: 0, captured: 0, released: 0, held: 0, ...sums });
const steps = (payId: string) => server.payment(payId).movements.map(({ kind, applied }) => [kind, applied]);
const opened = async (value = 40000): Promise<string> => (await server.authorize(value)).body.payId;

describe("the hotel: 400, dinner 50, a night 200, mini-bar 50, captured 700", () => {
  it("ends with 700.00 charged and nothing held", async () => {
    const { status, body } = await server.authorize(40000, { transId: "stay-1", refNr: "room7" });
    expect(status).toBe(200);
    expect(body).toEqual({
      payId: expect.stringMatching(/^[a-f]{32}$/u),
      merchantId: "plimsoll_test",
      transId: "stay-1",
      xId: expect.stringMatching(/^[a-f]{32}$/u),
      refNr: "room7",
      status: "AUTHORIZED",
      responseCode: "00000000",
      responseDescription: "Transaction successful",
      paymentMethods: {
        type: "CARD",
        card: {
          first6Digits: "411111",
          last4Digits: "1111",
          expiryDate: "203112",
          brand: "VISA",
          schemeReferenceId: expect.any(String),
        },
      },
    });
    const xIds = new Set([body.xId]);
    for (const [transId, value] of [
      ["dinner", 5000],
      ["night", 20000],
      ["bar", 5000],
    ] as const) {
      const grown = await server.add(body.payId, value, { transId });
      expect(grown.body).toEqual({
        payId: body.payId,
        merchantId: "plimsoll_test",
        transId,
        xId: expect.any(String),
        status: "AUTHORIZED",
        responseCode: "00000000",
        responseDescription: "Transaction successful",
      });
      xIds.add(grown.body.xId);
    }
    expect(xIds.size).toBe(4);
    expect(server.sums()).toEqual(eur({ authorized: 70000, held: 70000 }));
    expect((await server.look(body.payId)).body).toMatchObject({
      amount: { value: 70000, currency: "EUR", capturedValue: 0, refundedValue: 0 },
      status: "AUTHORIZED",
      transId: "stay-1",
      refNr: "room7",
    });
    const captured = await server.capture(body.payId, 70000);
    expect(captured.body).toMatchObject({ payId: body.payId, status: "CAPTURED", responseCode: "00000000" });
    expect(server.sums()).toEqual(eur({ authorized: 70000, captured: 70000 }));
    expect((await server.look(body.payId)).body).toMatchObject({
      amount: { value: 70000, capturedValue: 70000 },
      status: "CAPTURED",
    });
  });

  it("a declined night leaves 450 held, which can be captured", async () => {
    const payId = await opened();
    await server.add(payId, 5000);
    const declined = await server.add(payId, 20051, { transId: "night" });
    expect(declined).toMatchObject({
      status: 200,
      body: { payId, transId: "night", status: "FAILED", responseCode: "22060351" },
    });
    expect(server.sums()).toEqual(eur({ authorized: 45000, held: 45000 }));
    expect((await server.capture(payId, 45000)).body.status).toBe("CAPTURED");
    expect(server.sums()).toEqual(eur({ authorized: 45000, captured: 45000 }));
  });

  it("cannot be captured above the sum", async () => {
    const payId = await opened();
    await server.add(payId, 5000);
    expect((await server.capture(payId, 45001)).body.responseCode).toBe("22060905");
    expect(server.sums()).toEqual(eur({ authorized: 45000, held: 45000 }));
  });
});

describe("letting go, newest first", () => {
  it("takes three increments and the pre-authorization in four reversals", async () => {
    const payId = await opened();
    for (const value of [5000, 20000, 6000]) await server.add(payId, value);
    const held = [];
    for (const value of [6000, 20000, 5000, 40000]) {
      expect((await server.reverse(payId, value)).body).toMatchObject({ payId, status: "REVERSED" });
      held.push(server.payment(payId).sums.held);
    }
    expect(held).toEqual([65000, 45000, 40000, 0]);
    expect(server.sums()).toEqual(eur({ authorized: 71000, released: 71000 }));
    expect(server.payment(payId).state).toBe("reversed");
    expect((await server.look(payId)).body).toMatchObject({ status: "REVERSED" });
    expect((await server.reverse(payId, 40000)).body.responseCode).toBe("22060903");
    expect((await server.capture(payId, 40000)).body.responseCode).toBe("22060903");
  });

  it("refuses an amount that is not the last step's, an earlier increment's or the whole hold's", async () => {
    const payId = await opened();
    await server.add(payId, 5000);
    await server.add(payId, 20000);
    for (const value of [5000, 40000, 65000, 19999])
      expect((await server.reverse(payId, value)).body.responseCode).toBe("22060906");
    expect(server.sums()).toEqual(eur({ authorized: 65000, held: 65000 }));
  });

  it("can stop half-way and grow again", async () => {
    const payId = await opened();
    await server.add(payId, 5000);
    await server.reverse(payId, 5000);
    await server.add(payId, 700);
    expect(steps(payId)).toEqual([
      ["authorization", 40000],
      ["increment", 5000],
      ["reversal", 5000],
      ["increment", 700],
    ]);
    expect(server.payment(payId).sums.held).toBe(40700);
    expect((await server.look(payId)).body.amount.value).toBe(40700);
    expect((await server.reverse(payId, 700)).status).toBe(200);
    expect((await server.reverse(payId, 40000)).status).toBe(200);
    expect(server.payment(payId).sums.held).toBe(0);
  });

  it("a declined increment is no step", async () => {
    const payId = await opened();
    await server.add(payId, 5051);
    expect((await server.reverse(payId, 40000)).body.status).toBe("REVERSED");
    expect(server.payment(payId).sums.held).toBe(0);
  });

  it("is over once something is captured", async () => {
    const payId = await opened();
    await server.capture(payId, 30000);
    expect((await server.reverse(payId, 10000)).body.responseCode).toBe("22060904");
    expect((await server.add(payId, 10000)).body.responseCode).toBe("22060904");
    expect(server.sums()).toEqual(eur({ authorized: 40000, captured: 30000, held: 10000 }));
  });
});

describe("time", () => {
  const DAY = 24 * 60 * 60_000;

  it("frees the rest of a lower capture only when the authorization expires", async () => {
    const payId = await opened();
    await server.capture(payId, 30000);
    expect(server.payment(payId)).toMatchObject({ state: "captured", sums: { released: 0, held: 10000 } });
    server.pass(30 * DAY);
    expect(server.payment(payId).sums).toMatchObject({ captured: 30000, released: 10000, held: 0 });
  });

  it("runs 30 days from the last approved authorization, then refuses the capture", async () => {
    const payId = await opened();
    server.pass(20 * DAY);
    await server.add(payId, 5000);
    await server.add(payId, 5051);
    server.pass(30 * DAY - 1);
    expect(server.payment(payId)).toMatchObject({ state: "open", sums: { held: 45000 } });
    server.pass(1);
    expect(server.payment(payId)).toMatchObject({ state: "expired", sums: { held: 0, released: 45000 } });
    expect((await server.capture(payId, 45000)).body.responseCode).toBe("20180004");
    expect((await server.add(payId, 5000)).body.responseCode).toBe("22060903");
    expect(server.sums()).toEqual(eur({ authorized: 45000, released: 45000 }));
  });

  it("passes for one payment alone", async () => {
    const [one, other] = [await opened(), await opened()];
    server.gateway.advance("plimsoll_test", one, 30 * DAY);
    expect([server.payment(one).state, server.payment(other).state]).toEqual(["expired", "open"]);
  });
});

describe("captureMethod", () => {
  it("left out is AUTOMATIC: the money is taken at once, and nothing can be added", async () => {
    const { body } = await server.authorize(2000, { captureMethod: undefined });
    expect(server.sums()).toEqual(eur({ authorized: 2000, captured: 2000 }));
    expect((await server.add(body.payId, 500)).body.responseCode).toBe("22060904");
  });

  it("DELAYED takes all that is held after its hours", async () => {
    const captureMethod = { type: "DELAYED", delayed: { delayedHours: 48 } };
    const { body } = await server.authorize(2000, { captureMethod });
    await server.add(body.payId, 500);
    server.pass(48 * 3_600_000 - 1);
    expect(server.payment(body.payId).sums).toMatchObject({ captured: 0, held: 2500 });
    server.pass(1);
    expect(server.payment(body.payId).sums).toMatchObject({ captured: 2500, held: 0 });
  });
});

describe("money is whole in every currency", () => {
  it.each([
    ["JPY", 0, 1000, 250, 1250],
    ["KWD", 3, 24370, 630, 25000],
    ["USD", 2, 2000, 437, 2437],
  ])("%s has %i decimals", async (currency, exponent, base, more, total) => {
    const { body } = await server.authorize(base, { amount: { value: base, currency } });
    await server.add(body.payId, more, { amount: { value: more, currency } });
    expect(server.sums(currency)).toEqual({ ...eur({ authorized: total, held: total }), exponent });
  });

  it.each([[10.5], ["1000"], [0], [-5], [1e16]])("%o is refused by parameter", async (value) => {
    const refused = await server.authorize(0, { amount: { value, currency: "EUR" } });
    expect(refused).toMatchObject({ status: 400, body: { responseCode: expect.stringMatching(/^201[0-9]0002$/u) } });
    expect(server.sums()).toBeUndefined();
  });

  it("an increment in another currency is refused", async () => {
    const payId = await opened();
    const refused = await server.add(payId, 100, { amount: { value: 100, currency: "USD" } });
    expect(refused).toMatchObject({ status: 400, body: { responseCode: "20120003" } });
    expect(server.sums()).toEqual(eur({ authorized: 40000, held: 40000 }));
  });
});
