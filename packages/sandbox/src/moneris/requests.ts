import { z } from "zod";
import type { Json } from "../control/fault.ts";
import type { ParameterError } from "./problems.ts";
import { invalid, told } from "./problems.ts";

/** "Thirty characters": OpenAPI 2.6.1, resourceId. */
export const resourceId = z.string().regex(/^[A-Za-z]{2}\d{2}[A-Za-z0-9]{26}$/u);

const idempotencyKey = z.string().min(1).max(36);
const invoiceNumber = z.string().min(1).max(17).nullish();
const customData = z.record(z.string(), z.string().min(1).max(50)).nullish();
const dynamicDescriptor = z.string().min(1).max(20).nullish();

/** Minor units, the greatest is 999,999,999. */
const money = z.object({ amount: z.int().min(0).max(999_999_999), currency: z.string().regex(/^[A-Z]{3}$/u) });

const token = z.string().min(25).max(28);

export const methodSources = [
  "PAYMENT_METHOD_ID",
  "CARD",
  "TEMPORARY_TOKEN",
  "PERMANENT_TOKEN",
  "APPLE_PAY_ENCRYPTED",
  "APPLE_PAY_DECRYPTED",
  "GOOGLE_PAY_ENCRYPTED",
  "GOOGLE_PAY_DECRYPTED",
] as const;

const credentialOnFile = z.object({
  paymentIndicator: z.enum([
    "UNSCHEDULED_CREDENTIAL_ON_FILE",
    "RECURRING",
    "MERCHANT_INITIATED",
    "VARIABLE_RECURRING",
    "CUSTOMER_INITIATED",
  ]),
  paymentInformation: z.enum(["FIRST", "SUBSEQUENT"]),
  issuerId: z.string().min(1).max(15).nullish(),
});

const method = z.object({
  paymentMethodSource: z.enum(methodSources).optional(),
  temporaryToken: token.optional(),
  permanentToken: token.optional(),
  paymentMethodId: resourceId.optional(),
  storePaymentMethod: z.enum(["DO_NOT_STORE", "CARDHOLDER_INITIATED", "MERCHANT_INITIATED"]).optional(),
  credentialOnFileInformation: credentialOnFile.nullish(),
});

/** OpenAPI 2.6.1, createPaymentRequest, with the object that the guide "Incremental Authorization" sends besides. */
export const createSchema = z.object({
  idempotencyKey,
  orderId: z
    .string()
    .min(1)
    .max(50)
    .regex(/^[a-zA-Z0-9\-_]+$/u)
    .nullish(),
  invoiceNumber,
  amount: money,
  paymentMethod: method.extend({ paymentMethodData: method.optional() }),
  ecommerceIndicator: z
    .enum([
      "MAIL_TELEPHONE_ORDER_SINGLE",
      "MAIL_TELEPHONE_ORDER_RECURRING",
      "MAIL_TELEPHONE_ORDER_INSTALMENT",
      "MAIL_TELEPHONE_ORDER_UNKNOWN",
      "AUTHENTICATED_ECOMMERCE",
      "NON_AUTHENTICATED_ECOMMERCE",
      "SSL_MERCHANT",
    ])
    .default("SSL_MERCHANT"),
  automaticCapture: z.boolean().default(true),
  incrementalAuthorization: z
    .union([
      z.boolean(),
      z.object({
        incrementalAuthorizationIndicator: z.boolean().optional(),
        incrementAuthorizationIndicator: z.boolean().optional(),
      }),
    ])
    .optional(),
  customData,
  dynamicDescriptor,
});

/** OpenAPI 2.6.1, incrementalAuthorizationRequest. */
export const incrementSchema = z.object({ idempotencyKey, invoiceNumber, amount: money, customData });

/** OpenAPI 2.6.1, completionRequest; the guide's sample sends a dynamicDescriptor too. */
export const completionSchema = z.object({
  idempotencyKey,
  invoiceNumber,
  amount: money.nullish(),
  finalCompletion: z.boolean().default(true),
  customData,
  dynamicDescriptor,
});

/** OpenAPI 2.6.1, cancelPaymentRequest. */
export const cancelSchema = z.object({
  idempotencyKey,
  multipleCompletion: z.unknown().optional(),
  customData,
  reason: z.string().min(1).max(100).nullish(),
});

const instant = z.iso.datetime({ offset: true });

/** OpenAPI 2.6.1, parameters of GET /payments. */
export const listSchema = z.object({
  cursor: z.string().optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/u)
    .transform(Number)
    .pipe(z.int().min(1).max(20))
    .default(10),
  created_from: instant.optional(),
  created_to: instant.optional(),
});

export type CreateRequest = z.output<typeof createSchema>;
export type MethodRequest = z.output<typeof method>;
export type CompletionRequest = z.output<typeof completionSchema>;
export type Money = z.output<typeof money>;

/** @throws WireRefusal, 400 with every field that is wrong */
export function parseRequest<T>(schema: z.ZodType<T>, body: Json | undefined): T {
  if (body === undefined || body === null || typeof body !== "object" || Array.isArray(body))
    throw invalid([], "The body must be a JSON object.");
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.map((issue) => errorOf(body, issue)));
}

function errorOf(body: Json, { path, message }: z.core.$ZodIssue): ParameterError {
  const parameterName = path.join(".");
  const value = path.reduce<Json | undefined>(innerOf, body);
  const reasonCode = value === undefined ? "REQUIRED_FIELD" : "INVALID_FORMAT";
  // What pays is told to nobody.
  const hidden = value === undefined || path[0] === "paymentMethod";
  return { parameterName, parameterValue: hidden ? null : told(value), reasonCode, errorMessage: message };
}

function innerOf(value: Json | undefined, key: PropertyKey): Json | undefined {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
  return value[String(key)];
}
