import type { Door } from "./door.ts";
import { isId } from "./references.ts";
import { readJson, searchAnswer, transactionRecord, type TransactionRecord, type TransactionSummary } from "./wire.ts";

export type Fetched<T> =
  | { readonly is: "found"; readonly found: T }
  | { readonly is: "cannot"; readonly cause: string; readonly absent?: true };

/** More records than a hold can have by its limits: something else is linked. */
const MOST_RECORDS = 256;
const AT_ONCE = 8;

/** GET /tss/v2/transactions/{id}. REST SDK, TransactionDetailsApi. */
export async function fetchRecord(door: Door, id: string, signal: AbortSignal): Promise<Fetched<TransactionRecord>> {
  const result = await door("GET", `/tss/v2/transactions/${id}`, null, signal);
  if (result.is !== "answered") return { is: "cannot", cause: result.cause };
  if (result.status === 404) return { is: "cannot", cause: "http_404", absent: true };
  if (result.status !== 200) return { is: "cannot", cause: `http_${result.status}` };
  const found = readJson(transactionRecord, result.body);
  return found?.id === id ? { is: "found", found } : { is: "cannot", cause: "unreadable_answer" };
}

export interface Page {
  /** How many there are in all, this page's included. */
  readonly total: number;
  readonly summaries: readonly TransactionSummary[];
}

/** One page of POST /tss/v2/searches. REST SDK, SearchTransactionsApi; CyberSource, "Transaction Search API": `field:value`. */
export async function searchPage(
  door: Door,
  query: string,
  { offset, limit }: { readonly offset: number; readonly limit: number },
  signal: AbortSignal,
): Promise<Fetched<Page>> {
  const request = { save: false, name: "plimsoll look-up", timezone: "UTC", query, offset, limit };
  const body = JSON.stringify({ ...request, sort: "submitTimeUtc:asc" });
  const result = await door("POST", "/tss/v2/searches", body, signal);
  if (result.is !== "answered") return { is: "cannot", cause: result.cause };
  if (result.status !== 201 && result.status !== 200) return { is: "cannot", cause: `http_${result.status}` };
  const answer = readJson(searchAnswer, result.body);
  const total = answer?.totalCount;
  // Nothing found leaves `_embedded` out; an answer that says neither a count nor results says nothing.
  const summaries = answer?._embedded?.transactionSummaries ?? (total === 0 ? [] : undefined);
  if (!summaries || total === undefined) return { is: "cannot", cause: "unreadable_answer" };
  return { is: "found", found: { total, summaries } };
}

/** The original's record and all that are linked to it, directly or by one another. One that can't be read spoils all. */
export async function fetchRelated(
  door: Door,
  original: string,
  signal: AbortSignal,
): Promise<Fetched<TransactionRecord[]>> {
  const found = new Map<string, TransactionRecord>();
  let wanted = [original];
  while (wanted.length > 0) {
    const batch = await Promise.all(wanted.slice(0, AT_ONCE).map((id) => fetchRecord(door, id, signal)));
    for (const fetched of batch) {
      if (fetched.is === "cannot") return found.size === 0 ? fetched : { is: "cannot", cause: fetched.cause };
      if (fetched.found.id !== undefined) found.set(fetched.found.id, fetched.found);
    }
    const linked = new Set([...found.values()].flatMap(relatedIds));
    wanted = [...linked].filter((id) => !found.has(id));
    if (found.size + wanted.length > MOST_RECORDS) return { is: "cannot", cause: "too_many_records" };
  }
  return { is: "found", found: [...found.values()] };
}

/** Only the ids of links are taken: where they lead to is this account's own host. Live answers have them as whole URLs. */
function relatedIds({ _links: links }: TransactionRecord): string[] {
  return (links?.relatedTransactions ?? [])
    .map(({ href }) => /\/tss\/v2\/transactions\/(\d+)$/.exec(href ?? "")?.[1])
    .filter(isId);
}

/** Services as records name them: CyberSource, "Application Types and ICS Services". */
export const OPENING = new Set(["ics_auth"]);
export const AUTHORIZING = new Set([...OPENING, "ics_incremental_auth"]);
export const CAPTURING = new Set(["ics_bill"]);
export const REVERSING = new Set(["ics_auth_reversal", "ics_auto_full_auth_reversal"]);
export const VOIDING = new Set(["ics_void"]);

/** What became of one kind of service in a record: REST SDK, rCode 1 success, 0 declined, -1 an error. */
export function verdictOf(
  { applicationInformation }: TransactionSummary,
  services: ReadonlySet<string>,
): { readonly is: "done" | "declined" | "unclear"; readonly flag: string | undefined } | undefined {
  const own = (applicationInformation?.applications ?? []).filter(
    ({ name }) => name !== undefined && services.has(name),
  );
  if (own.length === 0) return undefined;
  if (own.some(({ rCode }) => rCode === "1")) return { is: "done", flag: undefined };
  const refused = own.find(({ rCode }) => rCode === "0");
  return { is: refused ? "declined" : "unclear", flag: refused?.rFlag };
}

/** Statuses of what is held at the issuer and waits for a person: REST SDK, PtsV2PaymentsPost201Response. */
const UNDER_REVIEW = new Set(["AUTHORIZED_PENDING_REVIEW", "AUTHORIZED_RISK_DECLINED"]);

export function isUnderReview({ status, applicationInformation }: TransactionRecord | TransactionSummary): boolean {
  const words = [
    status,
    applicationInformation?.status,
    ...(applicationInformation?.applications ?? []).map((a) => a.status),
  ];
  return words.some((word) => word !== undefined && UNDER_REVIEW.has(word));
}
