import { z } from "zod";
import { stateOf, sumsOf } from "../../books/payment.ts";
import type { Movement, Payment } from "../../books/payment.ts";
import type { Answer } from "../../control/journal.ts";
import type { WireRoute } from "../../control/wire.ts";
import { hexLetters } from "../../random.ts";
import type { Kept } from "../kept-answers.ts";
import type { Asked, Bank, Facts, Verdict } from "../small-gateway.ts";
import { bodyOf, cardOf, exponentOf, paymentAt, problem, Refused, SHOP, verdictOn } from "../small-gateway.ts";
import type { NoticesReadings, Tell, Told } from "./notices.ts";

export interface Office {
  readonly readings: NoticesReadings;
  readonly kept: Kept;
  /** Where the notices of each payment go. */
  readonly addresses: Map<string, string>;
  readonly tell: Tell;
}

const amount = z.int().positive();
const reference = z.string().min(1);

export function routes(bank: Bank, office: Office): WireRoute<string>[] {
  const once = (work: (asked: Asked) => Answer) => (asked: Asked) => office.kept.once(asked, () => work(asked));
  return [
    {
      method: "post",
      path: "/payments",
      operation: "authorize",
      handle: once((asked) => authorise(asked, bank, office)),
    },
    {
      method: "post",
      path: "/payments/:id/changes",
      operation: "increment",
      handle: once((asked) => add(asked, bank, office)),
    },
    {
      method: "post",
      path: "/payments/:id/captures",
      operation: "capture",
      handle: once((asked) => capture(asked, bank, office)),
    },
    {
      method: "post",
      path: "/payments/:id/cancels",
      operation: "reverse",
      handle: once((asked) => cancel(asked, bank, office)),
    },
  ];
}

const paymentBody = z.strictObject({ amount, currency: z.string(), token: z.string(), reference, notify: z.url() });

/** The first authorization answers at once, and is told as well. */
function authorise(asked: Asked, bank: Bank, office: Office): Answer {
  const body = bodyOf(paymentBody, asked);
  const { network, lastFour } = cardOf(body.token);
  const id = `pay_${hexLetters(bank.random, 16)}`;
  const opening = {
    id,
    merchant: SHOP,
    currency: body.currency,
    exponent: exponentOf(body.currency),
    network,
    lastFour,
    facts: { grows: network === "visa" },
  };
  const verdict = verdictOn(asked, body.amount);
  if (verdict === "rejected") throw new Refused(problem(400, "not_today"));
  if (verdict === "broke_before") return problem(500, "broken");
  office.addresses.set(id, body.notify);
  const applied = appliedOf(verdict, body.amount);
  const references = { reference: body.reference };
  bank.ledger.open(opening, {
    id,
    kind: "authorization",
    amount: body.amount,
    applied,
    status: applied > 0 ? "authorised" : "refused",
    references,
  });
  const told = { id, payment: id, reference: body.reference, value: applied, currency: body.currency };
  const success = applied > 0 ? "true" : "false";
  const reason = applied > 0 ? null : "no_funds";
  office.tell(body.notify, { ...told, event: "AUTHORISATION", success, reason });
  if (verdict === "broke_after") return problem(500, "broken");
  const state = applied > 0 ? "authorised" : "refused";
  return { status: 201, body: { id, state, amount: applied, currency: body.currency, reason } };
}

/** What is added, never the new sum. */
function add(asked: Asked, bank: Bank, office: Office): Answer {
  const body = bodyOf(z.strictObject({ add: amount, reference }), asked);
  const payment = standing(asked, bank);
  if (!payment.facts.grows) throw new Refused(problem(400, "card_does_not_grow"));
  return changed(asked, { bank, office, payment, kind: "increment", event: "CHANGE" }, body.add, body.reference);
}

function capture(asked: Asked, bank: Bank, office: Office): Answer {
  const body = bodyOf(z.strictObject({ amount, reference }), asked);
  const payment = standing(asked, bank);
  if (body.amount > sumsOf(payment).held) throw new Refused(problem(400, "more_than_held"));
  return changed(asked, { bank, office, payment, kind: "capture", event: "CAPTURE" }, body.amount, body.reference);
}

function cancel(asked: Asked, bank: Bank, office: Office): Answer {
  const body = bodyOf(z.strictObject({ reference }), asked);
  const payment = standing(asked, bank);
  const { held } = sumsOf(payment);
  return changed(asked, { bank, office, payment, kind: "reversal", event: "CANCEL" }, held, body.reference);
}

interface Change {
  readonly bank: Bank;
  readonly office: Office;
  readonly payment: Payment<Facts>;
  readonly kind: Movement["kind"];
  readonly event: Told["event"];
}

/** Decided at once, told by notice; the answer says no more than that it was received. */
function changed(asked: Asked, change: Change, value: number, ref: string): Answer {
  const { bank, office, payment, kind, event } = change;
  const verdict = verdictOn(asked, kind === "increment" ? value : 0);
  if (verdict === "rejected") throw new Refused(problem(400, "not_today"));
  if (verdict === "broke_before") return problem(500, "broken");
  const id = `mod_${hexLetters(bank.random, 16)}`;
  const applied = appliedOf(verdict, value);
  const success = applied > 0 ? "true" : "false";
  const status = applied > 0 ? "done" : "refused";
  const posting = { id, kind, amount: value, applied, status, references: { reference: ref } };
  const after = bank.ledger.post(payment, { ...posting, closes: kind === "capture" });
  const rest = kind === "capture" ? sumsOf(after).held : 0;
  if (rest > 0)
    bank.ledger.post(after, { id, kind: "automatic reversal", amount: rest, applied: rest, status: "released" });
  const { currency } = payment;
  const told = { event, id, payment: payment.id, reference: ref, success, value: applied, currency } as const;
  office.tell(office.addresses.get(payment.id) ?? "", { ...told, reason: applied > 0 ? null : "no_funds" });
  if (verdict === "broke_after") return problem(500, "broken");
  const said = office.readings.get("verdicts") === "at-once" ? { success, value: applied } : {};
  return { status: 201, body: { id, payment: payment.id, state: "received", currency, ...said } };
}

function appliedOf(verdict: Verdict, asked: number): number {
  if (verdict === "declined") return 0;
  return verdict === "half" ? Math.ceil(asked / 2) : asked;
}

/** @throws Refused where nothing is held any more */
function standing(asked: Asked, bank: Bank): Payment<Facts> {
  const payment = paymentAt(asked, bank);
  if (stateOf(payment) !== "open") throw new Refused(problem(400, `payment_${stateOf(payment)}`));
  return payment;
}
