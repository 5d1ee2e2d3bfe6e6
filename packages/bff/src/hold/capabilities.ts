import type { ProfileName } from "@plimsoll/shared";
import type { Card, OperationKind } from "./model.ts";

/** What capabilities depend on, besides the account: the card, the currency and the trade. */
export interface Asker {
  readonly card: Card | null;
  readonly currency: string;
  readonly profile: ProfileName;
}

/**
 * What a gateway can do on one account with one card, as data. What is not documented counts as absent.
 * A hold keeps the capabilities it was opened with for life.
 */
export interface Capabilities {
  readonly incrementable: "yes" | "no" | "unproven";
  /** Most increments beside the first authorization, and whether declined ones count too. */
  readonly increments: { readonly most: number; readonly count: "applied" | "attempts" } | null;
  readonly reverseIncrement: "none" | "last" | "any";
  readonly extension: boolean;
  /** What becomes of the rest at a final capture below the hold. */
  readonly releaseAtCapture: "automatic" | "lapses";
  readonly partialCapture: "always" | "before_increments" | "never";
  readonly incrementsAfterPartialCapture: boolean;
  /** Approving less than was asked: only where the gateway says that it does so. */
  readonly partialApproval: { readonly authorization: boolean; readonly increment: boolean };
  /** The greatest amount of one authorization or increment, in minor units of the hold's currency; null where none is known. */
  readonly greatest: number | null;
  /** Minor units are sent in steps of this many (10 where a gateway takes two of three decimals). */
  readonly step: number;
  readonly readable: boolean;
  /** How long an authorization lives here; null where nothing but the network's general rule is known. */
  readonly expiry: ExpiryRule | null;
  readonly recovery: Recovery;
}

/**
 * How long an authorization lives, as an estimate from a dated rule: only the gateway says that it has expired.
 * Times in milliseconds from the approval that starts them.
 */
export interface ExpiryRule {
  /** A capture has to be there by then. */
  readonly captureWithin: number;
  /** The payer's bank may free the money by itself from then on. */
  readonly bankKeeps: number;
  /** Which approvals besides the first start both times anew. */
  readonly prolongedBy: readonly ("increment" | "extend")[];
  /** How long a capture may take from such an approval on, where that is another time than from the first. */
  readonly prolongedTo?: number;
  readonly source: string;
  /** The day on which the source was read: 2026-11-22. */
  readonly read: string;
}

/** Four independent declarations from which recovery follows. Times in milliseconds. */
export interface Recovery {
  /** How long an attempt may take before it is in doubt. */
  readonly deadline: number;
  /** The slowest time after an attempt's deadline at which the gateway may still apply it. */
  readonly slowestApply: number;
  /** The same key is one operation, this long from the first send. With `conflict` a replay says only that it was received. */
  readonly dedupe: { readonly window: number; readonly replay: "same_answer" | "conflict" | "stored_error" } | null;
  /** How one operation is looked up, for which kinds that can be done, and the slowest lag of what is found. */
  readonly lookUp: {
    readonly by: "operation" | "totals";
    readonly of: readonly OperationKind[];
    readonly lag: number;
  } | null;
  /** Undo by our own reference. */
  readonly undo: { readonly of: readonly OperationKind[]; readonly notBefore: number } | null;
  readonly verdict: "answer" | "notice";
}
