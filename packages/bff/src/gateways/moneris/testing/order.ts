import type { References } from "../../../hold/index.ts";
import type { Order } from "../../port.ts";
import { sampleOrder, type Sums } from "../../testing/sample-order.ts";
import { monerisSettings, type MonerisSettings } from "../settings.ts";

export const MERCHANT = "0123456789101";
export const PAYMENT = "pi0105ARZ3NDEKTSV4RRFFQ69G5FAV";
export const KEY = "5d8f812e-9969-4885-85bb-d03948eccac1";

/** Settings of an account, where a test says no more than what it is about. */
export function account(more: object = {}): MonerisSettings {
  return monerisSettings.parse({
    mode: "test",
    merchantId: MERCHANT,
    clientId: "harbor-client",
    clientSecret: "harbor-client-secret",
    ...more,
  });
}

/** The order of one step on a payment that exists, unless it is the first. Amounts in minor units. */
export function order(
  kind: Order["kind"],
  { before = 0, step, held = before }: Sums,
  { references, currency = "CAD", ...more }: Partial<Order> & { references?: References; currency?: string } = {},
): Order {
  const known = references ?? (kind === "authorize" ? {} : { payment: PAYMENT, listed: "0" });
  const names = { reference: "abcdefghkmnpqrstabcdefghkmnpqrst", key: KEY };
  return sampleOrder(kind, { before, step, held }, { currency, references: known }, { ...names, ...more });
}
