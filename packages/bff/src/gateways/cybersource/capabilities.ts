import type { Capabilities, Card } from "../../hold/index.ts";
import { greatestOf, stepOf } from "./amounts.ts";
import type { CyberSourceSettings } from "./settings.ts";

const SECOND = 1000;

/** CyberSource, "Incremental Authorization", supported card types (read 2026-11-21). */
const GROWS = new Set<Card["network"]>(["visa", "mastercard", "amex", "discover"]);

/** What this account can do, each row with its source and the day it was read. What is not documented counts as absent. */
export function capabilitiesOf(card: Card | null, currency: string, settings: CyberSourceSettings): Capabilities {
  return {
    incrementable: card === null ? "unproven" : GROWS.has(card.network) ? "yes" : "no",
    // "Maximum of 100 incremental authorizations per transaction, in addition to the initial" (2026-11-21);
    // whether declined ones count is not said.
    increments: { most: 100, count: "applied" },
    // No page and no SDK model lets go of one increment (SDK 0.0.83, 2026-11-21).
    reverseIncrement: "none",
    // No page prolongs an authorization without raising it (2026-11-21).
    extension: false,
    // "Automatic Partial Authorization Reversals" and the flexible scenario's page (2026-11-21); by processor.
    releaseAtCapture: settings.automaticPartialReversal ? "automatic" : "lapses",
    // "Incremental Authorization": "Split shipments are not supported" (2026-11-21).
    partialCapture: "before_increments",
    incrementsAfterPartialCapture: false,
    // PARTIAL_AUTHORIZED is a status of an authorization only: SDK 0.0.83, PtsV2IncrementalAuthorizationPatch201Response.
    partialApproval: { authorization: settings.partialApproval, increment: false },
    // SDK 0.0.83, amountDetails.totalAmount: 12 characters on CyberSource through VisaNet (2026-11-21).
    greatest: greatestOf(currency, settings),
    step: stepOf(currency, settings),
    // SDK 0.0.83, TransactionDetailsApi (2026-11-21).
    readable: true,
    recovery: recoveryOf(settings),
  };
}

function recoveryOf(settings: CyberSourceSettings): Capabilities["recovery"] {
  const { clientReferenceInPatch, undoOfIncrements, lookUpLag, deadline, slowestApply } = settings;
  const byOperation = clientReferenceInPatch === "send";
  return {
    deadline,
    slowestApply,
    // The SDK knows no idempotency for payments (0.0.83, 2026-11-21): nothing is ever asked twice.
    dedupe: null,
    // SearchTransactionsApi; the official sample waits 20 s, no bound is documented (2026-11-21).
    lookUp: { by: byOperation ? "operation" : "totals", lag: lookUpLag },
    // "Timeout Authorization Reversals": wait 60 s, authorizations only (2026-11-21). A void by own reference is
    // documented for captures, but NOT_VOIDABLE doesn't tell one that never came from one already sent.
    undo: { of: byOperation && undoOfIncrements ? ["authorize", "increment"] : ["authorize"], notBefore: 60 * SECOND },
    // No webhook for card authorizations, increments or captures is published (2026-11-21).
    verdict: "answer",
  };
}
