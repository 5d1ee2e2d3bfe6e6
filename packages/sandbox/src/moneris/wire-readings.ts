import { z } from "zod";

/** What is open about requests, answers, keys and amounts. */
export const wireReadings = {
  pennyBands: z.enum(["off", "on"]).default("off").meta({
    meaning:
      "off: an amount's last two digits decide, whatever comes before them. on: for Visa from 11.00 on only Moneris' bands do: 51.00 to 60.00 and 120.00 to 130.00 declined, the rest approved",
    source:
      'Moneris, "Penny Value Simulator". Off by default: a hotel could not hold 120.00, and no ending would decline a hold of 20.00',
  }),
  pennyTable: z.enum(["common", "whole"]).default("common").meta({
    meaning: "which of Moneris' endings decide: those that tests live on, or those from 01 to 57 too",
    source:
      'Moneris, "Penny Value Simulator". Common by default: prices end in 15 and 20, which the whole table declines',
  }),
  systemTimeout: z.enum(["declined", "server-error"]).default("declined").meta({
    meaning: "how the ending 68 (system time-out) is answered: declined by the issuer's host, or 500 API_ERROR",
    source:
      'Moneris, "Penny Value Simulator" gives ISO 68, response 113; "Response Handling" calls an intermittent issue API_ERROR',
  }),
  flagForm: z.enum(["any", "boolean", "object-incremental", "object-increment"]).default("any").meta({
    meaning:
      "what marks a payment as incrementable: incrementalAuthorization true, or an object with incrementalAuthorizationIndicator, or one with incrementAuthorizationIndicator",
    source:
      'OpenAPI 2.6.1, createPaymentRequest has a boolean; the guide "Incremental Authorization" an object, whose flag its text and its sample spell differently',
  }),
  otherFlagForm: z.enum(["refused", "ignored"]).default("refused").meta({
    meaning: "a flag in a form that flagForm does not name: 400, or a payment that takes no increments",
    source: "neither the guide nor the OpenAPI says what becomes of a field that a version does not know",
  }),
  paymentMethodForm: z.enum(["any", "flat", "nested"]).default("any").meta({
    meaning: "where paymentMethodSource stands: in paymentMethod, or in paymentMethod.paymentMethodData",
    source: 'OpenAPI 2.6.1, storePaymentMethodRequest is flat; the guide "Incremental Authorization" nests it',
  }),
  currencies: z.enum(["any", "cad-and-usd"]).default("any").meta({
    meaning: "which currencies a payment may be in",
    source:
      "OpenAPI 2.6.1 takes every ISO 4217 code and speaks of cents only; multi-currency pricing is a product of its own",
  }),
  orderIds: z.enum(["unique", "repeatable"]).default("unique").meta({
    meaning: "may a second payment carry an orderId that was used before; refused with 400",
    source: "OpenAPI 2.6.1, orderId: no two transactions may have the same; status and category are not named",
  }),
  keyScope: z.enum(["merchant", "operation"]).default("merchant").meta({
    meaning: "does a key used for an increment conflict with the same key at a completion",
    source:
      'the guide\'s samples share one key between increment and completion; OpenAPI 2.6.1, conflict: "existing idempotency key"',
  }),
  keyRetention: z.enum(["24h", "7d"]).default("24h").meta({
    meaning: "how long a used key conflicts; after that the same key is a new request",
    source: "not stated by Moneris",
  }),
  keyAfterDecline: z.enum(["used", "free"]).default("used").meta({
    meaning: "is the key of a declined request used up",
    source: "not stated by Moneris",
  }),
  keyWhileRunning: z.enum(["conflict", "waits"]).default("conflict").meta({
    meaning: "the same key while the first request is not done: 409 at once, or only when the first is done",
    source: "OpenAPI 2.6.1 documents the 409 and not when it is given",
  }),
  declinedIncrementStatus: z.enum(["http-422", "http-400"]).default("http-422").meta({
    meaning: "the HTTP status of a declined increment, with DECLINED_ERROR either way",
    source: "OpenAPI 2.6.1, POST /payments/{payment-id}/increment shows the same example for both",
  }),
  wrongState: z.enum(["http-400", "http-422", "http-409"]).default("http-400").meta({
    meaning:
      "the status of what a payment cannot do (any more), with INVALID_REQUEST_ERROR: an increment of a completed payment, a second completion",
    source:
      "OpenAPI 2.6.1: an invalid completion is an example of 400, an invalid cancel of 422, and 409 is for conflicts with resource state",
  }),
  listField: z.enum(["processedAt", "createdAt"]).default("processedAt").meta({
    meaning: "the time's name in the entries of incrementalAuthorizations",
    source: "OpenAPI 2.6.1: processedAt in the schema, createdAt in the example",
  }),
  incrementList: z.enum(["all", "previous"]).default("all").meta({
    meaning: "does an increment's own answer list it too; a read lists all",
    source: 'OpenAPI 2.6.1, incrementalAuthorizations: "all previous"; the sums of the example fit neither',
  }),
  answerAmount: z.enum(["transaction", "original", "total"]).default("transaction").meta({
    meaning:
      "what amount says in the answer to an increment or completion: its own, the first, or the authorized total",
    source: "OpenAPI 2.6.1, the increment's example shows its own; the field's description says nothing",
  }),
  answerCapturable: z.enum(["running", "zero"]).default("running").meta({
    meaning: "what capturableAmount says in an increment's answer",
    source: "OpenAPI 2.6.1 describes what can still be captured; the increment's example shows 0",
  }),
  completionList: z.enum(["all", "several"]).default("all").meta({
    meaning: "is a single completion listed in multipleCompletions, or only where finalCompletion was false once",
    source: 'OpenAPI 2.6.1, multipleCompletions: "all Multiple Completion transactions"',
  }),
  expiresIn: z.enum(["number", "string"]).default("number").meta({
    meaning: "the type of expires_in in the answer of POST /oauth2/token",
    source:
      "RFC 6749, 5.1 has a number; OpenAPI 2.6.1 names the path and no answer, and servers of this kind are known to write a string",
  }),
  temporaryToken: z.enum(["single-use", "reusable"]).default("single-use").meta({
    meaning: "may a temporary token pay twice within its 15 minutes",
    source: 'Moneris, "Hosted Tokenization": for one transaction; what a second gets is not said',
  }),
};
