import { createHash, createHmac } from "node:crypto";

/** A caller's credentials. `secret` is base64. */
export interface Credentials {
  readonly mid: string;
  readonly keyId: string;
  readonly secret: string;
}

export interface ToSign {
  readonly method: string;
  readonly host: string;
  readonly target: string;
  readonly body: string | undefined;
  readonly now: number;
}

export type Signer = (request: ToSign, credentials: Credentials) => Record<string, string>;

/** Written from the documents, apart from the verifier that it tests. */
export const httpSignature: Signer = ({ method, host, target, body, now }, { mid, keyId, secret }) => {
  const date = new Date(now).toUTCString();
  const digest = body === undefined ? undefined : `SHA-256=${sha256(body)}`;
  const lines = [`host: ${host}`, `date: ${date}`, `request-target: ${method.toLowerCase()} ${target}`];
  if (digest !== undefined) lines.push(`digest: ${digest}`);
  lines.push(`v-c-merchant-id: ${mid}`);
  const names = lines.map((line) => line.slice(0, line.indexOf(":"))).join(" ");
  const mac = hmac(secret, lines.join("\n"), "base64");
  return {
    "v-c-merchant-id": mid,
    date,
    ...(digest === undefined ? {} : { digest }),
    signature: `keyid="${keyId}", algorithm="HmacSHA256", headers="${names}", signature="${mac}"`,
  };
};

export interface JwtOptions {
  readonly jti?: string;
  readonly lifeSeconds?: number;
}

/** JWT version 2, claims in the order of the SDK's. */
export function jwtSigner({ jti, lifeSeconds = 120 }: JwtOptions = {}): Signer {
  return ({ method, host, target, body, now }, { mid, keyId, secret }) => {
    const iat = Math.floor(now / 1000);
    const claims = {
      ...(body === undefined ? {} : { digest: sha256(body), "digest-algorithm": "SHA-256" }),
      iat,
      exp: iat + lifeSeconds,
      "request-host": host,
      "request-resource-path": target,
      "request-method": method.toLowerCase(),
      iss: mid,
      jti: jti ?? crypto.randomUUID(),
      "v-c-jwt-version": "2",
      "v-c-merchant-id": mid,
    };
    const signed = `${part({ typ: "JWT", alg: "HS256", kid: keyId })}.${part(claims)}`;
    return { authorization: `Bearer ${signed}.${hmac(secret, signed, "base64url")}` };
  };
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

function hmac(secret: string, text: string, encoding: "base64" | "base64url"): string {
  return createHmac("sha256", Buffer.from(secret, "base64")).update(text).digest(encoding);
}
