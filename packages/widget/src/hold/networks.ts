import type { Hold } from "../live/decode.ts";

/** Card networks as text: pictures would bring their owners' trademark rules. */
export const NETWORKS = {
  visa: "Visa",
  mastercard: "Mastercard",
  amex: "American Express",
  discover: "Discover",
  diners: "Diners Club",
  jcb: "JCB",
  unionpay: "UnionPay",
  other: "",
} as const satisfies Record<NonNullable<Hold["card"]>["network"], string>;

/** "Visa •••• 4242", or as much of it as is known. */
export function cardName(card: Hold["card"]): string {
  const digits = card?.last4 ? `•••• ${card.last4}` : "";
  return card ? [NETWORKS[card.network], digits].filter(Boolean).join(" ") : "";
}
