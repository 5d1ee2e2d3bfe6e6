import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Shop } from "../testing/shop.ts";
import { openShop } from "../testing/shop.ts";

const DAY = 86_400_000;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.control.reset());
afterAll(() => shop.close());

const lodging = { processingInformation: { industryDataType: "lodging" } };
const sums = async () => (await shop.control.books()).sums["USD"];
const paidWith = async (card: string, more = {}) => {
  const { token } = await shop.control.token(card);
  const tokenInformation = { transientTokenJwt: token };
  return (await shop.authorize("20.00", { paymentInformation: undefined, tokenInformation, ...more })).body.id;
};
const expired = async () => {
  const id = await paidWith("visa");
  await shop.control.advance(id, 10 * DAY);
  return id;
};

describe("the issuer keeps the money of", () => {
  it.each([
    ["a Visa", "visa", {}, 10],
    ["a Visa of a hotel", "visa", lodging, 30],
    ["a Mastercard", "mastercard", {}, 30],
    [
      "a final Mastercard",
      "mastercard",
      { processingInformation: { authorizationOptions: { authIndicator: "1" } } },
      7,
    ],
    ["an American Express", "amex", {}, 7],
  ])("%s (%s, %o) for %i days", async (_what, card, more, days) => {
    const id = await paidWith(card, more);
    expect((await shop.control.advance(id, days * DAY - 1)).sums.held).toBe(2000);
    expect(await shop.control.advance(id, 1)).toMatchObject({
      state: "expired",
      sums: { authorized: 2000, released: 2000, held: 0 },
      expires: null,
    });
  });

  it.each([
    ["7d", 7],
    ["30d", 30],
  ])("all for %s where the reading says so", async (reading, days) => {
    await shop.control.setReading("issuerKeeps", reading);
    const id = await paidWith("visa");
    expect((await shop.control.advance(id, days * DAY - 1)).state).toBe("open");
    expect((await shop.control.advance(id, 1)).state).toBe("expired");
  });

  it("all for ever where the reading says so", async () => {
    await shop.control.setReading("issuerKeeps", "forever");
    const id = await paidWith("visa");
    expect(await shop.control.advance(id, 900 * DAY)).toMatchObject({ state: "open", expires: null });
  });
});

describe("an increment after five days", () => {
  it.each([
    ["network-rules", "visa", "2026-12-01T12:00:00.000Z"],
    ["network-rules", "mastercard", "2026-12-26T12:00:00.000Z"],
    ["never", "mastercard", "2026-12-21T12:00:00.000Z"],
    ["always", "visa", "2026-12-06T12:00:00.000Z"],
  ])("prolongs it, %s: a %s ends at %s", async (reading, card, expires) => {
    await shop.control.setReading("incrementProlongs", reading);
    const id = await paidWith(card);
    await shop.control.advance(id, 5 * DAY);
    await shop.add(id, { additionalAmount: "5.00" });
    expect(await shop.control.payment(id)).toMatchObject({ expires, sums: { held: 2500 } });
  });
});

describe("an authorization that the issuer let go", () => {
  it("is AUTHORIZED to whoever reads it at CyberSource", async () => {
    const id = await expired();
    expect((await shop.send("GET", `/tss/v2/transactions/${id}`)).body).toMatchObject({
      status: "AUTHORIZED",
      orderInformation: { amountDetails: { totalAmount: "20.00" } },
    });
    expect(await sums()).toMatchObject({ held: 0 });
  });

  it.each([
    ["accepted", 201, 1500],
    ["refused", 400, 0],
  ])("is captured late: %s", async (reading, status, captured) => {
    await shop.control.setReading("lateCapture", reading);
    const id = await expired();
    expect((await shop.capture(id, "15.00")).status).toBe(status);
    expect(await sums()).toEqual({ exponent: 2, authorized: 2000, captured, released: 2000, held: 0 });
  });

  it("is reversed once, which finds nothing left to let go", async () => {
    const id = await expired();
    expect((await shop.reverse(id, "20.00")).body.status).toBe("REVERSED");
    expect((await shop.reverse(id, "20.00")).body.reason).toBe("AUTH_ALREADY_REVERSED");
    expect(await sums()).toMatchObject({ released: 2000, held: 0 });
    expect((await shop.control.payment(id)).state).toBe("expired");
  });

  it("takes no increment: the issuer declines it", async () => {
    const id = await expired();
    expect((await shop.add(id, { additionalAmount: "5.00" })).body.status).toBe("DECLINED");
    expect(await sums()).toMatchObject({ authorized: 2000, held: 0 });
  });
});
