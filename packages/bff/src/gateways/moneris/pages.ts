import type { Instant } from "../../hold/index.ts";
import type { Door } from "./door.ts";
import type { MonerisSettings } from "./settings.ts";
import { paymentList, readJson, type PaymentAnswer } from "./wire.ts";

export interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

/** "must be no more than 1 day later than created_from". */
export const LONGEST = 86_400_000;

/**
 * GET /payments. OpenAPI 2.6.1, getPayments: by the time of creation alone, 20 a page at most, each page with a link to
 * the next. All of a window's payments, or why they can't be had.
 */
export async function fetchPages(
  door: Door,
  { from, to }: Window,
  { apiVersion: version }: Pick<MonerisSettings, "apiVersion">,
  mostPages: number,
  signal: AbortSignal,
): Promise<readonly PaymentAnswer[] | string> {
  const found: PaymentAnswer[] = [];
  let query: Record<string, string> = { created_from: iso(from), created_to: iso(to) };
  for (let page = 0; page < mostPages; page += 1) {
    const path = `/payments?${new URLSearchParams({ limit: "20", ...query }).toString()}`;
    const result = await door({ method: "GET", path, body: null, version }, signal);
    if (result.is !== "answered") return result.cause;
    if (result.status !== 200) return `http_${result.status}`;
    const list = readJson(paymentList, result.body);
    if (!list) return "unreadable_answer";
    found.push(...list.data);
    if (list.next === undefined) return found;
    const cursor = cursorOf(list.next);
    // There is more, and no way to it: what was found is not all.
    if (cursor === null || cursor === query["cursor"]) return "unreadable_answer";
    query = { ...query, cursor };
  }
  return "too_many_payments";
}

/** Only the cursor is taken from the link to the next page: where it leads to is this account's own host. */
function cursorOf(next: string): string | null {
  return URL.parse(next, "https://moneris.invalid")?.searchParams.get("cursor") ?? null;
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
