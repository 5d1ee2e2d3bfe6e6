import type { z } from "zod";
import type { JsonObject } from "../../control/fault.ts";
import type { Answer } from "../../control/journal.ts";
import { digits } from "../../random.ts";
import { link, refuse, refuseField, utc } from "../answers.ts";
import type { CybersourcePayment } from "../payments.ts";
import { cardOf, traitsOf } from "../cards.ts";
import type { Card } from "../cards.ts";
import { exponentOf, toDecimal } from "../../currency.ts";
import { declinedByIssuer, mannerOf, outcomeOfAmount } from "../outcomes.ts";
import { minorOf, parseWire, paymentSchema } from "../wire.ts";
import type { Asked, Bank } from "./operation.ts";
import { claimReference, echoReference, newId, referencesOf } from "./operation.ts";
import type { Verdict } from "./verdict.ts";
import { errorInformation, processorInformation, verdictOn } from "./verdict.ts";

type PaymentRequest = z.output<typeof paymentSchema>;

/** POST /pts/v2/payments. Source: REST SDK, CreatePaymentRequest and PtsV2PaymentsPost201Response. */
export async function authorize(asked: Asked, bank: Bank): Promise<Answer> {
  const request = parseWire(paymentSchema, asked.body);
  const { totalAmount, currency } = request.orderInformation.amountDetails;
  const amount = minorOf(totalAmount, currency, "orderInformation.amountDetails.totalAmount");
  // "Amount must be greater than zero": CyberSource, "Pre-Authorizations".
  if (amount === 0) throw refuse("INVALID_AMOUNT", "Declined - The amount must be greater than zero.");
  const instrument = await instrumentOf(request, bank);
  const outcome = asked.outcome ?? (instrument.card.declines ? declinedByIssuer : outcomeOfAmount(amount));
  const verdict = verdictOn(outcome, amount, "authorization");
  if (outcome.kind === "server-error" && !outcome.applied && verdict.says !== null)
    return verdict.says(bank.clock.now());
  claimReference("authorize", request.clientReferenceInformation?.code, asked.merchant.mid, bank);
  instrument.use();
  const payment = write(asked, request, { amount, card: instrument.card, verdict }, bank);
  return (
    verdict.says?.(bank.clock.now()) ?? {
      status: 201,
      body: answerBody(request, payment, verdict, bank),
      ...mannerOf(outcome),
    }
  );
}

interface Instrument {
  readonly card: Card;
  /** @throws WireRefusal when another payment used the token meanwhile */
  readonly use: () => void;
}

/** @throws WireRefusal when there is no card, or a token that is unknown, used or out of time */
async function instrumentOf(
  { paymentInformation, tokenInformation }: PaymentRequest,
  { tokens }: Bank,
): Promise<Instrument> {
  if (tokenInformation?.transientTokenJwt !== undefined || tokenInformation?.jti !== undefined) {
    const found = await tokens.redeem(tokenInformation);
    const field = tokenInformation.transientTokenJwt === undefined ? "jti" : "transientTokenJwt";
    if (found === undefined) throw refuseField(`tokenInformation.${field}`);
    const use = () => {
      if (!tokens.spend(found.jti)) throw refuseField(`tokenInformation.${field}`);
    };
    return { card: found.card, use };
  }
  const given = paymentInformation?.card;
  if (given === undefined) throw refuseField("paymentInformation.card.number", "MISSING_FIELD");
  const card = cardOf(given.number, given.expirationMonth, given.expirationYear);
  if (card === undefined) throw refuse("INVALID_CARD", "Declined - The card number is invalid.");
  return { card, use: () => undefined };
}

interface Authorized {
  readonly amount: number;
  readonly card: Card;
  readonly verdict: Verdict;
}

function write(
  { merchant }: Asked,
  request: PaymentRequest,
  { amount, card, verdict }: Authorized,
  { ledger, random }: Bank,
): CybersourcePayment {
  const id = newId(random);
  const { currency } = request.orderInformation.amountDetails;
  const processing = request.processingInformation;
  const references = referencesOf(request.clientReferenceInformation);
  const posting = {
    id,
    kind: "authorization",
    amount,
    applied: verdict.applied,
    status: verdict.status,
    reason: verdict.reason,
  } as const;
  const { network, lastFour } = card;
  const opened = ledger.open(
    {
      id,
      merchant: merchant.mid,
      currency,
      exponent: exponentOf(currency),
      network,
      lastFour,
      ...references,
      facts: {
        networkTransactionId: digits(random, 15),
        authIndicator: processing?.authorizationOptions?.authIndicator ?? null,
        industryDataType: processing?.industryDataType ?? null,
        review: verdict.status === "AUTHORIZED_PENDING_REVIEW" ? "pending" : "none",
      },
    },
    { ...posting, ...references },
  );
  if (processing?.capture !== true || verdict.applied === 0) return opened;
  const captured = {
    id,
    kind: "capture",
    amount: verdict.applied,
    applied: verdict.applied,
    status: "PENDING",
    closes: true,
  } as const;
  return ledger.post(opened, { ...captured, ...references });
}

function answerBody(
  request: PaymentRequest,
  payment: CybersourcePayment,
  verdict: Verdict,
  { clock, random }: Bank,
): JsonObject {
  const { id, currency, exponent, network, facts } = payment;
  const self = { self: link("GET", `/pts/v2/payments/${id}`) };
  const next = {
    authReversal: link("POST", `/pts/v2/payments/${id}/reversals`),
    ...self,
    capture: link("POST", `/pts/v2/payments/${id}/captures`),
  };
  const type = traitsOf(network).code;
  return {
    _links: verdict.applied === 0 ? self : next,
    ...echoReference(request.clientReferenceInformation),
    ...errorInformation(verdict),
    id,
    orderInformation: { amountDetails: { ...amounts(request, verdict, exponent), currency } },
    paymentAccountInformation: { card: { type } },
    paymentInformation: { tokenizedCard: { type }, card: { type } },
    processorInformation: processorInformation(verdict, facts.networkTransactionId, random),
    reconciliationId: id,
    status: verdict.status,
    submitTimeUtc: utc(clock.now()),
  };
}

function amounts(request: PaymentRequest, { applied }: Verdict, exponent: number): JsonObject {
  const { totalAmount } = request.orderInformation.amountDetails;
  return applied === 0 ? { totalAmount } : { totalAmount, authorizedAmount: toDecimal(applied, exponent) };
}
