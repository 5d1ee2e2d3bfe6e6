import type { z } from "zod";
import type { JsonObject } from "../../control/fault.ts";
import type { Answer } from "../../control/journal.ts";
import { link, refuse, refuseField, utc } from "../answers.ts";
import { isExpired } from "../expiry.ts";
import { asBelieved } from "../payments.ts";
import type { CybersourcePayment } from "../payments.ts";
import { standingCaptures, stateOf, sumsOf } from "../../books/payment.ts";
import { traitsOf } from "../cards.ts";
import { toDecimal } from "../../currency.ts";
import { declinedByIssuer, mannerOf, outcomeOfAmount } from "../outcomes.ts";
import { incrementSchema, parseWire } from "../wire.ts";
import type { Said } from "./increment-dialect.ts";
import { readDialect } from "./increment-dialect.ts";
import type { Asked, Bank } from "./operation.ts";
import { claimReference, echoReference, newId, paymentAt, referencesOf, sameCurrency } from "./operation.ts";
import type { Verdict } from "./verdict.ts";
import { errorInformation, processorInformation, verdictOn } from "./verdict.ts";

type IncrementRequest = z.output<typeof incrementSchema>;

/** "Maximum of 100 incremental authorizations per transaction, in addition to the initial authorization." */
const MOST_INCREMENTS = 100;

/** PATCH /pts/v2/payments/{id}. Source: the three CyberSource "Incremental Authorization" pages; REST SDK, IncrementAuthRequest. */
export function increment(asked: Asked, bank: Bank): Answer {
  const request = parseWire(incrementSchema, asked.body);
  const payment = paymentAt(asked, bank);
  if (payment === undefined) throw refuse("INVALID_PAYMENT_ID", "Declined - The payment id is unknown.");
  checkReference(request, bank);
  sameCurrency(payment, request.orderInformation.amountDetails.currency, "orderInformation.amountDetails.currency");
  canGrow(payment, bank);
  const said = readDialect(request, payment, bank.readings);
  // The issuer has nothing left to add to, and says so like any other decline.
  const outcome = asked.outcome ?? (isExpired(payment) ? declinedByIssuer : outcomeOfAmount(said.stated));
  const verdict = verdictOn(outcome, said.delta, "increment");
  if (outcome.kind === "server-error" && !outcome.applied && verdict.says !== null)
    return verdict.says(bank.clock.now());
  claimReference("increment", request.clientReferenceInformation?.code, asked.merchant.mid, bank);
  const id = idOf(payment, said, bank);
  const grown = write(payment, request, { id, said, verdict }, bank);
  return (
    verdict.says?.(bank.clock.now()) ?? {
      status: 201,
      body: answerBody(request, grown, { id, said, verdict }, bank),
      ...mannerOf(outcome),
    }
  );
}

function checkReference({ clientReferenceInformation: given }: IncrementRequest, { readings }: Bank): void {
  const reading = readings.get("patchReference");
  if (reading === "required" && given?.code === undefined)
    throw refuseField("clientReferenceInformation.code", "MISSING_FIELD");
  if (reading === "refused" && given !== undefined) throw refuseField("clientReferenceInformation");
}

/** @throws WireRefusal when this authorization takes no (further) increment */
function canGrow(payment: CybersourcePayment, { readings }: Bank): void {
  if (!traitsOf(payment.network).increments)
    throw refuse("CARD_TYPE_NOT_ACCEPTED", "Declined - The card type takes no incremental authorizations.");
  if (!isPreAuthorization(payment, readings.get("preAuthorization")))
    throw refuse("NOT_SUPPORTED", "Declined - The original is no pre-authorization.");
  if (stateOf(asBelieved(payment)) !== "open")
    throw refuse("NOT_SUPPORTED", "Declined - The authorization is not open.");
  // "Split shipments are not supported."
  if (standingCaptures(payment).length > 0)
    throw refuse("NOT_SUPPORTED", "Declined - Part of the authorization is captured.");
  const counted = readings.get("incrementLimitCounts");
  const made = payment.movements.filter(
    ({ kind, applied }) => kind === "increment" && (counted === "attempts" || applied > 0),
  );
  if (made.length >= MOST_INCREMENTS)
    throw refuse("NOT_SUPPORTED", "Declined - The authorization has all its 100 increments.");
}

function isPreAuthorization(
  { facts: { authIndicator } }: CybersourcePayment,
  reading: "not-final" | "indicator-0",
): boolean {
  return reading === "indicator-0" ? authIndicator === "0" : authIndicator !== "1";
}

interface Grown {
  readonly id: string;
  readonly said: Said;
  readonly verdict: Verdict;
}

function idOf(payment: CybersourcePayment, { dialect }: Said, { readings, random }: Bank): string {
  const reading = readings.get("incrementId");
  const original = reading === "original" || (reading === "as-shown" && dialect !== "flexible");
  return original ? payment.id : newId(random);
}

function write(
  payment: CybersourcePayment,
  request: IncrementRequest,
  { id, said, verdict }: Grown,
  { ledger, readings, random }: Bank,
): CybersourcePayment {
  const { status, reason, applied } = verdict;
  const references = referencesOf(request.clientReferenceInformation);
  const grown = ledger.post(payment, {
    id,
    kind: "increment",
    amount: said.delta,
    applied,
    status,
    reason,
    ...references,
  });
  if (status === "AUTHORIZED_PENDING_REVIEW") return ledger.update(grown, { review: "pending" });
  if (applied > 0 || readings.get("declinedIncrement") === "leaves-hold") return grown;
  const { held } = sumsOf(grown);
  return ledger.post(grown, {
    id: newId(random),
    kind: "issuer release",
    amount: held,
    applied: held,
    status: "RELEASED",
  });
}

function answerBody(
  request: IncrementRequest,
  payment: CybersourcePayment,
  { id, said, verdict }: Grown,
  { clock, random, readings }: Bank,
): JsonObject {
  const { currency } = payment;
  const follow = readings.get("incrementId") === "new-with-own-links" ? id : payment.id;
  const self = { self: link("GET", `/pts/v2/payments/${id}`) };
  const next = {
    authReversal: link("POST", `/pts/v2/payments/${follow}/reversals`),
    ...self,
    capture: link("POST", `/pts/v2/payments/${follow}/captures`),
  };
  return {
    _links: verdict.applied === 0 ? self : next,
    ...echoReference(request.clientReferenceInformation),
    ...errorInformation(verdict),
    id,
    orderInformation: { amountDetails: { ...amounts(payment, said, verdict), currency } },
    // Card categories as the flexible and lodging pages show them.
    paymentInformation: { accountFeatures: { category: said.dialect === "lodging" ? "A" : "F" } },
    processorInformation: processorInformation(verdict, payment.facts.networkTransactionId, random),
    // The lodging page shows a short number of its own, the others the original's id.
    reconciliationId: said.dialect === "lodging" ? payment.id.slice(-3) : payment.id,
    status: verdict.status,
    submitTimeUtc: utc(clock.now()),
  };
}

/** Flexible and lodging say the running total; the default page only repeats what was sent. A decline says neither. */
function amounts(payment: CybersourcePayment, { dialect, stated, delta }: Said, { applied }: Verdict): JsonObject {
  const { exponent } = payment;
  if (applied === 0) return {};
  if (dialect !== "default") {
    return {
      totalAmount: toDecimal(sumsOf(payment).authorized, exponent),
      authorizedAmount: toDecimal(applied, exponent),
    };
  }
  return { authorizedAmount: toDecimal(applied === delta ? stated : applied, exponent) };
}
