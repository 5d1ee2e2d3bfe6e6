import { total } from "@plimsoll/shared";
import type { Snapshot } from "../../hold/index.ts";
import type { Payment } from "../port.ts";
import type { Books } from "./books.ts";
import type { Door } from "./door.ts";
import { fetchBooks } from "./payments.ts";
import type { MonerisSettings } from "./settings.ts";

/** The payment's books: what was authorized, increments included, and what is captured. Moneris has no word for expired. */
export async function read(
  door: Door,
  payment: Payment,
  settings: MonerisSettings,
  startedAt: number,
  signal: AbortSignal,
): Promise<Snapshot> {
  const fetched = await fetchBooks(door, payment, settings, signal);
  if (fetched.is === "cannot") return fetched;
  const { books, names } = fetched;
  const state = stateOf(books);
  if (state === "unrecognised") {
    return { is: "snapshot", authorized: total(books.authorized ?? 0), captured: total(0), state, asOf: startedAt };
  }
  const { authorized, captured } = books;
  // That a payment is completed is told, whether it says how much or not.
  if (authorized === null || (captured === null && state !== "captured"))
    return { is: "cannot", cause: "amounts_not_named" };
  return {
    is: "snapshot",
    authorized: total(authorized),
    captured: captured === null ? null : total(captured),
    state,
    asOf: startedAt,
    references: names.hold,
  };
}

/** A payment shows DECLINED where it never held anything, and perhaps after a declined increment: that isn't documented. */
export function stateOf({ status, captured }: Books): Extract<Snapshot, { is: "snapshot" }>["state"] {
  switch (status) {
    case "AUTHORIZED":
    case "INCREMENTED":
    case "PARTIALLY_COMPLETED":
      return "open";
    case "SUCCEEDED":
      // Completed with nothing: let go.
      return captured === 0 ? "reversed" : "captured";
    case "CANCELED":
      return "reversed";
    case "PROCESSING":
    case "DECLINED":
    case "DECLINED_RETRY":
      return "unrecognised";
  }
}
