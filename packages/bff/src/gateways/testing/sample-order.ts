import { delta, exponentOf, total } from "@plimsoll/shared";
import type { References } from "../../hold/index.ts";
import type { Order } from "../port.ts";

/** What stands before the step, and what it moves, in minor units. */
export interface Sums {
  readonly before?: number;
  readonly step: number;
  readonly held?: number;
}

export interface OfPayment {
  readonly currency: string;
  readonly references: References;
}

/** The order of one step, as the driver writes it; `more` is what a gateway's tests call things, and what a test is about. */
export function sampleOrder(
  kind: Order["kind"],
  { before = 0, step, held = kind === "capture" ? step : before }: Sums,
  { currency, references }: OfPayment,
  more: Partial<Order>,
): Order {
  return {
    operation: "operation-1",
    kind,
    payment: { hold: "hold-1", order: "order-1", currency, exponent: exponentOf(currency) ?? 2, references },
    delta: delta(step),
    totalBefore: total(before),
    totalAfter: total(kind === "reverse" ? before - step : before + step),
    first: total(kind === "authorize" ? 0 : before),
    held: total(held),
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
