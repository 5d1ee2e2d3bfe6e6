import { z } from "zod";
import { hostRefusal } from "../hosts.ts";
import { attemptTimes, HOUR, lookUpLag, MINUTE, SECOND, span } from "../times.ts";

/** API references of Computop Paygate and of Axepta Online, "Servers". Other houses of the same Paygate give their host. */
const HOSTS = {
  computop: { test: "https://test.computop-paygate.com", live: "https://www.computop-paygate.com" },
  axepta: { test: "https://test.paymentpage.axepta.bnpparibas", live: "https://paymentpage.axepta.bnpparibas" },
} as const;
const KNOWN = {
  test: Object.values(HOSTS).map(({ test }) => test),
  live: Object.values(HOSTS).map(({ live }) => live),
};

/** Words of `status`. The full list of the REST API's version 2 is not published. */
const words = (...usual: string[]) =>
  z
    .array(z.string().regex(/^[A-Z][A-Z_]{1,49}$/))
    .max(10)
    .default(usual);

/** One account at a Paygate as the configuration file has it. What the documents leave open is a setting, never a guess. */
export const computopSettings = z
  .strictObject({
    mode: z.enum(["test", "live"]),
    /** Whose Paygate it is: Computop's own, or the same one under a bank's name. */
    house: z.enum(["computop", "axepta"]).default("computop"),
    /** The gateway's base URL where it is neither. https, or http to this machine in test mode: the sandbox. */
    host: z.url().optional(),
    basePath: z
      .string()
      .regex(/^(?:\/[\w-][\w.-]*){0,5}$/)
      .default("/api/v2"),
    merchantId: z.string().regex(/^[\w.-]{1,30}$/),
    apiKey: z.string().regex(/^[\x21-\x7E]{8,256}$/),
    /** API reference, "Authentication": both are served everywhere; OAuth sends the key less often. */
    auth: z.enum(["basic", "oauth"]).default("oauth"),
    /**
     * "Incremental authorization": pre-authorization is a matter of the merchant's profile, and no request asks for
     * it. `yes` only where the house has confirmed it: otherwise the first increment will show.
     */
    preAuthorization: z.enum(["yes", "unproven"]).default("unproven"),
    /** "Incremental authorisation" lists the acquirers that take increments; any other counts as one that doesn't. */
    acquirer: z.enum(["elavon_europe", "nexi", "fiserv_au", "fiserv_eu", "worldpay_cc", "vr_payment", "other"]),
    /** Brands that this account may increment, where they are fewer than the acquirer's. */
    brands: z
      .array(z.enum(["visa", "mastercard", "amex"]))
      .min(1)
      .optional(),
    /** Where the payer is sent: a page with every method of the account, or the form for cards alone. */
    page: z.enum(["session", "card_form"]).default("session"),
    /** How long the payer may take on that page, in ms. It is sent as `expirationTime`. */
    pageLife: span(MINUTE, 24 * HOUR, 30 * MINUTE),
    /**
     * Where a direct payment carries a pseudo card number, as a path from `paymentMethods`: `card.number`,
     * `card.pseudoCardNumber`, … The documents disagree, so without this there are no direct payments.
     */
    tokenField: z
      .string()
      .regex(/^[a-z][A-Za-z]{0,30}(?:\.[a-z][A-Za-z]{0,30}){0,3}$/)
      .optional(),
    /** Characters of `refNr`; 0 leaves it out. Axepta, "Payment identification": 12; by acquirer up to 30. */
    refNrLength: span(0, 30, 12),
    /** How long an Idempotency-Key is known, in ms; 0: not at all. Only that it is known is documented, not how long. */
    keyWindow: span(0, 24 * HOUR, 5 * MINUTE),
    /** What a second request with the same key gets: not documented either. */
    replay: z.enum(["same_answer", "conflict"]).default("same_answer"),
    /**
     * What `amount.value` of a payment's details says: what still stands of all that was authorized, all of it without
     * a reversal taken off, or for ever the first amount (then nothing can be told from it). It is described as "total
     * order amount", and the reference says of increments that "the total authorized amount reflects both".
     */
    amountValue: z.enum(["standing", "authorized", "first"]).default("standing"),
    /**
     * Whether `getByTransId` knows the transIds of increments, captures and reversals, or only a payment's: "ID of
     * transaction", no more is said. Where it doesn't know them, saying `by_trans_id` takes what was applied for absent.
     */
    lookUpOfSteps: z.enum(["by_trans_id", "by_totals"]).default("by_totals"),
    /** How far details may lag behind, in ms. Not documented. */
    lookUpLag: lookUpLag(5 * SECOND),
    ...attemptTimes,
    /**
     * "Incremental authorisation": the 30 days run from the last approved authorization. Visa's own rule is that an
     * increment prolongs nothing, so it is not counted on unless the acquirer has confirmed it.
     */
    incrementsProlong: z.boolean().default(false),
    /** Computop support, "Setup Extended Transaction Management": with it, a payment takes several captures. */
    severalCaptures: z.boolean().default(false),
    /** The same page: without it the rest expires after a lower capture. A guide has it freed at once. */
    restAfterCapture: z.enum(["lapses", "automatic"]).default("lapses"),
    statuses: z
      .strictObject({
        authorized: words("AUTHORIZED"),
        /** A capture that is accepted waits for the day's batch. */
        captured: words("CAPTURED", "CAPTURE_REQUEST"),
        reversed: words("REVERSED"),
        expired: words("EXPIRED"),
        /** Of any step that succeeded. */
        done: words("OK"),
        failed: words("FAILED"),
      })
      .prefault({}),
  })
  .superRefine(({ acquirer, brands, host, mode }, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (brands?.includes("amex") && acquirer !== "worldpay_cc")
      refuse("brands", "American Express takes increments through worldpay_cc only");
    const wrong = host === undefined ? undefined : hostRefusal(host, mode, KNOWN);
    if (wrong) refuse("host", wrong);
  })
  .transform(({ host, ...rest }) => ({ ...rest, host: new URL(host ?? HOSTS[rest.house][rest.mode]).origin }));

export type ComputopSettings = z.output<typeof computopSettings>;
