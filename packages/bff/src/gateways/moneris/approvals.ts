import { delta, total } from "@plimsoll/shared";
import type { Approval, Grade } from "../../hold/index.ts";
import type { Order } from "../port.ts";
import type { Books } from "./books.ts";
import { namesOfStep } from "./references.ts";
import type { PaymentAnswer } from "./wire.ts";

interface Shown {
  readonly grade: Grade;
  readonly applied: number | null;
  readonly sum: number | null;
}

const NOTHING: Shown = { grade: "none", applied: null, sum: null };

/** What an answer that says yes shows about amounts, graded, and what its things are called. */
export function approvalOf(answer: PaymentAnswer, books: Books, order: Order): Approval {
  const { grade, applied, sum } = shownBy(answer, books, order);
  return {
    grade,
    applied: applied === null ? null : delta(applied),
    total: sum === null ? null : total(sum),
    references: namesIn(answer, order),
  };
}

function namesIn(answer: PaymentAnswer, order: Order): Approval["references"] {
  const { hold, entry } = namesOfStep(answer, order);
  const raises = order.kind === "authorize" || order.kind === "increment" || order.kind === "extend";
  return raises ? { hold, entry } : { entry };
}

/**
 * OpenAPI 2.6.1: `authorizedAmount` is all that the authorization holds, increments included: the running total. A
 * single completion that is not itemized comes back in `amount`, which the request named too: that may be its echo.
 * A canceled payment names no amount that was let go.
 */
function shownBy({ amount }: PaymentAnswer, { authorized, captured, itemized, status }: Books, order: Order): Shown {
  switch (order.kind) {
    case "authorize":
      if (authorized === null && amount?.amount === order.delta)
        return { grade: "echo", applied: order.delta, sum: null };
      return sumIs(authorized);
    case "increment":
    case "extend":
      return sumIs(authorized);
    case "capture":
      if (itemized || status === "PARTIALLY_COMPLETED") return sumIs(captured);
      if (amount?.amount === order.delta) return { grade: "echo", applied: order.delta, sum: null };
      return captured === null ? NOTHING : { grade: "own_amount", applied: captured, sum: null };
    case "reverse":
      return NOTHING;
  }
}

function sumIs(sum: number | null): Shown {
  return sum === null ? NOTHING : { grade: "total", applied: null, sum };
}
