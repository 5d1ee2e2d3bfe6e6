import { toldOf } from "../answers.ts";
import type { Told } from "../answers.ts";
import type { Bank, References } from "../bank.ts";
import { captureHeld, newId, referencesOf } from "../bank.ts";
import type { Card } from "../cards.ts";
import type { Merchant } from "../merchants.ts";
import type { Outcome } from "../outcomes.ts";
import { cardDeclined, outcomeOfAmount } from "../outcomes.ts";
import type { PaygateFacts, PaygatePayment } from "../payments.ts";
import { lastOf } from "../payments.ts";
import { hexLetters } from "../../random.ts";
import { exponentOf } from "../../currency.ts";
import type { Opening, Urls } from "../wire.ts";
import { simulated, simulationOf } from "../simulation.ts";
import { verdictOn } from "./verdict.ts";

/** What an authorization is to be, by the API or on the hosted page. */
export interface Authorization {
  readonly payment: PaygatePayment;
  readonly amount: number;
  readonly card: Card;
  readonly outcome: Outcome;
}

/** Script, simulation, card and amount decide, in this order. */
export function outcomeOf(asked: Outcome | undefined, simulation: string | null, card: Card, amount: number): Outcome {
  if (asked !== undefined) return asked;
  if (simulation !== null) return simulated(simulation);
  return card.declines ? cardDeclined : outcomeOfAmount(amount);
}

/** A payment in the books that nothing has come of yet. */
export function openWaiting(
  merchant: Merchant,
  request: Opening,
  more: Pick<PaygateFacts, "session"> & { readonly preAuthorizes: boolean; readonly urls: Urls },
  { ledger, random }: Bank,
): PaygatePayment {
  const { amount, captureMethod, metadata = null } = request;
  const { preAuthorizes, urls, session } = more;
  return ledger.open({
    id: newId(random),
    merchant: merchant.merchantId,
    currency: amount.currency,
    exponent: exponentOf(amount.currency),
    network: "",
    lastFour: "",
    references: referencesOf(request satisfies References),
    facts: {
      preAuthorization: merchant.settings.preAuthorization || preAuthorizes,
      captureMethod,
      captureAt: null,
      card: null,
      schemeReferenceId: hexLetters(random, 15),
      simulation: simulationOf(request),
      urls,
      metadata,
      session,
    },
  });
}

/**
 * Writes what came of the authorization, and the capture that follows by itself.
 * @returns null where nothing comes of it but a 500: then nothing is written
 * @throws PaygateRefusal where the outcome is a 400
 */
export function authorize(
  { payment, amount, card, outcome }: Authorization,
  bank: Bank,
): { readonly payment: PaygatePayment; readonly told: Told } | null {
  const verdict = verdictOn(outcome, amount);
  if (verdict === null) return null;
  const { ledger, random } = bank;
  // A simulation asks no bank: whatever it answers, nothing is held.
  const applied = payment.facts.simulation === null ? verdict.applied : 0;
  const known = withCard(payment, card, bank);
  const id = newId(random);
  const authorized = ledger.post(known, {
    id,
    kind: "authorization",
    amount,
    ...verdict,
    applied,
    references: payment.references,
  });
  return { payment: captured(authorized, bank), told: toldOf(lastOf(authorized)) };
}

/** The card of a hosted payment is known only now: the books open it again, at its own time. */
function withCard(payment: PaygatePayment, card: Card, { ledger }: Bank): PaygatePayment {
  const { ahead, movements: _none, ...opening } = payment;
  const { network, number } = card;
  const opened = ledger.open({
    ...opening,
    network,
    lastFour: number.slice(-4),
    facts: { ...payment.facts, card },
  });
  return ledger.advance(opened, ahead);
}

/** captureMethod: "AUTOMATIC" takes the money at once, "DELAYED" after so many hours. */
function captured(payment: PaygatePayment, { ledger, random }: Bank): PaygatePayment {
  const { captureMethod } = payment.facts;
  switch (captureMethod.type) {
    case "MANUAL":
      return payment;
    case "AUTOMATIC":
      return captureHeld(payment, ledger, random);
    case "DELAYED": {
      const captureAt = ledger.now(payment) + captureMethod.delayed.delayedHours * 60 * 60_000;
      return ledger.update(payment, { captureAt });
    }
    default:
      return captureMethod satisfies never;
  }
}
