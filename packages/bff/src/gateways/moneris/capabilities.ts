import type { Asker, Capabilities, OperationKind } from "../../hold/index.ts";
import { capabilitiesFrom, type CapabilityRow, type ListRow } from "../capability-rows.ts";
import { DAY } from "../times.ts";
import type { MonerisSettings } from "./settings.ts";

/** What this account can do, each row with its source and the day it was read. What no row says counts as absent. */
export function capabilitiesOf(asker: Asker, settings: MonerisSettings): Capabilities {
  return capabilitiesFrom(capabilityRows(settings), asker);
}

/** Every fact about this account, with its source and the day it was read. */
export function capabilityRows(settings: MonerisSettings): readonly CapabilityRow[] {
  return [...written, ...lifeOf(settings), ...movesOf(settings), ...recoveryOf(settings)];
}

const READ = "2026-11-22";
const OPENAPI = "Moneris Unified API, OpenAPI 2.6.1";
const GUIDE = 'Moneris, "Incremental Authorization"';

/** What is the same for every account. */
const written: readonly CapabilityRow[] = [
  {
    says: { incrementable: "yes", increments: null },
    source: `${GUIDE}: no limit to their number, and no brand is left out`,
    read: READ,
  },
  {
    says: { reverseIncrement: "none" },
    source: `${OPENAPI}, incrementalAuthorizations: entries have no id; a cancel is of the whole payment`,
    read: READ,
  },
  {
    says: { extension: true },
    when: { networks: ["mastercard"] },
    source: `${GUIDE}: an increment of $0, for Mastercard only`,
    read: READ,
  },
  {
    says: { incrementsAfterPartialCapture: false },
    source: `${GUIDE}: settled by a single completion`,
    read: READ,
  },
  {
    says: { partialApproval: { authorization: false, increment: false } },
    source: `${OPENAPI}: no status and no field of a partial approval`,
    read: READ,
  },
  { says: { greatest: 999_999_999, step: 1 }, source: `${OPENAPI}, amount: whole, 0 to 999999999`, read: READ },
  { says: { readable: true }, source: `${OPENAPI}, GET /payments/{payment-id}`, read: READ },
  {
    says: { recovery: { verdict: "answer", undo: null } },
    source: `${OPENAPI}, and its webhooks: none for payments; nothing is canceled by a key or an orderId`,
    read: READ,
  },
];

/** 7 to 31 days by brand and trade: a setting. What an extension adds is another one. */
function lifeOf({ holdDays, extensionDays, incrementsProlong }: MonerisSettings): readonly CapabilityRow[] {
  const concepts = 'Moneris, "Concepts": 7 to 31 days, by brand and trade; which is the account\'s setting';
  const asked = `${GUIDE}: $0 asks to extend the time for completion, e.g. 30 days`;
  const expiry = { captureWithin: holdDays * DAY, bankKeeps: holdDays * DAY, prolongedBy: [], read: READ } as const;
  const prolongedBy = incrementsProlong ? (["increment", "extend"] as const) : (["extend"] as const);
  return [
    { says: { expiry: { ...expiry, source: concepts } }, source: concepts, read: READ },
    {
      says: { expiry: { ...expiry, prolongedBy, prolongedTo: extensionDays * DAY, source: asked } },
      when: { networks: ["mastercard"] },
      source: asked,
      read: READ,
    },
  ];
}

export const LIST: ListRow = {
  shows: "each payment with its sums",
  source: `${OPENAPI}, GET /payments: by time, a day at most`,
  read: READ,
};

function movesOf({ partialCompletions, lowerCompletionReleases }: MonerisSettings): readonly CapabilityRow[] {
  return [
    {
      says: { partialCapture: partialCompletions },
      source: 'Moneris, "Multiple Completions": switched on for a store by Moneris Sales Support',
      read: READ,
    },
    {
      says: { releaseAtCapture: lowerCompletionReleases ? "automatic" : "lapses" },
      source: 'Moneris Go, "Pre-Authorization Completion": any unused portion is released',
      read: READ,
    },
  ];
}

function recoveryOf(settings: MonerisSettings): readonly CapabilityRow[] {
  const { deadline, slowestApply, keyWindow, lookUpLag, extensionsListed } = settings;
  const seen: readonly OperationKind[] = ["authorize", "increment", "capture", "reverse"];
  const of: readonly OperationKind[] = extensionsListed ? [...seen, "extend"] : seen;
  return [
    {
      says: { recovery: { deadline, slowestApply } },
      source: `${OPENAPI}: operations are answered at once; no times are stated, so they are the account's settings`,
      read: READ,
    },
    {
      says: { recovery: { dedupe: keyWindow === 0 ? null : { window: keyWindow, replay: "conflict" } } },
      source: `${OPENAPI}, idempotencyKey and 409 IDEMPOTENCY_ERROR; how long a key is known is the account's setting`,
      read: READ,
    },
    {
      says: { recovery: { lookUp: { by: "totals", of, lag: lookUpLag } } },
      source: `${OPENAPI}, GET /payments/{payment-id}; GET /payments lists by time, each payment with its orderId`,
      read: READ,
    },
  ];
}
