import { z } from "zod";

/**
 * What Moneris' published OpenAPI 2.6.1 says of the answers that are imitated here, in our own words; only fields that
 * it names are let through. Tests hold every answer against it.
 */

const resourceId = z.string().regex(/^[A-Za-z]{2}\d{2}[A-Za-z0-9]{26}$/u);
const dateTime = z.iso.datetime();
const money = z.strictObject({ amount: z.int().min(0).max(999_999_999), currency: z.string().min(3).max(4) });
const customData = z.record(z.string(), z.string().min(1).max(50)).nullable();

const cardInformation = z.strictObject({
  bankIdentificationNumber: z.string().min(6).max(8).nullable(),
  lastFour: z.string().length(4).nullable(),
  expiryMonth: z.int().min(1).max(12),
  expiryYear: z.int().min(2022).max(9999),
  cardBrand: z.enum(["MASTERCARD", "VISA", "AMERICAN_EXPRESS", "JCB", "DISCOVER", "INTERAC", "UNIONPAY"]).nullable(),
  cardType: z.enum(["CREDIT", "DEBIT", "DOMESTIC_DEBIT", "UNKNOWN", "CORPORATE"]).nullable(),
  cardFingerprint: z.string().max(255).nullable(),
  issuer: z.string().min(1).max(100).nullable(),
});

const paymentMethod = z.strictObject({
  paymentMethodId: resourceId,
  merchantId: z.string().length(13),
  cardholderInformation: z.null(),
  contactDetails: z.null(),
  billingAddress: z.null(),
  paymentMethodInformation: z.strictObject({
    paymentMethodType: z.literal("CARD"),
    paymentMethodSource: z.enum(["CARD", "TEMPORARY_TOKEN", "PERMANENT_TOKEN"]),
    cardInformation,
    paymentAccountReference: z.string().min(1).max(29).nullable(),
    storePaymentMethod: z.enum(["DO_NOT_STORE", "CARDHOLDER_INITIATED", "MERCHANT_INITIATED"]),
  }),
  createdAt: dateTime,
  modifiedAt: dateTime.nullable(),
  customData,
});

const transactionDetails = z.strictObject({
  transactionUniqueId: z.string().nullable(),
  isoResponseCode: z.string().length(2),
  responseCode: z.string().length(3),
  authorizationCode: z
    .string()
    .max(8)
    .regex(/^[a-zA-Z0-9]*$/u)
    .nullable(),
  message: z.string().min(1).max(100).nullable(),
  ecommerceIndicator: z.enum(["SSL_MERCHANT", "AUTHENTICATED_ECOMMERCE", "NON_AUTHENTICATED_ECOMMERCE"]),
});

/** The schema says processedAt, the example createdAt. */
const incrementalAuthorization = z.union([
  z.strictObject({ amount: money, processedAt: dateTime }),
  z.strictObject({ amount: money, createdAt: dateTime }),
]);

export const publishedPayment = z.strictObject({
  paymentId: resourceId,
  merchantId: z.string().length(13),
  orderId: z.string().min(1).max(50).nullable(),
  invoiceNumber: z.string().min(1).max(17).nullable(),
  transactionDateTime: dateTime,
  createdAt: dateTime,
  modifiedAt: dateTime.nullable(),
  amount: money,
  authorizedAmount: money,
  capturableAmount: money,
  amountDetails: z.null(),
  paymentMethod,
  paymentStatus: z.enum([
    "CANCELED",
    "DECLINED",
    "DECLINED_RETRY",
    "AUTHORIZED",
    "PROCESSING",
    "SUCCEEDED",
    "INCREMENTED",
    "PARTIALLY_COMPLETED",
  ]),
  transactionDetails,
  verificationDetails: z.strictObject({
    addressVerificationServiceResultCode: z.enum(["FULL_MATCH", "PARTIAL_MATCH", "NO_MATCH", "UNAVAILABLE"]).nullable(),
    cardSecurityCodeResultCode: z.enum(["MATCH", "NO_MATCH", "NOT_PROCESSED", "OTHER"]).nullable(),
    threeDSecureAuthenticationValueResultCode: z.null(),
  }),
  credentialOnFileResponse: z.null(),
  refundDetails: z.null(),
  customData,
  incrementalAuthorizations: z.array(incrementalAuthorization),
  multipleCompletions: z.array(z.strictObject({ amount: money, processedAt: dateTime, finalCompletion: z.boolean() })),
});

const page = z.string().startsWith("/payments?").nullable();

export const publishedList = z.strictObject({
  data: z.array(publishedPayment),
  self: page,
  first: page,
  last: page,
  next: page,
  previous: page,
});

export const publishedProblem = z.strictObject({
  type: z.url(),
  title: z.string().nullable(),
  status: z.int().min(100).max(505).nullable(),
  detail: z.string().nullable(),
  instance: z.string().startsWith("/").nullable(),
  category: z
    .enum([
      "API_ERROR",
      "IDEMPOTENCY_ERROR",
      "INVALID_REQUEST_ERROR",
      "DECLINED_ERROR",
      "UNAUTHORIZED_ERROR",
      "INTERNAL_SERVER_ERROR",
    ])
    .nullable(),
  errors: z.array(
    z.strictObject({
      parameterName: z.string(),
      parameterValue: z.string().nullable(),
      reasonCode: z.enum(["INVALID_FORMAT", "REQUIRED_FIELD", "INVALID_VALUE"]),
      errorMessage: z.string().nullable(),
    }),
  ),
});
