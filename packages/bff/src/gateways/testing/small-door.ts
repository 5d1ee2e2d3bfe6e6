import { z } from "zod";
import type { Outcome } from "../../hold/index.ts";
import { PAYMENT_TOKEN, type Attempt } from "../port.ts";
import type { Send, WireRequest, WireResult } from "../wire-client.ts";

/** An account at one of the small gateways that exist only here. */
export const smallSettings = z.strictObject({
  mode: z.literal("test"),
  host: z.url(),
  secret: z.string().min(16),
  /** How far the look-up may lag, in milliseconds. */
  lookUpLag: z.int().min(0).default(0),
});

export type SmallSettings = z.output<typeof smallSettings>;

export type SmallDoor = (
  request: Pick<WireRequest, "method" | "path" | "body"> & { readonly key?: string },
  signal: AbortSignal,
) => Promise<WireResult>;

export function createSmallDoor({ host, secret }: SmallSettings, send: Send): SmallDoor {
  return ({ method, path, body, key }, signal) => {
    const headers = {
      authorization: `Bearer ${secret}`,
      ...(body === null ? {} : { "content-type": "application/json" }),
      ...(key === undefined ? {} : { "idempotency-key": key }),
    };
    return send({ origin: host, method, path, headers, body }, signal);
  };
}

/** Sends what was written, with the payer's token where it stands. */
export async function sendWritten(
  door: SmallDoor,
  { order, written, token, signal }: Attempt,
  outcomeOf: (answer: { readonly status: number; readonly body: string }) => Outcome,
): Promise<Outcome> {
  const wantsToken = written.body.includes(PAYMENT_TOKEN);
  if (wantsToken && (token === null || !/^\w+$/.test(token)))
    return { is: "rejected", cause: "not_sent: no_payment_token", again: "never" };
  const body = wantsToken && token !== null ? written.body.replace(PAYMENT_TOKEN, () => token) : written.body;
  const result = await door({ method: "POST", path: written.path, body, key: order.key }, signal);
  if (result.is === "answered") return outcomeOf(result);
  return result.is === "not_sent"
    ? { is: "rejected", cause: `not_sent: ${result.cause}`, again: "later" }
    : unknown(result.cause);
}

const refusalSchema = z.object({ error: z.object({ code: z.string() }) });

/** What an answer says that is no success; only in the gateway's own words it is certain. */
export function refusedBy({ status, body }: { readonly status: number; readonly body: string }): Outcome {
  const said = readJson(refusalSchema, body);
  if (!said || status >= 500) return unknown(`http_${status}`);
  if (status === 402) return { is: "declined", code: said.error.code, networkCode: "51", advice: null };
  return { is: "rejected", cause: said.error.code, again: status === 401 || status === 429 ? "later" : "never" };
}

export function readJson<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function unknown(cause: string): { readonly is: "unknown"; readonly cause: string } {
  return { is: "unknown", cause };
}
