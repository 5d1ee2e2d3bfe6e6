import { describe, expect, it } from "vitest";
import { PAYMENT_TOKEN, type Order } from "../port.ts";
import type { MonerisSettings } from "./settings.ts";
import { account, KEY, order, PAYMENT } from "./testing/order.ts";
import { versionOf, write } from "./write.ts";

const STORED = "pm0105ARZ3NDEKTSV4RRFFQ69G5FAV";

/**
 * The request samples of Moneris' guide "Incremental Authorization", made from the matching order. The exceptions: a
 * token stands where the sample has a card's number, the JSON is valid, an increment and a completion have keys of
 * their own, and references are ours.
 */
describe("the guide's own requests", () => {
  const guide = account({ apiVersion: "2026-01-22-preview", incrementFlag: "incrementAuthorizationIndicator" });

  it("create payment", () => {
    const asked = order("authorize", { step: 1000 }, { reference: "1q2w3e4r5t6t78" });
    expect(write(asked, guide)).toMatchObject({ method: "POST", path: "/payments" });
    expect(body(asked, guide)).toEqual({
      idempotencyKey: "5d8f812e-9969-4885-85bb-d03948eccac1",
      orderId: "1q2w3e4r5t6t78",
      amount: { amount: 1000, currency: "CAD" },
      paymentMethod: {
        paymentMethodData: { paymentMethodSource: "TEMPORARY_TOKEN", temporaryToken: PAYMENT_TOKEN },
      },
      incrementalAuthorization: { incrementAuthorizationIndicator: true },
      ecommerceIndicator: "SSL_MERCHANT",
      automaticCapture: false,
    });
  });

  it("increment payment", () => {
    const key = "5d8f812e-9969-4885-85bb-d03948eccac2";
    const asked = order("increment", { before: 1000, step: 1000 }, { reference: "1a2s3d45v6", key });
    expect(write(asked, guide)).toMatchObject({ method: "POST", path: `/payments/${PAYMENT}/increment` });
    expect(body(asked, guide)).toEqual({
      idempotencyKey: key,
      invoiceNumber: "1a2s3d45v6",
      amount: { amount: 1000, currency: "CAD" },
    });
  });

  it("complete payment", () => {
    const key = "5d8f812e-9969-4885-85bb-d03948eccac3";
    const asked = order("capture", { step: 1000 }, { reference: "1a2s3d45v6", key, final: true });
    const settings = account({ dynamicDescriptor: "moneris" });
    expect(write(asked, settings)).toMatchObject({ method: "POST", path: `/payments/${PAYMENT}/complete` });
    expect(body(asked, settings)).toEqual({
      idempotencyKey: key,
      invoiceNumber: "1a2s3d45v6",
      amount: { amount: 1000, currency: "CAD" },
      dynamicDescriptor: "moneris",
    });
  });
});

describe("a payment that may grow", () => {
  const asked = order("authorize", { step: 40_000 });
  const flag = (more: object) => body(asked, account(more))["incrementalAuthorization"];

  it("says so as its version wants it", () => {
    expect(flag({})).toBe(true);
    expect(flag({ apiVersion: "2024-09-17" })).toBe(true);
    expect(flag({ apiVersion: "2026-01-22-preview" })).toEqual({ incrementalAuthorizationIndicator: true });
  });

  it("says so as the account was found to want it, whatever the version", () => {
    expect(flag({ incrementFlag: "incrementAuthorizationIndicator" })).toEqual({
      incrementAuthorizationIndicator: true,
    });
    expect(flag({ apiVersion: "2026-01-22", incrementFlag: "boolean" })).toBe(true);
  });

  it("is never captured at once", () => {
    expect(body(asked, account())).toMatchObject({ automaticCapture: false });
  });

  it("is paid by a token of the hosted field, or by a stored method", () => {
    const stored = order("authorize", { step: 500 }, { means: { by: "instrument", id: STORED, authentication: {} } });
    expect(body(asked, account())["paymentMethod"]).toEqual({
      paymentMethodSource: "TEMPORARY_TOKEN",
      temporaryToken: PAYMENT_TOKEN,
    });
    expect(body(stored, account())["paymentMethod"]).toEqual({
      paymentMethodSource: "PAYMENT_METHOD_ID",
      paymentMethodId: STORED,
    });
    expect(body(stored, account({ paymentMethodIn: "paymentMethodData" }))["paymentMethod"]).toEqual({
      paymentMethodData: { paymentMethodSource: "PAYMENT_METHOD_ID", paymentMethodId: STORED },
    });
  });

  it("is not paid by what Moneris doesn't take", () => {
    const byCustomer = { by: "customer", id: "ci0105ARZ3NDEKTSV4RRFFQ69G5FAV", authentication: {} } as const;
    expect(() => write(order("authorize", { step: 1 }, { means: byCustomer }), account())).toThrow("means of payment");
    expect(() => write(order("authorize", { step: 1 }, { means: null }), account())).toThrow("means of payment");
  });

  it("carries the payer's authentication, and nothing that it doesn't know", () => {
    const authentication = {
      threeDSecureAuthenticationId: "td0105ARZ3NDEKTSV4RRFFQ69G5FAV",
      ecommerceIndicator: "AUTHENTICATED_ECOMMERCE",
      cavv: "left out",
    };
    const proven = body(order("authorize", { step: 1 }, { means: { by: "token", authentication } }), account());
    expect(proven).toMatchObject({
      ecommerceIndicator: "AUTHENTICATED_ECOMMERCE",
      threeDSecureData: { threeDSecureAuthenticationId: "td0105ARZ3NDEKTSV4RRFFQ69G5FAV" },
    });
    expect(JSON.stringify(proven)).not.toContain("left out");
  });
});

describe("an extension", () => {
  it("is an increment of nothing", () => {
    const asked = order("extend", { before: 90_000, step: 0 });
    expect(write(asked, account()).path).toBe(`/payments/${PAYMENT}/increment`);
    expect(body(asked, account())).toMatchObject({ amount: { amount: 0, currency: "CAD" } });
  });
});

describe("a completion", () => {
  it("in parts says which is the last", () => {
    const final = (captures: number, isFinal: boolean) =>
      body(order("capture", { step: 100 }, { captures, final: isFinal }), account())["finalCompletion"];
    expect([final(0, true), final(0, false), final(1, false), final(2, true)]).toEqual([undefined, false, false, true]);
  });
});

describe("letting go", () => {
  it("of everything cancels the payment", () => {
    const request = write(order("reverse", { before: 70_000, step: 70_000 }, { final: true }), account());
    expect(request.path).toBe(`/payments/${PAYMENT}/cancel`);
    expect(JSON.parse(request.body)).toEqual({ idempotencyKey: KEY });
  });

  it("of what a partial completion left completes nothing, for good: a cancel could take the completion back", () => {
    const rest = order("reverse", { before: 110_000, step: 50_000, held: 50_000 }, { captures: 1 });
    const request = write(rest, account());
    expect(request.path).toBe(`/payments/${PAYMENT}/complete`);
    expect(JSON.parse(request.body)).toMatchObject({ amount: { amount: 0, currency: "CAD" }, finalCompletion: true });
    expect(write(rest, account({ restAfterCompletions: "cancel" })).path).toBe(`/payments/${PAYMENT}/cancel`);
  });

  it("of one increment is a fault of whoever asks: no capability allows it", () => {
    const asked = order("reverse", { before: 700, step: 100 }, { target: { transaction: "1" } });
    expect(() => write(asked, account())).toThrow("no reversal of one increment");
  });
});

describe("every request", () => {
  it("has amounts in whole minor units of its currency", () => {
    for (const [currency, step] of [
      ["JPY", 1500],
      ["KWD", 1234],
      ["CAD", 5],
    ] as const) {
      const asked = order("increment", { before: 1, step }, { currency });
      expect(body(asked, account())["amount"]).toEqual({ amount: step, currency });
    }
  });

  it("keeps to the lengths that Moneris takes", () => {
    const { invoiceNumber } = body(order("increment", { before: 1, step: 1 }), account());
    expect(invoiceNumber).toBe("abcdefghkmnpqrsta");
    expect(String(body(order("authorize", { step: 1 }), account())["orderId"]).length).toBeLessThanOrEqual(50);
  });

  it("is sent again under the version that it was written for", () => {
    const request = write(order("increment", { before: 1, step: 1 }), account({ apiVersion: "2024-09-17" }));
    expect(request.dialect).toBe("moneris/2024-09-17/boolean");
    expect(versionOf(request, account({ apiVersion: "2026-01-22" }))).toBe("2024-09-17");
  });

  it("needs a payment that is known", () => {
    expect(() => write(order("increment", { before: 1, step: 1 }, { references: {} }), account())).toThrow(
      "payment id",
    );
    const evil = { payment: "../customers/ci0105ARZ3NDEKTSV4RRFFQ69G5" };
    expect(() => write(order("increment", { before: 1, step: 1 }, { references: evil }), account())).toThrow(
      "payment id",
    );
  });
});

function body(asked: Order, settings: MonerisSettings): Record<string, unknown> {
  return JSON.parse(write(asked, settings).body);
}
