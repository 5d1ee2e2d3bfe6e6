import { createHmac, timingSafeEqual } from "node:crypto";
import { delta } from "@plimsoll/shared";
import { z } from "zod";
import type { Outcome } from "../../../hold/index.ts";
import type { Notices } from "../../port.ts";
import { readJson } from "../small-door.ts";

/** `success` is a text: read as a boolean, "false" would be a yes. */
const noticeSchema = z.object({
  event: z.enum(["AUTHORISATION", "CHANGE", "CAPTURE", "CANCEL", "EXPIRE"]),
  id: z.string().min(1),
  payment: z.string().min(1),
  reference: z.string(),
  success: z.enum(["true", "false"]),
  value: z.int().nonnegative(),
  currency: z.string(),
  reason: z.string().nullable(),
});

type Told = z.output<typeof noticeSchema>;

/** Proved by HMAC-SHA256 over the very bytes that came. */
export function readNotices(body: Uint8Array, headers: Headers, key: string): Notices {
  if (!isProved(body, headers.get("notice-signature") ?? "", key)) return "forged";
  const told = readJson(noticeSchema, Buffer.from(body).toString("utf8"));
  if (!told) return "unreadable";
  if (told.event === "EXPIRE") return [{ about: { payment: told.payment }, says: { is: "expired" } }];
  return [{ about: { reference: told.reference }, says: outcomeOf(told) }];
}

function isProved(body: Uint8Array, signature: string, key: string): boolean {
  const expected = createHmac("sha256", key).update(body).digest();
  const given = Buffer.from(signature, "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function outcomeOf({ event, id, payment, success, value, reason }: Told): Outcome {
  const references = event === "AUTHORISATION" ? { hold: { payment } } : { entry: { id } };
  if (success === "false")
    return { is: "declined", code: reason ?? "refused", networkCode: null, advice: null, references };
  return { is: "approved", grade: "own_amount", applied: delta(value), total: null, references };
}
