import { delta } from "@plimsoll/shared";
import type { Finding, OperationKind } from "../../hold/index.ts";
import type { Order } from "../port.ts";
import { adviceOf } from "./advice.ts";
import { readAmount } from "./amounts.ts";
import type { Door } from "./door.ts";
import { read } from "./read.ts";
import { AUTHORIZING, CAPTURING, fetchRecord, isUnderReview, REVERSING, searchPage, verdictOf } from "./records.ts";
import { isId, namesOfRecord } from "./references.ts";
import type { CyberSourceSettings } from "./settings.ts";
import type { TransactionRecord, TransactionSummary } from "./wire.ts";

/** What became of an operation, by our own reference. An increment that was sent without one is told by the sums. */
export async function find(
  door: Door,
  order: Order,
  settings: CyberSourceSettings,
  now: () => number,
  signal: AbortSignal,
): Promise<Finding> {
  const byTotals = order.kind === "increment" && settings.clientReferenceInPatch === "omit";
  return byTotals ? findByTotals(door, order, now(), signal) : findByReference(door, order, settings, signal);
}

/** Safe in a query without quoting; what we make ourselves always is. */
const SEARCHABLE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$/;

async function findByReference(
  door: Door,
  order: Order,
  settings: CyberSourceSettings,
  signal: AbortSignal,
): Promise<Finding> {
  const { reference } = order;
  if (!SEARCHABLE.test(reference)) return unknown("reference_not_searchable");
  const page = { offset: 0, limit: 20 };
  const searched = await searchPage(door, `clientReferenceInformation.code:${reference}`, page, signal);
  if (searched.is === "cannot") return unknown(searched.cause);
  const { summaries: all, total } = searched.found;
  if (total > all.length) return unknown("unreadable_answer");
  // A search may match parts of words: what has another code is not ours, what names none could be.
  const ours = all.filter(
    ({ clientReferenceInformation: named }) => named?.code === undefined || named.code === reference,
  );
  const [found, ...more] = ours;
  if (!found) return { is: "absent" };
  return more.length > 0 ? unknown("found_more_than_one") : findingOf(door, found, order, settings, signal);
}

const SERVICES: Readonly<Record<OperationKind, ReadonlySet<string>>> = {
  authorize: AUTHORIZING,
  increment: AUTHORIZING,
  capture: CAPTURING,
  reverse: REVERSING,
  extend: new Set(),
};

function serviceVerdict(summary: TransactionSummary, kind: OperationKind) {
  return verdictOf(summary, SERVICES[kind]);
}

/** Refusals at the gateway's own door, as records flag them: no issuer was asked, so nothing is there. */
const REFUSED = new Set(["DDUPLICATE", "DINVALIDDATA", "DMISSINGFIELD", "DREJECT", "DSCORE"]);

async function findingOf(
  door: Door,
  summary: TransactionSummary,
  order: Order,
  settings: CyberSourceSettings,
  signal: AbortSignal,
): Promise<Finding> {
  const verdict = serviceVerdict(summary, order.kind);
  if (verdict?.is === "declined") {
    if (verdict.flag !== undefined && REFUSED.has(verdict.flag)) return { is: "absent" };
    const code = summary.errorInformation?.reason ?? verdict.flag ?? "DECLINED";
    const { responseCode, merchantAdvice } = summary.processorInformation ?? {};
    return { is: "declined", code, networkCode: responseCode ?? null, advice: adviceOf(merchantAdvice?.code, code) };
  }
  if (verdict?.is !== "done" || !isId(summary.id)) return unknown("verdict_not_named");
  if (currencyOf(summary) !== order.payment.currency) return unknown("currency_disagrees");
  const fetched = await fetchRecord(door, summary.id, signal);
  const record = fetched.is === "found" ? fetched.found : null;
  // An increment may go by the original's id: then the record there is the original's, not ours.
  const own = record?.clientReferenceInformation?.code === order.reference ? record : null;
  const found = applied(own ?? summary, own !== null, order);
  const isOwn = order.kind !== "reverse" || settings.reversalAmount === "cumulative";
  return isOwn ? found : { ...found, grade: "none", applied: null };
}

function applied(
  record: TransactionRecord | TransactionSummary,
  isDetailed: boolean,
  order: Order,
): Extract<Finding, { is: "applied" }> {
  const { totalAmount, authorizedAmount } = record.orderInformation?.amountDetails ?? {};
  const raises = order.kind === "authorize" || order.kind === "increment";
  const own = readAmount(raises ? authorizedAmount : totalAmount, order.payment);
  const references = namesOfRecord(record, order.kind === "authorize");
  const review = isUnderReview(record) ? { reviewed: true } : {};
  const found = { is: "applied", references, ...review } as const;
  if (own === null) return { ...found, grade: "none", applied: null, total: null };
  return { ...found, grade: isDetailed ? "own_amount" : "echo", applied: delta(own), total: null };
}

async function findByTotals(door: Door, order: Order, startedAt: number, signal: AbortSignal): Promise<Finding> {
  const snapshot = await read(door, order.payment, startedAt, signal);
  if (snapshot.is === "cannot") return unknown(snapshot.cause);
  const { authorized } = snapshot;
  if (authorized === order.totalBefore) return { is: "absent" };
  if (authorized !== order.totalAfter) return unknown("neither_sum");
  return { is: "applied", grade: "total", applied: null, total: authorized, references: {} };
}

function currencyOf({ orderInformation }: TransactionSummary): string | undefined {
  return orderInformation?.amountDetails?.currency;
}

function unknown(cause: string): Finding {
  return { is: "unknown", cause };
}
