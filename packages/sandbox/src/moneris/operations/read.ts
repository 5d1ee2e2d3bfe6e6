import type { Answer } from "../../control/journal.ts";
import { paymentBody } from "../payment-body.ts";
import type { MonerisPayment } from "../payments.ts";
import { invalidValue } from "../problems.ts";
import { listSchema, parseRequest } from "../requests.ts";
import type { Asked, Bank } from "./operation.ts";
import { paymentAt } from "./operation.ts";

/** GET /payments/{payment-id}. */
export function read(asked: Asked, bank: Bank): Answer {
  return { status: 200, body: paymentBody(paymentAt(asked, bank), bank.readings) };
}

const DAY_MS = 86_400_000;

/** GET /payments: by time alone, a day at most, in order of creation. Nothing else filters: an orderId is not looked at. */
export function list(asked: Asked, bank: Bank): Answer {
  const query = parseRequest(listSchema, Object.fromEntries(asked.query));
  const now = bank.clock.now();
  const from = query.created_from === undefined ? startOfDay(now) : Date.parse(query.created_from);
  const to = query.created_to === undefined ? Math.min(now, from + DAY_MS) : Date.parse(query.created_to);
  if (to < from || to - from > DAY_MS)
    throw invalidValue("created_to", query.created_to ?? null, "It must be within a day after created_from.");
  const found = bank.ledger.of(asked.caller.merchant.merchantId).filter((payment) => {
    const created = createdAt(payment);
    return created >= from && created <= to;
  });
  const start = startOf(query.cursor, found);
  const page = found.slice(start, start + query.limit);
  const href = (index: number) => linkTo(asked, found, index, query.limit);
  const last = Math.max(0, Math.floor((found.length - 1) / query.limit) * query.limit);
  return {
    status: 200,
    body: {
      data: page.map((payment) => paymentBody(payment, bank.readings)),
      self: href(start),
      first: href(0),
      last: href(last),
      next: start + query.limit < found.length ? href(start + query.limit) : null,
      previous: start > 0 ? href(Math.max(0, start - query.limit)) : null,
    },
  };
}

/** In UTC; in which zone Moneris' day begins is not said. */
function startOfDay(now: number): number {
  return Math.floor(now / DAY_MS) * DAY_MS;
}

function createdAt({ movements }: MonerisPayment): number {
  return movements[0]?.at ?? 0;
}

/** A cursor is the id of the item before the page. @throws WireRefusal for one that is not of this list */
function startOf(cursor: string | undefined, found: readonly MonerisPayment[]): number {
  if (cursor === undefined) return 0;
  const before = found.findIndex(({ id }) => id === cursor);
  if (before === -1) throw invalidValue("cursor", cursor, "There is no such cursor.");
  return before + 1;
}

function linkTo({ query }: Asked, found: readonly MonerisPayment[], index: number, limit: number): string {
  const params = new URLSearchParams(query);
  const before = found[index - 1];
  if (before === undefined) params.delete("cursor");
  else params.set("cursor", before.id);
  params.set("limit", String(limit));
  return `/payments?${params.toString()}`;
}
