import { z } from "zod";

/**
 * Moneris' answers as this adapter reads them: leniently. Everything is optional and more is allowed; a field of an
 * unexpected type counts as not named. What an answer means is decided in answers.ts, find.ts and read.ts, and nowhere
 * is a missing field taken for a yes.
 */
const text = z.string().optional().catch(undefined);
/** Codes are strings in the description, and numbers in some samples. */
const textual = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);
/** OpenAPI 2.6.1, money: whole cents. */
const money = z
  .looseObject({ amount: z.int().min(0), currency: z.string() })
  .optional()
  .catch(undefined);

/** OpenAPI 2.6.1, payment. An entry of `incrementalAuthorizations` has no id: one increment can't be named. */
export const paymentAnswer = z.looseObject({
  paymentId: text,
  merchantId: text,
  orderId: text,
  createdAt: text,
  paymentStatus: text,
  amount: money,
  authorizedAmount: money,
  capturableAmount: money,
  transactionDetails: z
    .looseObject({
      transactionUniqueId: text,
      isoResponseCode: textual,
      responseCode: textual,
      authorizationCode: text,
    })
    .optional()
    .catch(undefined),
  incrementalAuthorizations: z
    .array(z.looseObject({ amount: money }))
    .optional()
    .catch(undefined),
  multipleCompletions: z
    .array(z.looseObject({ amount: money, finalCompletion: z.boolean().optional().catch(undefined) }))
    .optional()
    .catch(undefined),
});
export type PaymentAnswer = z.output<typeof paymentAnswer>;

/** OpenAPI 2.6.1, paymentList. */
export const paymentList = z.looseObject({ data: z.array(paymentAnswer), next: text });

/** OpenAPI 2.6.1, error: a problem document (RFC 7807) with a category of Moneris' own. It is never a payment. */
export const problem = z.looseObject({
  category: z.enum([
    "API_ERROR",
    "IDEMPOTENCY_ERROR",
    "INVALID_REQUEST_ERROR",
    "DECLINED_ERROR",
    "UNAUTHORIZED_ERROR",
    "INTERNAL_SERVER_ERROR",
  ]),
  title: text,
  errors: z
    .array(z.looseObject({ parameterName: text, reasonCode: text }))
    .optional()
    .catch(undefined),
  paymentId: z.undefined().optional(),
});
export type Problem = z.output<typeof problem>;

/** The body as an object of this shape; undefined where it is not whole JSON of such an object. */
export function readJson<S extends z.ZodType>(schema: S, body: string): z.output<S> | undefined {
  try {
    return schema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
