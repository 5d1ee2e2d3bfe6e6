import { z } from "zod";

/**
 * CyberSource's answers as this adapter reads them: leniently. Everything is optional and more is allowed, since
 * the documents' own samples leave fields out; a field of an unexpected type counts as not named. What an answer
 * means is decided in answers.ts and read.ts, and nowhere is a missing field taken for a yes.
 */
const text = z.string().optional().catch(undefined);
/** Amounts and codes are strings in the models; samples and live answers also have them as numbers. */
const textual = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);
const part = <S extends z.ZodRawShape>(shape: S) => z.looseObject(shape).optional().catch(undefined);
const link = part({ href: text });

const amountDetails = part({ totalAmount: textual, authorizedAmount: textual, currency: text });
const orderInformation = part({ amountDetails });
const errorInformation = part({ reason: text });
const clientReferenceInformation = part({ code: textual });
const processorInformation = part({
  approvalCode: textual,
  responseCode: textual,
  transactionId: textual,
  networkTransactionId: textual,
  merchantAdvice: part({ code: textual }),
});

/** REST SDK: PtsV2PaymentsPost201Response, PtsV2IncrementalAuthorizationPatch201Response, …CapturesPost201Response, …ReversalsPost201Response, …VoidsPost201Response, and their flat 400 and 502. */
export const paymentAnswer = z.looseObject({
  id: textual,
  status: text,
  reason: text,
  reconciliationId: textual,
  clientReferenceInformation,
  errorInformation,
  orderInformation,
  processorInformation,
  reversalAmountDetails: part({ reversedAmount: textual, currency: text }),
  voidAmountDetails: part({ voidAmount: textual, currency: text }),
  _links: part({ capture: link, authReversal: link }),
});
export type PaymentAnswer = z.output<typeof paymentAnswer>;

const application = z.looseObject({ name: text, status: text, rCode: textual, rFlag: text, reasonCode: textual });
const applicationInformation = part({
  status: text,
  reasonCode: textual,
  rCode: textual,
  rFlag: text,
  applications: z.array(application).optional().catch(undefined),
});
const record = {
  id: textual,
  status: text,
  merchantId: text,
  submitTimeUtc: text,
  applicationInformation,
  clientReferenceInformation,
  errorInformation,
  orderInformation,
  processorInformation,
};

/** REST SDK: TssV2TransactionsGet200Response. On the wire its links stand under `_links`. */
export const transactionRecord = z.looseObject({
  ...record,
  rootId: textual,
  reconciliationId: textual,
  _links: part({
    relatedTransactions: z
      .array(z.looseObject({ href: text }))
      .optional()
      .catch(undefined),
  }),
});
export type TransactionRecord = z.output<typeof transactionRecord>;

/** REST SDK: TssV2TransactionsPost201Response. Its results stand under `_embedded`; with none, it may be missing. */
export const searchAnswer = z.looseObject({
  totalCount: z.number().optional().catch(undefined),
  _embedded: part({ transactionSummaries: z.array(z.looseObject(record)).optional().catch(undefined) }),
});
export type TransactionSummary = Pick<TransactionRecord, keyof typeof record>;

/** The body as an object of this shape; undefined where it is not whole JSON of an object. */
export function readJson<S extends z.ZodType>(schema: S, body: string): z.output<S> | undefined {
  try {
    return schema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
