import { delta, exponentOf, total } from "@plimsoll/shared";
import type { Order, Payment } from "../../port.ts";
import { cyberSourceSettings, type CyberSourceSettings } from "../settings.ts";

/** Settings of an account, where a test says no more than what it is about. */
export function account(scenario: "flexible" | "lodging" | "default", more: object = {}): CyberSourceSettings {
  return cyberSourceSettings.parse({
    mode: "test",
    merchantId: "testrest",
    keyId: "08c94330-f618-42a3-b09d-e1e43be5efda",
    secret: "aW5jcmVtZW50YWwtYXV0aC10ZXN0LXNlY3JldC0zMmI=",
    scenario,
    ...(scenario === "default" ? { totalAmountMeans: "delta" } : {}),
    ...more,
  });
}

type Sums = { readonly before?: number; readonly step: number };

export function order(
  kind: Order["kind"],
  { before = 0, step }: Sums,
  more: Partial<Order> = {},
  currency = "USD",
): Order {
  const references = kind === "authorize" ? {} : { payment: "7474221808366131703814" };
  const payment: Payment = {
    hold: "hold-1",
    order: "order-1",
    currency,
    exponent: exponentOf(currency) ?? 2,
    references,
  };
  return {
    operation: "operation-1",
    kind,
    payment,
    delta: delta(step),
    totalBefore: total(before),
    totalAfter: total(kind === "reverse" ? before - step : before + step),
    held: total(kind === "capture" ? step : before),
    final: false,
    reference: "ref-1",
    key: "key-1",
    at: Date.parse("2026-11-22T12:00:00Z"),
    profile: "general",
    increments: 0,
    captures: 0,
    target: null,
    means: kind === "authorize" ? { by: "token", authentication: {} } : null,
    ...more,
  };
}
