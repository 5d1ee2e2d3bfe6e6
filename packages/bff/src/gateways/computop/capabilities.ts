import type { Asker, Capabilities, OperationKind } from "../../hold/index.ts";
import { capabilitiesFrom, type CapabilityRow, type ListRow } from "../capability-rows.ts";
import { DAY } from "../times.ts";
import type { ComputopSettings } from "./settings.ts";

/** What this account can do, each row with its source and the day it was read. */
export function capabilitiesOf(asker: Asker, settings: ComputopSettings): Capabilities {
  return capabilitiesFrom(capabilityRows(settings), asker);
}

/** Every fact about this account, with its source and the day it was read. */
export function capabilityRows(settings: ComputopSettings): readonly CapabilityRow[] {
  return [...growing(settings), ...moving(settings), ...recovering(settings)];
}

const READ = "2026-11-22";
const REFERENCE = "Computop Paygate API 2.0.0";
const GUIDE = 'Computop, "Incremental authorization"';
const OLDER_GUIDE = 'Computop, "Incremental authorisation"';

export const LIST: ListRow = {
  shows: null,
  source: `${REFERENCE}: payments are found by payId or transId, one at a time`,
  read: READ,
};

type Network = "visa" | "mastercard" | "amex";

function growing({ acquirer, brands, preAuthorization, incrementsProlong }: ComputopSettings): CapabilityRow[] {
  const listed: Network[] = acquirer === "worldpay_cc" ? ["visa", "mastercard", "amex"] : ["visa", "mastercard"];
  const networks = acquirer === "other" ? [] : listed.filter((network) => brands?.includes(network) ?? true);
  const asProven = { says: { incrementable: preAuthorization === "yes" ? "yes" : "unproven" } } as const;
  return [
    { ...asProven, when: { networks }, source: `${GUIDE}, brands and acquirers`, read: READ },
    ...(networks.length === 0
      ? []
      : [
          {
            says: { incrementable: "unproven" },
            when: { cardUnknown: true },
            source: `${GUIDE}: which card it will be shows on the page`,
            read: READ,
          } as const,
        ]),
    { says: { increments: null }, source: `${GUIDE}: no greatest number is named`, read: READ },
    {
      says: {
        expiry: {
          captureWithin: 30 * DAY,
          bankKeeps: 30 * DAY,
          prolongedBy: incrementsProlong ? ["increment"] : [],
          source: `${OLDER_GUIDE}, authorization validity`,
          read: READ,
        },
      },
      source: `${OLDER_GUIDE}, authorization validity: 30 days`,
      read: READ,
    },
  ];
}

function moving({ severalCaptures, restAfterCapture, amountValue }: ComputopSettings): CapabilityRow[] {
  return [
    {
      says: { reverseIncrement: "last" },
      source: `${OLDER_GUIDE}, reversals: one by one, the latest first; no message reverses all`,
      read: READ,
    },
    {
      says: { partialCapture: severalCaptures ? "always" : "never", releaseAtCapture: restAfterCapture },
      source:
        'Computop support, "Setup Extended Transaction Management": the rest after a partial capture expires without it',
      read: READ,
    },
    {
      says: { greatest: 9_999_999_999 },
      source: 'VR ePayment, "Capture / Credit / Reversal": an amount has ten digits',
      read: READ,
    },
    {
      says: { readable: amountValue !== "first" },
      source: `${REFERENCE}, "Retrieve payment details by Payment ID"`,
      read: READ,
    },
  ];
}

function recovering(settings: ComputopSettings): CapabilityRow[] {
  const { deadline, slowestApply, keyWindow, replay, lookUpOfSteps, lookUpLag } = settings;
  return [
    {
      says: { recovery: { deadline, slowestApply, verdict: "answer" } },
      source: `${REFERENCE}: operations are answered at once; no times are stated, so they are the account's settings`,
      read: READ,
    },
    {
      says: { recovery: { dedupe: keyWindow === 0 ? null : { window: keyWindow, replay } } },
      source: `${REFERENCE}, Idempotency-Key: an operation is not processed twice; how long is the account's setting`,
      read: READ,
    },
    {
      says: {
        recovery: {
          lookUp: {
            by: lookUpOfSteps === "by_trans_id" ? "operation" : "totals",
            of: found(settings),
            lag: lookUpLag,
          },
        },
      },
      source: `${REFERENCE}, "Retrieve payment details by Transaction ID" and "by Payment ID"`,
      read: READ,
    },
  ];
}

/** Reversals show in no details but in what still stands. */
function found({ lookUpOfSteps, amountValue }: ComputopSettings): OperationKind[] {
  if (lookUpOfSteps === "by_trans_id" || amountValue === "standing")
    return ["authorize", "increment", "capture", "reverse"];
  return amountValue === "authorized" ? ["authorize", "increment", "capture"] : ["authorize"];
}
