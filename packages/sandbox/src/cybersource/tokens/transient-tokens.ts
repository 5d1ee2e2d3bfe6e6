import { SignJWT, exportJWK, generateKeyPair, jwtVerify } from "jose";
import type { CryptoKey, JWK } from "jose";
import type { Clock } from "../../clock.ts";
import type { IssuedToken } from "../../control/imitated-gateway.ts";
import type { Random } from "../../random.ts";
import { hexLetters } from "../../random.ts";
import { networks } from "../cards.ts";
import type { Card } from "../cards.ts";
import type { CybersourceReadings } from "../readings.ts";

/** "Transient tokens live for 15 minutes": CyberSource, "Flex Microform". */
const LIFE_S = 15 * 60;

export interface TransientTokens {
  /** The token is the transient token's JWT, for `tokenInformation.transientTokenJwt`. */
  issue(card: Card): Promise<IssuedToken>;
  /** Undefined for a token that is forged, foreign, out of time or used up. */
  redeem(token: { transientTokenJwt?: string | undefined; jti?: string | undefined }): Promise<Redeemed | undefined>;
  /** Uses the token up; false where another payment was faster. */
  spend(jti: string): boolean;
  /** As at `GET /flex/v2/public-keys/{kid}`. */
  readonly publicKey: JWK & { readonly kid: string };
  /** Forgets which tokens were used. */
  reset(): void;
}

interface Redeemed {
  readonly jti: string;
  readonly card: Card;
}

interface Parts {
  readonly clock: Clock;
  readonly random: Random;
  readonly readings: CybersourceReadings;
}

/** Makes and checks what the gateway's card field hands to a page: the card stays here, the page gets a signed stand-in. */
export async function createTransientTokens({ clock, random, readings }: Parts): Promise<TransientTokens> {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const kid = hexLetters(random, 16);
  const cards = new Map<string, Card & { expires: number }>();
  const used = new Set<string>();
  const usable = (jti: string) => {
    const card = cards.get(jti);
    const spent = used.has(jti) && readings.get("transientToken") === "single-use";
    return card === undefined || spent || card.expires <= clock.now() ? undefined : { jti, card };
  };
  return {
    issue: async (card) => {
      const jti = hexLetters(random, 64);
      const now = Math.floor(clock.now() / 1000);
      const expires = (now + LIFE_S) * 1000;
      cards.set(jti, { ...card, expires });
      const token = await sign(claimsFor(card), { jti, now, kid, privateKey });
      return {
        token,
        network: card.network,
        lastFour: card.lastFour,
        expires: new Date(expires).toISOString(),
      };
    },
    redeem: async ({ transientTokenJwt, jti }) => {
      if (transientTokenJwt === undefined) return jti === undefined ? undefined : usable(jti);
      const genuine = await genuineJti(transientTokenJwt, publicKey, clock);
      return genuine === undefined ? undefined : usable(genuine);
    },
    spend: (jti) => {
      if (usable(jti) === undefined) return false;
      used.add(jti);
      return true;
    },
    publicKey: { ...(await exportJWK(publicKey)), kid, use: "sig", alg: "RS256" },
    reset: () => used.clear(),
  };
}

interface Signing {
  readonly jti: string;
  readonly now: number;
  readonly kid: string;
  readonly privateKey: CryptoKey;
}

function sign(claims: ReturnType<typeof claimsFor>, { jti, now, kid, privateKey }: Signing): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ kid, alg: "RS256" })
    .setIssuer("Flex/08")
    .setIssuedAt(now)
    .setExpirationTime(now + LIFE_S)
    .setJti(jti)
    .sign(privateKey);
}

/** The claims of a microform 2 token: masked number, first six, card type, expiry. */
function claimsFor({ network, bin, lastFour, expirationMonth, expirationYear }: Card) {
  return {
    type: "mf-2.0.0",
    content: {
      paymentInformation: {
        card: {
          number: { detectedCardTypes: [networks[network].code], maskedValue: `XXXXXXXXXXXX${lastFour}`, bin },
          expirationMonth: { value: expirationMonth },
          expirationYear: { value: expirationYear },
          securityCode: {},
        },
      },
    },
  };
}

async function genuineJti(jwt: string, publicKey: CryptoKey, clock: Clock): Promise<string | undefined> {
  try {
    const { payload } = await jwtVerify(jwt, publicKey, {
      algorithms: ["RS256"],
      issuer: "Flex/08",
      currentDate: new Date(clock.now()),
    });
    return payload.jti;
  } catch {
    return undefined;
  }
}
