import type { Order } from "../../port.ts";
import { sampleOrder, type Sums } from "../../testing/sample-order.ts";
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

export function order(kind: Order["kind"], sums: Sums, more: Partial<Order> = {}, currency = "USD"): Order {
  const references = kind === "authorize" ? {} : { payment: "7474221808366131703814" };
  return sampleOrder(kind, sums, { currency, references }, more);
}
