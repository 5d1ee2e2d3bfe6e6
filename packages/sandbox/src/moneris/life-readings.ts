import { z } from "zod";

/** What is open about a payment's life: declines, completions, cancels, expiry. */
export const lifeReadings = {
  declinedIncrement: z.enum(["leaves-hold", "takes-hold"]).default("leaves-hold").meta({
    meaning: "what a declined increment does to what was held before",
    source: "not stated by Moneris; at another acquirer a failed extension is known to take the first hold with it",
  }),
  incrementAfterPartial: z.enum(["refused", "allowed"]).default("refused").meta({
    meaning: "may a payment be incremented once a part of it is completed",
    source: 'the guide "Incremental Authorization" speaks of a single completion; the OpenAPI says nothing',
  }),
  zeroIncrementAnswer: z.enum(["listed", "unlisted"]).default("listed").meta({
    meaning: "does a $0 increment stand in incrementalAuthorizations",
    source: 'the guide "Incremental Authorization" allows it on Mastercard and shows no answer',
  }),
  completionAbove: z.enum(["refused", "within-variance"]).default("refused").meta({
    meaning: "a completion above the authorized amount: never, or up to 15 % above it",
    source: 'Moneris, "Concepts": within variances that each card brand allows, no figure given',
  }),
  zeroCompletion: z.enum(["releases", "refused"]).default("releases").meta({
    meaning: "a final completion of 0",
    source:
      'Moneris, "Pre-Authorization Completion" (the older API): 0.00 reverses the whole amount; OpenAPI 2.6.1 only sets 0 as least amount',
  }),
  lowerCompletion: z.enum(["released", "stays"]).default("released").meta({
    meaning:
      "what becomes of the rest when a final completion takes less: let go at once, or held until the issuer's end",
    source: 'Moneris Go, "Completion" releases the unused portion; the Unified API does not say',
  }),
  statusAfterPartial: z.enum(["PARTIALLY_COMPLETED", "SUCCEEDED"]).default("PARTIALLY_COMPLETED").meta({
    meaning: "paymentStatus after a completion with finalCompletion false",
    source: "OpenAPI 2.6.1, paymentStatus lists both; the completion's example shows SUCCEEDED only",
  }),
  cancelAfterCompletion: z.enum(["refused", "releases-rest", "voids-all"]).default("refused").meta({
    meaning: "a cancel after a completion: refused, lets go of what is not completed, or undoes the completions too",
    source: "OpenAPI 2.6.1, cancelPaymentRequest has a multipleCompletion and does not say what leaving it out means",
  }),
  issuerKeeps: z.enum(["7d", "31d"]).default("7d").meta({
    meaning: "how long the issuer keeps the money by itself",
    source: 'Moneris, "Concepts": 7 to 31 days, by brand and trade',
  }),
  incrementProlongs: z.enum(["zero-only", "mastercard", "always"]).default("zero-only").meta({
    meaning:
      "which increments start the issuer's time anew: only Mastercard's $0 one (30 days), every one on Mastercard, or every one",
    source: 'the guide "Incremental Authorization" names the $0 one; other providers differ about the rest',
  }),
  lateCompletion: z.enum(["declined", "accepted"]).default("declined").meta({
    meaning: "a completion after the issuer let go",
    source: "not stated by Moneris",
  }),
  readAfterRelease: z.enum(["unchanged", "capturable-zero", "canceled"]).default("unchanged").meta({
    meaning: "what a read says of a payment that the issuer let go of by itself",
    source: "OpenAPI 2.6.1, paymentStatus has no word for expired; who would tell Moneris is not said",
  }),
};
