import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import { inputs, minor, mode, reference, refuse, type Refusal } from "@plimsoll/shared";
import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Ids } from "../ids.ts";
import { derive } from "./derive.ts";

const common = {
  iss: z.string(),
  aud: z.string(),
  merchant: reference,
  origin: z.string(),
  mode,
  jti: z.string(),
  iat: z.int(),
  exp: z.int(),
};
const named = z.array(inputs.holdId).min(1).max(20);
const claims = z.discriminatedUnion("scope", [
  z.strictObject({ ...common, scope: z.literal("payer"), holds: named }),
  z.strictObject({
    ...common,
    scope: z.literal("console"),
    holds: z.union([named, z.literal("desk")]),
    operator: z.string(),
    max: minor.optional(),
  }),
]);

/** What a browser's token says: for whom, about which holds, from which page, until when. Times in seconds since 1970. */
export type Claims = z.infer<typeof claims>;
export type PayerClaims = Extract<Claims, { scope: "payer" }>;
export type StaffClaims = Extract<Claims, { scope: "console" }>;

type Given = "iss" | "aud" | "jti" | "iat" | "exp";
export type Grant = Omit<PayerClaims, Given> | Omit<StaffClaims, Given>;

export interface Tokens {
  issue(grant: Grant, seconds: number): Promise<{ readonly token: string; readonly expires: number }>;
  verify(token: string): Promise<Claims | { readonly refused: Refusal }>;
}

const LONGEST = 600;
/** How far two clocks of one BFF may lie apart. */
const TOLERANCE = 5;

/** Hold tokens: JWS by EdDSA (RFC 8037), typ `hold+jwt`, checked by one fixed algorithm and our own key alone. */
export function createTokens(parts: { secret: Uint8Array; publicUrl: string; clock: Clock; ids: Ids }): Tokens {
  const { publicUrl, clock, ids } = parts;
  const { privateKey, publicKey, kid } = signingKey(derive(parts.secret, "hold tokens"));
  const header = z.strictObject({ alg: z.literal("EdDSA"), typ: z.literal("hold+jwt"), kid: z.literal(kid) });

  return {
    async issue(grant, seconds) {
      const issued = Math.floor(clock.now() / 1000);
      const expires = issued + Math.min(seconds, LONGEST);
      const token = await new SignJWT({ ...grant })
        .setProtectedHeader({ alg: "EdDSA", typ: "hold+jwt", kid })
        .setIssuer(publicUrl)
        .setAudience(publicUrl)
        .setJti(Buffer.from(ids.bytes(16)).toString("base64url"))
        .setIssuedAt(issued)
        .setExpirationTime(expires)
        .sign(privateKey);
      return { token, expires: expires * 1000 };
    },

    async verify(token) {
      try {
        const { payload, protectedHeader } = await jwtVerify(token, publicKey, {
          algorithms: ["EdDSA"],
          typ: "hold+jwt",
          issuer: publicUrl,
          audience: publicUrl,
          clockTolerance: TOLERANCE,
          maxTokenAge: LONGEST,
          currentDate: new Date(clock.now()),
        });
        const said = claims.parse(payload);
        header.parse(protectedHeader);
        return said.exp - said.iat <= LONGEST ? said : { refused: refuse("unauthorized") };
      } catch (error) {
        return { refused: refuse(error instanceof errors.JWTExpired ? "token_expired" : "unauthorized") };
      }
    },
  };
}

/** DER of an Ed25519 private key up to its 32 bytes (RFC 8410, section 7). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

function signingKey(seed: Uint8Array) {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(privateKey);
  const spki = publicKey.export({ format: "der", type: "spki" });
  return { privateKey, publicKey, kid: createHash("sha256").update(spki).digest("base64url").slice(0, 16) };
}
