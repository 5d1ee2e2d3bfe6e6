import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "./testing/store.ts";
import { openStore } from "./testing/store.ts";

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
beforeEach(() => store.reset());
afterAll(() => store.close());

const DAY = 86_400_000;
const set = (name: string, value: string) => store.gateway.readings.set(name, value);
const opened = async (amount = 1000, more = {}, card = "visa") =>
  String((await store.create(amount, more, card)).body.paymentId);
const sums = () => store.sums();

it("every reading names its values, its meaning and its source, starts at its default and comes back to it", () => {
  const readings = store.gateway.readings.report();
  expect(readings.length).toBeGreaterThan(25);
  for (const { name, value, values, default: first, meaning, source } of readings) {
    expect(value).toBe(first);
    expect(values[0]).toBe(first);
    expect(Math.min(meaning.length, source.length)).toBeGreaterThan(20);
    set(name, values.at(-1) ?? "");
  }
  store.reset();
  for (const { value, default: first } of store.gateway.readings.report()) expect(value).toBe(first);
  expect(() => set("flagForm", "sideways")).toThrow(/Invalid option/u);
});

describe("the flag that marks a payment as incrementable", () => {
  const forms = {
    boolean: true,
    "object-incremental": { incrementalAuthorizationIndicator: true },
    "object-increment": { incrementAuthorizationIndicator: true },
  } as const;
  const names = ["boolean", "object-incremental", "object-increment"] as const;

  it.each(names)("any form will do at first: %s", async (form) => {
    const id = await opened(1000, { incrementalAuthorization: forms[form] });
    expect((await store.increment(id, 500)).status).toBe(200);
  });

  it.each(names.flatMap((wanted) => names.map((sent) => [wanted, sent] as const)))(
    "%s wanted, %s sent",
    async (wanted, sent) => {
      set("flagForm", wanted);
      const refused = await store.create(1000, { incrementalAuthorization: forms[sent] });
      expect(refused.status).toBe(wanted === sent ? 201 : 400);
      set("otherFlagForm", "ignored");
      const id = await opened(1000, { incrementalAuthorization: forms[sent] });
      expect((await store.increment(id, 500)).status).toBe(wanted === sent ? 200 : 400);
    },
  );

  it.each([false, { incrementalAuthorizationIndicator: false }, {}])("%o marks nothing", async (flag) => {
    set("otherFlagForm", "ignored");
    const id = await opened(1000, { incrementalAuthorization: flag });
    expect((await store.increment(id, 500)).status).toBe(400);
    expect(sums()).toMatchObject({ held: 1000 });
  });
});

it.each([
  ["any", 201, 201],
  ["flat", 201, 400],
  ["nested", 400, 201],
] as const)("the payment method stands %s", async (reading, flat, nested) => {
  set("paymentMethodForm", reading);
  const method = async () => ({
    paymentMethodSource: "TEMPORARY_TOKEN",
    temporaryToken: (await store.gateway.token("visa"))?.token,
  });
  expect((await store.create(1000, { paymentMethod: await method() })).status).toBe(flat);
  expect((await store.create(1000, { paymentMethod: { paymentMethodData: await method() } })).status).toBe(nested);
});

it.each([
  ["any", 201],
  ["cad-and-usd", 400],
] as const)("currencies: %s", async (reading, status) => {
  set("currencies", reading);
  expect((await store.create(1000, { amount: { amount: 1000, currency: "JPY" } })).status).toBe(status);
  expect((await store.create(1000, { amount: { amount: 1000, currency: "USD" } })).status).toBe(201);
});

it("an orderId may be repeatable, and a temporary token reusable", async () => {
  set("orderIds", "repeatable");
  set("temporaryToken", "reusable");
  const issued = await store.gateway.token("visa");
  const paymentMethod = { paymentMethodSource: "TEMPORARY_TOKEN", temporaryToken: issued?.token };
  for (const _again of [1, 2]) expect((await store.create(1000, { orderId: "same", paymentMethod })).status).toBe(201);
  expect(sums()).toMatchObject({ held: 2000 });
});

describe("what an increment's answer says", () => {
  it.each([
    ["listField", "createdAt", { incrementalAuthorizations: [{ createdAt: "2026-11-21T12:00:00.000Z" }] }],
    ["incrementList", "previous", { incrementalAuthorizations: [] }],
    ["answerAmount", "transaction", { amount: { amount: 500 } }],
    ["answerAmount", "original", { amount: { amount: 1000 } }],
    ["answerAmount", "total", { amount: { amount: 1500 } }],
    ["answerCapturable", "zero", { capturableAmount: { amount: 0 } }],
  ])("%s %s", async (name, value, said) => {
    set(name, value);
    const id = await opened();
    const { body } = await store.increment(id, 500);
    expect(body).toMatchObject({ authorizedAmount: { amount: 1500 }, ...said });
    const read = (await store.read(id)).body;
    expect(read).toMatchObject({ capturableAmount: { amount: 1500 }, amount: { amount: 1000 } });
    expect(read.incrementalAuthorizations).toHaveLength(1);
    expect(sums()).toMatchObject({ held: 1500 });
  });

  it("may leave a $0 increment out of the list", async () => {
    set("zeroIncrementAnswer", "unlisted");
    const id = await opened(1000, {}, "mastercard");
    await store.increment(id, 500);
    expect((await store.increment(id, 0)).body.incrementalAuthorizations).toMatchObject([{ amount: { amount: 500 } }]);
  });
});

describe("refusals and declines", () => {
  it.each([422, 400])("a declined increment is %i", async (status) => {
    set("declinedIncrementStatus", `http-${status}`);
    const id = await opened();
    expect(await store.increment(id, 551)).toMatchObject({
      status,
      body: { category: "DECLINED_ERROR", status },
    });
    expect(sums()).toMatchObject({ held: 1000 });
  });

  it.each([400, 422, 409])("what the payment's state forbids is %i, and no idempotency error", async (status) => {
    set("wrongState", `http-${status}`);
    const id = await opened();
    await store.cancel(id);
    for (const refused of [await store.increment(id, 500), await store.complete(id, 500), await store.cancel(id)])
      expect(refused).toMatchObject({ status, body: { category: "INVALID_REQUEST_ERROR" } });
  });

  it.each([
    ["leaves-hold", 1000, 200],
    ["takes-hold", 0, 422],
  ] as const)("a declined increment %s", async (reading, held, completion) => {
    set("declinedIncrement", reading);
    const id = await opened();
    await store.increment(id, 551);
    expect(sums()).toMatchObject({ held });
    expect((await store.complete(id, 1000)).status).toBe(completion);
    expect(sums()).toMatchObject({ captured: held });
  });

  it.each([
    ["declined", 422, "DECLINED_ERROR"],
    ["server-error", 500, "API_ERROR"],
  ] as const)("a system time-out is a %s", async (reading, status, category) => {
    set("systemTimeout", reading);
    const id = await opened();
    expect(await store.increment(id, 568)).toMatchObject({ status, body: { category } });
    expect(sums()).toMatchObject({ held: 1000 });
  });
});

describe("completions and cancels", () => {
  it.each([
    ["refused", 400, 0],
    ["within-variance", 200, 1150],
  ] as const)("15 %% above the authorized amount: %s", async (reading, status, captured) => {
    set("completionAbove", reading);
    const id = await opened();
    expect((await store.complete(id, 1151)).status).toBe(400);
    expect((await store.complete(id, 1150)).status).toBe(status);
    expect(sums()).toMatchObject({ captured });
  });

  it.each([
    ["releases", 200, 0],
    ["refused", 400, 1000],
  ] as const)("a final completion of 0: %s", async (reading, status, held) => {
    set("zeroCompletion", reading);
    const id = await opened();
    expect((await store.complete(id, 0)).status).toBe(status);
    expect(sums()).toMatchObject({ captured: 0, held });
  });

  it("the rest of a lower completion may stay until the issuer's end", async () => {
    set("lowerCompletion", "stays");
    const id = await opened();
    expect((await store.complete(id, 700)).body.capturableAmount.amount).toBe(0);
    expect(sums()).toMatchObject({ captured: 700, released: 0, held: 300 });
    store.passAtGateway(7 * DAY);
    expect(sums()).toMatchObject({ captured: 700, released: 300, held: 0 });
  });

  it.each([
    ["PARTIALLY_COMPLETED", "PARTIALLY_COMPLETED"],
    ["SUCCEEDED", "SUCCEEDED"],
  ])("after a part the status is %s", async (reading, said) => {
    set("statusAfterPartial", reading);
    const id = await opened();
    const { body } = await store.complete(id, 700, { finalCompletion: false });
    expect(body).toMatchObject({ paymentStatus: said, capturableAmount: { amount: 300 } });
    expect(sums()).toMatchObject({ captured: 700, held: 300 });
  });

  it.each([
    ["all", 1],
    ["several", 0],
  ] as const)("a single completion is listed: %s", async (reading, listed) => {
    set("completionList", reading);
    const id = await opened();
    expect((await store.complete(id, 1000)).body.multipleCompletions).toHaveLength(listed);
  });

  it.each([
    ["refused", 400, 300],
    ["allowed", 200, 800],
  ] as const)("an increment after a part: %s", async (reading, status, held) => {
    set("incrementAfterPartial", reading);
    const id = await opened();
    await store.complete(id, 700, { finalCompletion: false });
    expect((await store.increment(id, 500)).status).toBe(status);
    expect(sums()).toMatchObject({ captured: 700, held });
  });

  it.each([
    ["refused", [400, 400], { captured: 700, released: 0, held: 300 }],
    ["releases-rest", [200, 400], { captured: 700, released: 300, held: 0 }],
    ["voids-all", [200, 200], { captured: 0, released: 1000, held: 0 }],
  ] as const)("a cancel after a completion: %s", async (reading, [afterPart, afterAll_], left) => {
    set("cancelAfterCompletion", reading);
    const id = await opened();
    await store.complete(id, 700, { finalCompletion: false });
    expect((await store.cancel(id)).status).toBe(afterPart);
    expect(store.payment(id).sums).toMatchObject(left);
    const whole = await opened();
    await store.complete(whole, 1000);
    expect((await store.cancel(whole)).status).toBe(afterAll_);
    expect(store.payment(whole).sums).toMatchObject({ captured: afterAll_ === 200 ? 0 : 1000, held: 0 });
  });
});

describe("the issuer's time", () => {
  it.each([
    ["7d", 7],
    ["31d", 31],
  ] as const)("is %s", async (reading, days) => {
    set("issuerKeeps", reading);
    const id = await opened();
    store.passAtGateway(days * DAY - 1);
    expect(store.payment(id)).toMatchObject({ state: "open", sums: { held: 1000 } });
    store.passAtGateway(1);
    expect(store.payment(id)).toMatchObject({ state: "expired", sums: { released: 1000, held: 0 } });
    expect((await store.increment(id, 500)).body.category).toBe("DECLINED_ERROR");
  });

  it("can be let pass for one payment alone", async () => {
    const [one, other] = [await opened(), await opened()];
    expect(store.gateway.advance("0123456789101", one, 8 * DAY)).toMatchObject({ state: "expired" });
    expect(store.payment(other)).toMatchObject({ state: "open" });
  });

  it.each([
    ["zero-only", "visa", 7],
    ["zero-only", "mastercard", 7],
    ["mastercard", "visa", 7],
    ["mastercard", "mastercard", 12],
    ["always", "visa", 12],
  ] as const)("%s: an increment of a %s on day 5 leaves it until day %i", async (reading, card, days) => {
    set("incrementProlongs", reading);
    const id = await opened(1000, {}, card);
    store.passAtGateway(5 * DAY);
    await store.increment(id, 500);
    expect(store.payment(id).expires).toBe(new Date(Date.parse("2026-11-21T12:00:00Z") + days * DAY).toISOString());
  });

  it.each([
    ["declined", 422, 0],
    ["accepted", 200, 1000],
  ] as const)("a completion after it is %s", async (reading, status, captured) => {
    set("lateCompletion", reading);
    const id = await opened();
    store.passAtGateway(8 * DAY);
    expect((await store.complete(id, 1000)).status).toBe(status);
    expect(sums()).toMatchObject({ authorized: 1000, captured, released: 1000, held: 0 });
  });

  it.each([
    ["unchanged", "AUTHORIZED", 1000],
    ["capturable-zero", "AUTHORIZED", 0],
    ["canceled", "CANCELED", 0],
  ] as const)("a read after it: %s", async (reading, paymentStatus, capturable) => {
    set("readAfterRelease", reading);
    const id = await opened();
    store.passAtGateway(8 * DAY);
    expect((await store.read(id)).body).toMatchObject({ paymentStatus, capturableAmount: { amount: capturable } });
    expect((await store.cancel(id)).status).toBe(200);
    expect(store.payment(id)).toMatchObject({ state: "expired", sums: { released: 1000, held: 0 } });
  });
});
