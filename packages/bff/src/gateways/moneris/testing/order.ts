import { delta, exponentOf, total } from "@plimsoll/shared";
import type { References } from "../../../hold/index.ts";
import type { Order } from "../../port.ts";
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

interface Sums {
  readonly before?: number;
  readonly step: number;
  readonly held?: number;
}

/** The order of one step on a payment that exists, unless it is the first. Amounts in minor units. */
export function order(
  kind: Order["kind"],
  { before = 0, step, held = before }: Sums,
  { references, currency = "CAD", ...more }: Partial<Order> & { references?: References; currency?: string } = {},
): Order {
  const first = kind === "authorize";
  return {
    operation: "operation-1",
    kind,
    payment: {
      hold: "hold-1",
      order: "order-1",
      currency,
      exponent: exponentOf(currency) ?? 2,
      references: references ?? (first ? {} : { payment: PAYMENT, listed: "0" }),
    },
    delta: delta(step),
    totalBefore: total(before),
    totalAfter: total(kind === "reverse" ? before - step : before + step),
    held: total(held),
    final: false,
    reference: "abcdefghkmnpqrstabcdefghkmnpqrst",
    key: KEY,
    at: Date.parse("2026-11-22T12:00:00Z"),
    profile: "general",
    increments: 0,
    captures: 0,
    target: null,
    means: first ? { by: "token", authentication: {} } : null,
    ...more,
  };
}
