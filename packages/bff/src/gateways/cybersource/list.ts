import type { Instant } from "../../hold/index.ts";
import type { Listed, Listing } from "../port.ts";
import type { Door } from "./door.ts";
import { OPENING, searchPage, verdictOf } from "./records.ts";
import { isId } from "./references.ts";
import type { CyberSourceSettings } from "./settings.ts";
import type { TransactionSummary } from "./wire.ts";

/** A page must fit into one answer that is still read: a live summary has some 2 KB. */
const PAGE = 50;
/** Beyond so many records a shorter span has to be asked for. */
const MOST_PAGES = 400;

/**
 * What was authorized in a span, from Transaction Search (query `submitTimeUtc`, the sample create-search-request).
 * Every step is a record of its own there, and which ones belong together only the details say: so sums are left open.
 */
export async function list(
  door: Door,
  { merchantId }: Pick<CyberSourceSettings, "merchantId">,
  { from, until }: { readonly from: Instant; readonly until: Instant },
  signal: AbortSignal,
): Promise<Listing> {
  const query = `submitTimeUtc:[${utc(from)} TO ${utc(until + 999)}}`;
  const found = new Map<string, Listed>();
  for (let offset = 0, total = 1; offset < total;) {
    if (offset >= PAGE * MOST_PAGES) return { is: "cannot", cause: "too_many_records" };
    const page = await searchPage(door, query, { offset, limit: PAGE }, signal);
    if (page.is === "cannot") return page;
    const { summaries } = page.found;
    total = page.found.total;
    offset += summaries.length;
    if (summaries.length === 0 && offset < total) return { is: "cannot", cause: "unreadable_answer" };
    for (const one of summaries.flatMap((summary) => listed(summary, merchantId))) found.set(one.payment, one);
  }
  return { is: "listed", payments: [...found.values()] };
}

/** A portfolio's key sees its other merchants' records too. */
function listed(summary: TransactionSummary, merchantId: string): Listed[] {
  const { id, merchantId: merchant, clientReferenceInformation, orderInformation, submitTimeUtc } = summary;
  if (!isId(id) || verdictOf(summary, OPENING)?.is !== "done") return [];
  if (merchant !== undefined && merchant !== merchantId) return [];
  const at = Date.parse(submitTimeUtc ?? "");
  return [
    {
      payment: id,
      reference: clientReferenceInformation?.code ?? null,
      currency: orderInformation?.amountDetails?.currency ?? null,
      authorized: null,
      captured: null,
      state: null,
      at: Number.isNaN(at) ? null : at,
    },
  ];
}

/** As the documents write an instant in a range: whole seconds. */
function utc(at: Instant): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, "Z");
}
