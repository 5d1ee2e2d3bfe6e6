import { total } from "@plimsoll/shared";
import type { Finding } from "../../hold/index.ts";
import type { Order } from "../port.ts";
import { isOpen, type Books } from "./books.ts";
import { findCreation } from "./creations.ts";
import type { Door } from "./door.ts";
import { fetchBooks } from "./payments.ts";
import { listedBefore } from "./references.ts";
import type { MonerisSettings } from "./settings.ts";
import { completesToLetGo } from "./write.ts";

/**
 * What became of an operation, told by the payment's sums: no operation has an id of its own at Moneris, and payments
 * are listed by date alone. A payment that was never answered has no id that we know: it is looked for in that list.
 */
export async function find(
  door: Door,
  order: Order,
  settings: MonerisSettings,
  now: number,
  signal: AbortSignal,
): Promise<Finding> {
  if (order.kind === "authorize") return findCreation(door, order, settings, now, signal);
  const fetched = await fetchBooks(door, order.payment, settings, signal);
  if (fetched.is === "cannot") return unknown(fetched.cause);
  const { books, names } = fetched;
  if (books.status === "PROCESSING") return unknown("status_processing");
  switch (order.kind) {
    case "increment":
      return raised(books, order, names);
    case "extend":
      return settings.extensionsListed ? extended(books, order, names) : unknown("extensions_not_listed");
    case "capture":
      return completed(books, order);
    case "reverse":
      return letGo(books, order, settings);
  }
}

type Names = Extract<Awaited<ReturnType<typeof fetchBooks>>, { is: "found" }>["names"];

/** A decline leaves the sum as it was: it and a request that never came are the same absence. */
function raised(books: Books, order: Order, names: Names): Finding {
  const { authorized } = books;
  if (authorized === null) return unknown("amounts_not_named");
  if (authorized === order.totalAfter) return appliedWith(authorized, names);
  if (authorized !== order.totalBefore) return unknown("neither_sum");
  // What `authorizedAmount` shows of a payment that is closed is not documented: there the list has to agree.
  return isOpen(books.status) || isSameList(books, order) ? { is: "absent" } : unknown("payment_closed");
}

/** An extension moves no sum: only the list grows, by an entry of nothing. */
function extended(books: Books, order: Order, names: Names): Finding {
  const { authorized, listed, lastRaisedNothing } = books;
  const before = listedBefore(order.payment.references);
  if (authorized !== order.totalBefore) return unknown("neither_sum");
  if (listed === null || before === null) return unknown("increments_not_listed");
  if (listed === before) return { is: "absent" };
  return listed === before + 1 && lastRaisedNothing ? appliedWith(authorized, names) : unknown("neither_list");
}

function isSameList({ listed }: Books, { payment }: Order): boolean {
  return listed !== null && listed === listedBefore(payment.references);
}

/** Completed by the one completion that there was, ours; without a word of how much, it has to be read again. */
function completed({ status, captured, authorized }: Books, order: Order): Finding {
  const ends = status === "SUCCEEDED";
  if (captured === null) {
    const isOurs = ends && order.final && order.captures === 0;
    return isOurs ? { ...APPLIED, grade: "none", total: null } : unknown("amounts_not_named");
  }
  if (captured === order.totalBefore && isOpen(status)) return { is: "absent" };
  if (captured !== order.totalAfter) return unknown("neither_sum");
  if (order.final ? !ends : ends && captured !== authorized) return unknown(`status_${status.toLowerCase()}`);
  return { ...APPLIED, grade: "total", total: total(captured) };
}

const APPLIED = { is: "applied", applied: null, references: {} } as const;

/** What was captured when it was written: all that was standing and no longer held. */
function letGo({ status, captured }: Books, order: Order, settings: MonerisSettings): Finding {
  const ended = completesToLetGo(order, settings)
    ? status === "SUCCEEDED" && captured === order.totalBefore - order.held
    : status === "CANCELED";
  if (ended) return { ...APPLIED, grade: "none", total: null };
  return isOpen(status) ? { is: "absent" } : unknown(`status_${status.toLowerCase()}`);
}

function appliedWith(sum: number, names: Names): Finding {
  return { ...APPLIED, grade: "total", total: total(sum), references: { hold: names.hold } };
}

function unknown(cause: string): Finding {
  return { is: "unknown", cause };
}
