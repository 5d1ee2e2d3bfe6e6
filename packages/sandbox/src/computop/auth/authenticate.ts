import type { Answer } from "../../control/journal.ts";
import type { Authenticated, WireRequest } from "../../control/wire.ts";
import type { Merchant, Merchants } from "../merchants.ts";
import { errorAnswer, wrongParameter } from "../response-codes.ts";
import type { AccessTokens } from "./oauth.ts";
import { byBasic } from "./oauth.ts";

/** The answer to wrong credentials. Which code stands in it is not documented. */
const unauthorized: Answer = errorAnswer(401, wrongParameter("unknown", "Authorization"));

/** HTTP Basic with MerchantID and APIKey, or the token endpoint's bearer token. */
export function authenticate(
  { headers }: WireRequest,
  merchants: Merchants,
  tokens: AccessTokens,
): Authenticated<Merchant> {
  const { authorization } = headers;
  const token = typeof authorization === "string" ? /^Bearer (\S+)$/iu.exec(authorization)?.[1] : undefined;
  const caller = token === undefined ? byBasic(authorization, merchants) : tokens.find(token);
  return caller === undefined ? { refused: unauthorized } : { caller, merchant: caller.merchantId };
}
