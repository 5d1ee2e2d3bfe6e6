import { total } from "@plimsoll/shared";
import type { Snapshot } from "../../hold/index.ts";
import type { Payment } from "../port.ts";
import { readAmount } from "./amounts.ts";
import type { Door } from "./door.ts";
import { AUTHORIZING, CAPTURING, fetchRelated, isUnderReview, REVERSING, verdictOf, VOIDING } from "./records.ts";
import { isId, namesOfRecord } from "./references.ts";
import type { TransactionRecord } from "./wire.ts";

/**
 * The payment's books from Transaction Details: what was authorized (increments included, reversals not taken off)
 * and what is captured. Whether the original's `totalAmount` is a running total is not documented, so sums are made
 * of each record's own `authorizedAmount`. They may lag by as much as the capabilities say.
 */
export async function read(door: Door, payment: Payment, startedAt: number, signal: AbortSignal): Promise<Snapshot> {
  const original = payment.references["payment"];
  if (!isId(original)) return { is: "cannot", cause: "no_payment_id" };
  const fetched = await fetchRelated(door, original, signal);
  return fetched.is === "cannot" ? fetched : snapshotOf(fetched.found, original, payment, startedAt);
}

export function snapshotOf(
  records: readonly TransactionRecord[],
  original: string,
  payment: Pick<Payment, "currency" | "exponent">,
  asOf: number,
): Snapshot {
  const first = records.find(({ id }) => id === original);
  if (!first || verdictOf(first, AUTHORIZING)?.is !== "done") return { is: "cannot", cause: "not_authorized" };
  if (records.some((record) => isOtherMoney(record, payment.currency)))
    return { is: "cannot", cause: "currency_disagrees" };
  const authorized = sumOf(records, AUTHORIZING, "authorizedAmount", payment);
  const billed = sumOf(records, CAPTURING, "totalAmount", payment);
  const voided = sumOf(records, VOIDING, "totalAmount", payment);
  if (authorized === null || billed === null || voided === null || voided > billed) {
    return { is: "cannot", cause: "amounts_not_named" };
  }
  return {
    is: "snapshot",
    authorized: total(authorized),
    captured: total(billed - voided),
    state: stateOf(records, billed - voided),
    asOf,
    references: namesOfRecord(first, true).hold ?? {},
  };
}

/** The sum of what records of these services moved; null where one doesn't say. */
function sumOf(
  records: readonly TransactionRecord[],
  services: ReadonlySet<string>,
  field: "authorizedAmount" | "totalAmount",
  payment: Pick<Payment, "exponent">,
): number | null {
  const moved = records.filter((record) => verdictOf(record, services)?.is === "done");
  const amounts = moved.map((record) => readAmount(record.orderInformation?.amountDetails?.[field], payment));
  return amounts.reduce((sum, amount) => (sum === null || amount === null ? null : sum + amount), 0);
}

/** A record that moves money in another currency, or in none that it names, can't be added up. */
function isOtherMoney(record: TransactionRecord, currency: string): boolean {
  const moves = [AUTHORIZING, CAPTURING, VOIDING].some((services) => verdictOf(record, services)?.is === "done");
  return moves && record.orderInformation?.amountDetails?.currency !== currency;
}

function stateOf(
  records: readonly TransactionRecord[],
  captured: number,
): "captured" | "reversed" | "reviewed" | "open" {
  if (captured > 0) return "captured";
  if (records.some((record) => verdictOf(record, REVERSING)?.is === "done")) return "reversed";
  return records.some(isUnderReview) ? "reviewed" : "open";
}
