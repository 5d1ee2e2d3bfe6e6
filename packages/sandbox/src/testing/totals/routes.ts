import { z } from "zod";
import type { Posting } from "../../books/ledger.ts";
import { stateOf, sumsOf } from "../../books/payment.ts";
import type { Movement, Payment } from "../../books/payment.ts";
import type { JsonObject } from "../../control/fault.ts";
import type { Answer } from "../../control/journal.ts";
import type { WireRoute } from "../../control/wire.ts";
import { hexLetters } from "../../random.ts";
import type { Asked, Bank, Facts, Verdict } from "../small-gateway.ts";
import { bodyOf, cardOf, exponentOf, paymentAt, problem, Refused, SHOP, verdictOn } from "../small-gateway.ts";
import type { Kept } from "../kept-answers.ts";
import type { TotalsReadings } from "./totals.ts";

/** Ten changes of the amount, as the caller asked for them. */
const MOST_CHANGES = 10;
const LAG_MS = { "0s": 0, "20s": 20_000 } as const;

const amount = z.int().positive();
const reference = z.string().min(1);

export function routes(bank: Bank, readings: TotalsReadings, kept: Kept): WireRoute<string>[] {
  const once = (work: (asked: Asked) => Answer) => (asked: Asked) => kept.once(asked, () => work(asked));
  return [
    { method: "post", path: "/holds", operation: "authorize", handle: once((asked) => hold(asked, bank)) },
    {
      method: "post",
      path: "/holds/:id/amount",
      operation: "increment",
      handle: once((asked) => change(asked, bank, readings)),
    },
    { method: "post", path: "/holds/:id/capture", operation: "capture", handle: once((asked) => capture(asked, bank)) },
    { method: "post", path: "/holds/:id/cancel", operation: "reverse", handle: once((asked) => cancel(asked, bank)) },
    { method: "get", path: "/holds/:id", operation: "read", handle: (asked) => told(bank, paymentAt(asked, bank)) },
    { method: "get", path: "/changes", operation: "search", handle: (asked) => search(asked, bank, readings) },
  ];
}

const holdBody = z.strictObject({ amount, currency: z.string(), token: z.string(), reference });

function hold(asked: Asked, bank: Bank): Answer {
  const body = bodyOf(holdBody, asked);
  const { network, lastFour } = cardOf(body.token);
  const opening = {
    id: `hold_${hexLetters(bank.random, 16)}`,
    merchant: SHOP,
    currency: body.currency,
    exponent: exponentOf(body.currency),
    network,
    lastFour,
    facts: { grows: network === "visa" },
  };
  const verdict = verdictOn(asked, body.amount);
  return under(verdict, "authorization", body.amount, body.reference, opening.id, (posting) => {
    const payment = bank.ledger.open(opening, posting);
    return told(bank, payment);
  });
}

/** The amount is the new sum; it can only rise. */
function change(asked: Asked, bank: Bank, readings: TotalsReadings): Answer {
  const body = bodyOf(z.strictObject({ amount, reference }), asked);
  const payment = standing(asked, bank);
  if (!payment.facts.grows) throw new Refused(problem(400, "growth_unavailable"));
  const changes = payment.movements.filter(({ kind }) => kind === "increment");
  const counted = readings.get("declinesCount") === "yes" ? changes : changes.filter(({ applied }) => applied > 0);
  if (counted.length >= MOST_CHANGES) throw new Refused(problem(400, "too_many_changes"));
  const step = body.amount - sumsOf(payment).authorized;
  if (step <= 0) throw new Refused(problem(400, "amount_must_rise"));
  return under(verdictOn(asked, step), "increment", step, body.reference, payment.id, (posting) =>
    told(bank, bank.ledger.post(payment, posting)),
  );
}

/** One capture, and the rest is let go in the same moment. */
function capture(asked: Asked, bank: Bank): Answer {
  const body = bodyOf(z.strictObject({ amount, reference }), asked);
  const payment = standing(asked, bank);
  const { held } = sumsOf(payment);
  if (body.amount > held) throw new Refused(problem(400, "more_than_held"));
  return under(verdictOn(asked, 0), "capture", body.amount, body.reference, payment.id, (posting) => {
    const captured = bank.ledger.post(payment, { ...posting, closes: true });
    const rest = held - body.amount;
    const release = {
      id: payment.id,
      kind: "automatic reversal",
      amount: rest,
      applied: rest,
      status: "released",
    } as const;
    return told(bank, rest > 0 ? bank.ledger.post(captured, release) : captured);
  });
}

function cancel(asked: Asked, bank: Bank): Answer {
  const body = bodyOf(z.strictObject({ reference }), asked);
  const payment = standing(asked, bank);
  const { held } = sumsOf(payment);
  return under(verdictOn(asked, 0), "reversal", held, body.reference, payment.id, (posting) =>
    told(bank, bank.ledger.post(payment, posting)),
  );
}

/** Does what the verdict says, and answers as it says. */
function under(
  verdict: Verdict,
  kind: Movement["kind"],
  asked: number,
  ref: string,
  id: string,
  post: (posting: Posting) => Answer,
): Answer {
  const posting = { id, kind, amount: asked, references: { reference: ref } };
  switch (verdict) {
    case "approved":
      return post({ ...posting, applied: asked, status: "approved" });
    case "half":
      return post({ ...posting, applied: Math.ceil(asked / 2), status: "approved" });
    case "declined":
      post({ ...posting, applied: 0, status: "declined", reason: "no_funds" });
      return { status: 402, body: { error: { code: "no_funds", network_code: "51" }, hold: id } };
    case "rejected":
      return problem(400, "not_today");
    case "broke_before":
      return problem(500, "broken");
    case "broke_after":
      post({ ...posting, applied: asked, status: "approved" });
      return problem(500, "broken");
  }
}

/** @throws Refused where nothing is held any more */
function standing(asked: Asked, bank: Bank): Payment<Facts> {
  const payment = paymentAt(asked, bank);
  if (stateOf(payment) !== "open") throw new Refused(problem(400, `hold_${stateOf(payment)}`));
  return payment;
}

function told({ ledger }: Bank, payment: Payment<Facts>): Answer {
  const { authorized, captured } = sumsOf(payment);
  const ends = ledger.expires(payment);
  const body: JsonObject = {
    id: payment.id,
    state: stateOf(payment),
    amount: authorized,
    captured,
    currency: payment.currency,
    growth: payment.facts.grows ? "available" : "unavailable",
    capture_before: ends === null ? null : Math.floor(ends / 1000),
  };
  return { status: 200, body };
}

function search({ query }: Asked, { ledger, clock }: Bank, readings: TotalsReadings): Answer {
  const wanted = query.get("reference");
  const until = clock.now() - LAG_MS[readings.get("searchLag")];
  const changes = ledger.of(SHOP).flatMap((payment) =>
    payment.movements
      .filter(({ references, at }) => references["reference"] === wanted && at <= until)
      .map((movement): JsonObject => ({
        hold: payment.id,
        currency: payment.currency,
        kind: movement.kind,
        status: movement.status,
        applied: movement.applied,
        amount_after: movement.totalAfter,
        code: movement.reason,
      })),
  );
  return { status: 200, body: { changes } };
}
