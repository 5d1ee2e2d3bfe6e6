import { createHash, createHmac } from "node:crypto";
import { SignJWT } from "jose";
import type { WireRequest } from "../wire-client.ts";
import type { CyberSourceSettings } from "./settings.ts";

/** Who signs, with what, when. Time and randomness come from outside. */
export interface Signing {
  readonly settings: Pick<CyberSourceSettings, "auth" | "merchantId" | "portfolioId" | "keyId" | "secret">;
  readonly now: () => number;
  readonly randomUUID: () => string;
}

type Unsigned = Omit<WireRequest, "headers">;

/** The request with its headers. The digest is of the very string that is sent, never of a parsed copy. */
export async function signed(signing: Signing, request: Unsigned): Promise<WireRequest> {
  const headers = signing.settings.auth === "jwt" ? await bearer(signing, request) : signatureHeaders(signing, request);
  const json = request.body === null ? {} : { "content-type": "application/json;charset=utf-8" };
  return {
    ...request,
    headers: { ...json, accept: "application/hal+json;charset=utf-8", "user-agent": "plimsoll", ...headers },
  };
}

/** REST SDK 0.0.83, authentication/jwt/JWTSigToken.js: JWT version 2, valid for two minutes, claims in this order. */
async function bearer({ settings, now, randomUUID }: Signing, { origin, method, path, body }: Unsigned) {
  const { merchantId, portfolioId, keyId, secret } = settings;
  const iat = Math.floor(now() / 1000);
  const digest = body === null ? {} : { digest: sha256(body), "digest-algorithm": "SHA-256" };
  const claims = {
    ...digest,
    iat,
    exp: iat + 120,
    "request-host": new URL(origin).host,
    "request-resource-path": path,
    "request-method": method.toLowerCase(),
    iss: portfolioId ?? merchantId,
    jti: randomUUID(),
    "v-c-jwt-version": "2",
    "v-c-merchant-id": merchantId,
  };
  const token = await new SignJWT(claims)
    .setProtectedHeader({ typ: "JWT", alg: "HS256", kid: keyId })
    .sign(Buffer.from(secret, "base64"));
  return { authorization: `Bearer ${token}` };
}

/**
 * REST SDK 0.0.83, authentication/http/HTTPSigToken.js and SignatureParameterGenerator.js. With a MetaKey the signed
 * line names the portfolio while the header names who transacts. A PATCH carries its digest like a POST.
 */
function signatureHeaders({ settings, now }: Signing, { origin, method, path, body }: Unsigned) {
  const { merchantId, portfolioId, keyId, secret } = settings;
  const { host } = new URL(origin);
  const date = new Date(now()).toUTCString();
  const digest = body === null ? null : `SHA-256=${sha256(body)}`;
  const lines: [name: string, value: string][] = [
    ["host", host],
    ["date", date],
    ["request-target", `${method.toLowerCase()} ${path}`],
    ...(digest === null ? [] : [["digest", digest] satisfies [string, string]]),
    ["v-c-merchant-id", portfolioId ?? merchantId],
  ];
  const signature = createHmac("sha256", Buffer.from(secret, "base64"))
    .update(lines.map(([name, value]) => `${name}: ${value}`).join("\n"))
    .digest("base64");
  const names = lines.map(([name]) => name).join(" ");
  return {
    "v-c-merchant-id": merchantId,
    date,
    host,
    ...(digest === null ? {} : { digest }),
    signature: `keyid="${keyId}", algorithm="HmacSHA256", headers="${names}", signature="${signature}"`,
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("base64");
}
