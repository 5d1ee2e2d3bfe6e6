import type { Payment } from "../port.ts";
import { listedIn } from "./references.ts";
import type { MonerisSettings } from "./settings.ts";
import type { PaymentAnswer } from "./wire.ts";

/** OpenAPI 2.6.1, paymentStatus. INCREMENTED is no passing state: the payment rests there and can be completed. */
const STATUSES = [
  "CANCELED",
  "DECLINED",
  "DECLINED_RETRY",
  "AUTHORIZED",
  "PROCESSING",
  "SUCCEEDED",
  "INCREMENTED",
  "PARTIALLY_COMPLETED",
] as const;
export type Status = (typeof STATUSES)[number];

/** What one answer shows of a payment. Null where it doesn't tell: never zero for a field that is not there. */
export interface Books {
  readonly status: Status;
  readonly authorized: number | null;
  readonly captured: number | null;
  /** Whether `captured` was added up from the gateway's own list. */
  readonly itemized: boolean;
  /** Entries of `incrementalAuthorizations`, and whether the last of them raised nothing. */
  readonly listed: number | null;
  readonly lastRaisedNothing: boolean;
}

export type Unreadable = "another_payment" | "another_merchant" | "currency_disagrees" | "unknown_status";

/** @param known the payment that was asked about; null for one that is only being made */
export function booksOf(
  answer: PaymentAnswer,
  known: string | null,
  { currency }: Pick<Payment, "currency">,
  settings: Pick<MonerisSettings, "merchantId" | "completedAmount" | "restAfterCompletions">,
): Books | Unreadable {
  if (known !== null && answer.paymentId !== known) return "another_payment";
  if (answer.merchantId !== undefined && answer.merchantId !== settings.merchantId) return "another_merchant";
  if (moneyIn(answer).some((money) => money !== undefined && money.currency !== currency)) return "currency_disagrees";
  const status = statusOf(answer);
  if (!status) return "unknown_status";
  const completions = answer.multipleCompletions ?? [];
  return {
    status,
    authorized: answer.authorizedAmount?.amount ?? null,
    captured: capturedBy(answer, status, settings),
    itemized: completions.length > 0,
    listed: listedIn(answer),
    lastRaisedNothing: answer.incrementalAuthorizations?.at(-1)?.amount?.amount === 0,
  };
}

/** Can still be raised and completed. */
export function isOpen(status: Status): boolean {
  return status === "AUTHORIZED" || status === "INCREMENTED" || status === "PARTIALLY_COMPLETED";
}

/** Completed, but by completions none of which was the last: whether a payment shows SUCCEEDED then is not documented. */
function statusOf({ paymentStatus, multipleCompletions: completions = [] }: PaymentAnswer): Status | undefined {
  const goesOn = completions.length > 0 && completions.every(({ finalCompletion }) => finalCompletion === false);
  if (paymentStatus === "SUCCEEDED" && goesOn) return "PARTIALLY_COMPLETED";
  return STATUSES.find((one) => one === paymentStatus);
}

function moneyIn(answer: PaymentAnswer) {
  const { amount, authorizedAmount, capturableAmount, incrementalAuthorizations, multipleCompletions } = answer;
  const lists = [...(incrementalAuthorizations ?? []), ...(multipleCompletions ?? [])];
  return [amount, authorizedAmount, capturableAmount, ...lists.map((entry) => entry.amount)];
}

/** "Multiple Completions": the answer lists the completions of a payment. One that has a single completion may not. */
function capturedBy(
  answer: PaymentAnswer,
  status: Status,
  { completedAmount, restAfterCompletions }: Pick<MonerisSettings, "completedAmount" | "restAfterCompletions">,
): number | null {
  const completions = answer.multipleCompletions ?? [];
  // Whether a cancel took the completions back is known only where the account says what it does.
  if (status === "CANCELED" && completions.length > 0 && restAfterCompletions !== "cancel") return null;
  if (completions.length > 0) return sumOf(completions, status);
  switch (status) {
    case "AUTHORIZED":
    case "INCREMENTED":
    case "CANCELED":
      return 0;
    case "PARTIALLY_COMPLETED":
      return less(answer.authorizedAmount?.amount, answer.capturableAmount?.amount);
    case "SUCCEEDED":
      return completedAmount === "amount" ? (answer.amount?.amount ?? null) : null;
    case "PROCESSING":
    case "DECLINED":
    case "DECLINED_RETRY":
      return null;
  }
}

/** A list that lacks the last completion of a payment that is completed tells no sum. */
function sumOf(completions: NonNullable<PaymentAnswer["multipleCompletions"]>, status: Status): number | null {
  const isWhole = status !== "SUCCEEDED" || completions.some(({ finalCompletion }) => finalCompletion === true);
  if (!isWhole) return null;
  return completions.reduce<number | null>(
    (sum, { amount }) => (sum === null || amount === undefined ? null : sum + amount.amount),
    0,
  );
}

function less(whole: number | undefined, rest: number | undefined): number | null {
  return whole === undefined || rest === undefined || rest > whole ? null : whole - rest;
}
