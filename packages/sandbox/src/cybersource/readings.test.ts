import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Shop } from "../testing/shop.ts";
import { openShop } from "../testing/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.control.reset());
afterAll(() => shop.close());

const sums = async () => (await shop.control.books()).sums["USD"];
const opened = async (amount = "20.00", more = {}) => (await shop.authorize(amount, more)).body.id;
const lodging = { processingInformation: { industryDataType: "lodging" } };
const undo = (transactionId: string, totalAmount: string) =>
  shop.send("POST", "/pts/v2/reversals", {
    clientReferenceInformation: { transactionId },
    reversalInformation: { amountDetails: { totalAmount, currency: "USD" } },
  });

it("every reading names its values, its meaning and its source, and starts at its default", async () => {
  const readings = await shop.control.readings();
  expect(readings.length).toBeGreaterThan(12);
  for (const { value, values, default: first, meaning, source } of readings) {
    expect(value).toBe(first);
    expect(values).toContain(first);
    expect(Math.min(meaning.length, source.length)).toBeGreaterThan(20);
  }
});

it("a value that is not in the table is refused by the control door", async () => {
  await expect(shop.control.setReading("defaultTotal", "sideways")).rejects.toThrow(/Invalid option/u);
});

describe("totalAmount of the default page", () => {
  it.each([
    ["delta", 12500],
    ["total", 10500],
  ] as const)("is a %s: the answer only repeats it, the books say %i", async (reading, held) => {
    await shop.control.setReading("defaultTotal", reading);
    const id = await opened();
    const { body } = await shop.add(id, { totalAmount: "105.00" });
    expect(body.orderInformation.amountDetails).toEqual({ authorizedAmount: "105.00", currency: "USD" });
    expect(await sums()).toMatchObject({ held });
  });

  it("as a total, must be more than is held", async () => {
    await shop.control.setReading("defaultTotal", "total");
    const id = await opened();
    expect((await shop.add(id, { totalAmount: "20.00" })).body.reason).toBe("INVALID_DATA");
    expect(await sums()).toMatchObject({ held: 2000 });
  });
});

describe("the id of an increment", () => {
  it.each([
    ["as-shown", { additionalAmount: "5.00" }, "new"],
    ["as-shown", { totalAmount: "5.00" }, "original"],
    ["new", { totalAmount: "5.00" }, "new"],
    ["original", { additionalAmount: "5.00" }, "original"],
    ["new-with-own-links", { additionalAmount: "5.00" }, "new"],
  ] as const)("%s with %o is %s", async (reading, amounts, expected) => {
    await shop.control.setReading("incrementId", reading);
    const id = await opened();
    const { body } = await shop.add(id, amounts);
    expect(body.id === id ? "original" : "new").toBe(expected);
    const follow = reading === "new-with-own-links" ? body.id : id;
    expect(body._links.capture.href).toBe(`/pts/v2/payments/${follow}/captures`);
    expect((await shop.capture(follow, "25.00")).status).toBe(201);
    expect(await sums()).toMatchObject({ captured: 2500, held: 0 });
  });
});

describe("clientReferenceInformation in an increment", () => {
  it.each([
    ["required", 201, 400],
    ["accepted", 201, 201],
    ["refused", 400, 201],
  ] as const)("%s", async (reading, withIt, without) => {
    await shop.control.setReading("patchReference", reading);
    const id = await opened();
    expect((await shop.add(id, { additionalAmount: "5.00" })).status).toBe(withIt);
    expect((await shop.add(id, { additionalAmount: "5.00" }, { clientReferenceInformation: undefined })).status).toBe(
      without,
    );
    expect(await sums()).toMatchObject({
      held: 2000 + 500 * [withIt, without].filter((status) => status === 201).length,
    });
  });
});

describe("industryDataType in an increment of a lodging authorization", () => {
  it.each([
    ["required", 400, 40000],
    ["not-required", 201, 45000],
  ] as const)("%s", async (reading, status, held) => {
    await shop.control.setReading("lodgingIndustryDataType", reading);
    const id = await opened("400.00", lodging);
    expect((await shop.add(id, { totalAmount: "50.00" })).status).toBe(status);
    expect(await sums()).toMatchObject({ held });
  });
});

describe("which authorization can grow", () => {
  it.each([
    ["not-final", 2500],
    ["indicator-0", 2000],
  ] as const)("%s: one without authIndicator ends at %i", async (reading, held) => {
    await shop.control.setReading("preAuthorization", reading);
    const id = await opened("20.00", { processingInformation: { capture: false } });
    await shop.add(id, { additionalAmount: "5.00" });
    expect(await sums()).toMatchObject({ held });
  });
});

describe("a declined increment", () => {
  it.each([
    ["leaves-hold", 2000, 201],
    ["releases-hold", 0, 400],
  ] as const)("%s", async (reading, held, capture) => {
    await shop.control.setReading("declinedIncrement", reading);
    const id = await opened();
    expect((await shop.add(id, { additionalAmount: "5.51" })).body.status).toBe("DECLINED");
    expect(await sums()).toMatchObject({ held });
    expect((await shop.capture(id, "20.00")).status).toBe(capture);
    expect(await sums()).toMatchObject({ captured: held, held: 0 });
  });

  it.each([
    ["applied", 201, 2100],
    ["attempts", 400, 2000],
  ] as const)("counts towards the hundred: %s", async (reading, status, held) => {
    await shop.control.setReading("incrementLimitCounts", reading);
    const id = await opened();
    for (let made = 0; made < 100; made += 1) await shop.add(id, { additionalAmount: "1.51" });
    expect((await shop.add(id, { additionalAmount: "1.00" })).status).toBe(status);
    expect(await sums()).toMatchObject({ held });
  });
});

describe("the duplicate check", () => {
  it.each([
    ["same-operation", 201, 400, 2500],
    ["any-operation", 400, 400, 2000],
    ["off", 201, 201, 3000],
  ] as const)("%s: after the authorization %i, after the increment %i", async (reading, first, second, held) => {
    await shop.control.setReading("duplicateCheck", reading);
    const reference = { clientReferenceInformation: { code: "test123" } };
    const id = await opened("20.00", reference);
    expect((await shop.add(id, { additionalAmount: "5.00" }, reference)).status).toBe(first);
    expect((await shop.add(id, { additionalAmount: "5.00" }, reference)).status).toBe(second);
    expect(await sums()).toMatchObject({ held });
  });
});

it("a reversal may want the base amount", async () => {
  await shop.control.setReading("reversalAmount", "base");
  const id = await opened();
  await shop.add(id, { additionalAmount: "10.00" });
  expect((await shop.reverse(id, "30.00")).body.reason).toBe("INVALID_AMOUNT");
  expect((await shop.reverse(id, "20.00")).status).toBe(201);
  expect(await sums()).toMatchObject({ released: 3000, held: 0 });
});

describe("the rest after a lower capture", () => {
  it.each([
    ["automatic", 500, 0],
    ["ignored-by-issuer", 0, 500],
    ["not-sent", 0, 500],
  ] as const)("%s", async (reading, released, held) => {
    await shop.control.setReading("partialReversal", reading);
    const id = await opened();
    await shop.capture(id, "15.00");
    expect(await sums()).toMatchObject({ captured: 1500, released, held });
  });
});

it("what is under review may be captured", async () => {
  await shop.control.setReading("captureUnderReview", "allowed");
  const id = await opened("20.72");
  expect((await shop.capture(id, "20.72")).status).toBe(201);
  expect(await sums()).toMatchObject({ captured: 2072, held: 0 });
});

describe("a timeout reversal of an increment", () => {
  it.each([
    ["releases-increment", 201, 2000],
    ["releases-hold", 201, 0],
    ["refused", 400, 2500],
  ] as const)("%s", async (reading, status, held) => {
    await shop.control.setReading("timeoutReversalOfIncrement", reading);
    const id = await opened();
    await shop.add(
      id,
      { additionalAmount: "5.00" },
      { clientReferenceInformation: { code: "x", transactionId: "i-1" } },
    );
    await shop.control.clock.advance(60_000);
    expect((await undo("i-1", "5.00")).status).toBe(status);
    expect(await sums()).toMatchObject({ held });
  });
});
