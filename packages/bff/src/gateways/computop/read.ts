import type { Snapshot } from "../../hold/index.ts";
import type { Payment } from "../port.ts";
import { fetchedFrom, stateOf, sumsOf } from "./books.ts";
import type { Door } from "./door.ts";
import { isId, namesIn } from "./references.ts";
import type { ComputopSettings } from "./settings.ts";

/** The payment's books: API reference, "Retrieve payment details by Payment ID". */
export async function read(
  door: Door,
  payment: Payment,
  settings: ComputopSettings,
  startedAt: number,
  signal: AbortSignal,
): Promise<Snapshot> {
  const id = payment.references["payment"];
  if (!isId(id)) return { is: "cannot", cause: "no_payment_id" };
  const fetched = fetchedFrom(await door.get(`${settings.basePath}/payments/getByPayId/${id}`, signal));
  if (fetched.is === "not_there") return { is: "cannot", cause: "not_found", absent: true };
  if (fetched.is === "cannot") return fetched;
  const { found } = fetched;
  if (found.payId !== id) return { is: "cannot", cause: "answer_to_another_request" };
  const sums = sumsOf(found, payment, settings);
  if (sums.is === "cannot") return sums;
  const { authorized, captured } = sums;
  const references = namesIn({ payId: id }).hold ?? {};
  return { is: "snapshot", authorized, captured, state: stateOf(found, settings), asOf: startedAt, references };
}
