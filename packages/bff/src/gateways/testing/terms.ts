import { exponentOf } from "@plimsoll/shared";
import { expiryRule, type Terms } from "../../hold/index.ts";
import type { Gateway } from "../port.ts";

type Given = Pick<Terms, "id" | "currency" | "card" | "openedAt">;

/** The terms of a hold that a test opens at a gateway, as the API fixes them. */
export function termsAt(gateway: Gateway, given: Given, more: Partial<Terms> = {}): Terms {
  const { id, currency, card } = given;
  const { profile = "general" } = more;
  const asker = { card, currency, profile };
  const capabilities = gateway.capabilities(asker);
  return {
    ...given,
    merchant: "harbor",
    mode: "test",
    account: "account",
    gateway: gateway.name,
    payee: gateway.payee,
    profile,
    exponent: exponentOf(currency) ?? 2,
    order: `order ${id.slice(-8)}`,
    label: "Berth 4",
    capabilities,
    expiry: expiryRule(asker, capabilities.expiry),
    extendAutomatically: false,
    forgotten: "warn",
    ...more,
  };
}
