import { sums, type Hold } from "../../../hold/index.ts";
import type { PaymentReport } from "../../../../../sandbox/src/control/reports.ts";

export interface Sums {
  readonly authorized: number;
  readonly captured: number;
  readonly released: number;
  readonly lapsed: number;
  readonly held: number;
}

const NOTHING: Sums = { authorized: 0, captured: 0, released: 0, lapsed: 0, held: 0 };

/** What we say of a hold. */
export function sumsOfHold(hold: Hold): Sums {
  const { authorized, captured, released, lapsed, held } = sums(hold);
  return { authorized, captured, released, lapsed, held };
}

/** What a gateway's books say of one payment, counted as we count; nothing where it has none. */
export function sumsInBooks(payment: PaymentReport | undefined): Sums {
  if (!payment) return NOTHING;
  const { authorized, captured, released, held } = payment.sums;
  const undone = appliedOf(payment, "timeout reversal");
  const lapsed = appliedOf(payment, "issuer release");
  // What was undone by our own reference never was, as we count.
  return { authorized: authorized - undone, captured, released: released - undone - lapsed, lapsed, held };
}

function appliedOf({ movements }: PaymentReport, kind: PaymentReport["movements"][number]["kind"]): number {
  return movements.filter((movement) => movement.kind === kind).reduce((sum, { applied }) => sum + applied, 0);
}
