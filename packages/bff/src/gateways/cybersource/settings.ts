import { z } from "zod";
import { hostRefusal } from "../hosts.ts";
import { attemptTimes, lookUpLag, SECOND } from "../times.ts";

const TEST = "https://apitest.cybersource.com";
const LIVE = "https://api.cybersource.com";
/** API reference, "Endpoints"; REST SDK 0.0.83, "Switching between the sandbox environment and the production environment". */
const HOSTS = { test: [TEST], live: [LIVE, "https://api.in.cybersource.com"] };

/** One CyberSource account as the configuration file has it. What the documents leave open is a setting, never a guess. */
export const cyberSourceSettings = z
  .strictObject({
    mode: z.enum(["test", "live"]),
    /** The gateway's base URL. https, or http to this machine in test mode: the sandbox. */
    host: z.url().optional(),
    merchantId: z.string().regex(/^[\w.-]{1,30}$/),
    /** With a MetaKey: the portfolio that signs, while merchantId is who transacts. */
    portfolioId: z
      .string()
      .regex(/^[\w.-]{1,30}$/)
      .optional(),
    keyId: z.string().regex(/^[\w-]{1,64}$/),
    /** The shared secret as CyberSource gives it out, in base64. */
    secret: z.base64().min(16),
    /** REST SDK 0.0.83: HTTP Signature is being deprecated, a JWT from the same key and secret takes its place. */
    auth: z.enum(["jwt", "http_signature"]).default("jwt"),
    /** Which of the three documented increments this account takes. */
    scenario: z.enum(["flexible", "lodging", "default"]),
    /**
     * For the default scenario only, and mandatory there: whether `totalAmount` of an increment is what is added or
     * the new sum. CyberSource, "Incremental Authorization", doesn't say, and its sample's answer only repeats the number.
     */
    totalAmountMeans: z.enum(["delta", "total"]).optional(),
    /** Card present or not: the lodging guide's comments differ by it. */
    cardPresent: z.boolean().default(false),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
    /** The merchant's IANA time zone. With it, increments carry the local date and time. */
    timeZone: z.string().refine(isTimeZone, { error: "not an IANA time zone" }).optional(),
    /** Argentina wants the local date and time unless the account at CyberSource has a time zone. */
    accountHasTimeZone: z.boolean().default(false),
    /** The SDK's sample writes the local date and time as a string, the flexible scenario's page as a JSON number. */
    localDateTimeAs: z.enum(["string", "number"]).default("string"),
    /** All three pages require it; a public adapter reports test hosts that answer 400 to it. Omitted, nothing can be found by it. */
    clientReferenceInPatch: z.enum(["send", "omit"]).default("send"),
    /** Ask issuers for less than the whole where they can't approve it all. */
    partialApproval: z.boolean().default(false),
    /** Visa Platform Connect frees the rest at a lower capture by itself; not every processor does. */
    automaticPartialReversal: z.boolean().default(true),
    /**
     * What a reversal names after increments: REST SDK 0.0.83, AuthReversalRequest, has "the authorized amount" that
     * was returned, and doesn't say which one. `base`: the first authorization's.
     */
    reversalAmount: z.enum(["cumulative", "base"]).default("cumulative"),
    /** CyberSource gives these to partners. */
    partner: z
      .strictObject({
        developerId: z.string().min(1).optional(),
        thirdPartyCertificationNumber: z.string().min(1).optional(),
        solutionId: z.string().min(1).optional(),
      })
      .optional(),
    /**
     * What a reversal by an increment's own reference lets go is not documented: it could be the whole hold. So a
     * payment that has one is read as let go, which contradicts a hold that stands: somebody has to look.
     */
    undoOfIncrements: z.boolean().default(false),
    /** How far Transaction Search may lag, in ms. The SDK's sample waits 20 s; no bound is documented. */
    lookUpLag: lookUpLag(20 * SECOND),
    ...attemptTimes,
    /** Decimals that this account's processor takes in a currency, where they differ from ISO 4217. */
    wireExponents: z.record(z.string().regex(/^[A-Z]{3}$/), z.int().min(0).max(4)).default({}),
  })
  .superRefine((settings, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    const { scenario, totalAmountMeans, country, timeZone, accountHasTimeZone, host, mode } = settings;
    if (scenario === "default" && !totalAmountMeans)
      refuse("totalAmountMeans", "say whether totalAmount is a delta or a total: the documents don't");
    if (scenario !== "default" && totalAmountMeans)
      refuse("totalAmountMeans", `the ${scenario} scenario is documented: its amount is a delta`);
    if (country === "AR" && !timeZone && !accountHasTimeZone)
      refuse(
        "timeZone",
        "Argentina needs the local date and time: name the time zone, or say that the account has one",
      );
    const wrong = host === undefined ? undefined : hostRefusal(host, mode, HOSTS);
    if (wrong) refuse("host", wrong);
  })
  .transform(({ host, ...rest }) => ({ ...rest, host: new URL(host ?? (rest.mode === "live" ? LIVE : TEST)).origin }));

export type CyberSourceSettings = z.output<typeof cyberSourceSettings>;

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}
