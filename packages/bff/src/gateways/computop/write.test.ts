import { describe, expect, it } from "vitest";
import type { Order } from "../port.ts";
import { account, NOTICES, order, page, PAY_ID } from "./testing/order.ts";
import { write } from "./write.ts";

function written(asked: Order, more: object = {}) {
  const { method, path, body } = write(asked, account(more), NOTICES);
  const json: unknown = JSON.parse(body);
  return { method, path, json };
}

describe("the guide's three steps", () => {
  it("open a pre-authorization on the gateway's page, by no parameter of its own", () => {
    expect(written(order("authorize", { step: 10_000 }, { means: page }))).toEqual({
      method: "POST",
      path: "/api/v2/payments/sessions",
      json: {
        transId: "ourTransId",
        amount: { value: 10_000, currency: "EUR" },
        refNr: "ourTransId",
        captureMethod: { type: "MANUAL" },
        urls: { return: "https://shop.example/done", cancel: "https://shop.example/cancelled", webhook: NOTICES },
        expirationTime: "2026-11-22T12:30:00Z",
      },
    });
  });

  it("add to it by the amount on top, never by the new total", () => {
    expect(written(order("increment", { before: 10_000, step: 2_500 }))).toEqual({
      method: "POST",
      path: `/api/v2/payments/${PAY_ID}/incrementals`,
      json: { transId: "ourTransId", amount: { value: 2_500, currency: "EUR" } },
    });
  });

  it("capture the sum of all of them, or less", () => {
    expect(written(order("capture", { step: 12_500 }, { final: true }))).toEqual({
      method: "POST",
      path: `/api/v2/payments/${PAY_ID}/captures`,
      json: { transId: "ourTransId", amount: { value: 12_500, currency: "EUR" }, refNr: "ourTransId" },
    });
  });
});

describe("a payment that is made elsewise", () => {
  it("is the form for cards alone, where the account has that", () => {
    const { path, json } = written(order("authorize", { step: 1 }, { means: page }), { page: "card_form" });
    expect(path).toBe("/api/v2/payments");
    expect(json).toMatchObject({
      captureMethod: { type: "MANUAL" },
      paymentMethods: { integrationType: "HOSTED", type: "CARD" },
      urls: { webhook: NOTICES },
    });
  });

  it.each([
    ["card.number", { card: { number: "{{payment-token}}" } }],
    ["card.prefillInfo.number", { card: { prefillInfo: { number: "{{payment-token}}" } } }],
  ])("is direct with the pseudo card number in %s", (tokenField, placed) => {
    const { path, json } = written(order("authorize", { step: 4_000 }), { tokenField });
    expect(path).toBe("/api/v2/payments");
    expect(json).toMatchObject({
      amount: { value: 4_000, currency: "EUR" },
      captureMethod: { type: "MANUAL" },
      paymentMethods: { integrationType: "DIRECT", type: "CARD", ...placed },
    });
  });

  it("is never written on an account that takes none", () => {
    expect(() => written(order("authorize", { step: 1 }), { tokenField: undefined })).toThrow("no direct payments");
  });
});

describe("letting go", () => {
  it("goes from the last step to the first: three requests, each for just its own amount", () => {
    const steps: [before: number, step: number][] = [
      [15_000, 2_000],
      [13_000, 3_000],
      [10_000, 10_000],
    ];
    const sent = steps.map(([before, step], at) =>
      written(order("reverse", { before, step }, { reference: `trans${at}`, final: at === 2 })),
    );
    expect(sent.map(({ path }) => path)).toEqual(Array(3).fill(`/api/v2/payments/${PAY_ID}/reversals`));
    expect(sent.map(({ json }) => json)).toEqual([
      { transId: "trans0", amount: { value: 2_000, currency: "EUR" }, refNr: "trans0" },
      { transId: "trans1", amount: { value: 3_000, currency: "EUR" }, refNr: "trans1" },
      { transId: "trans2", amount: { value: 10_000, currency: "EUR" }, refNr: "trans2" },
    ]);
  });
});

describe("what nobody typed", () => {
  it("is all that is sent: a word of somebody's could be `Test:0000`", () => {
    const asked = order("authorize", { step: 1 }, { means: page });
    const typed = { ...asked, payment: { ...asked.payment, order: "Test:0000" }, profile: "Test:0305" };
    expect(write(typed, account(), NOTICES).body).not.toMatch(/test:/i);
  });

  it("is a reference number of the length that the acquirer takes, or none", () => {
    const named = (refNrLength: number) => written(order("capture", { step: 1 }), { refNrLength }).json;
    expect(named(4)).toMatchObject({ refNr: "ourT" });
    expect(named(0)).not.toHaveProperty("refNr");
  });
});

it("has minor units as they are, whatever the currency's decimals", () => {
  for (const currency of ["JPY", "EUR", "KWD"]) {
    const asked = order("increment", { before: 1, step: 123_456 });
    const { json } = written({ ...asked, payment: { ...asked.payment, currency } });
    expect(json).toMatchObject({ amount: { value: 123_456, currency } });
  }
});

it("stands under the account's own base path", () => {
  expect(written(order("capture", { step: 1 }), { basePath: "" }).path).toBe(`/payments/${PAY_ID}/captures`);
});

it("extends nothing, and knows no customer or instrument", () => {
  expect(() => written(order("extend", { step: 0 }))).toThrow("no extension");
  const means = { by: "customer", id: "c", authentication: {} } as const;
  expect(() => written(order("authorize", { step: 1 }, { means }))).toThrow("not by customer");
});
