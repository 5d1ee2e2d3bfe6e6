import type { JsonObject } from "../../../../../sandbox/src/control/fault.ts";
import type { CreateGateway } from "../../../../../sandbox/src/control/gateway-parts.ts";
import type { ImitatedGateway } from "../../../../../sandbox/src/control/imitated-gateway.ts";
import type { Card, Capabilities, OperationKind } from "../../../hold/index.ts";
import type { Connect } from "../../index.ts";
import type { Gateway } from "../../port.ts";

export type Settings = Readonly<Record<string, unknown>>;

/** How one gateway joins the conformance suite: the default export of its `testing/conformance.ts`. */
export interface Conforming {
  readonly name: string;
  /** Its imitation, from the sandbox. */
  readonly imitate: CreateGateway;
  /** Its adapter, as the registry has it. */
  readonly connect: Connect;
  /** The settings of accounts at this address, by name, secrets filled in; the first one runs the whole table. */
  accounts(host: string): Readonly<Record<string, Settings>>;
  /** Accounts that are made for other readings than the usual ones, by name: they walk under those. */
  readonly madeFor?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Words of those settings that must stand in no message and no event. */
  readonly secrets: readonly string[];
  /** What to put over an account's settings so that the gateway knows nobody by them. */
  readonly wrongCredentials: Settings;
  /** Whether a bearer token has to be asked for before anything else. */
  readonly tokens?: true;
  /** The setting that names the gateway's address. */
  readonly hostSetting: string;
  readonly outcomes: Outcomes;
  /**
   * How an answer is made to say something else by a fault's `alter`: dotted path to value. Undefined where the
   * gateway's answers to such a request name no such thing. `look-up` is that of an increment.
   */
  alter(asked: OperationKind | "look-up" | "read" | "undo", says: Alteration): JsonObject | undefined;
  /** Cards by what they do here; the name is the imitation's. */
  readonly cards: { readonly grows: TestCard; readonly fixed?: TestCard };
  /** A currency for each number of decimals that this gateway takes. */
  readonly currencies: { readonly 0?: string; readonly 2: string; readonly 3?: string };
  /** Where a payer pays on the gateway's own page: an account for that, and what the payer does there. */
  readonly page?: { readonly account: string; go(address: string, does: "pay" | "cancel"): Promise<void> };
  /** Where an approval can wait for a person at the gateway before it is captured: its outcome, and how they decide. */
  readonly review?: {
    readonly outcome: string;
    decide(gateway: ImitatedGateway, payment: string, decision: "accept" | "reject"): Promise<void>;
  };
  /** What an undo by an increment's own reference lets go is not documented: our settings over the first's to ask for it all the same, and readings under which it is wrong to. */
  readonly undoesIncrements?: {
    readonly settings: Settings;
    readonly letsAllGo: Readonly<Record<string, string>>;
    readonly refused: Readonly<Record<string, string>>;
  };
  /** An account that the gateway has not set up for increments: what its imitation knows of it, and our settings over the first's. */
  readonly unready?: { readonly merchant: unknown; readonly settings: Settings };
  /** Readings under which it tells every step unasked, where it usually doesn't. */
  readonly everyNotice?: Readonly<Record<string, string>>;
  /** What goes with a reading of the gateway's switches that is not the default one. */
  readonly readings?: Readonly<Record<string, Readonly<Record<string, Reading>>>>;
  /** Settings that are wrong for what the gateway does: the hold says so by itself, and a person sets it right. */
  readonly mistakes?: readonly (Reading & {
    readonly what: string;
    readonly readings: Readonly<Record<string, string>>;
  })[];
  /** What else is peculiar to this gateway and has to be known to judge it. */
  readonly peculiar?: {
    /** It documents that too many requests are turned away by 429. */
    readonly limitsRate?: boolean;
    /** Its approvals say by when to capture. */
    readonly givesCaptureBy?: boolean;
    /** Its books or its notices tell when an authorization has expired: always, or under these readings. */
    readonly saysExpired?: true | { readonly under: Readonly<Record<string, string>> };
    /** Readings under which its books tell that a payment was charged, and not how much. */
    readonly leavesChargeOpen?: Readonly<Record<string, string>>;
    /** Without dedupe, it still turns away the same reference twice. */
    readonly refusesTheSameReference?: boolean;
  };
}

export interface Outcomes {
  /** The issuer's no to an authorization or increment. */
  readonly declined: string;
  /** Half of what was asked. */
  readonly partial?: string;
  /** A 5xx of the gateway's own, with and without effect: kept for its key where keys are kept. */
  readonly broken?: { readonly before: string; readonly after: string };
  /** Turned away at the gateway's own door: certain, and no issuer was asked. */
  readonly rejected?: Partial<Readonly<Record<OperationKind, string>>>;
}

export interface Alteration {
  readonly what: "amount" | "currency" | "status";
  /** For an amount: the one to name, in minor units, with the sums as they truly are after the step. */
  readonly amount: number;
  readonly currency: string;
  readonly exponent: number;
}

export interface TestCard {
  readonly name: string;
  readonly card: Card;
}

export interface Reading {
  /** Settings that have to go with it: the gateway can't be survived otherwise. */
  readonly settings?: Settings;
  /** The account that it is about; the first one unless said. */
  readonly account?: string;
  /** Why what we take to be held comes apart from what the issuer holds: nothing that the gateway answers or shows says so. */
  readonly apart?: string;
}

/** What a case knows of a gateway before it begins. */
export interface About {
  readonly conforming: Conforming;
  readonly gateway: Gateway;
  /** With the card that grows, in the currency of two decimals. */
  readonly capabilities: Capabilities;
}
