import { z } from "zod";
import type { Json } from "../control/fault.ts";
import type { PaygateReadings } from "./readings.ts";
import type { Wrong } from "./response-codes.ts";
import { refuseParameter } from "./response-codes.ts";

const amount = z.object({ value: z.int().positive(), currency: z.string().regex(/^[A-Z]{3}$/u) });
const transId = z.string().min(1).max(64);
const refNr = z.string().min(1).max(30).optional();
const address = z.httpUrl().or(z.url({ protocol: /^https?$/u, hostname: /^(?:localhost|127\.0\.0\.1|\[::1\])$/u }));

const captureMethod = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("AUTOMATIC") }),
    z.object({ type: z.literal("MANUAL") }),
    z.object({ type: z.literal("DELAYED"), delayed: z.object({ delayedHours: z.int().min(1).max(696) }) }),
  ])
  // "AUTOMATIC" where nothing is said: Computop Paygate API 2.0.0, captureMethod.
  .default({ type: "AUTOMATIC" });

const described = z.object({ description: z.string().optional() });

const opening = {
  transId,
  refNr,
  amount,
  captureMethod,
  order: z
    .object({
      description: z.union([z.string(), z.array(z.string())]).optional(),
      items: z.array(described).optional(),
    })
    .optional(),
  simulationMode: z.string().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
};

const urls = z.object({ return: address, cancel: address, webhook: address });

/** Computop Paygate API 2.0.0, "Create checkout session": what the sandbox looks at. */
export const sessionSchema = z.object({
  ...opening,
  urls,
  /** RFC 3339. */
  expirationTime: z.iso.datetime({ offset: true }).optional(),
});

const cardNumber = z.object({ number: z.string().regex(/^\d{12,19}$/u) });

/** Computop Paygate API 2.0.0, "Create payment". In which of the three fields a pseudo card number stands is a reading. */
export const paymentSchema = z.object({
  ...opening,
  urls: urls.partial().optional(),
  expirationTime: z.iso.datetime({ offset: true }).optional(),
  paymentMethods: z.object({
    integrationType: z.enum(["DIRECT", "HOSTED"]),
    type: z.literal("CARD"),
    card: z
      .object({
        number: cardNumber.shape.number.optional(),
        pseudoCardNumber: cardNumber.shape.number.optional(),
        prefillInfo: cardNumber.optional(),
        eventToken: z.string().optional(),
      })
      .optional(),
  }),
});

/** "Incremental authorization": the amount is what is added. `duration`: further days of a stay or rental. */
export const incrementSchema = z.object({ transId, refNr, amount, duration: z.int().positive().optional() });
/** "Capture payment" and "Reverse payment". */
export const followUpSchema = z.object({ transId, refNr, amount });

export type Opening = z.output<typeof sessionSchema> | z.output<typeof paymentSchema>;
export type SessionRequest = z.output<typeof sessionSchema>;
export type PaymentRequest = z.output<typeof paymentSchema>;
export type FollowUp = z.output<typeof followUpSchema>;
export type Urls = { readonly [Name in keyof z.output<typeof urls>]?: string | undefined };

/** @throws PaygateRefusal that names the first parameter that is wrong, in Paygate's own form */
export function parseWire<S extends z.ZodType<{ readonly refNr?: string | undefined }>>(
  schema: S,
  body: Json,
  readings: PaygateReadings,
): z.output<S> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw refuseParameter(...wrongOf(parsed.error, body));
  const given = parsed.data.refNr;
  if (given !== undefined && readings.get("refNrFormat") === "an12") checkShortReference(given);
  return parsed.data;
}

function checkShortReference(given: string): void {
  if (given.length > 12) throw refuseParameter("tooLong", "refNr");
  if (!/^[A-Za-z0-9]+$/u.test(given)) throw refuseParameter("format", "refNr");
}

function wrongOf(error: z.ZodError, body: Json): [Wrong, string] {
  const [issue] = error.issues;
  if (issue === undefined || issue.path.length === 0) return ["missing", "transId"];
  const parameter = issue.path.join(".");
  if (isAbsent(body, issue.path)) return ["missing", parameter];
  if (issue.code === "too_big" && issue.origin === "string") return ["tooLong", parameter];
  if (issue.code === "invalid_type" || issue.code === "invalid_format") return ["format", parameter];
  return [issue.code === "invalid_value" || issue.code === "invalid_union" ? "unknown" : "invalid", parameter];
}

function isAbsent(body: Json, path: readonly PropertyKey[]): boolean {
  let here: Json | undefined = body;
  for (const key of path) {
    if (here === undefined || here === null || typeof here !== "object") return true;
    here = Object.entries(here).find(([name]) => name === String(key))?.[1];
  }
  return here === undefined;
}
