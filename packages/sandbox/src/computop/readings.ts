import { z } from "zod";
import { createReadings } from "../control/readings.ts";
import type { Readings } from "../control/readings.ts";

/**
 * What Computop's documents leave open, each with every reading that they allow; the first value is the default.
 * Code that meets the real gateway must survive them all, or make the choice a setting that somebody has to fill in.
 */
const readingsSchema = z.strictObject({
  declineHttp: z.enum(["200", "400"]).default("200").meta({
    meaning: "the HTTP status of an answer that says FAILED: the issuer declined",
    source: "Computop Paygate API 2.0.0 documents an envelope with responseCode for 200, and the code's form, no more",
  }),
  statusWords: z.enum(["plain", "requests", "ok"]).default("plain").meta({
    meaning:
      "the words of status. plain: AUTHORIZED, CAPTURED, REVERSED; requests: AUTHORIZE_REQUEST, CAPTURE_REQUEST, REVERSE_REQUEST; ok: OK in answers to a POST, plain words in a look-up",
    source:
      'the API reference types status as a string and shows AUTHORIZED alone; public integrations wait for "OK" and "CAPTURE_REQUEST"',
  }),
  idempotencyRetention: z.enum(["24h", "15min", "none"]).default("24h").meta({
    meaning: "how long an Idempotency-Key is remembered; none: the header is ignored",
    source: 'the API reference: the key keeps an operation from being "processed multiple times"; no time is stated',
  }),
  idempotencyMismatch: z.enum(["conflict", "first-answer"]).default("conflict").meta({
    meaning: "a known Idempotency-Key with another path or body: 409, or the first request's answer",
    source: "the API reference says nothing of a key that comes with another request",
  }),
  idempotencyInFlight: z.enum(["conflict", "waits"]).default("conflict").meta({
    meaning:
      "a known Idempotency-Key while the first request is still worked on (the 12 s of SLOW_APPROVAL): 409, or its answer when it is there",
    source: "the API reference says nothing of two requests at once",
  }),
  replayOfServerError: z.enum(["stored", "true-answer"]).default("stored").meta({
    meaning:
      "a known Idempotency-Key whose first answer was a 500: the same 500, or what became of it (worked on again where nothing was applied)",
    source: "the API reference does not say which answers are kept",
  }),
  transIdUnique: z.enum(["every-operation", "payments", "off"]).default("every-operation").meta({
    meaning: "which earlier transIds of the merchant make a second use a refusal",
    source: 'the API reference: transId "should be unique for each payment"; what follows if it is not is not said',
  }),
  refNrFormat: z.enum(["an12", "ans30"]).default("an12").meta({
    meaning: "what refNr may be: 12 letters and digits, or 30 characters",
    source: "Axepta BNP Paribas, page on payment identification, says an12; Computop's card pages say ans..30",
  }),
  tokenField: z
    .enum([
      "paymentMethods.card.number",
      "paymentMethods.card.pseudoCardNumber",
      "paymentMethods.card.prefillInfo.number",
    ])
    .default("paymentMethods.card.number")
    .meta({
      meaning: "where a pseudo card number stands in POST /payments",
      source:
        "Computop support shows it in card.number of an answer, the API's answers have pseudoCardNumber, a public client types only prefillInfo.number",
    }),
  eventToken: z.enum(["ignored", "pre-authorizes"]).default("ignored").meta({
    meaning:
      "does paymentMethods.card.eventToken PRE_AUTH make a pre-authorization where the merchant's profile does not",
    source:
      'Computop, "Incremental Authorization": the profile decides, no parameter is needed; the API has the parameter all the same',
  }),
  sessionAnswer: z.enum(["pay-id", "links-only"]).default("pay-id").meta({
    meaning: "does the answer to POST /payments/sessions name the payId, or only the page's address",
    source: "the API reference promises a URL; a public client types nothing but _links",
  }),
  linksKey: z.enum(["_links", "_Links"]).default("_links").meta({
    meaning: "the key under which redirect.href stands",
    source: "both are read by public integrations",
  }),
  openSession: z.enum(["pending", "unknown"]).default("pending").meta({
    meaning: "what a look-up says of a session that its payer has not ended: status PENDING, or 404",
    source: "not documented",
  }),
  sessionLife: z.enum(["30min", "24h"]).default("30min").meta({
    meaning: "how long a session lives whose request has no expirationTime",
    source: "the API reference has expirationTime and names no default",
  }),
  returnParameter: z.enum(["PayId", "payId", "PayID"]).default("PayId").meta({
    meaning: "the name by which urls.return and urls.cancel get the payId",
    source: "Axepta BNP Paribas shows PayId on one page and says payId on another; public integrations read PayID",
  }),
  lookUpByTransId: z.enum(["every-operation", "payment-only"]).default("every-operation").meta({
    meaning: "does getByTransId know the transIds of increments, captures and reversals, or only the payment's",
    source: 'the API reference, "Retrieve payment details by Transaction ID": "ID of transaction", no more said',
  }),
  lookUpLag: z.enum(["0s", "20s"]).default("0s").meta({
    meaning: "how long the look-ups do not yet know of an operation",
    source: "no bound is stated",
  }),
  readTotal: z.enum(["standing", "gross", "first"]).default("standing").meta({
    meaning:
      "amount.value in a look-up: what is authorized less what was reversed, all that was ever authorized, or the first authorization alone",
    source:
      'the API reference calls it "total order amount" everywhere and says that "the total authorized amount reflects both"',
  }),
  readAfterExpiry: z.enum(["authorized", "expired"]).default("authorized").meta({
    meaning: "what a look-up says when the issuer has let go by itself: still AUTHORIZED, or EXPIRED",
    source: "not documented; other gateways never learn of it",
  }),
  reversalAmount: z.enum(["must-match", "ignored"]).default("must-match").meta({
    meaning:
      "an amount in POST reversals that is not the last open step's: refused, or that step is reversed all the same",
    source:
      'developer.computop.com, "Incremental authorisation": the amount being reversed is just that of the increment; an integration guide says that the last step is reversed whatever it is',
  }),
  declinedIncrement: z.enum(["leaves-hold", "releases-hold"]).default("leaves-hold").meta({
    meaning: "what a declined increment does to what was held before",
    source: "not stated by Computop; at another acquirer a failed extension is known to take the first with it",
  }),
  captures: z.enum(["one", "many"]).default("one").meta({
    meaning: "how many captures a payment takes, as long as they stay below what is authorized",
    source:
      "an integration guide: one without Extended Transaction Management, several with it; the REST pages do not say",
  }),
  restAfterCapture: z.enum(["lapses", "released"]).default("lapses").meta({
    meaning: "the rest after a lower capture: held until the authorization expires, or given back at once",
    source:
      'Computop support, "Setup Extended Transaction Management": the remaining amount expires; an integration guide: it is released',
  }),
  expiryRunsFrom: z.enum(["last-approved", "first"]).default("last-approved").meta({
    meaning: "from which authorization the 30 days run",
    source:
      'developer.computop.com, "Incremental authorisation": from the last approved one; Visa says that an increment prolongs nothing',
  }),
  lateCapture: z.enum(["refused", "accepted"]).default("refused").meta({
    meaning: "a capture after the authorization has expired",
    source: "not documented",
  }),
  webhookForm: z.enum(["enhanced", "basic", "form"]).default("enhanced").meta({
    meaning:
      "what comes to urls.webhook. enhanced: payId, transId, refNr, status, responseCode, responseDescription, amount, paymentMethods, creationDate; basic: payId alone; form: the older PayID, TransID, MID, Status, Code. None is signed",
    source:
      'Axepta BNP Paribas API 2.0.0, "Basic Webhook" and "Enhanced Webhook" (whose signature header no page names); older plugins read the form',
  }),
  notifies: z.enum(["hosted", "every-operation"]).default("hosted").meta({
    meaning: "what is told to urls.webhook: the end of a hosted payment, or every operation of the payment",
    source: 'Axepta BNP Paribas: sent "at the end of each asynchronous payment processing"',
  }),
});

export type ReadingValues = z.output<typeof readingsSchema>;
export type PaygateReadings = Readings<ReadingValues>;

export function createPaygateReadings(initial: Readonly<Record<string, unknown>> = {}): PaygateReadings {
  return createReadings(readingsSchema, initial);
}
