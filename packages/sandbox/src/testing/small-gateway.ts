import express from "express";
import { z } from "zod";
import { createLedger } from "../books/ledger.ts";
import type { Ledger } from "../books/ledger.ts";
import type { Payment } from "../books/payment.ts";
import { shownBooks } from "../books/report-books.ts";
import type { Clock } from "../clock.ts";
import type { GatewayParts } from "../control/gateway-parts.ts";
import type { ImitatedGateway, IssuedToken } from "../control/imitated-gateway.ts";
import type { Answer } from "../control/journal.ts";
import type { Outbox } from "../control/notices.ts";
import type { Readings } from "../control/readings.ts";
import type { OutcomeReport } from "../control/reports.ts";
import { serveWire } from "../control/serve-wire.ts";
import type { WireAsked, WireRequest, WireRoute } from "../control/wire.ts";
import type { Random } from "../random.ts";
import { hexLetters } from "../random.ts";

/** The one account that the small gateways have. */
export const SHOP = "plimsoll_test";
export const SECRET = "small-gateways-secret-of-the-shop";

/** What a card of the small gateways does. */
export type Facts = { readonly grows: boolean };
export type Asked = WireAsked<string>;
export type Verdict = "approved" | "declined" | "half" | "rejected" | "broke_before" | "broke_after";

/** What its routes work with. */
export interface Bank {
  readonly ledger: Ledger<Facts>;
  readonly clock: Clock;
  readonly random: Random;
}

/** A gateway of our own, that no vendor has: books, faults and switches like the others', in as little code as may be. */
export interface SmallGateway {
  readonly name: string;
  readonly title: string;
  routes(bank: Bank): readonly WireRoute<string>[];
  readonly readings: Pick<Readings<unknown>, "report" | "set" | "reset">;
  readonly forget: () => void;
  readonly notices?: Outbox;
  /** Told when time has passed for one payment. */
  readonly aged?: (payment: Payment<Facts>) => void;
}

const DAY_MS = 86_400_000;
/** The issuer lets go of what was held so long. */
export const LIFE_MS = 7 * DAY_MS;

export function createSmallGateway(small: SmallGateway, parts: GatewayParts): ImitatedGateway {
  const { clock, random } = parts;
  const ledger = createLedger<Facts>({ clock, livesMs: () => LIFE_MS });
  const served = serveWire(
    express(),
    {
      gateway: small.name,
      routes: small.routes({ ledger, clock, random }),
      secrets: ["token"],
      authenticate: (request) =>
        header(request, "authorization") === `Bearer ${SECRET}`
          ? { caller: SHOP, merchant: SHOP }
          : { refused: problem(401, "who_are_you") },
      references: ({ body }) =>
        Object.values(z.looseObject({ reference: z.string() }).partial().catch({}).parse(body)).filter(isText),
      refusal: (error) => (error instanceof Refused ? error.answer : undefined),
      serverError: ({ status = 500 }) => problem(status, "broken"),
      notFound: () => problem(404, "no_such_path"),
    },
    parts,
  );
  const shown = shownBooks(
    ledger,
    (merchant) => merchant === SHOP,
    ({ facts }) => ({ ...facts }),
  );
  return {
    name: small.name,
    title: small.title,
    ...served,
    operations: ["authorize", "increment", "capture", "reverse", "read", "search"],
    outcomes,
    cards,
    readings: small.readings,
    merchants: () => [SHOP],
    ...shown,
    advance: (merchant, id, ms) => {
      const report = shown.advance(merchant, id, ms);
      const payment = ledger.byAnyId(merchant, id);
      if (payment) small.aged?.(payment);
      return report;
    },
    ...(small.notices === undefined ? {} : { notices: small.notices }),
    token: async (card) => issued(card, random, clock),
    addMerchant: () => {
      throw new Error("a small gateway has one shop");
    },
    objection: (fault) =>
      fault.do !== "outcome" || outcomes.some(({ name }) => name === fault.outcome) ? null : "no such outcome",
    reset: () => {
      ledger.clear();
      small.readings.reset();
      small.notices?.clear();
      small.forget();
    },
  };
}

const row = (name: Verdict, amounts: string | null, what: string): OutcomeReport => ({
  name,
  amounts,
  what,
  operations: ["authorize", "increment", "capture", "reverse"],
  source: "the sandbox's own",
});

const outcomes: readonly OutcomeReport[] = [
  row("approved", null, "as asked"),
  row("declined", "ends in 51", "the issuer says no; nothing applied"),
  row("half", "ends in 71", "half of it is approved"),
  row("rejected", null, "turned away at the gateway's own door; nothing applied"),
  row("broke_before", null, "500, nothing applied, and the same again under the same key"),
  row("broke_after", null, "500, applied, and the same again under the same key"),
];

const verdictSchema = z.enum(["approved", "declined", "half", "rejected", "broke_before", "broke_after"]);

/** What becomes of this request: a script's word, else the amount's. */
export function verdictOn({ outcome }: Asked, step: number): Verdict {
  const scripted = verdictSchema.safeParse(outcome);
  if (scripted.success) return scripted.data;
  if (step % 100 === 51) return "declined";
  return step % 100 === 71 ? "half" : "approved";
}

const cards = [
  { name: "visa", label: "Visa that grows", network: "visa", lastFour: "1111" },
  { name: "fixed", label: "A card that does not grow", network: "jcb", lastFour: "0505" },
] as const;

/** A token names its card: nothing here is worth keeping. */
function issued(card: string, random: Random, clock: Clock): IssuedToken | undefined {
  const found = cards.find(({ name }) => name === card);
  if (!found) return undefined;
  const expires = new Date(clock.now() + DAY_MS).toISOString();
  return {
    token: `tok_${found.name}_${hexLetters(random, 12)}`,
    network: found.network,
    lastFour: found.lastFour,
    expires,
  };
}

export function cardOf(token: string) {
  const found = cards.find(({ name }) => token.startsWith(`tok_${name}_`));
  if (!found) throw new Refused(problem(400, "no_such_token"));
  return found;
}

/** Thrown by an operation that turns a request away. */
export class Refused extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super("refused");
    this.answer = answer;
  }
}

export function problem(status: number, code: string): Answer {
  return { status, body: { error: { code } } };
}

/** @throws Refused where the body is not of this form */
export function bodyOf<T>(schema: z.ZodType<T>, { body }: WireRequest): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Refused(problem(400, "malformed"));
  return parsed.data;
}

/** @throws Refused where the path names no payment */
export function paymentAt({ params }: Asked, { ledger }: Bank): Payment<Facts> {
  const found = ledger.of(SHOP).find(({ id }) => id === params["id"]);
  if (!found) throw new Refused(problem(404, "no_such_payment"));
  return found;
}

export function header({ headers }: WireRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Digits after the point, by a table of the imitation's own. */
export function exponentOf(currency: string): number {
  const known: Readonly<Record<string, number>> = { USD: 2, EUR: 2, JPY: 0, KWD: 3 };
  const exponent = known[currency];
  if (exponent === undefined) throw new Refused(problem(400, "no_such_currency"));
  return exponent;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
