import type { Answer } from "../../control/journal.ts";
import { exponentOf } from "../../currency.ts";
import type { Card } from "../cards.ts";
import { declinedByIssuer, outcomeNamed, outcomeOfAmount } from "../outcomes.ts";
import { paymentBody } from "../payment-body.ts";
import type { NamedMethod } from "../payment-methods.ts";
import { paymentMethodIdOf } from "../payment-methods.ts";
import type { MonerisPayment } from "../payments.ts";
import { invalid, invalidValue } from "../problems.ts";
import type { CreateRequest } from "../requests.ts";
import { createSchema, parseRequest } from "../requests.ts";
import { marksIncrementable } from "./increment-flag.ts";
import { methodOf } from "./method.ts";
import type { Asked, Bank } from "./operation.ts";
import { claimKey, hostSaid, newPaymentId, referencesOf } from "./operation.ts";
import type { Verdict } from "./verdict.ts";
import { brokenOff, declineAnswer, verdictOf } from "./verdict.ts";

/** POST /payments. Source: OpenAPI 2.6.1, createPayments; the guide "Incremental Authorization". */
export async function create(asked: Asked, bank: Bank): Promise<Answer> {
  const request = parseRequest(createSchema, asked.body);
  const method = methodOf(request.paymentMethod, bank.readings);
  const incrementable = marksIncrementable(request.incrementalAuthorization, bank.readings);
  if (incrementable && request.automaticCapture)
    throw invalidValue("automaticCapture", true, "An incremental authorization must have automaticCapture false.");
  const { amount, currency } = request.amount;
  if (bank.readings.get("currencies") === "cad-and-usd" && !["CAD", "USD"].includes(currency))
    throw invalidValue("amount.currency", currency, "This account takes CAD and USD.");
  if (amount === 0) throw invalidValue("amount.amount", 0, "The amount must be greater than zero.");
  const claim = await claimKey(asked, "authorize", request.idempotencyKey, bank);
  isNewOrder(request, asked, bank);
  const card = bank.methods.find(method);
  if (card === undefined) throw unusable(method);
  const outcome =
    outcomeNamed(asked.outcome ?? "") ??
    (card.declines ? declinedByIssuer : outcomeOfAmount(amount, card.network, bank.readings));
  const verdict = verdictOf(outcome, amount, bank.readings);
  if (verdict.is === "broken") return brokenOff(verdict.answer, claim);
  bank.methods.spend(method);
  const payment = write(asked, request, { method, card, incrementable, verdict }, bank);
  if (verdict.is === "declined") {
    if (bank.readings.get("keyAfterDecline") === "used") claim.use();
    return declineAnswer(verdict, payment.id);
  }
  claim.use();
  return verdict.instead ?? { status: 201, body: paymentBody(payment, bank.readings), ...verdict.manner };
}

function isNewOrder({ orderId }: CreateRequest, { caller }: Asked, { ledger, readings }: Bank): void {
  if (typeof orderId !== "string" || readings.get("orderIds") === "repeatable") return;
  const seen = ledger.of(caller.merchant.merchantId).some(({ facts }) => facts.orderId === orderId);
  if (seen) throw invalidValue("orderId", orderId, "The orderId has been used before.");
}

const field = {
  TEMPORARY_TOKEN: "paymentMethod.temporaryToken",
  PERMANENT_TOKEN: "paymentMethod.permanentToken",
  PAYMENT_METHOD_ID: "paymentMethod.paymentMethodId",
} as const;

function unusable({ source }: NamedMethod) {
  const errorMessage = "It is unknown, too old or used up.";
  return invalid([{ parameterName: field[source], parameterValue: null, reasonCode: "INVALID_VALUE", errorMessage }]);
}

interface Decided {
  readonly method: NamedMethod;
  readonly card: Card;
  readonly incrementable: boolean;
  readonly verdict: Exclude<Verdict, { is: "broken" }>;
}

function write(
  { caller }: Asked,
  request: CreateRequest,
  { method, card, incrementable, verdict }: Decided,
  { ledger, random }: Bank,
): MonerisPayment {
  const { idempotencyKey, automaticCapture } = request;
  const { amount, currency } = request.amount;
  const id = newPaymentId(random);
  const references = referencesOf({ idempotencyKey, orderId: request.orderId, invoiceNumber: request.invoiceNumber });
  const authorized = verdict.is === "approved";
  const opening = {
    id,
    merchant: caller.merchant.merchantId,
    currency,
    exponent: exponentOf(currency),
    network: card.network,
    lastFour: card.lastFour,
    references,
    facts: {
      orderId: request.orderId ?? null,
      invoiceNumber: request.invoiceNumber ?? null,
      incrementable,
      card,
      paymentMethodId: paymentMethodIdOf(card),
      source: method.source,
      ecommerceIndicator: request.ecommerceIndicator,
      customData: request.customData ?? null,
      host: hostSaid(verdict.says, authorized, random),
    },
  };
  const posting = { id, kind: "authorization", amount, references } as const;
  if (verdict.is === "declined") {
    const status = verdict.retry ? "DECLINED_RETRY" : "DECLINED";
    return ledger.open(opening, { ...posting, applied: 0, status, reason: verdict.title });
  }
  const { applied } = verdict;
  const payment = ledger.open(opening, { ...posting, applied, status: "AUTHORIZED" });
  if (!automaticCapture) return payment;
  return ledger.post(payment, { id, kind: "capture", amount: applied, applied, status: "SUCCEEDED", closes: true });
}
