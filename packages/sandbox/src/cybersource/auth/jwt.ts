import { createHash } from "node:crypto";
import { decodeProtectedHeader, jwtVerify } from "jose";
import { z } from "zod";
import type { Merchant } from "../merchants.ts";
import type { AuthParts, SignedRequest } from "./signed-request.ts";
import { header, needsDigest } from "./signed-request.ts";

/** "Validity at most 2 minutes" (CyberSource, "Getting Started with REST: JWT"; SDK JWTSigToken.js sets 120 s). */
const LONGEST_LIFE_S = 120;
/** Clocks differ a little; the pages name no figure. */
const LEEWAY_S = 30;

const claimsSchema = z.object({
  iss: z.string(),
  iat: z.int(),
  exp: z.int(),
  jti: z.string().min(1),
  digest: z.string().optional(),
  "digest-algorithm": z.literal("SHA-256").optional(),
  "request-host": z.string(),
  "request-resource-path": z.string(),
  "request-method": z.string(),
  "v-c-jwt-version": z.literal("2"),
  "v-c-merchant-id": z.string(),
});

type Claims = z.output<typeof claimsSchema>;

/**
 * JWT version 2 with the shared secret (HS256).
 * Source: CyberSource REST SDK, authentication/jwt/JWTSigToken.js.
 */
export async function signedByJwt(
  jwt: string,
  request: SignedRequest,
  parts: AuthParts,
): Promise<Merchant | undefined> {
  try {
    const merchant = parts.merchants.all().find(({ keyId }) => keyId === decodeProtectedHeader(jwt).kid);
    if (merchant === undefined) return undefined;
    const { payload } = await jwtVerify(jwt, Buffer.from(merchant.secret, "base64"), {
      algorithms: ["HS256"],
      currentDate: new Date(parts.clock.now()),
      clockTolerance: LEEWAY_S,
    });
    const claims = claimsSchema.parse(payload);
    const genuine = fits(claims, merchant, request) && livesShortly(claims, parts) && isFresh(claims, parts);
    return genuine ? merchant : undefined;
  } catch {
    return undefined;
  }
}

function fits(claims: Claims, { mid }: Merchant, request: SignedRequest): boolean {
  return (
    claims.iss === mid &&
    claims["v-c-merchant-id"] === mid &&
    claims["request-host"] === header(request, "host") &&
    claims["request-resource-path"] === request.target &&
    claims["request-method"] === request.method.toLowerCase() &&
    (!needsDigest(request.method) || digestFits(claims, request.body))
  );
}

function digestFits(claims: Claims, body: Buffer): boolean {
  return (
    claims["digest-algorithm"] !== undefined && claims.digest === createHash("sha256").update(body).digest("base64")
  );
}

function livesShortly({ iat, exp }: Claims, { clock }: AuthParts): boolean {
  return exp - iat <= LONGEST_LIFE_S && iat <= clock.now() / 1000 + LEEWAY_S;
}

function isFresh({ jti }: Claims, { seenJtis, readings }: AuthParts): boolean {
  if (seenJtis.has(jti) && readings.get("reusedJti") === "refused") return false;
  seenJtis.add(jti);
  return true;
}
