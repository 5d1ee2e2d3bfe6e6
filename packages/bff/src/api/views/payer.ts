import { refuse, type PayerView } from "@plimsoll/shared";
import type { MerchantConfig } from "../../config.ts";
import { decide, questionTotal, type Actor, type Decision, type Hold, type Instant } from "../../hold/index.ts";
import { askedOf, sharedView } from "./hold.ts";
import { stepOf } from "./steps.ts";
import { permissionOf } from "./wire.ts";

const PAYER: Actor = { kind: "payer", name: "payer" };

/** The hold as the payer sees it. What they can do is what the rules would answer now. */
export function payerView(hold: Hold, merchant: MerchantConfig, now: Instant): PayerView {
  return {
    ...sharedView(hold, merchant, now),
    steps: hold.entries.map((entry) => stepOf(hold, entry, now)),
    can: { approve: permissionOf(approves(hold, now)), deny: permissionOf(denies(hold, now)) },
  };
}

function approves(hold: Hold, now: Instant): Decision {
  const entry = askedOf(hold, now);
  if (!entry) return { refused: refuse("not_waiting") };
  const shown = { amount: entry.asked, total: questionTotal(hold, entry), how: "in_element", shown: "" } as const;
  return decide(hold, { do: "approve", entry: entry.id, by: PAYER, ...shown }, now);
}

function denies(hold: Hold, now: Instant): Decision {
  const entry = askedOf(hold, now);
  if (!entry) return { refused: refuse("not_waiting") };
  return decide(hold, { do: "deny", entry: entry.id, by: PAYER }, now);
}
