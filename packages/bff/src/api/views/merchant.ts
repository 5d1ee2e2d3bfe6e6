import type { MerchantView } from "@plimsoll/shared";
import type { MerchantConfig } from "../../config.ts";
import type { Actor, Hold, Instant } from "../../hold/index.ts";
import { PAYMENT } from "../../store/store.ts";
import { staffView } from "./staff.ts";
import { isoOf } from "./wire.ts";

/** The hold as the merchant's server sees it: also under the names by which other systems know it. */
export function merchantView(hold: Hold, merchant: MerchantConfig, viewer: Actor, now: Instant): MerchantView {
  const { references, terms } = hold;
  return {
    ...staffView(hold, merchant, viewer, now),
    account: terms.account,
    references: { payment: references[PAYMENT] ?? null, network: references["network"] ?? null },
    action: actionOf(hold),
  };
}

function actionOf({ operations }: Hold): MerchantView["action"] {
  const waiting = operations.find((operation) => operation.waiting?.on === "payer")?.waiting;
  return waiting?.action ? { url: waiting.action, until: isoOf(waiting.until) } : null;
}
