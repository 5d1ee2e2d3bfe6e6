import { total } from "@plimsoll/shared";
import type { Finding } from "../../hold/index.ts";
import type { Order } from "../port.ts";
import { adviceOf } from "./advice.ts";
import { booksOf } from "./books.ts";
import type { Door } from "./door.ts";
import { isId, namesOfRead } from "./references.ts";
import type { MonerisSettings } from "./settings.ts";
import { paymentList, readJson, type PaymentAnswer } from "./wire.ts";

/** By how much Moneris' clock may differ from ours. */
const SKEW = 5 * 60_000;
/** "must be no more than 1 day later than created_from". */
const LONGEST = 86_400_000;
/** A page has 20 payments at most. Beyond so many others at the same time, a person has to look. */
const MOST_PAGES = 25;

/**
 * What became of a creation that was never answered. OpenAPI 2.6.1, GET /payments: payments are listed by the time of
 * their creation alone, but each with its orderId, and ours is random. Only what is found counts: how soon and how
 * completely payments are listed is not documented, so that nothing is found proves nothing.
 */
export async function findCreation(
  door: Door,
  order: Order,
  settings: MonerisSettings,
  now: number,
  signal: AbortSignal,
): Promise<Finding> {
  const listed = await fetchListed(door, order, settings, now, signal);
  if (typeof listed === "string") return unknown(listed);
  const [found, ...more] = listed;
  if (!found) return unknown("not_listed");
  return more.length > 0 ? unknown("found_more_than_one") : findingOf(found, order, settings);
}

async function fetchListed(
  door: Door,
  order: Order,
  settings: MonerisSettings,
  now: number,
  signal: AbortSignal,
): Promise<readonly PaymentAnswer[] | string> {
  const found: PaymentAnswer[] = [];
  let query: Record<string, string> | null = windowOf(order, settings, now);
  for (let page = 0; query !== null; page += 1) {
    if (page === MOST_PAGES) return "too_many_payments";
    const path = `/payments?${new URLSearchParams({ limit: "20", ...query }).toString()}`;
    // oxlint-disable-next-line no-await-in-loop -- each page names the next one
    const result = await door({ method: "GET", path, body: null, version: settings.apiVersion }, signal);
    if (result.is !== "answered") return result.cause;
    if (result.status !== 200) return `http_${result.status}`;
    const list = readJson(paymentList, result.body);
    if (!list) return "unreadable_answer";
    found.push(...list.data.filter(({ orderId }) => orderId === order.reference));
    query = nextOf(query, list.next);
  }
  return found;
}

/** From when it was written to when the last attempt under its key can have been applied. */
function windowOf(
  { at }: Order,
  { keyWindow, deadline, slowestApply }: MonerisSettings,
  now: number,
): Record<string, string> {
  const from = at - SKEW;
  const to = Math.min(at + keyWindow + deadline + slowestApply + SKEW, now + SKEW, from + LONGEST);
  return { created_from: new Date(from).toISOString(), created_to: new Date(to).toISOString() };
}

/** Only the cursor is taken from the link: where it leads to is this account's own host. */
function nextOf(query: Readonly<Record<string, string>>, next: string | undefined): Record<string, string> | null {
  if (next === undefined || !URL.canParse(next, "https://moneris.invalid")) return null;
  const cursor = new URL(next, "https://moneris.invalid").searchParams.get("cursor");
  return cursor === null || cursor === query["cursor"] ? null : { ...query, cursor };
}

function findingOf(answer: PaymentAnswer, order: Order, settings: MonerisSettings): Finding {
  if (!isId(answer.paymentId)) return unknown("no_payment_id");
  const books = booksOf(answer, null, order.payment, settings);
  if (typeof books === "string") return unknown(books);
  const { status, authorized } = books;
  if (status === "DECLINED" || status === "DECLINED_RETRY") {
    const networkCode = answer.transactionDetails?.isoResponseCode ?? null;
    return { is: "declined", code: status, networkCode, advice: adviceOf(status, networkCode) };
  }
  if (status !== "AUTHORIZED" || authorized === null) return unknown(`status_${status.toLowerCase()}`);
  const references = namesOfRead(answer);
  return { is: "applied", grade: "total", applied: null, total: total(authorized), references };
}

function unknown(cause: string): Finding {
  return { is: "unknown", cause };
}
