import type { Delta, EntryKind, EntryState, Mode, ProfileName, Total } from "@plimsoll/shared";
import type { Capabilities, ExpiryRule } from "./capabilities.ts";

/** Milliseconds since 1970, by the clock that was passed in. */
export type Instant = number;
export type HoldId = string;
export type EntryId = string;
export type OperationId = string;

/** Names under which a gateway knows something: its ids, links and codes. Only the gateway's adapter reads them. */
export type References = Readonly<Record<string, string>>;

/** Who asked: a credential, and the operator that it names. */
export interface Actor {
  readonly kind: "merchant" | "console" | "payer" | "timer" | "gateway";
  readonly name: string;
  /** The greatest amount this operator may move in one step. */
  readonly max?: number;
}

/** A person's word on what the gateway did: what shows it, which is for support alone, and why, where they told. */
export interface Word {
  readonly reason: string | null;
  readonly evidence: string;
}

/** What a payer agreed to: this hold, not above this total. */
export interface Consent {
  readonly total: Total;
  readonly how: "stated_by_merchant" | "in_element" | "on_our_origin";
  /** The words or the view that were shown. */
  readonly shown: string;
  readonly at: Instant;
}

export interface Card {
  readonly network: "visa" | "mastercard" | "amex" | "discover" | "diners" | "jcb" | "unionpay" | "other";
  readonly last4?: string;
  readonly funding?: "credit" | "debit" | "prepaid";
  /** Whether the card itself was there. */
  readonly present?: boolean;
}

/** What is fixed when a hold is opened and never changes: a changed setting applies to new holds. */
export interface Terms {
  readonly id: HoldId;
  readonly merchant: string;
  readonly mode: Mode;
  /** The merchant's gateway account; its gateway. */
  readonly account: string;
  readonly gateway: string;
  /** Who is paid, as the gateway knows them: with the gateway's own payment id it names a payment. */
  readonly payee: string;
  readonly profile: ProfileName;
  readonly currency: string;
  readonly exponent: number;
  readonly order: string;
  readonly label: string;
  readonly card: Card | null;
  readonly capabilities: Capabilities;
  /** How long it lives, by the rule that stood when it opened: the gateway's own or else the network's. Null: not known. */
  readonly expiry: ExpiryRule | null;
  /** The merchant wants it prolonged before its time is over, where the gateway can. */
  readonly extendAutomatically: boolean;
  /** Whether it is let go by itself when nobody has captured it shortly before its time is over. */
  readonly forgotten: "warn" | "release";
  readonly openedAt: Instant;
}

/** One line of a hold. Amounts are minor units; only a correction's may be negative. */
export interface Entry {
  readonly id: EntryId;
  readonly kind: EntryKind;
  readonly state: EntryState;
  readonly asked: Delta;
  /** Zero until applied. */
  readonly applied: Delta;
  /** A capture that ends the hold, or a reversal of all that is held. */
  readonly final: boolean;
  /** What a reversal of one increment or a correction is about. */
  readonly target: EntryId | null;
  readonly reason: string | null;
  /** The merchant's line of the bill; unique in a hold. */
  readonly line: string | null;
  readonly by: Actor;
  readonly consent: Consent | null;
  readonly at: Instant;
  readonly notBefore: Instant | null;
  /** A queued entry lapses then; a proposal too. */
  readonly sendBy: Instant | null;
  readonly endedAt: Instant | null;
  /** Applied, but by an answer that only echoed the request or named no amount, or by a person's word. */
  readonly unverified: boolean;
  /** Applied by a person's word, where the gateway has not said so. */
  readonly said?: true;
  /** What a final capture let go, and when somebody asked for that. */
  readonly released: {
    readonly amount: Total;
    readonly requestedAt: Instant | null;
  } | null;
  /** Why it ended without being applied. */
  readonly cause: Cause | null;
  readonly references: References;
}

export type Cause =
  | {
      readonly is: "declined";
      readonly code: string;
      readonly networkCode: string | null;
      readonly advice: Advice | null;
    }
  | { readonly is: "rejected"; readonly code: string; readonly again: "never" | "later" }
  | { readonly is: "refused"; readonly code: string }
  | { readonly is: "not_sent" | "absent" | "undone" | "abandoned" }
  | ({ readonly is: "resolved"; readonly by: string } & Word);

/** The network's word on trying the same card again. */
export type Advice = "never_again" | "later" | "other_data";

export type OperationKind = "authorize" | "increment" | "extend" | "capture" | "reverse";
export type AttemptKind = "ask" | "look" | "undo";

/** The one thing that is being asked of the gateway, or that is in doubt and parked. */
export interface Operation {
  readonly id: OperationId;
  readonly entry: EntryId;
  readonly kind: OperationKind;
  /** Our own reference at the gateway, and the key of a gateway that dedupes: random, one a logical operation. */
  readonly reference: string;
  readonly key: string;
  readonly delta: Delta;
  readonly totalBefore: Total;
  readonly totalAfter: Total;
  readonly startedAt: Instant;
  /** The attempt without an end; its process alone may act until the deadline. */
  readonly attempt: {
    readonly number: number;
    readonly kind: AttemptKind;
    readonly startedAt: Instant;
    readonly deadline: Instant;
  } | null;
  readonly attempts: number;
  readonly firstSentAt: Instant;
  /** The deadline of the last attempt that may have reached the gateway: absence counts from here. */
  readonly lastDeadline: Instant;
  readonly doubtSince: Instant | null;
  readonly parkedAt: Instant | null;
  readonly looks: number;
  readonly nextLookAt: Instant | null;
  /** The last attempt got no answer at all: once the gateway answers anybody again, it is looked at without delay. */
  readonly silent: boolean;
  /** When somebody was told that it has been in doubt for too long. */
  readonly alertedAt: Instant | null;
  /** The gateway knew our key when it was asked again: an attempt has reached it. */
  readonly received: boolean;
  /** Found absent for certain; to be undone by our own reference before it is given up. */
  readonly undoing: boolean;
  /** What an approval said was applied that came while it was to be undone. */
  readonly heard: Delta | null;
  /** Nothing in flight: the payer has to act, or the verdict comes by a notice. */
  readonly waiting: { readonly on: "payer" | "notice"; readonly until: Instant; readonly action: string | null } | null;
}

/** What a gateway's books said when they disagreed with ours. */
export interface Contradiction {
  readonly since: Instant;
  readonly what: string;
  /** The sums that the gateway named, where it did. Reversals are not taken off `authorized`: they have their own. */
  readonly found: { readonly authorized: Total | null; readonly captured: Total | null; readonly reversed?: Total };
}

export type ReadReason =
  | "unverified"
  | "after_absence"
  | "after_person"
  | "after_decline"
  | "after_rejection"
  | "closing"
  | "hint"
  | "restored"
  | "contradicted";

/** From when on a read could have told something first, and when somebody was told that steps wait for it in vain. */
export interface Wait {
  readonly since: Instant;
  readonly alertedAt: Instant | null;
}

export interface Hold {
  readonly terms: Terms;
  /** The number of its last event (`seq`): rises by one with each. */
  readonly version: number;
  readonly entries: readonly Entry[];
  /** Those without an end: at most one that is not parked. */
  readonly operations: readonly Operation[];
  readonly ceiling: { readonly amount: Total; readonly consent: Consent | null } | null;
  readonly closing: { readonly kind: "capture" | "reversal"; readonly entry: EntryId } | null;
  readonly contradicted: Contradiction | null;
  /** Whether it can be raised: as its capabilities say, until the gateway has shown it. */
  readonly incrementable: Capabilities["incrementable"];
  /** The gateway reviews the payment: applied, capture blocked. */
  readonly reviewSince: Instant | null;
  /** By when it has to be captured, as the gateway says. */
  readonly captureBy: Instant | null;
  /** Of which end somebody has been told, and whether also that it has passed. */
  readonly warned: { readonly captureBy: Instant; readonly passed: boolean } | null;
  readonly expiredAt: Instant | null;
  /** What was still held when the gateway said expired. */
  readonly lapsed: Total;
  /** A read that is wanted, and from when it can tell something. `blocks` where the next step depends on it. */
  readonly reading:
    | ({
        readonly why: ReadReason;
        readonly at: Instant;
        readonly blocks: boolean;
        readonly tries: number;
      } & Wait)
    | null;
  /** A read that is under way: nobody else reads before its deadline. */
  readonly reader: { readonly startedAt: Instant; readonly deadline: Instant } | null;
  /** When the last read began that has ended: audits keep their distance from it. */
  readonly readAt: Instant | null;
  /** Somebody said: look. Only a look that started later clears it. */
  readonly hintAt: Instant | null;
  /** The last look that was asked for so: another one keeps its distance. Later than `hintAt`: it comes after that one. */
  readonly hintedAt: Instant | null;
  /** The last time money moved at the gateway, as far as we know: a read from before tells nothing. */
  readonly movedAt: Instant;
  readonly endedAt: Instant | null;
  /** What was held when the hold began to end. */
  readonly former: Total;
  readonly references: References;
}
