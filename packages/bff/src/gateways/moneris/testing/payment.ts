import { MERCHANT, PAYMENT } from "./order.ts";

interface Shown {
  readonly amount?: number;
  readonly authorized?: number;
  readonly capturable?: number;
  readonly increments?: readonly number[];
  readonly completions?: readonly (readonly [amount: number, final: boolean])[];
  readonly currency?: string;
}

const AT = "2026-11-22T12:00:00.000Z";

/** A payment as Moneris answers it (OpenAPI 2.6.1, payment), reduced to what any part of the adapter could look at. */
export function paymentOf(status: string, shown: Shown = {}, more: object = {}): object {
  const { amount, authorized, capturable, increments, completions, currency = "CAD" } = shown;
  const money = (cents: number) => ({ amount: cents, currency });
  return {
    paymentId: PAYMENT,
    merchantId: MERCHANT,
    paymentStatus: status,
    transactionDateTime: AT,
    createdAt: AT,
    ...(amount === undefined ? {} : { amount: money(amount) }),
    ...(authorized === undefined ? {} : { authorizedAmount: money(authorized) }),
    ...(capturable === undefined ? {} : { capturableAmount: money(capturable) }),
    ...(increments
      ? { incrementalAuthorizations: increments.map((cents) => ({ amount: money(cents), processedAt: AT })) }
      : {}),
    ...(completions
      ? {
          multipleCompletions: completions.map(([cents, finalCompletion]) => ({
            amount: money(cents),
            processedAt: AT,
            finalCompletion,
          })),
        }
      : {}),
    transactionDetails: {
      transactionUniqueId: "938c2cc0dcc05f2b68c4287040cfcf71",
      isoResponseCode: "00",
      responseCode: "027",
      authorizationCode: "033470",
      message: "APPROVED",
      ecommerceIndicator: "SSL_MERCHANT",
    },
    ...more,
  };
}

/** A problem document as Moneris answers it (OpenAPI 2.6.1, error). */
export function problemOf(status: number, category: string | null, title: string, more: object = {}): object {
  return {
    type: "https://api-developer.moneris.com/responsehandling",
    title,
    status,
    detail: null,
    instance: null,
    category,
    errors: [],
    ...more,
  };
}
