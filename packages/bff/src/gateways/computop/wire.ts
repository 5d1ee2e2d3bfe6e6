import { z } from "zod";

/**
 * Paygate's answers as this adapter reads them: leniently. Everything is optional and more is allowed; a field of an
 * unexpected type counts as not named. What an answer means is decided elsewhere, and nowhere is a missing field taken
 * for a yes.
 */
const text = z.string().optional().catch(undefined);
const part = <S extends z.ZodRawShape>(shape: S) => z.looseObject(shape).optional().catch(undefined);

/** API reference, `amount.value`: a number of the smallest currency unit. */
const minor = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ])
  .refine((value) => Number.isSafeInteger(value) && value >= 0)
  .optional()
  .catch(undefined);

/**
 * Where the payer has to go. That there is such an address is documented, its field isn't: the API's version 1 has
 * `_Links.redirect.href`, and houses spell it in several ways.
 */
const link = z.union([z.string(), z.looseObject({ href: z.string() }).transform(({ href }) => href)]);
const links = part({ redirect: link.optional().catch(undefined) });

const envelope = {
  payId: text,
  transId: text,
  xId: text,
  status: text,
  responseCode: text,
};

/** API reference: the answers of sessions, payments, incrementals, captures and reversals, and their errors. */
export const stepAnswer = z
  .looseObject({
    ...envelope,
    redirectUrl: text,
    redirect: link.optional().catch(undefined),
    links,
    _links: links,
    _Links: links,
  })
  .transform(({ redirectUrl, redirect, links: plain, _links: hal, _Links: old, ...rest }) => ({
    ...rest,
    page: old?.redirect ?? hal?.redirect ?? plain?.redirect ?? redirect ?? redirectUrl,
  }));
export type StepAnswer = z.output<typeof stepAnswer>;

/** API reference, "Retrieve payment details by Payment ID" and "by Transaction ID". */
export const details = z.looseObject({
  ...envelope,
  amount: part({ value: minor, currency: text, capturedValue: minor }),
});
export type Details = z.output<typeof details>;

/** RFC 6749, 5.2, as the API reference has it for what is not let in. */
export const doorError = z.looseObject({ error: z.string().min(1) });

/** The body as an object of this shape; undefined where it is not whole JSON of an object. */
export function readJson<S extends z.ZodType>(schema: S, body: string): z.output<S> | undefined {
  try {
    return schema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
