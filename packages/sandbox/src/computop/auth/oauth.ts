import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { Answer } from "../../control/journal.ts";
import type { WireRequest } from "../../control/wire.ts";
import type { Random } from "../../random.ts";
import { hexLetters } from "../../random.ts";
import type { Merchant, Merchants } from "../merchants.ts";

/** Bearer tokens of the token endpoint. */
export interface AccessTokens {
  /** `POST /authorization/oauth/token` (Computop Paygate API 2.0.0, "Request OAuth Token"). */
  request(request: Pick<WireRequest, "body" | "headers">): Answer;
  /** Undefined for a token that is unknown or out of time. */
  find(token: string): Merchant | undefined;
  clear(): void;
}

/** `expires_in` of the documented answer. */
const LIVES_SECONDS = 3600;

const formSchema = z.object({
  grant_type: z.string().optional(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
});

export function createAccessTokens(clock: Clock, random: Random, merchants: Merchants): AccessTokens {
  const issued = new Map<string, { readonly merchantId: string; readonly until: number }>();
  return {
    request: ({ body, headers }) => {
      const form = formSchema.safeParse(body);
      if (!form.success || form.data.grant_type === undefined) return refused(400, "invalid_request", 2029);
      if (form.data.grant_type !== "client_credentials") return refused(401, "unsupported_grant_type", 2032);
      const { client_id: id = "", client_secret: secret = "" } = form.data;
      const merchant = id === "" ? byBasic(headers["authorization"], merchants) : byKey(id, secret, merchants);
      if (merchant === undefined) return refused(401, "invalid_client", 2055);
      const token = hexLetters(random, 48);
      issued.set(token, { merchantId: merchant.merchantId, until: clock.now() + LIVES_SECONDS * 1000 });
      return { status: 200, body: { access_token: token, token_type: "Bearer", expires_in: LIVES_SECONDS } };
    },
    find: (token) => {
      const found = issued.get(token);
      return found === undefined || clock.now() >= found.until ? undefined : merchants.find(found.merchantId);
    },
    clear: () => issued.clear(),
  };
}

const descriptions = {
  invalid_request: "The mandatory 'grant_type' parameter is missing.",
  unsupported_grant_type: "The specified 'grant_type' is not supported.",
  invalid_client: "The specified client credentials are invalid.",
} as const;

/** The documented example of `error_uri` leads to the pages of the server's own library. */
function refused(status: number, error: keyof typeof descriptions, page: number): Answer {
  const error_uri = `https://documentation.openiddict.com/errors/ID${page}`;
  return { status, body: { error, error_description: descriptions[error], error_uri } };
}

/** `Basic base64(MerchantID:APIKey)`. */
export function byBasic(header: string | string[] | undefined, merchants: Merchants): Merchant | undefined {
  const encoded = typeof header === "string" ? /^Basic ([A-Za-z0-9+/]+={0,2})$/u.exec(header)?.[1] : undefined;
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? undefined : byKey(text.slice(0, colon), text.slice(colon + 1), merchants);
}

function byKey(merchantId: string, apiKey: string, merchants: Merchants): Merchant | undefined {
  const merchant = merchants.find(merchantId);
  return merchant !== undefined && same(merchant.apiKey, apiKey) ? merchant : undefined;
}

function same(wanted: string, given: string): boolean {
  const [a, b] = [Buffer.from(wanted), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
