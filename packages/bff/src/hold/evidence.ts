import type { Delta, Total } from "@plimsoll/shared";
import type { Advice, Instant, References } from "./model.ts";

/**
 * What an approval shows about amounts: the hold's new running total, this operation's own amount as the
 * gateway booked it, a mere echo of the request, or nothing.
 */
export type Grade = "total" | "own_amount" | "echo" | "none";

export interface Approval {
  readonly grade: Grade;
  /** This operation's amount as answered; null where none was named. */
  readonly applied: Delta | null;
  /** The running total as answered; null where none was named. */
  readonly total: Total | null;
  /** What the payment and this operation are called from now on. */
  readonly references: { readonly hold?: References; readonly entry?: References };
  /** By when the payment has to be captured, where the gateway says so. */
  readonly captureBy?: Instant;
  /** Whether the payment can be raised, where the gateway says so only now. */
  readonly incrementable?: boolean;
}

/**
 * What became of an attempt to ask. `declined` is the issuer's word alone; `rejected` is certain: this attempt applied
 * nothing. On a later attempt, `never` says so of the whole operation: the gateway refuses it under its key.
 */
export type Outcome =
  | ({ readonly is: "approved" } & Approval)
  | {
      readonly is: "declined";
      readonly code: string;
      readonly networkCode: string | null;
      readonly advice: Advice | null;
      readonly references?: { readonly hold?: References; readonly entry?: References };
    }
  | {
      readonly is: "rejected";
      readonly cause: string;
      readonly again: "never" | "later";
      /** False where the gateway says that this payment can't be raised at all. */
      readonly incrementable?: false;
    }
  /** Applied, but the payment can't be captured until its review ends. */
  | { readonly is: "waiting"; readonly on: "review"; readonly approval: Approval }
  | {
      readonly is: "waiting";
      readonly on: "payer" | "notice";
      readonly until: Instant;
      /** Where the payer has to go: an address. */
      readonly action?: string;
      readonly references?: { readonly hold?: References; readonly entry?: References };
    }
  /** Our key was taken before: an earlier attempt of this operation was received; what became of it is not said. */
  | { readonly is: "received"; readonly cause: string }
  | {
      readonly is: "unknown";
      readonly cause: string;
      /** What an answer that decides nothing has named all the same. */
      readonly references?: { readonly hold?: References; readonly entry?: References };
    };

/** What a look-up of one operation found. `absent` counts only after the quiet time that the rules know. */
export type Finding =
  /** `reviewed`: applied, but the payment can't be captured until its review ends. */
  | ({ readonly is: "applied"; readonly reviewed?: boolean } & Approval)
  | {
      readonly is: "declined";
      readonly code: string;
      readonly networkCode: string | null;
      readonly advice: Advice | null;
    }
  /** `givenUp`: the gateway says that nothing will come any more of a payer's visit to its page. */
  | { readonly is: "absent"; readonly givenUp?: true }
  | { readonly is: "unknown"; readonly cause: string };

/** The gateway's own books of one payment. */
export type Snapshot =
  | {
      readonly is: "snapshot";
      /** Increments included, reversals not taken off. */
      readonly authorized: Total;
      /** Null where only that something was charged is told, and not how much. */
      readonly captured: Total | null;
      readonly state: "open" | "reviewed" | "captured" | "reversed" | "expired" | "unrecognised";
      /** When the gateway's books were like this. */
      readonly asOf: Instant;
      readonly references?: References;
      readonly captureBy?: Instant;
      /** When the authorization was approved: how long a hold lives that is adopted counts from here. */
      readonly approvedAt?: Instant;
    }
  /** `absent`: the gateway knows no such payment. */
  | { readonly is: "cannot"; readonly cause: string; readonly absent?: true };

/** Everything that `learn` learns from. */
export type Evidence =
  | { readonly from: "answer"; readonly attempt: number; readonly outcome: Outcome }
  | { readonly from: "look"; readonly attempt: number; readonly finding: Finding }
  | { readonly from: "undo"; readonly attempt: number; readonly outcome: Outcome }
  /** Told unasked by a gateway whose verdict comes that way, and proved to be from it. */
  | { readonly from: "notice"; readonly outcome: Outcome }
  /** Told and proved in the same way: the payment has expired. */
  | { readonly from: "expiry" }
  | { readonly from: "read"; readonly startedAt: Instant; readonly snapshot: Snapshot }
  /** After a silence the gateway has answered somebody. */
  | { readonly from: "gateway_back" }
  | { readonly from: "clock" };
