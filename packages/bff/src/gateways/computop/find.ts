import { delta, type Total } from "@plimsoll/shared";
import type { Finding } from "../../hold/index.ts";
import type { Order } from "../port.ts";
import { fetchedFrom, stateOf, sumsOf, type Fetched, type Sums } from "./books.ts";
import { classOf, verdictOf } from "./codes.ts";
import type { Door } from "./door.ts";
import { isId, namesIn } from "./references.ts";
import type { ComputopSettings } from "./settings.ts";
import type { Details } from "./wire.ts";

/** What became of an operation: by our own transId where the gateway knows it, else by what the payment's sums show. */
export async function find(
  door: Door,
  order: Order,
  settings: ComputopSettings,
  now: () => number,
  signal: AbortSignal,
): Promise<Finding> {
  switch (order.kind) {
    case "authorize":
      return authorization(await fetchOwn(door, order, settings, signal), order, settings, now());
    case "increment":
    case "capture":
    case "reverse":
      return settings.lookUpOfSteps === "by_trans_id"
        ? step(await fetchOwn(door, order, settings, signal), order.kind, order, settings)
        : byTotals(door, order, settings, signal);
    case "extend":
      return unknown("extension_not_documented");
  }
}

/** Safe in a path without escaping; what we make ourselves always is. */
const LOOKABLE = /^[\w-]{1,64}$/;

/** API reference, "Retrieve payment details by Transaction ID". */
async function fetchOwn(
  door: Door,
  { reference, payment }: Order,
  { basePath }: ComputopSettings,
  signal: AbortSignal,
): Promise<Fetched> {
  if (!LOOKABLE.test(reference)) return { is: "cannot", cause: "reference_not_searchable" };
  const fetched = fetchedFrom(await door.get(`${basePath}/payments/getByTransId/${reference}`, signal));
  if (fetched.is !== "found") return fetched;
  const { transId, payId } = fetched.found;
  const known = payment.references["payment"];
  const ours = (transId === undefined || transId === reference) && (known === undefined || payId === known);
  return ours ? fetched : { is: "cannot", cause: "answer_to_another_request" };
}

/** The payer may still be on the page: before it closes, that nothing is there decides nothing. */
function authorization(fetched: Fetched, order: Order, settings: ComputopSettings, now: number): Finding {
  const closed = order.at + settings.pageLife + settings.slowestApply;
  const undecided = order.means?.by === "page" && now < closed;
  if (fetched.is === "cannot") return unknown(fetched.cause);
  if (fetched.is === "not_there") return undecided ? unknown("not_paid_yet") : { is: "absent" };
  const { found } = fetched;
  const said = verdictOf(found, "authorize", settings);
  switch (said.is) {
    case "success":
      return authorized(found, order);
    case "declined":
      return said;
    case "refused":
      return order.means?.by === "page" ? { is: "absent", givenUp: true } : { is: "absent" };
    case "pending":
      if (undecided) return unknown("not_paid_yet");
      return order.means?.by === "page" ? { is: "absent" } : unknown("pending");
    case "unclear":
      return elsewise(found, order, settings, undecided);
  }
}

/** Words that are no authorization's: what was captured was authorized, a page that expired was not paid on. */
function elsewise(found: Details, order: Order, { statuses }: ComputopSettings, undecided: boolean): Finding {
  const { status = "", responseCode } = found;
  const known = classOf(responseCode).is === "success";
  if (known && statuses.captured.includes(status)) return authorized(found, order);
  const closed = known && statuses.expired.includes(status) && order.means?.by === "page" && !undecided;
  return closed ? { is: "absent" } : unknown("unknown_status");
}

/** Nothing has been added yet, so whatever `amount.value` means later, it is the authorization's own amount now. */
function authorized({ payId, xId, amount }: Details, { payment }: Order): Finding {
  if (!isId(payId)) return unknown("no_payment_id");
  if (amount?.currency !== undefined && amount.currency !== payment.currency) return unknown("currency_disagrees");
  const found = { is: "applied", total: null, references: namesIn({ payId, xId }) } as const;
  return amount?.value === undefined
    ? { ...found, grade: "none", applied: null }
    : { ...found, grade: "own_amount", applied: delta(amount.value) };
}

type Step = "increment" | "capture" | "reverse";

/** Found by its own transId. The sums are the payment's: where they have moved as they should, they prove it. */
function step(fetched: Fetched, kind: Step, order: Order, settings: ComputopSettings): Finding {
  if (fetched.is === "cannot") return unknown(fetched.cause);
  if (fetched.is === "not_there") return { is: "absent" };
  const { found } = fetched;
  const said = verdictOf(found, kind, settings);
  if (said.is === "declined") return said;
  if (said.is === "refused") return { is: "absent" };
  const sums = sumsOf(found, order.payment, settings);
  const tells = kind !== "reverse" || settings.amountValue === "standing";
  const moved = sums.is === "sums" && tells ? movedBy(sums, kind, order) : "unknown";
  const references = namesIn({ payId: found.payId, xId: found.xId });
  if (sums.is === "sums" && moved === "moved") return { ...proved(sums, kind), references };
  // A payment's own status beside a step's transId, and sums that have not moved: that is no yes.
  if (said.is !== "success" || moved === "unmoved") return unknown(said.is === "pending" ? "pending" : "not_told");
  return { is: "applied", grade: "none", applied: null, total: null, references };
}

/** One operation at a time moves a payment, so its sums tell what became of it. */
async function byTotals(door: Door, order: Order, settings: ComputopSettings, signal: AbortSignal): Promise<Finding> {
  const { kind, payment } = order;
  if (kind === "authorize" || kind === "extend") return unknown("not_by_totals");
  if (kind === "reverse" && settings.amountValue !== "standing") return unknown("reversals_not_in_details");
  const id = payment.references["payment"];
  if (!isId(id)) return unknown("no_payment_id");
  const fetched = fetchedFrom(await door.get(`${settings.basePath}/payments/getByPayId/${id}`, signal));
  if (fetched.is !== "found") return unknown(fetched.is === "cannot" ? fetched.cause : "not_found");
  if (fetched.found.payId !== id) return unknown("answer_to_another_request");
  const sums = sumsOf(fetched.found, payment, settings);
  if (sums.is === "cannot") return unknown(sums.cause);
  switch (movedBy(sums, kind, order)) {
    case "moved":
      return { ...proved(sums, kind), references: {} };
    case "unmoved":
      return isStill(stateOf(fetched.found, settings)) ? { is: "absent" } : unknown("unknown_status");
    case "unknown":
      return unknown("neither_sum");
  }
}

/** A word that tells of a step which the sums don't show yet: that is no absence. */
function isStill(state: ReturnType<typeof stateOf>): boolean {
  return state !== "unrecognised" && state !== "reversed";
}

function movedBy(sums: Sums, kind: Step, { totalBefore, totalAfter }: Order): "moved" | "unmoved" | "unknown" {
  const shown = sumMoved(sums, kind);
  if (shown === totalAfter) return "moved";
  return shown === totalBefore ? "unmoved" : "unknown";
}

/** Increments and reversals move what stands, captures what is captured. */
function sumMoved({ standing, captured }: Sums, kind: Step): Total {
  return kind === "capture" ? captured : standing;
}

function proved(sums: Sums, kind: Step) {
  return { is: "applied", grade: "total", applied: null, total: sumMoved(sums, kind) } as const;
}

function unknown(cause: string): Finding {
  return { is: "unknown", cause };
}
