import type { Delta, Total } from "@plimsoll/shared";
import type {
  Asker,
  Capabilities,
  Finding,
  HoldId,
  Instant,
  OperationId,
  OperationKind,
  Outcome,
  References,
  Snapshot,
} from "../hold/index.ts";

/** One gateway account, ready to be asked. Everything that is peculiar to a gateway lies behind this door. */
export interface Gateway {
  readonly name: string;
  /** Who is paid, as the gateway knows them: two of our accounts may be one merchant there. */
  readonly payee: string;
  /** How payers can pay here. */
  readonly means: readonly Means["by"][];
  /** What this account can do with this card, in this currency and trade. */
  capabilities(asker: Asker): Capabilities;
  /** Our own reference for one operation, made of random bytes in the shape and length that the gateway takes. */
  reference(random: Uint8Array): string;
  /** The request as it will be sent, secrets apart: pure, written down before anything is asked. */
  write(order: Order): Written;
  /** Asks once. Never throws: what can't be told is `unknown`, what surely was not sent is `rejected`. */
  ask(attempt: Attempt): Promise<Outcome>;
  /** Looks one operation up by our own reference. */
  find(order: Order, signal: AbortSignal): Promise<Finding>;
  /** Reads the payment's books. */
  read(payment: Payment, signal: AbortSignal): Promise<Snapshot>;
  /**
   * The gateway's own list of what was authorized in a span of time, its pages followed up to a bound. Left out where no
   * list is documented.
   */
  list?(from: Instant, until: Instant, signal: AbortSignal): Promise<Listing>;
  /** Undoes one operation by our own reference, where the gateway documents that. */
  undo?(order: Order, signal: AbortSignal): Promise<Outcome>;
  /** Reads what the gateway posted to this account's notice address, in the very bytes and headers that came. */
  notices?(body: Uint8Array, headers: Headers): Promise<Notices>;
}

/** Whole, or not at all: what is missing in a list that was cut off would be taken for absent. */
export type Listing =
  | { readonly is: "listed"; readonly payments: readonly Listed[] }
  | { readonly is: "cannot"; readonly cause: string };

/** One payment as the gateway's list shows it. Null is what the list doesn't show: a sum of null is no zero. */
export interface Listed {
  /** The gateway's own id. */
  readonly payment: string;
  /** Our own reference of its authorization. */
  readonly reference: string | null;
  readonly currency: string | null;
  /** As in a snapshot: increments included, reversals not taken off. */
  readonly authorized: Total | null;
  readonly captured: Total | null;
  /** `declined`: it never held anything. */
  readonly state: Books["state"] | "declined" | null;
  /** When it was authorized. */
  readonly at: Instant | null;
}

/** What a payment's books say, where they can be read. */
export type Books = Extract<Snapshot, { is: "snapshot" }>;

/** `forged`: this gateway proves its notices, and these are not proved. */
export type Notices = readonly Notice[] | "forged" | "unreadable";

export type NoticeAbout = { readonly reference: string } | { readonly payment: string };

/** What a gateway told unasked: evidence where that is how its verdicts come, or only a reason to look. */
export interface Notice {
  /** Our own reference of the operation, or the gateway's own id of the payment. */
  readonly about: NoticeAbout;
  /** What became of the operation, or of the payment: only where it is proved to be from the gateway. Null: only look. */
  readonly says: Outcome | { readonly is: "expired" } | null;
}

/** What is to be done, in our own terms: a total can't be taken for a delta. */
export interface Order {
  readonly operation: OperationId;
  readonly kind: OperationKind;
  readonly payment: Payment;
  readonly delta: Delta;
  readonly totalBefore: Total;
  readonly totalAfter: Total;
  /** What the hold's authorization was approved for, before anything was added; zero until it is. */
  readonly first: Total;
  /** What is held when it is written. */
  readonly held: Total;
  /** A capture that ends the hold; a reversal of all that is held. */
  readonly final: boolean;
  /** Random, one a logical operation, kept over restarts. */
  readonly reference: string;
  readonly key: string;
  /** When the operation was written: all times in its request are this one. */
  readonly at: Instant;
  readonly profile: string;
  /** How many increments were applied before it; how many captures. */
  readonly increments: number;
  readonly captures: number;
  /** What the gateway called the increment that is to be reversed. */
  readonly target: References | null;
  /** How the payer pays: with the first authorization only. A token itself is a secret and comes with the attempt. */
  readonly means: Means | null;
}

export interface Payment {
  readonly hold: HoldId;
  readonly order: string;
  readonly currency: string;
  readonly exponent: number;
  /** Everything that earlier answers called it. */
  readonly references: References;
  /** What reversals have let go of, as far as we know: some gateways' sums have it taken off, others not. Left out: nothing. */
  readonly reversed?: Total;
}

export type Means =
  | { readonly by: "token"; readonly authentication: References }
  | { readonly by: "customer" | "instrument"; readonly id: string; readonly authentication: References }
  /** On a page of the gateway's own, to which the payer is sent; then they come back to one of these. */
  | { readonly by: "page"; readonly back: { readonly done: string; readonly cancelled: string } };

/** A request in the very bytes that will be sent; a payer's token stands in it as `PAYMENT_TOKEN`. */
export interface Written {
  /** The dialect that it was written under. */
  readonly dialect: string;
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** Stands in a written body where the payer's payment token goes when it is sent. */
export const PAYMENT_TOKEN = "{{payment-token}}";

export interface Attempt {
  readonly order: Order;
  readonly written: Written;
  /** A duplicate-reference answer is a fault on the first attempt and evidence on a later one. */
  readonly number: number;
  /** The payer's payment token, for the first authorization. */
  readonly token: string | null;
  /** Aborts at the attempt's deadline. */
  readonly signal: AbortSignal;
}

export { deadlineIn } from "./deadline.ts";
