import { total } from "@plimsoll/shared";
import type { Finding } from "../../hold/index.ts";
import type { Order } from "../port.ts";
import { adviceOf } from "./advice.ts";
import { booksOf } from "./books.ts";
import type { Door } from "./door.ts";
import { fetchPages, LONGEST, type Window } from "./pages.ts";
import { isId, namesOfRead } from "./references.ts";
import type { MonerisSettings } from "./settings.ts";
import type { PaymentAnswer } from "./wire.ts";

/** By how much Moneris' clock may differ from ours. */
const SKEW = 5 * 60_000;
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
  const listed = await fetchPages(door, windowOf(order, settings, now), settings, MOST_PAGES, signal);
  if (typeof listed === "string") return unknown(listed);
  const [found, ...more] = listed.filter(({ orderId }) => orderId === order.reference);
  if (!found) return unknown("not_listed");
  return more.length > 0 ? unknown("found_more_than_one") : findingOf(found, order, settings);
}

/** From when it was written to when the last attempt under its key can have been applied. */
function windowOf({ at }: Order, { keyWindow, deadline, slowestApply }: MonerisSettings, now: number): Window {
  const from = at - SKEW;
  return { from, to: Math.min(at + keyWindow + deadline + slowestApply + SKEW, now + SKEW, from + LONGEST) };
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
