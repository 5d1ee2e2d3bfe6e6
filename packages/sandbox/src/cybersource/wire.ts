import { z } from "zod";
import type { Json } from "../control/fault.ts";
import { refuse, refuseField } from "./answers.ts";
import type { FieldDetail } from "./answers.ts";
import { exponentOf, toMinor } from "../currency.ts";

/** The samples send it as a string, the flexible page as a number; both say YYYYMMDDhhmmss. */
const localDateTime = z.union([z.string(), z.int()]).refine((value) => /^\d{14}$/u.test(String(value)));

/** The lodging page sends `"true"`, the others `true`. */
const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((value) => value === "true")]);

const reference = z.object({
  code: z.string().min(1).max(50).optional(),
  /** The official timeout sample sends a number. */
  transactionId: z.union([z.string().min(1).max(50), z.int().transform(String)]).optional(),
  comments: z.string().max(255).optional(),
  partner: z.object({ developerId: z.string().optional(), solutionId: z.string().optional() }).optional(),
});

const decimal = z.string().regex(/^\d{1,15}(?:\.\d{1,4})?$/u);
const currency = z.string().regex(/^[A-Z]{3}$/u);
const money = z.object({ totalAmount: decimal, currency });

/** REST SDK, CreatePaymentRequest: what the sandbox looks at. */
export const paymentSchema = z.object({
  clientReferenceInformation: reference.optional(),
  processingInformation: z
    .object({
      capture: flag.optional(),
      industryDataType: z.string().optional(),
      authorizationOptions: z.object({ authIndicator: z.enum(["0", "1"]).optional() }).optional(),
    })
    .optional(),
  orderInformation: z.object({ amountDetails: money }),
  paymentInformation: z
    .object({
      card: z
        .object({
          number: z.string().regex(/^\d{12,19}$/u),
          expirationMonth: z.string().regex(/^(?:0[1-9]|1[0-2])$/u),
          expirationYear: z.string().regex(/^\d{4}$/u),
        })
        .optional(),
    })
    .optional(),
  tokenInformation: z.object({ transientTokenJwt: z.string().optional(), jti: z.string().optional() }).optional(),
});

/** REST SDK, IncrementAuthRequest, with what the three "Incremental Authorization" pages send besides. */
export const incrementSchema = z.object({
  clientReferenceInformation: reference.optional(),
  processingInformation: z
    .object({
      industryDataType: z.string().optional(),
      authorizationOptions: z
        .object({
          initiator: z.object({ type: z.string().optional(), storedCredentialUsed: flag.optional() }).optional(),
        })
        .optional(),
    })
    .optional(),
  orderInformation: z.object({
    amountDetails: z.object({ additionalAmount: decimal.optional(), totalAmount: decimal.optional(), currency }),
  }),
  merchantInformation: z.object({ transactionLocalDateTime: localDateTime.optional() }).optional(),
  travelInformation: z.object({ duration: z.string().optional() }).optional(),
});

/** REST SDK, CapturePaymentRequest. */
export const captureSchema = z.object({
  clientReferenceInformation: reference.optional(),
  processingInformation: z
    .object({
      captureOptions: z
        .object({
          captureSequenceNumber: z.coerce.number().int().min(1).optional(),
          totalCaptureCount: z.coerce.number().int().min(1).optional(),
          isFinal: flag.optional(),
        })
        .optional(),
    })
    .optional(),
  orderInformation: z.object({ amountDetails: money }),
});

/** REST SDK, AuthReversalRequest. */
export const reversalSchema = z.object({
  clientReferenceInformation: reference.optional(),
  reversalInformation: z.object({ amountDetails: money, reason: z.string().optional() }),
});

/** REST SDK, MitReversalRequest; the official sample leaves the currency out. */
export const timeoutReversalSchema = z.object({
  clientReferenceInformation: reference.required({ transactionId: true }),
  reversalInformation: z.object({ amountDetails: money.partial({ currency: true }), reason: z.string().optional() }),
});

/** REST SDK, VoidCaptureRequest and MitVoidRequest. */
export const voidSchema = z.object({ clientReferenceInformation: reference.optional() });
export const timeoutVoidSchema = z.object({ clientReferenceInformation: reference.required({ transactionId: true }) });

/** REST SDK, CreateSearchRequest. */
export const searchSchema = z.object({
  query: z.string().min(1),
  name: z.string().optional(),
  timezone: z.string().optional(),
  save: flag.optional(),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(2500).default(20),
  sort: z.string().optional(),
});

export type Reference = z.output<typeof reference>;

/** @throws WireRefusal in the documented 400 shape, naming the fields */
export function parseWire<T>(schema: z.ZodType<T>, body: Json): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map((issue): FieldDetail => {
    const missing = valueAt(body, issue.path) === undefined;
    return { field: issue.path.join("."), reason: missing ? "MISSING_FIELD" : "INVALID_DATA" };
  });
  const reason = details.some((detail) => detail.reason === "MISSING_FIELD") ? "MISSING_FIELD" : "INVALID_DATA";
  throw refuse(reason, "Declined - One or more fields in the request are missing or invalid", details);
}

function valueAt(body: Json, path: readonly PropertyKey[]): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
    return value[String(key)];
  }, body);
}

/** @throws WireRefusal where the amount has more decimals than its currency */
export function minorOf(amount: string, ofCurrency: string, field: string): number {
  const minor = toMinor(amount, exponentOf(ofCurrency));
  if (minor === null) throw refuseField(field);
  return minor;
}
