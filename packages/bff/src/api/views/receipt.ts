import type { Receipt } from "@plimsoll/shared";
import type { MerchantConfig } from "../../config.ts";
import { expiryOf, restOf, sums, type Hold } from "../../hold/index.ts";
import { shortReference } from "./reference.ts";
import { isoOf, isoOrNull } from "./wire.ts";

/** What a payer can give to their bank: what was charged and released, and the names that a bank can find it by. */
export function receiptOf(hold: Hold, { name, descriptor }: MerchantConfig): Receipt {
  const { terms, references, entries } = hold;
  const { captured, released } = sums(hold);
  const rest = restOf(hold);
  const approvals = entries.map((entry) => entry.references["approvalCode"]);
  return {
    merchant: name,
    descriptor,
    card: terms.card ? `${terms.card.network} ${terms.card.last4 ?? ""}`.trim() : null,
    currency: terms.currency,
    exponent: terms.exponent,
    charged: captured,
    released,
    rest,
    restFreed: isoOrNull((rest > 0 && expiryOf(hold)?.bankMayFreeFrom.at) || null),
    opened: isoOf(terms.openedAt),
    ended: isoOrNull(hold.endedAt),
    reference: shortReference(terms.id),
    networkTransaction: references["network"] ?? null,
    approvalCodes: [...new Set(approvals.filter((code) => code !== undefined))],
  };
}
