/** What the issuer holds and what was charged, in minor units of the payment's currency. */
export interface Sums {
  readonly authorized: number;
  readonly captured: number;
  readonly released: number;
  readonly held: number;
}

export type MovementKind =
  | "authorization"
  | "increment"
  | "extension"
  | "capture"
  /** The rest that a lower capture lets go. */
  | "automatic reversal"
  | "reversal"
  | "timeout reversal"
  | "void"
  /** The issuer let go by itself: the authorization had expired, or a decline took it along. */
  | "issuer release";

export type PaymentState = "waiting" | "declined" | "open" | "captured" | "reversed" | "expired";

/** One thing that happened to a payment, as the control door tells of it. */
export interface MovementReport {
  /** As the gateway calls it. */
  readonly id: string;
  readonly kind: MovementKind;
  /** As asked. */
  readonly amount: number;
  /** As it took effect: 0 for a decline, less for a partial approval. */
  readonly applied: number;
  /** The gateway's own status word. */
  readonly status: string;
  readonly reason: string | null;
  /** The caller's own references, under the wire's names. */
  readonly references: Readonly<Record<string, string>>;
  /** ISO 8601, the payment's own time. */
  readonly at: string;
}

/** A payment in a gateway's books, in the same form for every gateway. */
export interface PaymentReport {
  readonly id: string;
  readonly currency: string;
  readonly exponent: number;
  readonly network: string;
  readonly lastFour: string;
  readonly state: PaymentState;
  readonly sums: Sums;
  readonly movements: readonly MovementReport[];
  /** By how much its time runs ahead of the other payments', in milliseconds. */
  readonly ahead: number;
  /** When the issuer frees it by itself, ISO 8601 in the payment's own time; null where nothing is held. */
  readonly expires: string | null;
  /** What only this gateway has: a review, a pre-authorization or not. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
}

export interface BooksReport {
  readonly merchant: string;
  /** By currency, in its minor units. */
  readonly sums: Readonly<Record<string, Sums & { readonly exponent: number }>>;
  /** In order of opening. */
  readonly payments: readonly PaymentReport[];
}

/** One row of the table by which amounts pick outcomes. */
export interface OutcomeReport {
  /** By this name a fault asks for it, whatever the amount. */
  readonly name: string;
  /** Which amounts ask for it: "ends in 51"; null where only a script does. */
  readonly amounts: string | null;
  /** "422 DECLINED_ERROR, nothing applied" */
  readonly what: string;
  /** Which operations it fits. */
  readonly operations: readonly string[];
  /** Where the gateway documents it, or "the sandbox's own". */
  readonly source: string;
}

/** What the gateway's documents leave open, as a switch. The first of `values` is the default. */
export interface ReadingReport {
  readonly name: string;
  readonly value: string;
  readonly values: readonly string[];
  readonly default: string;
  readonly meaning: string;
  readonly source: string;
}

/** A test card as the card field and the control door offer it. */
export interface CardReport {
  readonly name: string;
  readonly label: string;
  readonly network: string;
  readonly lastFour: string;
}

/** A gateway as `GET /gateways` lists it. */
export interface GatewayReport {
  readonly name: string;
  readonly title: string;
  /** The base URL in place of the gateway's own host. */
  readonly url: string;
  /** The test merchant first. */
  readonly merchants: readonly string[];
  /** The test merchant's, by the wire's names. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly operations: readonly string[];
  readonly outcomes: readonly OutcomeReport[];
  readonly cards: readonly CardReport[];
  readonly readings: readonly ReadingReport[];
  /** Has it notices, at `/<name>/notices`? */
  readonly notifies: boolean;
}
