import type { JsonObject } from "../../control/fault.ts";
import { link, utc } from "../answers.ts";
import type { Movement } from "../../books/payment.ts";
import type { MovementKind } from "../../control/reports.ts";
import { traitsOf } from "../cards.ts";
import { toDecimal } from "../../currency.ts";
import type { Bank } from "../operations/operation.ts";
import { outcomeNamed } from "../outcomes.ts";
import type { CybersourcePayment } from "../payments.ts";
import type { CybersourceReadings } from "../readings.ts";

const LAG_MS = { "0s": 0, "20s": 20_000, "15min": 900_000 } as const;

/** The movements that Transaction Search knows by now. What the host or issuer did by itself has no record. */
export function visibleMovements(payment: CybersourcePayment, { ledger, readings }: Bank): Movement[] {
  const known = ledger.now(payment) - LAG_MS[readings.get("searchLag")];
  return payment.movements
    .filter(({ at, kind }) => at <= known && kind !== "automatic reversal" && kind !== "issuer release")
    .map((movement) => (payment.facts.review === "accepted" ? asAccepted(movement) : movement));
}

/** A review that was accepted leaves a plain authorization behind. */
function asAccepted(movement: Movement): Movement {
  return movement.status === "AUTHORIZED_PENDING_REVIEW" ? { ...movement, status: "AUTHORIZED" } : movement;
}

/** GET /tss/v2/transactions/{id}. Source: REST SDK, TssV2TransactionsGet200Response. */
export function detailRecord(payment: CybersourcePayment, id: string, bank: Bank): JsonObject | undefined {
  const visible = visibleMovements(payment, bank);
  const own = visible.filter((movement) => movement.id === id);
  const newest = own.at(-1);
  if (newest === undefined) return undefined;
  const related = [...new Set(visible.map((movement) => movement.id))].filter((other) => other !== id);
  return {
    id,
    rootId: payment.id,
    reconciliationId: payment.id,
    merchantId: payment.merchant,
    submitTimeUTC: utc(newest.at),
    status: newest.status,
    applicationInformation: { status: newest.status, ...application(newest), applications: own.map(applicationOf) },
    ...codeOf(own[0] ?? newest),
    ...errorOf(newest),
    orderInformation: {
      amountDetails: { ...detailAmounts(payment, own, visible, bank.readings), currency: payment.currency },
    },
    paymentInformation: { card: { suffix: payment.lastFour, type: traitsOf(payment.network).code } },
    processorInformation: {
      networkTransactionId: payment.facts.networkTransactionId,
      transactionId: payment.facts.networkTransactionId,
    },
    _links: {
      self: link("GET", `/tss/v2/transactions/${id}`),
      relatedTransactions: related.map((other) => link("GET", `/tss/v2/transactions/${other}`)),
    },
  };
}

/** One line of a search. Source: REST SDK, TssV2TransactionsPost201ResponseEmbeddedTransactionSummaries. */
export function summaryRecord(payment: CybersourcePayment, movement: Movement): JsonObject {
  const { exponent, currency, lastFour, network, merchant } = payment;
  return {
    id: movement.id,
    submitTimeUtc: utc(movement.at),
    merchantId: merchant,
    status: movement.status,
    applicationInformation: { ...application(movement), applications: [applicationOf(movement)] },
    ...codeOf(movement),
    ...errorOf(movement),
    orderInformation: { amountDetails: { totalAmount: toDecimal(movement.amount, exponent), currency } },
    paymentInformation: { card: { suffix: lastFour, type: traitsOf(network).code } },
    _links: { transactionDetail: link("GET", `/tss/v2/transactions/${movement.id}`) },
  };
}

/**
 * `authorizedAmount` is what this id was authorized for. `totalAmount` of the original is a reading: the running total
 * or its own; an increment with an id of its own has the running total that its answer had.
 */
function detailAmounts(
  payment: CybersourcePayment,
  own: Movement[],
  visible: Movement[],
  readings: CybersourceReadings,
): JsonObject {
  const { exponent, id } = payment;
  const grows = own.filter(({ kind }) => kind === "authorization" || kind === "increment");
  const [first] = own;
  if (grows.length === 0) return { totalAmount: toDecimal(first?.amount ?? 0, exponent) };
  const authorized = grows.reduce((total, { applied }) => total + applied, 0);
  const running = (first?.id === id ? visible : own).findLast(({ applied }) => applied > 0)?.totalAfter ?? 0;
  const ofOriginal = first?.id === id && readings.get("readTotals") === "own";
  return {
    totalAmount: toDecimal(ofOriginal ? authorized : running, exponent),
    authorizedAmount: toDecimal(authorized, exponent),
  };
}

/** Service names as Transaction Search knows them; the increment's is the Business Center's "Incremental Authorization". */
const SERVICES: Readonly<Record<MovementKind, string>> = {
  authorization: "ics_auth",
  increment: "ics_incremental_auth",
  extension: "ics_incremental_auth",
  capture: "ics_bill",
  "automatic reversal": "ics_auth_reversal",
  reversal: "ics_auth_reversal",
  "timeout reversal": "ics_auth_reversal",
  void: "ics_void",
  "issuer release": "ics_auth_reversal",
};

/** `rCode` 1 is success, 0 a decline (REST SDK, TssV2TransactionsGet200ResponseApplicationInformation). */
function application({ applied, reason }: Movement): JsonObject {
  if (applied > 0) return { reasonCode: "100", rCode: "1", rFlag: "SOK" };
  const outcome = outcomeNamed(reason ?? "");
  const reasonCode = outcome?.kind === "declined" ? outcome.reasonCode : "203";
  return { reasonCode, rCode: "0", rFlag: "DCARDREFUSED" };
}

function applicationOf(movement: Movement): JsonObject {
  return { name: SERVICES[movement.kind], status: movement.status, ...application(movement) };
}

function codeOf({ references: { code } }: Movement): JsonObject {
  return code === undefined ? {} : { clientReferenceInformation: { code } };
}

function errorOf({ reason }: Movement): JsonObject {
  return reason === null ? {} : { errorInformation: { reason } };
}
