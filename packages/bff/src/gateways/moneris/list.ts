import { total, type Total } from "@plimsoll/shared";
import type { Instant } from "../../hold/index.ts";
import type { Listed, Listing } from "../port.ts";
import { booksOf, type Books } from "./books.ts";
import type { Door } from "./door.ts";
import { fetchPages, LONGEST, type Window } from "./pages.ts";
import { stateOf } from "./read.ts";
import { isId } from "./references.ts";
import type { MonerisSettings } from "./settings.ts";
import type { PaymentAnswer } from "./wire.ts";

/** 20 payments a page. A day with more than so many can't be listed. */
const MOST_PAGES_A_DAY = 500;

/** What was created in a span, day by day: GET /payments shows each payment whole, as a read of it would. */
export async function list(
  door: Door,
  settings: MonerisSettings,
  { from, until }: { readonly from: Instant; readonly until: Instant },
  signal: AbortSignal,
): Promise<Listing> {
  const found = new Map<string, Listed>();
  for (const window of days(from, until)) {
    const fetched = await fetchPages(door, window, settings, MOST_PAGES_A_DAY, signal);
    if (typeof fetched === "string") return { is: "cannot", cause: fetched };
    for (const one of fetched.flatMap((answer) => listed(answer, settings))) found.set(one.payment, one);
  }
  return { is: "listed", payments: [...found.values()] };
}

/** "after" and "before": whether the very instant counts is not said, so neighbouring windows overlap. */
function days(from: Instant, until: Instant): Window[] {
  const step = LONGEST - 1_000;
  const count = Math.max(0, Math.ceil((until - from) / step));
  return Array.from({ length: count }, (_, index) => {
    const start = from + index * step - 1_000;
    return { from: start, to: Math.min(start + LONGEST, until) };
  });
}

function listed(answer: PaymentAnswer, settings: MonerisSettings): Listed[] {
  const { paymentId, orderId, createdAt, merchantId } = answer;
  if (!isId(paymentId) || (merchantId !== undefined && merchantId !== settings.merchantId)) return [];
  const currency = (answer.authorizedAmount ?? answer.amount)?.currency ?? null;
  const books = currency === null ? "no_currency" : booksOf(answer, paymentId, { currency }, settings);
  const at = Date.parse(createdAt ?? "");
  const named = { payment: paymentId, reference: orderId ?? null, currency, at: Number.isNaN(at) ? null : at };
  if (typeof books === "string") return [{ ...named, authorized: null, captured: null, state: null }];
  const { authorized, captured } = books;
  return [{ ...named, authorized: sum(authorized), captured: sum(captured), state: shownState(books) }];
}

/** What was declined and never raised has held nothing. */
function shownState(books: Books): Listed["state"] {
  const { status, listed: raises } = books;
  const isDeclined = status === "DECLINED" || status === "DECLINED_RETRY";
  return isDeclined && (raises ?? 0) === 0 ? "declined" : stateOf(books);
}

function sum(named: number | null): Total | null {
  return named === null ? null : total(named);
}
