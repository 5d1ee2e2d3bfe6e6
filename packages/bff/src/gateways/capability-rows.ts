import type { Asker, Capabilities, Card, Recovery } from "../hold/index.ts";
import { MINUTE } from "./times.ts";

/** One documented fact of what a gateway can do: for whom it holds, where it stands, and when that was read. */
export interface CapabilityRow {
  readonly says: Partial<Omit<Capabilities, "recovery">> & { readonly recovery?: Partial<Recovery> };
  /** Left out where it holds for every card, currency and trade. */
  readonly when?: {
    readonly networks?: readonly Card["network"][];
    readonly funding?: readonly NonNullable<Card["funding"]>[];
    readonly currencies?: readonly string[];
    readonly profiles?: readonly Asker["profile"][];
    /** Holds only while nobody has said which card it is. */
    readonly cardUnknown?: boolean;
  };
  /** The gateway's page, SDK model or API description. */
  readonly source: string;
  /** The day on which it was read: 2026-11-22. */
  readonly read: string;
}

/** What a gateway's own list of payments shows, in a word; null where no list is documented: then none is made up. */
export interface ListRow extends Pick<CapabilityRow, "source" | "read"> {
  readonly shows: string | null;
}

/** What is not documented counts as absent. */
const NOTHING: Capabilities = {
  incrementable: "no",
  increments: null,
  reverseIncrement: "none",
  extension: false,
  releaseAtCapture: "lapses",
  partialCapture: "never",
  incrementsAfterPartialCapture: false,
  partialApproval: { authorization: false, increment: false },
  greatest: null,
  step: 1,
  readable: false,
  expiry: null,
  recovery: {
    deadline: MINUTE,
    slowestApply: MINUTE,
    dedupe: null,
    lookUp: null,
    undo: null,
    verdict: "answer",
  },
};

/** What the rows say for this card, currency and trade, taken together: where two speak of the same, the later one wins. */
export function capabilitiesFrom(rows: readonly CapabilityRow[], asker: Asker): Capabilities {
  return rows
    .filter((row) => holds(row, asker))
    .reduce<Capabilities>(
      (sofar, { says }) => ({ ...sofar, ...says, recovery: { ...sofar.recovery, ...says.recovery } }),
      NOTHING,
    );
}

function holds({ when = {} }: CapabilityRow, { card, currency, profile }: Asker): boolean {
  const { networks, funding, currencies, profiles, cardUnknown } = when;
  return (
    (cardUnknown !== true || card === null) &&
    among(networks, card?.network) &&
    among(funding, card?.funding) &&
    among(currencies, currency) &&
    among(profiles, profile)
  );
}

function among<T>(listed: readonly T[] | undefined, one: T | undefined): boolean {
  return listed === undefined || (one !== undefined && listed.includes(one));
}
