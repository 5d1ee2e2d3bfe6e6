import { z } from "zod";
import type { Readings } from "../control/readings.ts";
import { createReadings } from "../control/readings.ts";

/**
 * What CyberSource's documents leave open, each with every reading that they allow.
 * The first value is the default: the most plausible one. Code that meets the real gateway must survive them all,
 * or make the choice a setting that somebody has to fill in.
 */
const readingsSchema = z.strictObject({
  defaultTotal: z.enum(["delta", "total"]).default("delta").meta({
    meaning:
      "what totalAmount means in an increment that is neither flexible nor lodging: the amount to add, or the new total",
    source:
      'CyberSource, "Incremental Authorization": the answer only repeats it as authorizedAmount, which elsewhere is the increment\'s own amount',
  }),
  incrementId: z.enum(["as-shown", "new", "original", "new-with-own-links"]).default("as-shown").meta({
    meaning:
      "the id in an increment's answer. as-shown: new for additionalAmount, the original's for totalAmount; new-with-own-links: new, and capture and reversal go to it",
    source:
      'CyberSource, "Incremental Authorization for Flexible Scenario" shows a new id with links on the original; the other two pages show one id everywhere; the SDK says it is the original\'s',
  }),
  patchReference: z.enum(["required", "accepted", "refused"]).default("required").meta({
    meaning: "clientReferenceInformation.code in an increment",
    source:
      "required by all three CyberSource pages; typed in the SDK's IncrementAuthRequest; a public integration says that the test host refuses it",
  }),
  lodgingIndustryDataType: z.enum(["required", "not-required"]).default("required").meta({
    meaning: "must an increment of a lodging authorization repeat industryDataType",
    source:
      'CyberSource, "Incremental Authorization" (lodging) requires it; revision 25.06.01 of the guide dropped it from the required fields',
  }),
  preAuthorization: z.enum(["not-final", "indicator-0"]).default("not-final").meta({
    meaning: 'which authorizations can grow: all but authIndicator "1", or only those with authIndicator "0"',
    source:
      'the page says "must be a pre-authorization"; the official sample sends no authIndicator and grows all the same',
  }),
  incrementLimitCounts: z.enum(["applied", "attempts"]).default("applied").meta({
    meaning: "do declined increments count towards the 100",
    source: 'CyberSource, "Incremental Authorization": "maximum of 100", no more said',
  }),
  declinedIncrement: z.enum(["leaves-hold", "releases-hold"]).default("leaves-hold").meta({
    meaning: "what a declined increment does to what was held before",
    source:
      "not stated by CyberSource; at another acquirer a failed extension is known to take the first authorization with it",
  }),
  duplicateCheck: z.enum(["same-operation", "any-operation", "off"]).default("same-operation").meta({
    meaning: "which earlier requests with the same code, within 15 minutes, make DUPLICATE_REQUEST",
    source: "CyberSource response codes, DUPLICATE_REQUEST (104); the Node SDK mentions no idempotency for payments",
  }),
  reversalAmount: z.enum(["cumulative", "base"]).default("cumulative").meta({
    meaning: "the amount that a full reversal must state after increments",
    source:
      "REST SDK, AuthReversalRequest: the authorized amount that was returned; which one after increments is not said",
  }),
  partialReversal: z.enum(["automatic", "ignored-by-issuer", "not-sent"]).default("automatic").meta({
    meaning: "what becomes of the rest when less is captured than authorized",
    source:
      'CyberSource, "Automatic Partial Authorization Reversals" (Visa Platform Connect; issuers may ignore it) and the flexible scenario; other processors send none',
  }),
  captureUnderReview: z.enum(["refused", "allowed"]).default("refused").meta({
    meaning: "may AUTHORIZED_PENDING_REVIEW be captured before it is accepted",
    source:
      "CyberSource response codes say it can be captured after AVS doubts; Decision Manager's review holds it back",
  }),
  searchLag: z.enum(["20s", "0s", "15min"]).default("20s").meta({
    meaning: "how long Transaction Search and Transaction Details do not yet know a request",
    source: "the official Node sample waits 20 s before it reads; no bound is stated",
  }),
  readTotals: z.enum(["running", "own"]).default("running").meta({
    meaning:
      "totalAmount in Transaction Details of the original after increments: the running total, or what its own id was authorized for",
    source:
      "REST SDK, TssV2TransactionsGet200Response names the fields only; authorizedAmount is always the id's own here",
  }),
  timeoutReversalOfIncrement: z
    .enum(["releases-increment", "releases-hold", "refused"])
    .default("releases-increment")
    .meta({
      meaning: "what POST /pts/v2/reversals does with an increment's transactionId",
      source: "REST SDK types transactionId in IncrementAuthRequest; its scope is not documented",
    }),
  issuerKeeps: z.enum(["network-rules", "7d", "30d", "forever"]).default("network-rules").meta({
    meaning:
      "how long the issuer keeps the money of an authorization. network-rules: Visa 10 days, Mastercard 30 (final ones 7), American Express and Discover 7; 30 for each of them where the authorization names an industry (lodging …); others 7",
    source:
      'CyberSource, "Pre-Authorizations" (Mastercard: 30 days, final 7); Visa Core Rules of April 2026, 5.7.3.5 (card absent 10 days, estimated lodging, cruise and vehicle rental 30); Stripe, extended holds (American Express and Discover: 30 days in lodging and vehicle rental); CyberSource gives no date in any answer',
  }),
  incrementProlongs: z.enum(["network-rules", "never", "always"]).default("network-rules").meta({
    meaning: "does an approved increment start that time anew. network-rules: on Mastercard, not on Visa",
    source: "not stated by CyberSource; other processors' pages say so of Mastercard and deny it of Visa",
  }),
  lateCapture: z.enum(["accepted", "refused"]).default("accepted").meta({
    meaning:
      "a capture after the issuer let go: accepted (201 PENDING, the issuer is asked later and may charge it back), or refused with MISSING_AUTH",
    source:
      "CyberSource never learns of an expiry and its read goes on saying AUTHORIZED; MISSING_AUTH is its response code 242 for a capture without a usable authorization",
  }),
  transientToken: z.enum(["single-use", "reusable"]).default("single-use").meta({
    meaning: "may a transient token pay twice within its 15 minutes",
    source:
      "CyberSource, Flex Microform guide names the 15 minutes; whether one payment uses it up is not said plainly",
  }),
  reusedJti: z.enum(["accepted", "refused"]).default("accepted").meta({
    meaning: "a JWT whose jti was seen before",
    source: "REST SDK, JWTSigToken.js makes a fresh one each time; a check is not documented",
  }),
});

export type ReadingValues = z.output<typeof readingsSchema>;
export type CybersourceReadings = Readings<ReadingValues>;

/** @param initial those that are not at their default. Throws a ZodError for a name or value that is not there */
export function createCybersourceReadings(initial: Readonly<Record<string, unknown>> = {}): CybersourceReadings {
  return createReadings(readingsSchema, initial);
}
