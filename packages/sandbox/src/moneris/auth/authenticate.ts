import type { Authenticated, WireRequest } from "../../control/wire.ts";
import type { Arrivals } from "../arrivals.ts";
import type { Merchants, Scope } from "../merchants.ts";
import type { Caller } from "../operations/operation.ts";
import type { ParameterError } from "../problems.ts";
import { forbidden, invalid, unauthorized } from "../problems.ts";
import type { AccessTokens } from "./access-tokens.ts";

export interface AuthParts {
  readonly tokens: AccessTokens;
  readonly merchants: Merchants;
  readonly arrivals: Arrivals;
}

/** Who asks: bearer token, scope, `X-Merchant-Id` and `Api-Version`, in this order (OpenAPI 2.6.1, parameters of /payments). */
export function authenticate(request: WireRequest, { tokens, merchants, arrivals }: AuthParts): Authenticated<Caller> {
  const { method, headers } = request;
  const granted = tokens.find(bearer(headers["authorization"]) ?? "");
  if (granted === undefined) return { refused: unauthorized };
  if (!mayAsk(granted.scopes, method)) return { refused: forbidden };
  const errors = [
    ...headerErrors("X-Merchant-Id", headers["x-merchant-id"], /^.{13}$/u),
    ...headerErrors("Api-Version", headers["api-version"], /^\d{4}-\d{2}-\d{2}(?:-[a-z]+)?$/u),
  ];
  if (errors.length > 0) return { refused: invalid(errors).answer };
  const merchant = merchants.find(String(headers["x-merchant-id"]));
  if (merchant === undefined || merchant.merchantId !== granted.merchant.merchantId) return { refused: forbidden };
  return { caller: { merchant, arrival: arrivals.arrive(request) }, merchant: merchant.merchantId };
}

/** Which scope asks for what: OpenAPI 2.6.1, security of each operation. */
function mayAsk(granted: readonly Scope[], method: string): boolean {
  return granted.includes("payment.write") || (method === "GET" && granted.includes("payment.read"));
}

function bearer(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" ? /^Bearer +(?<token>\S+)$/iu.exec(header)?.groups?.["token"] : undefined;
}

function headerErrors(name: string, value: string | string[] | undefined, form: RegExp): ParameterError[] {
  if (typeof value !== "string" || value === "") {
    const errorMessage = `${name} is required.`;
    return [{ parameterName: name, parameterValue: null, reasonCode: "REQUIRED_FIELD", errorMessage }];
  }
  if (form.test(value)) return [];
  const errorMessage = `${name} does not have the documented form.`;
  return [{ parameterName: name, parameterValue: value, reasonCode: "INVALID_FORMAT", errorMessage }];
}
