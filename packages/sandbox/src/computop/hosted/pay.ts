import { z } from "zod";
import type { Json } from "../../control/fault.ts";
import type { Answer } from "../../control/journal.ts";
import { toldOf, toldPending } from "../answers.ts";
import type { Bank } from "../bank.ts";
import { newId } from "../bank.ts";
import { cardNamed } from "../cards.ts";
import type { Card } from "../cards.ts";
import type { Merchants } from "../merchants.ts";
import { notify } from "../notify.ts";
import { authorize, outcomeOf } from "../operations/authorize.ts";
import { brokenAnswer } from "../operations/operation.ts";
import type { Outcome } from "../outcomes.ts";
import type { PaygatePayment, Session } from "../payments.ts";
import { lastOf, sessionState } from "../payments.ts";
import { refusals } from "../response-codes.ts";

/** A payment whose payer is on the page. */
export interface Waiting {
  readonly payment: PaygatePayment;
  readonly session: Session;
}

/** The payment behind a page's address, as long as it can be paid. */
export function waitingAt(page: string, merchants: Merchants, { ledger }: Bank): Waiting | undefined {
  const payment = paymentOfPage(page, merchants, { ledger });
  const session = payment?.facts.session ?? null;
  if (payment === undefined || session === null) return undefined;
  return sessionState(payment, ledger.now(payment)) === "open" ? { payment, session } : undefined;
}

export function paymentOfPage(
  page: string,
  merchants: Merchants,
  { ledger }: Pick<Bank, "ledger">,
): PaygatePayment | undefined {
  return merchants
    .ids()
    .flatMap((merchantId) => ledger.of(merchantId))
    .find(({ facts: { session } }) => session?.page === page);
}

const formSchema = z.object({ card: z.string().optional(), cancel: z.string().optional() });

/** What the page's form does: the payer pays with a test card, or cancels, and is sent back to the shop. */
export function pay(waiting: Waiting, body: Json, scripted: Outcome | undefined, bank: Bank): Answer {
  const form = formSchema.safeParse(body);
  if (form.data?.cancel !== undefined) return cancel(waiting, bank);
  const card = cardNamed(form.data?.card ?? "");
  return card === undefined ? backToPage(waiting) : payWith(card, waiting, scripted, bank);
}

function payWith(card: Card, waiting: Waiting, scripted: Outcome | undefined, bank: Bank): Answer {
  const { payment, session } = waiting;
  const { amount } = session;
  const outcome = outcomeOf(scripted, payment.facts.simulation, card, amount);
  const written = authorize({ payment, amount, card, outcome: onPage(outcome) }, bank);
  if (written === null) return backToPage(waiting);
  const paid = bank.ledger.update(written.payment, { session: { ...session, ended: "paid" } });
  notify(paid, outcome.kind === "pending" ? toldPending(written.told) : written.told, "hosted", bank);
  if (outcome.kind === "server-error") return brokenAnswer;
  const manner = outcome.kind === "approved" && outcome.manner !== undefined ? { manner: outcome.manner } : {};
  return { ...backToShop(paid, "return", bank), ...manner };
}

/** On the page nobody hears a 400: the payment has failed. */
function onPage(outcome: Outcome): Outcome {
  return outcome.kind === "refused" ? { kind: "declined", code: outcome.code, issuer: "" } : outcome;
}

function cancel({ payment, session }: Waiting, bank: Bank): Answer {
  const { ledger, random } = bank;
  const failed = ledger.post(payment, {
    id: newId(random),
    kind: "authorization",
    amount: session.amount,
    applied: 0,
    status: "FAILED",
    reason: refusals.cancelled.responseCode,
    references: payment.references,
  });
  const cancelled = ledger.update(failed, { session: { ...session, ended: "cancelled" } });
  notify(cancelled, toldOf(lastOf(cancelled)), "hosted", bank);
  return backToShop(cancelled, "cancel", bank);
}

/** "One of these two URLs (return or cancel) will be called", with the payId added (Axepta BNP Paribas). */
function backToShop({ id, facts: { urls } }: PaygatePayment, to: "return" | "cancel", { readings }: Bank): Answer {
  const url = new URL(urls[to] ?? "about:blank");
  url.searchParams.append(readings.get("returnParameter"), id);
  return redirect(url.href);
}

function backToPage({ session }: Waiting): Answer {
  return redirect(`/pay/${session.page}`);
}

export function redirect(location: string): Answer {
  return { status: 303, headers: { location }, body: {} };
}
