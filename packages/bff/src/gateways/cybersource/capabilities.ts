import type { Asker, Capabilities, Card, OperationKind } from "../../hold/index.ts";
import { capabilitiesFrom, type CapabilityRow, type ListRow } from "../capability-rows.ts";
import { DAY, SECOND } from "../times.ts";
import { greatestOf, stepOf } from "./amounts.ts";
import type { CyberSourceSettings } from "./settings.ts";

const READ = "2026-11-21";
const SDK = "CyberSource REST SDK 0.0.83";
const INCREMENTAL = 'CyberSource, "Incremental Authorization"';

/** What this account can do with this card, in this currency and trade. */
export function capabilitiesOf(asker: Asker, settings: CyberSourceSettings): Capabilities {
  return capabilitiesFrom(capabilityRows(settings, asker.currency), asker);
}

/** Every fact about this account, with its source and the day it was read. */
export function capabilityRows(settings: CyberSourceSettings, currency: string): readonly CapabilityRow[] {
  return [...written, ...rowsOf(currency, settings)];
}

export const LIST: ListRow = {
  shows: "each authorization; its sums have to be read",
  source: `${SDK}: SearchTransactionsApi, query submitTimeUtc`,
  read: READ,
};

/** What is the same for every account. What no row says counts as absent. */
const written: readonly CapabilityRow[] = [
  {
    says: { incrementable: "yes" },
    when: { networks: ["visa", "mastercard", "amex", "discover"] },
    source: `${INCREMENTAL}: supported card types`,
    read: READ,
  },
  { says: { incrementable: "unproven" }, when: { cardUnknown: true }, source: INCREMENTAL, read: READ },
  {
    // Whether declined ones count is not said.
    says: { increments: { most: 100, count: "applied" } },
    source: `${INCREMENTAL}: at most 100 beside the initial authorization`,
    read: READ,
  },
  {
    says: { partialCapture: "before_increments", incrementsAfterPartialCapture: false },
    source: `${INCREMENTAL}: no split shipments`,
    read: READ,
  },
  {
    says: { reverseIncrement: "none" },
    source: `${SDK}: no model lets go of one increment, and no page does`,
    read: READ,
  },
  { says: { extension: false }, source: `${SDK}: nothing prolongs without raising, and no page does`, read: READ },
  {
    says: { expiry: null },
    source: 'CyberSource, "Payment Processing": issuers don\'t tell it when an authorization lapses',
    read: READ,
  },
  { says: { readable: true }, source: `${SDK}: TransactionDetailsApi`, read: READ },
  { says: { recovery: { dedupe: null } }, source: `${SDK}: no idempotency for payments`, read: READ },
  {
    says: { recovery: { verdict: "answer" } },
    source: "CyberSource, webhook products: none for authorizations, increments or captures of cards",
    read: READ,
  },
];

const EVERY: readonly OperationKind[] = ["authorize", "increment", "extend", "capture", "reverse"];

/** What follows from how the account is set up. */
function rowsOf(currency: string, settings: CyberSourceSettings): readonly CapabilityRow[] {
  const { clientReferenceInPatch, undoOfIncrements, lookUpLag, deadline, slowestApply } = settings;
  const byOperation = clientReferenceInPatch === "send";
  return [
    {
      says: { releaseAtCapture: settings.automaticPartialReversal ? "automatic" : "lapses" },
      source: 'CyberSource, "Automatic Partial Authorization Reversals": by processor',
      read: READ,
    },
    {
      says: { partialApproval: { authorization: settings.partialApproval, increment: false } },
      source: `${SDK}: PARTIAL_AUTHORIZED is no status of PtsV2IncrementalAuthorizationPatch201Response`,
      read: READ,
    },
    {
      says: { greatest: greatestOf(currency, settings), step: stepOf(currency, settings) },
      source: `${SDK}: amountDetails.totalAmount has 12 characters on CyberSource through VisaNet`,
      read: READ,
    },
    ...unnamedTrade(settings),
    {
      // No bound of its lag is documented.
      says: { recovery: { lookUp: { by: byOperation ? "operation" : "totals", of: EVERY, lag: lookUpLag } } },
      source: `${SDK}: SearchTransactionsApi; its sample waits 20 s`,
      read: READ,
    },
    {
      // A void by own reference is documented for captures too, but NOT_VOIDABLE doesn't tell one that never came
      // from one already sent.
      says: {
        recovery: {
          undo: {
            of: byOperation && undoOfIncrements ? ["authorize", "increment"] : ["authorize"],
            notBefore: 60 * SECOND,
          },
        },
      },
      source: 'CyberSource, "Timeout Authorization Reversals": after 60 s, authorizations only',
      read: READ,
    },
    { says: { recovery: { deadline, slowestApply } }, source: "the account's own settings", read: READ },
  ];
}

/** The longer times are for trades that the authorization names: this account's requests name one in lodging alone. */
function unnamedTrade({ scenario, cardPresent }: CyberSourceSettings): readonly CapabilityRow[] {
  if (scenario === "lodging") return [];
  const read = "2026-11-22";
  const row = (networks: readonly Card["network"][], days: number, source: string): CapabilityRow => {
    const expiry = { captureWithin: days * DAY, bankKeeps: 5 * DAY, prolongedBy: [], source, read };
    return { says: { expiry }, when: { networks }, source, read };
  };
  const visa = "second-hand: Visa Core Rules of 18 April 2026, 5.7.3.5, table 5-12, where no trade is named";
  return [
    row(["visa"], cardPresent ? 5 : 10, visa),
    row(["amex", "discover"], 7, 'Stripe, "Place an extended hold on an online card payment": other trades'),
  ];
}
