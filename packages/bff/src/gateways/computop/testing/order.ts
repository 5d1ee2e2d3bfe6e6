import type { Order } from "../../port.ts";
import { sampleOrder, type Sums } from "../../testing/sample-order.ts";
import type { WireRequest, WireResult } from "../../wire-client.ts";
import { computopSettings, type ComputopSettings } from "../settings.ts";

/** Settings of an account, where a test says no more than what it is about. */
export function account(more: object = {}): ComputopSettings {
  return computopSettings.parse({
    mode: "test",
    merchantId: "plimsoll_test",
    apiKey: "sandbox-paygate-api-key",
    auth: "basic",
    acquirer: "nexi",
    tokenField: "card.number",
    ...more,
  });
}

export const PAY_ID = "91a6299a704147bf934aabd79fd1dc5d";
export const NOON = Date.parse("2026-11-22T12:00:00Z");
export const NOTICES = "https://bff.example/plimsoll/notices/hotel";

export function order(kind: Order["kind"], sums: Sums, more: Partial<Order> = {}): Order {
  const references = kind === "authorize" ? {} : { payment: PAY_ID };
  const names = { reference: "ourTransId", key: "0199-key", at: NOON };
  return sampleOrder(kind, sums, { currency: "EUR", references }, { ...names, ...more });
}

export const page = {
  by: "page",
  back: { done: "https://shop.example/done", cancelled: "https://shop.example/cancelled" },
} as const;

/** A network that gives these answers in turn, the last one for ever, and remembers what was sent. */
export function answering(...results: readonly WireResult[]) {
  const sent: WireRequest[] = [];
  const send = async (request: WireRequest): Promise<WireResult> => {
    sent.push(request);
    return results[Math.min(sent.length, results.length) - 1] ?? { is: "unclear", cause: "no_answer" };
  };
  return { sent, send };
}

export function answered(status: number, body: unknown): WireResult {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { is: "answered", status, contentType: "application/json", body: text };
}

/** Axepta BNP Paribas, "Return URL & Cancel URL": the whole answer of a look-up, but for our own numbers in it. */
export function detailsOf(amount: { value?: number; capturedValue?: number; currency?: string }, more: object = {}) {
  return {
    amount: { value: 10_000, currency: "EUR", capturedValue: 0, refundedValue: 0, ...amount },
    payId: PAY_ID,
    merchantId: "plimsoll_test",
    transId: "ourTransId",
    xId: "b55e68b7e4644a90836ae31effe1fc60",
    refNr: "ourTransId",
    status: "AUTHORIZED",
    responseCode: "00000000",
    responseDescription: "Transaction successful",
    paymentMethods: { type: "CARD" },
    ...more,
  };
}
