import type { Settings } from "../conformance/conforming.ts";

/** One account at one gateway, with what is peculiar to it: as a merchant of the trade would have it set up. */
export interface Way {
  readonly name: string;
  /** As in the gateway's `testing/conformance.ts`; its first one unless said. */
  readonly account?: string;
  readonly settings?: Settings;
  /** What the imitation does where the gateway's documents leave it open. */
  readonly readings?: Readonly<Record<string, string>>;
  /** What becomes of the rest at a lower capture, as the issuer's books then show it. */
  readonly rest: "let go" | "stays";
  /** How many requests let go of a hold that has been raised three times. */
  readonly reversals: number;
  /**
   * What comes of a capture once the issuer has let go: taken all the same, or refused. Then a reversal is taken as if
   * nothing had happened or turned away too; or the gateway's books say that it is over, as expired or as let go by us.
   */
  readonly afterEnd?: "captures" | "reverses" | "refuses all" | "says expired" | "says let go";
}

/** What each gateway is played as in a trade. */
type Ways = Readonly<Record<string, readonly Way[]>>;

const cybersource = { rest: "let go", reversals: 1 } as const;
const moneris = { rest: "let go", reversals: 1 } as const;
const computop = { rest: "stays", reversals: 4 } as const;

// Each gateway's setting that says it differently, with the reading that it is for.
const hostSendsNone = {
  name: "the host sends no reversal of the rest",
  settings: { automaticPartialReversal: false },
  readings: { partialReversal: "not-sent" },
  rest: "stays",
  reversals: 1,
} as const;
const completionKeeps = {
  name: "a lower completion lets nothing go",
  settings: { lowerCompletionReleases: false },
  readings: { lowerCompletion: "stays" },
  rest: "stays",
  reversals: 1,
} as const;
const captureFrees = {
  ...computop,
  name: "a lower capture frees the rest",
  settings: { restAfterCapture: "automatic" },
  readings: { restAfterCapture: "released" },
  rest: "let go",
} as const;

const atMoneris: readonly Way[] = [
  { ...moneris, name: "one completion", account: "one completion" },
  { ...moneris, name: "several completions", account: "several completions" },
  { ...completionKeeps, account: "one completion" },
];
const atComputop: readonly Way[] = [
  // Details that don't lag: one step follows the other at once.
  { ...computop, name: "direct", account: "direct", settings: { lookUpLag: 0 } },
  { ...computop, name: "page", account: "page" },
  { ...captureFrees, account: "direct" },
];

export const lodgingWays: Ways = {
  cybersource: [
    { ...cybersource, name: "lodging", account: "lodging" },
    { ...cybersource, name: "default", account: "default" },
    { ...cybersource, name: "flexible", account: "flexible" },
    { ...hostSendsNone, account: "lodging" },
  ],
  moneris: atMoneris,
  computop: atComputop,
};

export const chargingWays: Ways = {
  cybersource: [
    { ...cybersource, name: "flexible", account: "flexible" },
    { ...hostSendsNone, account: "flexible" },
  ],
  moneris: atMoneris,
  computop: atComputop,
};

export const deliveryWays: Ways = {
  cybersource: [
    { ...cybersource, name: "default", account: "default" },
    { ...cybersource, name: "flexible", account: "flexible" },
    { ...hostSendsNone, account: "flexible" },
  ],
  moneris: atMoneris,
  computop: atComputop,
};

const rental = {
  // An authorization that names its trade, which Visa gives a month.
  cybersource: { ...cybersource, name: "lodging", account: "lodging" },
  // An issuer that keeps the money for as long as the account counts on it.
  moneris: {
    ...moneris,
    name: "one completion",
    account: "one completion",
    readings: { issuerKeeps: "31d" },
    settings: { holdDays: 30 },
  },
  computop: { ...computop, name: "direct", account: "direct" },
} as const satisfies Readonly<Record<string, Way>>;

export const rentalWays: Ways = {
  cybersource: [rental.cybersource],
  moneris: [rental.moneris],
  computop: [rental.computop],
};

/** Late captures are taken. */
export const lateTakenWays: Ways = {
  cybersource: [after(rental.cybersource, "captures", { lateCapture: "accepted" })],
  moneris: [after(rental.moneris, "captures", { lateCompletion: "accepted" })],
  computop: [after(rental.computop, "captures", { lateCapture: "accepted" })],
};

/** Late captures are refused; what else shows that it is over differs. */
export const lateRefusedWays: Ways = {
  cybersource: [after(rental.cybersource, "reverses", { lateCapture: "refused" })],
  moneris: [
    after(rental.moneris, "reverses", { lateCompletion: "declined", readAfterRelease: "unchanged" }),
    after(rental.moneris, "reverses", { lateCompletion: "declined", readAfterRelease: "capturable-zero" }),
    after(rental.moneris, "says let go", { lateCompletion: "declined", readAfterRelease: "canceled" }),
  ],
  computop: [
    after(rental.computop, "refuses all", { lateCapture: "refused", readAfterExpiry: "authorized" }),
    after(rental.computop, "says expired", { lateCapture: "refused", readAfterExpiry: "expired" }),
  ],
};

function after(way: Way, afterEnd: NonNullable<Way["afterEnd"]>, readings: NonNullable<Way["readings"]>): Way {
  const name = [way.name, ...Object.values(readings)].join(", ");
  return { ...way, name, readings: { ...way.readings, ...readings }, afterEnd };
}

/** Only Moneris prolongs, and only Mastercard's holds; whether increments do so too is the account's setting. */
export const prolongedWays: Ways = {
  moneris: [
    { ...rental.moneris, name: "only an extension prolongs" },
    {
      ...moneris,
      name: "increments prolong too",
      account: "one completion",
      settings: { holdDays: 30, incrementsProlong: true },
      readings: { issuerKeeps: "31d", incrementProlongs: "mastercard" },
    },
  ],
};

/** The ways of a trade at a gateway, or why there are none. */
export function waysOf(
  ways: Ways,
  why = "nobody has said how a merchant of this trade has it set up",
): (gateway: string) => readonly Way[] | string {
  return (gateway) => ways[gateway] ?? why;
}
