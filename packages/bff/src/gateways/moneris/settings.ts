import { z } from "zod";
import { hostRefusal } from "../hosts.ts";
import { attemptTimes, HOUR, lookUpLag, MINUTE, SECOND, span } from "../times.ts";

const TEST = "https://api.sb.moneris.io";
const LIVE = "https://api.moneris.io";

/** The version whose published description (OpenAPI 2.6.1) this adapter is written against: there the flag is a boolean. */
const DESCRIBED = "2025-08-14";

/** One Moneris account as the configuration file has it. What the documents leave open is a setting, never a guess. */
export const monerisSettings = z
  .strictObject({
    mode: z.enum(["test", "live"]),
    /** The gateway's base URL. https, or http to this machine in test mode: the sandbox. */
    host: z.url().optional(),
    /** OpenAPI 2.6.1, X-Merchant-Id: 13 characters. */
    merchantId: z.string().regex(/^[A-Za-z0-9]{13}$/, "thirteen letters and digits"),
    clientId: z.string().regex(/^[\x21-\x7E]{1,200}$/, "printable, without blanks"),
    clientSecret: z.string().regex(/^[\x21-\x7E]{8,500}$/, "printable, without blanks, eight or more"),
    /** The header Api-Version: a date, perhaps with "-preview". */
    apiVersion: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}(?:-[a-z]+)?$/, "a date as 2025-08-14")
      .default(DESCRIBED),
    /**
     * How a payment says that it may grow: OpenAPI 2.6.1 has `incrementalAuthorization` as a boolean; the guide
     * "Incremental Authorization" as an object, its flag spelled one way in the text and another in the sample. Where
     * nothing is said here, it follows `apiVersion`: the boolean up to 2025-08-14, the text's spelling after it.
     */
    incrementFlag: z
      .enum(["boolean", "incrementalAuthorizationIndicator", "incrementAuthorizationIndicator"])
      .optional(),
    /** OpenAPI 2.6.1 has the means of payment in `paymentMethod` itself, the guide one level deeper. Follows `apiVersion` as above. */
    paymentMethodIn: z.enum(["paymentMethod", "paymentMethodData"]).optional(),
    /** OpenAPI 2.6.1, ecommerceIndicator, where the payer's authentication names none. */
    ecommerceIndicator: z
      .enum(["SSL_MERCHANT", "NON_AUTHENTICATED_ECOMMERCE", "MAIL_TELEPHONE_ORDER_SINGLE"])
      .default("SSL_MERCHANT"),
    /** What the payer's statement says beside the merchant's name. */
    dynamicDescriptor: z.string().min(1).max(20).optional(),
    /**
     * "Multiple Completions": Moneris Sales Support has to switch them on for a store. The guide "Incremental
     * Authorization" settles a raised hold by a single completion; where that was found not to bind, `always`.
     */
    partialCompletions: z.enum(["never", "before_increments", "always"]).default("never"),
    /**
     * What lets go of the rest after a partial completion. Whether a cancel would take the completions back with it is
     * not documented; "Pre-Authorization" (Moneris Gateway) has a completion of 0.00.
     */
    restAfterCompletions: z.enum(["zero_completion", "cancel"]).default("zero_completion"),
    /** "Pre-Authorization Completion" (Moneris Go): the unused portion is released. The Unified API doesn't say. */
    lowerCompletionReleases: z.boolean().default(true),
    /**
     * Where a completed payment lists no completions, what was completed. OpenAPI 2.6.1: in its sample that is `amount`,
     * whose description doesn't say so, and other readings have the first amount there.
     */
    completedAmount: z.enum(["amount", "not_told"]).default("not_told"),
    /** Days that a hold is counted on: 7 to 31 by brand and trade, so the least; the longer only where it is known. */
    holdDays: z.int().min(1).max(31).default(7),
    /** For how long an extension of a Mastercard's hold asks: "(e.g, 30 days)". */
    extensionDays: z.int().min(1).max(31).default(30),
    /** Whether every increment on a Mastercard starts as long a time anew, too. The guide names only the extension. */
    incrementsProlong: z.boolean().default(false),
    /** OpenAPI 2.6.1 lists all previous incremental authorizations. Where those of nothing are left out, extensions can't be looked up. */
    extensionsListed: z.boolean().default(true),
    /** How long a key is taken to be known, in ms. No retention is documented: nothing is asked again after half of this. */
    keyWindow: span(0, 24 * HOUR, 10 * MINUTE),
    /** How far a payment that is read may lag behind, in ms. No bound is documented. */
    lookUpLag: lookUpLag(20 * SECOND),
    ...attemptTimes,
  })
  .superRefine(({ host, mode }, context) => {
    const wrong = host === undefined ? undefined : hostRefusal(host, mode, { test: [TEST], live: [LIVE] });
    if (wrong) context.addIssue({ code: "custom", path: ["host"], message: wrong });
  })
  .transform(({ host, incrementFlag, paymentMethodIn, ...rest }) => {
    const described = rest.apiVersion <= DESCRIBED;
    return {
      ...rest,
      host: new URL(host ?? (rest.mode === "live" ? LIVE : TEST)).origin,
      incrementFlag: incrementFlag ?? (described ? "boolean" : "incrementalAuthorizationIndicator"),
      paymentMethodIn: paymentMethodIn ?? (described ? "paymentMethod" : "paymentMethodData"),
    } as const;
  });

export type MonerisSettings = z.output<typeof monerisSettings>;
