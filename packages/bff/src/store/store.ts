import type { Mode } from "@plimsoll/shared";
import type { Actor, EntryId, Event, Hold, HoldId, Instant, OperationId, Recorded } from "../hold/index.ts";
import type { NoticeAbout, Order, Written } from "../gateways/port.ts";

/**
 * Where holds are kept. One schema, one set of queries, one conformance suite over every engine behind it.
 * What a commit writes is durable when its promise resolves.
 */
export interface Store {
  /** True where no other process can have this store open: attempts left open are then orphans. */
  readonly exclusive: boolean;
  /**
   * One commit on one hold, under its row lock: `change` sees the hold as it stands (undefined where there is
   * none yet), decides without I/O, and all that it returns is written together, or nothing.
   * `change` may be called again where the database asks for the transaction to be repeated.
   */
  commit<T>(target: Target, change: (seen: Seen) => Change<T>): Promise<T>;
  /**
   * One commit on the hold that has been due for longest (its `wakeAt` has come), passing over those in `except` and
   * those that another process is at; undefined where none is left. What goes wrong with one hold is thrown as
   * DueFailed, which names it.
   */
  commitDue<T>(now: Instant, except: Except, change: (seen: Seen) => Change<T>): Promise<Due<T> | undefined>;
  load(hold: HoldId): Promise<Hold | undefined>;
  /** The hold that a gateway means, and the operation where it is named by our own reference of that. */
  named(by: Namer, about: NoticeAbout): Promise<Named | undefined>;
  /** A merchant's holds that have not ended, oldest first; without those whose row can't be read. */
  openHolds(merchant: string, mode: Mode, limit: number): Promise<Hold[]>;
  /** Hears of each hold that such a list leaves out: once, however often it does. */
  hearUnreadable(hear: (hold: HoldId, error: UnreadableRow) => void): void;
  /**
   * An account's holds that lived at some time in a span: first those that have not ended, then the others by their end.
   * A page; the next one is asked for with its last life. After an empty page there is none. Each is to be loaded by
   * itself, so that one that can't be read is not missed.
   */
  holdsOf(lived: Lived, after: Life | null, limit: number): Promise<Life[]>;
  /** Of these holds, the version that each has now. */
  versions(holds: readonly HoldId[]): Promise<ReadonlyMap<HoldId, number>>;
  /** The same of a merchant's holds that have not ended, oldest first. */
  deskVersions(merchant: string, mode: Mode, limit: number): Promise<ReadonlyMap<HoldId, number>>;
  /** The least `wakeAt` of all holds, those on some accounts apart; null where all rest. */
  nextWake(except?: Pick<Except, "accounts">): Promise<Instant | null>;
  /** Accounts with a hold that does not rest, by name. */
  awaitedAccounts(): Promise<string[]>;
  /** Holds with an operation that has no end. */
  unfinished(): Promise<HoldId[]>;
  /** An account's holds with an operation in doubt, the longest in doubt first. */
  inDoubt(account: string): Promise<HoldId[]>;
  /** The request of an operation as it was written down. */
  request(operation: OperationId): Promise<StoredRequest | undefined>;
  history(hold: HoldId): Promise<Recorded[]>;
  keys: Keys;
  pauses: Pauses;
  /** How processes on one database hear of each other's commits; null where no other process can have it open. */
  readonly news: News | null;
  close(): Promise<void>;
}

/** Opened before `until`, and not ended before `from`. */
export interface Lived {
  readonly account: string;
  readonly from: Instant;
  readonly until: Instant;
}

export interface Life {
  readonly hold: HoldId;
  readonly endedAt: Instant | null;
}

/** What is passed over among the holds that are due: some of them, and all on some accounts. */
export interface Except {
  readonly holds?: ReadonlySet<HoldId>;
  readonly accounts?: ReadonlySet<string>;
}

/** A hold that was due, and what the commit on it came to. */
export interface Due<T> {
  readonly hold: HoldId;
  readonly result: T;
}

/** Who names it: one payee's payment ids at a gateway are of no other. */
export type Namer = Pick<Hold["terms"], "gateway" | "mode" | "payee">;

export interface Named {
  readonly hold: HoldId;
  /** Ended operations too. */
  readonly operation: { readonly operation: OperationId; readonly entry: EntryId } | null;
}

export interface Target {
  readonly hold: HoldId;
  /** The idempotency key under which this command comes. */
  readonly key?: { readonly scope: string; readonly value: string };
  /** For a new hold: the others of this order are looked up too. */
  readonly order?: {
    readonly merchant: string;
    readonly mode: Mode;
    readonly gateway: string;
    readonly order: string;
  };
}

export interface Seen {
  readonly hold: Hold | undefined;
  /** What this key was used for before. */
  readonly key: KeyUse | undefined;
  /** Holds of the same order that have not ended. */
  readonly sameOrder: readonly Hold[];
  /** Nothing new may be asked of the hold's gateway; of a new hold's where the target names its order. */
  readonly paused: boolean;
}

export interface KeyUse {
  /** Digest of the request as it was sent. */
  readonly digest: string;
  readonly hold: HoldId;
  readonly entry: EntryId;
}

/** What one commit writes; without `write` nothing is written. */
export interface Change<T> {
  readonly result: T;
  readonly write?: {
    readonly hold: Hold;
    readonly events: readonly Event[];
    readonly at: Instant;
    readonly actor: Actor | null;
    /** What made it: a command's name, an attempt, the clock. */
    readonly cause: string;
    readonly wakeAt: Instant | null;
    /** Requests of the operations that begin in this commit. */
    readonly requests: readonly StoredRequest[];
    /** The use that the target's key is put to. */
    readonly key?: KeyUse;
  };
}

/** A request as it will be sent. `sealed` is the payer's payment token, encrypted; it is erased when the operation ends. */
export interface StoredRequest {
  readonly operation: OperationId;
  readonly order: Order;
  readonly written: Written;
  readonly sealed: string | null;
}

/**
 * Among a hold's references, the one under which its gateway's adapter gives the payment's own id.
 * One payment of one payee at a gateway belongs to one hold, whichever account it came by: the store forbids a second.
 */
export const PAYMENT = "payment";

/** Secret API keys: only a hash of each is kept. */
export interface Keys {
  add(key: ApiKey & { readonly hash: string; readonly at: Instant }): Promise<void>;
  find(hash: string): Promise<ApiKey | undefined>;
  list(): Promise<(ApiKey & { readonly at: Instant; readonly revokedAt: Instant | null })[]>;
  revoke(id: string, at: Instant): Promise<boolean>;
}

export interface ApiKey {
  readonly id: string;
  readonly merchant: string;
  readonly mode: Mode;
  readonly name: string;
}

/** `plimsoll pause`: nothing new is asked of a gateway, look-ups go on. Lives only in the database. */
export interface Pauses {
  /** False where it is paused already: the first pause stands. */
  set(pause: Pause): Promise<boolean>;
  /** False where it was not paused. */
  lift(gateway: string, mode: Mode): Promise<boolean>;
  /** Oldest first. */
  list(): Promise<readonly Pause[]>;
}

export interface Pause {
  readonly gateway: string;
  readonly mode: Mode;
  /** Who paused it, and for what reason. */
  readonly by: string;
  readonly why: string;
  readonly at: Instant;
}

export interface News {
  /** Tells the other processes soon, together with what else has changed; never throws. A hint that may be lost: the table is the truth. */
  tell(changed: Changed): void;
  /** Hears what other processes told, never what this one did. */
  hear(listener: (changes: readonly Changed[]) => void): void;
}

export interface Changed {
  readonly hold: HoldId;
  readonly version: number;
  readonly merchant: string;
  readonly mode: Mode;
}

/** Thrown by `commit` where the database forbids what must never be: nothing was written. */
export class Forbidden extends Error {
  readonly rule:
    | "unique_payment"
    | "unique_reference"
    | "one_operation"
    | "amounts"
    | "version"
    | "used_key"
    | "paused";
  constructor(rule: Forbidden["rule"], options?: ErrorOptions) {
    super(`the database forbids it: ${rule}`, options);
    this.name = "Forbidden";
    this.rule = rule;
  }
}

/** Thrown by `commitDue` where something went wrong with the hold that was due; `cause` is what. Nothing was written. */
export class DueFailed extends Error {
  override readonly name = "DueFailed";
  readonly hold: HoldId;
  constructor(hold: HoldId, cause: unknown) {
    super(`the commit on hold ${hold}, which was due, failed`, { cause });
    this.hold = hold;
  }
}

/** What was written can't be read any more. */
export class UnreadableRow extends Error {
  override readonly name = "UnreadableRow";

  constructor(what: string) {
    super(`${what} can't be read: the database was damaged or changed by something else`);
  }
}

/** The database can't be used now. `certain`: nothing was written; otherwise that is not known. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
  readonly why: "gone" | "full" | "read_only" | "schema";
  readonly certain: boolean;
  constructor(why: StoreUnavailable["why"], certain: boolean, options?: ErrorOptions) {
    super(`the database can't be used now: ${why}`, options);
    this.why = why;
    this.certain = certain;
  }
}

/** Thrown by `openStore` where the database can't be used as it must be. */
export class StoreRefused extends Error {
  override readonly name = "StoreRefused";
}
