import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Shop } from "../../testing/shop.ts";
import { openShop } from "../../testing/shop.ts";
import { outcomeTable } from "../outcomes.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({
    merchants: {
      cybersource: [{ mid: "online", keyId: "k2", secret: "b25saW5l", settings: { onlineCapture: true } }],
    },
  });
});
beforeEach(() => shop.control.reset());
afterAll(() => shop.close());

const sums = async () =>
  (await shop.control.books()).sums["USD"] ?? { authorized: 0, captured: 0, released: 0, held: 0 };
const opened = async (amount = "20.00", more = {}) => (await shop.authorize(amount, more)).body.id;
const declines = outcomeTable.filter(({ outcome }) => outcome.kind === "declined");

describe("an amount picks its outcome", () => {
  it.each(declines.map(({ name, cents }) => [name, cents] as const))(
    "%s declines an increment of 5.%s and leaves the hold",
    async (name, cents) => {
      const id = await opened();
      const declined = await shop.add(id, { additionalAmount: `5.${cents}` });
      expect(declined).toMatchObject({ status: 201, body: { status: "DECLINED", errorInformation: { reason: name } } });
      expect(declined.body._links).not.toHaveProperty("capture");
      expect(await sums()).toMatchObject({ authorized: 2000, held: 2000 });
      expect((await shop.control.payment(id)).movements.at(-1)).toMatchObject({
        kind: "increment",
        applied: 0,
        status: "DECLINED",
        reason: name,
      });
    },
  );

  it("a declined authorization holds nothing and cannot be captured", async () => {
    const { status, body } = await shop.authorize("20.51");
    expect({ status, said: body.status, reason: body.errorInformation.reason }).toEqual({
      status: 201,
      said: "DECLINED",
      reason: "INSUFFICIENT_FUND",
    });
    expect(await shop.capture(body.id, "20.51")).toMatchObject({ status: 400, body: { reason: "MISSING_AUTH" } });
    expect(await sums()).toMatchObject({ authorized: 0, held: 0 });
  });

  it("partial approval holds half", async () => {
    expect((await shop.authorize("20.71")).body).toMatchObject({
      status: "PARTIAL_AUTHORIZED",
      orderInformation: { amountDetails: { totalAmount: "20.71", authorizedAmount: "10.36" } },
    });
    expect(await sums()).toMatchObject({ authorized: 1036, held: 1036 });
  });

  it("review holds the money and keeps capture back until it is accepted", async () => {
    const { body } = await shop.authorize("20.72");
    expect(body.status).toBe("AUTHORIZED_PENDING_REVIEW");
    expect(await shop.capture(body.id, "20.72")).toMatchObject({ status: 400, body: { reason: "NOT_SUPPORTED" } });
    expect(await sums()).toMatchObject({ captured: 0, held: 2072 });
    await shop.control.review(body.id, "accept");
    expect((await shop.capture(body.id, "20.72")).status).toBe(201);
    expect(await sums()).toMatchObject({ captured: 2072, held: 0 });
  });

  it("a risk decline holds the money at the issuer all the same", async () => {
    expect((await shop.authorize("20.73")).body).toMatchObject({ status: "AUTHORIZED_RISK_DECLINED" });
    expect(await sums()).toMatchObject({ held: 2073 });
  });

  it.each([
    ["81", 400, "PROCESSOR_UNAVAILABLE", 2000],
    ["82", 502, "SYSTEM_ERROR", 2000],
    ["83", 502, "SERVER_TIMEOUT", 2583],
    ["84", 502, "SERVICE_TIMEOUT", 2000],
  ])("5.%s answers %i %s and leaves %i held", async (cents, status, reason, held) => {
    const id = await opened();
    const heard = await shop.add(id, { additionalAmount: `5.${cents}` });
    expect(heard).toMatchObject({
      status,
      body: {
        status: status === 400 ? "INVALID_REQUEST" : "SERVER_ERROR",
        reason,
        submitTimeUtc: "2026-11-21T12:00:00Z",
      },
    });
    expect(await sums()).toMatchObject({ held });
  });

  it("every plain amount is approved", async () => {
    for (const cents of ["00", "05", "10", "25", "37", "49", "50", "75", "80", "90", "95", "99"]) {
      expect((await shop.authorize(`24.${cents}`)).body.status).toBe("AUTHORIZED");
    }
    expect((await shop.control.books()).payments).toHaveLength(12);
  });
});

describe("an increment is refused", () => {
  it.each([
    ["in another currency", { additionalAmount: "5.00", currency: "EUR" }, {}, "INVALID_DATA"],
    ["with both amounts", { additionalAmount: "5.00", totalAmount: "5.00" }, {}, "INVALID_DATA"],
    ["with no amount", {}, {}, "MISSING_FIELD"],
    ["of nothing", { additionalAmount: "0.00" }, {}, "INVALID_DATA"],
    [
      "with a local time that is none",
      { additionalAmount: "5.00" },
      { merchantInformation: { transactionLocalDateTime: "yesterday" } },
      "INVALID_DATA",
    ],
  ])("%s", async (_name, amounts, more, reason) => {
    const id = await opened();
    expect(await shop.add(id, amounts, { clientReferenceInformation: { code: "x" }, ...more })).toMatchObject({
      status: 400,
      body: { status: "INVALID_REQUEST", reason },
    });
    expect(await sums()).toMatchObject({ authorized: 2000, held: 2000 });
  });

  it("on an unknown payment, a captured one, a reversed one, a final authorization, a network that has none", async () => {
    const add = async (id: string) => (await shop.add(id, { additionalAmount: "5.00" })).body.reason;
    expect(await add("7000000000000000000000")).toBe("INVALID_PAYMENT_ID");
    const captured = await opened();
    await shop.capture(captured, "20.00");
    expect(await add(captured)).toBe("NOT_SUPPORTED");
    const reversed = await opened();
    await shop.reverse(reversed, "20.00");
    expect(await add(reversed)).toBe("NOT_SUPPORTED");
    expect(
      await add(await opened("20.00", { processingInformation: { authorizationOptions: { authIndicator: "1" } } })),
    ).toBe("NOT_SUPPORTED");
    const jcb = {
      paymentInformation: { card: { number: "3566002020360505", expirationMonth: "12", expirationYear: "2031" } },
    };
    expect(await add(await opened("20.00", jcb))).toBe("CARD_TYPE_NOT_ACCEPTED");
    expect(await sums()).toMatchObject({ authorized: 8000, captured: 2000, released: 2000, held: 4000 });
  });

  it("after the hundredth", async () => {
    const id = await opened();
    for (let made = 0; made < 100; made += 1) await shop.add(id, { additionalAmount: "1.00" });
    expect(await shop.add(id, { additionalAmount: "1.00" })).toMatchObject({
      status: 400,
      body: { reason: "NOT_SUPPORTED" },
    });
    expect(await sums()).toMatchObject({ authorized: 12000, held: 12000 });
  });

  it("with the code of one that was sent in the last 15 minutes", async () => {
    const id = await opened();
    const again = () => shop.add(id, { additionalAmount: "5.00" }, { clientReferenceInformation: { code: "dinner" } });
    expect((await again()).status).toBe(201);
    expect(await again()).toMatchObject({ status: 400, body: { reason: "DUPLICATE_REQUEST" } });
    expect(await sums()).toMatchObject({ held: 2500 });
    await shop.control.clock.advance(15 * 60_000);
    expect((await again()).status).toBe(201);
    expect(await sums()).toMatchObject({ held: 3000 });
  });

  it("by a merchant who did not make the authorization", async () => {
    const id = await opened();
    const credentials = { mid: "online", keyId: "k2", secret: "b25saW5l" };
    const body = {
      clientReferenceInformation: { code: "x" },
      orderInformation: { amountDetails: { additionalAmount: "5.00", currency: "USD" } },
    };
    expect(await shop.send("PATCH", `/pts/v2/payments/${id}`, body, { credentials })).toMatchObject({
      status: 400,
      body: { reason: "INVALID_PAYMENT_ID" },
    });
    expect(await sums()).toMatchObject({ held: 2000 });
  });
});

describe("a capture is refused", () => {
  it("above what is held, of nothing, in another currency, twice, or in parts after an increment", async () => {
    const id = await opened();
    await shop.add(id, { additionalAmount: "10.00" });
    expect((await shop.capture(id, "30.01")).body.reason).toBe("EXCEEDS_AUTH_AMOUNT");
    expect((await shop.capture(id, "0.00")).body.reason).toBe("INVALID_AMOUNT");
    expect(
      (
        await shop.capture(id, "30.00", {
          orderInformation: { amountDetails: { totalAmount: "30.00", currency: "EUR" } },
        })
      ).body.reason,
    ).toBe("INVALID_DATA");
    const part = { processingInformation: { captureOptions: { captureSequenceNumber: 1, totalCaptureCount: 2 } } };
    expect((await shop.capture(id, "10.00", part)).body.reason).toBe("INVALID_DATA");
    expect(await sums()).toMatchObject({ captured: 0, held: 3000 });
    await shop.capture(id, "30.00");
    expect((await shop.capture(id, "1.00")).body.reason).toBe("MISSING_AUTH");
    expect(await sums()).toMatchObject({ captured: 3000, held: 0 });
  });

  it("in parts it is taken where there is no increment, and then takes none", async () => {
    const id = await opened();
    await shop.capture(id, "5.00", {
      processingInformation: { captureOptions: { captureSequenceNumber: 1, totalCaptureCount: 2 } },
    });
    expect(await sums()).toMatchObject({ captured: 500, held: 1500 });
    expect((await shop.add(id, { additionalAmount: "5.00" })).body.reason).toBe("NOT_SUPPORTED");
    await shop.capture(id, "10.00", {
      processingInformation: { captureOptions: { captureSequenceNumber: 2, totalCaptureCount: 2 } },
    });
    expect(await sums()).toMatchObject({ captured: 1500, released: 500, held: 0 });
  });

  it("online captures are transmitted at once and cannot be voided", async () => {
    const credentials = { mid: "online", keyId: "k2", secret: "b25saW5l" };
    const order = { orderInformation: { amountDetails: { totalAmount: "20.00", currency: "USD" } } };
    const card = {
      paymentInformation: { card: { number: "4111111111111111", expirationMonth: "12", expirationYear: "2031" } },
    };
    const { body } = await shop.send("POST", "/pts/v2/payments", { ...order, ...card }, { credentials });
    const captured = await shop.send("POST", `/pts/v2/payments/${body.id}/captures`, order, { credentials });
    expect(captured.body.status).toBe("TRANSMITTED");
    expect(await shop.send("POST", captured.body._links.void.href, {}, { credentials })).toMatchObject({
      status: 400,
      body: { reason: "NOT_VOIDABLE" },
    });
    expect((await shop.control.books("online")).sums["USD"]).toMatchObject({ captured: 2000, held: 0 });
  });
});

describe("a payment is refused", () => {
  it.each([
    ["without a card", { paymentInformation: {} }, "MISSING_FIELD"],
    [
      "with a card number that is none",
      { paymentInformation: { card: { number: "4111111111111112", expirationMonth: "12", expirationYear: "2031" } } },
      "INVALID_CARD",
    ],
    ["of nothing", { orderInformation: { amountDetails: { totalAmount: "0.00", currency: "USD" } } }, "INVALID_AMOUNT"],
    ["without an amount", { orderInformation: { amountDetails: { currency: "USD" } } }, "MISSING_FIELD"],
  ])("%s", async (_name, more, reason) => {
    expect(await shop.authorize("20.00", more)).toMatchObject({ status: 400, body: { reason } });
    expect((await shop.control.books()).payments).toEqual([]);
  });

  it("and only the last four digits of its card are kept", async () => {
    await shop.authorize("20.00");
    const kept = JSON.stringify([await shop.control.books(), await shop.control.journal()]);
    expect(kept).not.toContain("4111111111111111");
    expect((await shop.control.books()).payments[0]).toMatchObject({ network: "visa", lastFour: "1111" });
  });
});
