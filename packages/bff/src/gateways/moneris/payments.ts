import type { Payment } from "../port.ts";
import { booksOf, type Books } from "./books.ts";
import type { Door } from "./door.ts";
import { isId, namesOfRead, type Named } from "./references.ts";
import type { MonerisSettings } from "./settings.ts";
import { paymentAnswer, readJson } from "./wire.ts";

export type Fetched =
  | { readonly is: "found"; readonly books: Books; readonly names: Named }
  | { readonly is: "cannot"; readonly cause: string; readonly absent?: true };

/** GET /payments/{payment-id}. OpenAPI 2.6.1, retrievePayment. */
export async function fetchBooks(
  door: Door,
  payment: Payment,
  settings: MonerisSettings,
  signal: AbortSignal,
): Promise<Fetched> {
  const id = payment.references["payment"];
  if (!isId(id)) return cannot("no_payment_id");
  const request = { method: "GET", path: `/payments/${id}`, body: null, version: settings.apiVersion } as const;
  const result = await door(request, signal);
  if (result.is !== "answered") return cannot(result.cause);
  if (result.status === 404) return { is: "cannot", cause: "http_404", absent: true };
  if (result.status !== 200) return cannot(`http_${result.status}`);
  const answer = readJson(paymentAnswer, result.body);
  if (!answer) return cannot("unreadable_answer");
  const books = booksOf(answer, id, payment, settings);
  return typeof books === "string" ? cannot(books) : { is: "found", books, names: namesOfRead(answer) };
}

function cannot(cause: string): Fetched {
  return { is: "cannot", cause };
}
