import { delta, total } from "@plimsoll/shared";
import type { Approval, Grade } from "../../hold/index.ts";
import type { Order } from "../port.ts";
import { readAmount } from "./amounts.ts";
import { namesOfAnswer, namesOfStep } from "./references.ts";
import type { CyberSourceSettings } from "./settings.ts";
import type { PaymentAnswer } from "./wire.ts";
import { isTotal } from "./write.ts";

interface Shown {
  readonly grade: Grade;
  readonly applied: number | null;
  readonly sum: number | null;
}

const NOTHING: Shown = { grade: "none", applied: null, sum: null };

/** What an answer that says yes shows about amounts, graded, and what its things are called. */
export function approvalOf(
  answer: PaymentAnswer,
  order: Order,
  settings: CyberSourceSettings,
): Approval | "wrong_currency" {
  const named = [answer.orderInformation?.amountDetails?.currency, answer.reversalAmountDetails?.currency];
  if (named.some((currency) => currency !== undefined && currency !== order.payment.currency)) return "wrong_currency";
  const { grade, applied, sum } = shownBy(answer, order, settings);
  return {
    grade,
    applied: applied === null ? null : delta(applied),
    total: sum === null ? null : total(sum),
    references: namesIn(answer, order, settings),
  };
}

function namesIn(answer: PaymentAnswer, { kind, payment }: Order, { host }: CyberSourceSettings) {
  switch (kind) {
    case "authorize":
      return namesOfAnswer(answer, host, null);
    case "increment":
      return namesOfAnswer(answer, host, payment.references["payment"] ?? null);
    case "capture":
    case "extend":
    case "reverse":
      return namesOfStep(answer);
  }
}

function shownBy(answer: PaymentAnswer, order: Order, settings: CyberSourceSettings): Shown {
  const { payment } = order;
  const amounts = answer.orderInformation?.amountDetails;
  const sum = readAmount(amounts?.totalAmount, payment);
  const own = readAmount(amounts?.authorizedAmount, payment);
  switch (order.kind) {
    case "authorize":
      return own === null ? NOTHING : { grade: "own_amount", applied: own, sum: own };
    case "increment":
      return settings.scenario === "flexible" ? added(sum, own) : restated(sum, own, order, settings);
    case "capture":
      return ownAmount(sum);
    case "reverse":
      // What was named is less than what is let go, and the answer only repeats it.
      if (settings.reversalAmount === "base") return NOTHING;
      return ownAmount(readAmount(answer.reversalAmountDetails?.reversedAmount, payment));
    case "extend":
      return NOTHING;
  }
}

/** Flexible: the request says `additionalAmount`, so `totalAmount` can't be its echo: it is the running total. */
function added(sum: number | null, own: number | null): Shown {
  return sum === null ? ownAmount(own) : { grade: "total", applied: own, sum };
}

/**
 * Lodging and default: the request says `totalAmount`, so an answer that only repeats that number may be its echo and
 * shows nothing. Any other number was made by the gateway. In the lodging guide's sample `totalAmount` is the running
 * total (600.00) beside the step (100.00); in the default page's sample only the number sent comes back.
 */
function restated(sum: number | null, own: number | null, order: Order, settings: CyberSourceSettings): Shown {
  const { delta: step, totalAfter } = order;
  const sent: number = isTotal(settings) ? totalAfter : step;
  const isEcho = (named: number | null) => named === null || named === sent;
  if (isEcho(sum) && isEcho(own)) {
    if (sum === null && own === null) return NOTHING;
    return isTotal(settings)
      ? { grade: "echo", applied: null, sum: sent }
      : { grade: "echo", applied: sent, sum: null };
  }
  if (sum !== null && sum !== sent)
    return { grade: "total", applied: isTotal(settings) && own === sent ? null : own, sum };
  // The new sum where the step was sent: as expected, and no echo.
  if (own === totalAfter) return { grade: "total", applied: null, sum: own };
  return ownAmount(own);
}

function ownAmount(own: number | null): Shown {
  return own === null ? NOTHING : { grade: "own_amount", applied: own, sum: null };
}
