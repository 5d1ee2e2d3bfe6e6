import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { Answer } from "../../control/journal.ts";
import type { OpenRoute } from "../../control/wire.ts";
import type { Random } from "../../random.ts";
import { hexLetters } from "../../random.ts";
import type { Merchant, Merchants, Scope } from "../merchants.ts";
import { scopes } from "../merchants.ts";
import type { MonerisReadings } from "../readings.ts";

/** How long an access token lives. Moneris names no time; an hour is what its kind of server usually gives. */
const LIFE_S = 3600;

export interface AccessTokens {
  /** POST /oauth2/token. */
  readonly grant: OpenRoute["handle"];
  /** Undefined for a token that was never given out, has expired or was ended. */
  find(token: string): Granted | undefined;
  /** Every token given out so far is worth nothing from now on. */
  end(): void;
}

export interface Granted {
  readonly merchant: Merchant;
  readonly scopes: readonly Scope[];
}

export interface AccessTokenParts {
  readonly merchants: Merchants;
  /** The callers' time: moving the gateway's must not make their tokens old. */
  readonly clock: Clock;
  readonly random: Random;
  readonly readings: MonerisReadings;
}

const formSchema = z.object({
  grant_type: z.string().optional(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  scope: z.string().optional(),
});

/** Client credentials (OpenAPI 2.6.1, securitySchemes.OAuth2); errors after RFC 6749, 5.2, which is all that is documented. */
export function createAccessTokens({ merchants, clock, random, readings }: AccessTokenParts): AccessTokens {
  const granted = new Map<string, Granted & { readonly expires: number }>();
  return {
    grant: ({ body }) => {
      const form = formSchema.safeParse(body).data;
      if (form?.grant_type === undefined) return oauthError(400, "invalid_request");
      if (form.grant_type !== "client_credentials") return oauthError(400, "unsupported_grant_type");
      const merchant = merchants.ofClient(form.client_id ?? "", form.client_secret ?? "");
      if (merchant === undefined) return oauthError(401, "invalid_client");
      const wanted = scopesOf(form.scope, merchant);
      if (wanted === undefined) return oauthError(400, "invalid_scope");
      const token = hexLetters(random, 64);
      granted.set(token, { merchant, scopes: wanted, expires: clock.now() + LIFE_S * 1000 });
      return {
        status: 200,
        headers: { "cache-control": "no-store" },
        body: {
          access_token: token,
          token_type: "Bearer",
          expires_in: readings.get("expiresIn") === "string" ? String(LIFE_S) : LIFE_S,
          scope: wanted.join(" "),
        },
      };
    },
    find: (token) => {
      const found = granted.get(token);
      return found !== undefined && found.expires > clock.now() ? found : undefined;
    },
    end: () => granted.clear(),
  };
}

/** All that the application may have where none is named; undefined where it may not have one of them. */
function scopesOf(asked: string | undefined, merchant: Merchant): readonly Scope[] | undefined {
  if (asked === undefined || asked.trim() === "") return merchant.scopes;
  const names = z.array(z.enum(scopes)).safeParse(asked.trim().split(/\s+/u)).data;
  return names?.every((name) => merchant.scopes.includes(name)) === true ? names : undefined;
}

function oauthError(status: 400 | 401, error: string): Answer {
  return { status, headers: { "cache-control": "no-store" }, body: { error } };
}
