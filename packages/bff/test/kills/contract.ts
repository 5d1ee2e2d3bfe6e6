import type { Code, EntryKind, EntryState } from "@plimsoll/shared";
import type { Submission } from "../../src/driver/index.ts";
import type { Card, Cause, EntryId, HoldId, Instant, OperationKind, Recorded } from "../../src/hold/index.ts";
import type { Sums } from "../../src/gateways/testing/conformance/books.ts";
import type { Time } from "./paced-clock.ts";

/** What a process is given when it starts. */
export interface Setup {
  readonly database: Database;
  readonly gateway: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly currency: string;
  readonly card: Card;
  readonly time: Time;
  /** 32 bytes in base64, the same for every process of one BFF. */
  readonly secret: string;
  /** Where it is to kill itself. */
  readonly armed?: Boundary;
  /** A wrong way of recovering in place of the shipped one: it must be found. */
  readonly wrong?: Wrong;
}

export type Database = { readonly file: string } | { readonly postgres: { readonly url: string } };

export type Wrong = "call, then record" | "blind resend" | "look-up without a quiet time";

/** One place where a process can be killed: a write or a call, just before it begins or just after it has ended. */
export interface Boundary {
  readonly name: string;
  readonly side: "before" | "after";
}

export type Signal = "SIGKILL" | "SIGSTOP";

/** What a client wants: as at the merchant's door, sent again in the same words under the same key. */
export type Wish =
  /** `token`: null where the payer pays on the gateway's own page. */
  | { readonly do: "open"; readonly order: string; readonly amount: number; readonly token: string | null }
  | OnHold<"increment" | "propose", { readonly amount: number }>
  | OnHold<"capture", { readonly amount: number; readonly final: boolean; readonly leaveDoubt?: true }>
  | OnHold<"reverse" | "extend" | "hint" | "say_lapsed", object>
  | OnHold<"say_captured", { readonly amount: number }>
  | OnHold<"correct", { readonly target: EntryId; readonly amount: number }>
  | OnHold<"reverse_increment", { readonly target: EntryId }>
  /** `total`: what is held with it, as the payer was shown. */
  | OnHold<"approve", { readonly entry: EntryId; readonly amount: number; readonly total: number }>
  | OnHold<"deny" | "withdraw", { readonly entry: EntryId }>
  | OnHold<"resolve", { readonly entry: EntryId; readonly word: Word }>;

type OnHold<Do extends string, More> = Do extends string
  ? { readonly do: Do; readonly hold: HoldId } & Readonly<More>
  : never;

/** What a person says who has seen the gateway's books. `payment`: its id there, where no answer has named it. */
export type Word = { readonly is: "applied"; readonly payment: string | null } | { readonly is: "not_applied" };

/** `unavailable`: the database can't be used now; whether the wish was written is not known, and it is sent again. */
export type Answer =
  | { readonly refused: Code | "unavailable" }
  | { readonly hold: HoldId; readonly entry: EntryId; readonly state: EntryState | null; readonly replayed: boolean };

/** A hold as its process knows it. */
export interface Known {
  readonly sums: Sums;
  readonly entries: readonly {
    readonly id: EntryId;
    readonly kind: EntryKind;
    readonly state: EntryState;
    readonly asked: number;
    readonly applied: number;
    readonly cause: Cause["is"] | null;
  }[];
  readonly doubts: readonly {
    readonly entry: EntryId;
    readonly kind: OperationKind;
    readonly amount: number;
    /** The gateway declares a way by which it ends: at rest, nobody has gone it. */
    readonly canBeEnded: boolean;
  }[];
  /** The gateway's page on which the payer is awaited. */
  readonly page: string | null;
  /** Nothing more comes of it by itself soon. */
  readonly rests: boolean;
  readonly contradicted: string | null;
  /** Every name under which the gateway's books may have it. */
  readonly names: readonly string[];
}

/** What a process does for whoever started it. */
export interface Served {
  start(setup: Setup): Promise<void>;
  wish(key: string, wish: Wish): Promise<Answer>;
  /** Any command as it is, so many milliseconds from now. */
  submit(submission: Submission, wait: number): Promise<Answer>;
  known(hold: HoldId): Promise<Known>;
  /** What happened to it, as it was written down. */
  history(hold: HoldId): Promise<readonly Recorded[]>;
  /** Resolves once nothing is under way; with when something falls due next. */
  idle(): Promise<Instant | null>;
  /** What a gateway posted; the status that it is answered with. */
  notice(body: string, headers: Readonly<Record<string, string>>): Promise<number>;
  /** Time has been moved, or goes at another pace. */
  setTime(time: Time): Promise<void>;
  /** Kill yourself there, or stop until you are told to go on, the first time that you come by. */
  arm(boundary: Boundary, signal?: Signal): Promise<void>;
  /** Takes up nothing new and ends when all that is under way has. */
  stop(): Promise<void>;
}

/** What a process says unasked. */
export type Said =
  | { readonly says: "passed"; readonly boundary: Boundary }
  | { readonly says: "alarm"; readonly what: string };
