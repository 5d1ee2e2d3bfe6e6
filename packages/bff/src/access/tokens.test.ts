import { createHash, createHmac, createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { base64url, SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { ManualClock } from "../testing/manual-clock.ts";
import { makeIds } from "../ids.ts";
import { derive } from "./derive.ts";
import { createTokens, type Grant } from "./tokens.ts";

const URL = "https://pay.example";
const secret = new Uint8Array(32).fill(7);
const clock = new ManualClock();
const seconds = () => Math.floor(clock.now() / 1000);
const tokens = createTokens({ secret, publicUrl: URL, clock, ids: makeIds(() => clock.now()) });

const HOLD = `hold_${"a".repeat(32)}`;
const grant: Grant = {
  scope: "payer",
  merchant: "hotel",
  mode: "test",
  origin: "https://hotel.example",
  holds: [HOLD],
};

const seed = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), derive(secret, "hold tokens")]);
const ours = createPrivateKey({ key: seed, format: "der", type: "pkcs8" });
const spki = createPublicKey(ours).export({ format: "der", type: "spki" });
const kid = createHash("sha256").update(spki).digest("base64url").slice(0, 16);
const theirs = generateKeyPairSync("ed25519");

const claims = () => ({ ...grant, iss: URL, aud: URL, jti: "j", iat: seconds(), exp: seconds() + 600 });
type Said = Record<string, unknown>;

function signed(said: Said = {}, header: Said = {}, key = ours): Promise<string> {
  return new SignJWT({ ...claims(), ...said })
    .setProtectedHeader({ alg: "EdDSA", typ: "hold+jwt", kid, ...header })
    .sign(key);
}

const part = (said: Said) => base64url.encode(JSON.stringify(said));

function forged(header: Said, signature: (input: string) => string): string {
  const input = `${part({ typ: "hold+jwt", kid, ...header })}.${part(claims())}`;
  return `${input}.${signature(input)}`;
}

async function tampered(): Promise<string> {
  const [header, , signature] = (await signed()).split(".");
  return `${header}.${part({ ...claims(), merchant: "other" })}.${signature}`;
}

/** A token that would be good but for one thing. */
const bad: Record<string, () => string | Promise<string>> = {
  "no algorithm": () => forged({ alg: "none" }, () => ""),
  "HS256 with the public key": () =>
    forged({ alg: "HS256" }, (input) => createHmac("sha256", spki).update(input).digest("base64url")),
  "another key": () => signed({}, {}, theirs.privateKey),
  "an embedded key": () => signed({}, { jwk: theirs.publicKey.export({ format: "jwk" }) }, theirs.privateKey),
  "an embedded key of ours": () => signed({}, { jwk: createPublicKey(ours).export({ format: "jwk" }) }),
  "a key's address": () => signed({}, { jku: "https://evil.example/keys" }),
  "an unknown kid": () => signed({}, { kid: "other" }),
  "no kid": () => signed({}, { kid: undefined }),
  "another typ": () => signed({}, { typ: "JWT" }),
  "no typ": () => signed({}, { typ: undefined }),
  "another audience": () => signed({ aud: "https://pay.other" }),
  "another issuer": () => signed({ iss: "https://pay.other" }),
  "another scope": () => signed({ scope: "merchant" }),
  "not yet": () => signed({ nbf: seconds() + 60 }),
  "too long a life": () => signed({ exp: seconds() + 3600 }),
  "issued in the future": () => signed({ iat: seconds() + 300, exp: seconds() + 600 }),
  "no expiry": () => signed({ exp: undefined }),
  "no origin": () => signed({ origin: undefined }),
  "21 holds": () => signed({ holds: Array.from({ length: 21 }, () => HOLD) }),
  "no holds": () => signed({ holds: [] }),
  "a desk for a payer": () => signed({ holds: "desk" }),
  "an undocumented claim": () => signed({ admin: true }),
  tampered,
  "a signature that is cut": async () => (await signed()).slice(0, -4),
  "two signatures": async () => `${await signed()}.${(await signed()).split(".")[2]}`,
  nonsense: () => "e.y.J",
};

describe("a token", () => {
  test("says what was granted, and lives as long as was asked", async () => {
    const { token, expires } = await tokens.issue(grant, 300);
    expect(await tokens.verify(token)).toMatchObject({ ...grant, exp: expires / 1000, iat: expires / 1000 - 300 });
  });

  test("is known to every process with the same secret, and to none with another", async () => {
    const { token } = await tokens.issue(grant, 600);
    const other = (bytes: Uint8Array) => createTokens({ secret: bytes, publicUrl: URL, clock, ids: makeIds(() => 0) });
    expect(await other(secret).verify(token)).toMatchObject(grant);
    expect(await other(new Uint8Array(32)).verify(token)).toEqual({ refused: { code: "unauthorized" } });
  });

  test("that this suite makes is good but for what is wrong with it", async () => {
    expect(await tokens.verify(await signed())).toMatchObject(grant);
  });

  test.each(Object.entries(bad))("with %s is not valid", async (_what, make) => {
    expect(await tokens.verify(await make())).toEqual({ refused: { code: "unauthorized" } });
  });

  test("that has expired says so, five seconds after", async () => {
    const { token } = await tokens.issue(grant, 600);
    clock.passes(604_000);
    expect(await tokens.verify(token)).toMatchObject(grant);
    clock.passes(2_000);
    expect(await tokens.verify(token)).toEqual({ refused: { code: "token_expired" } });
  });
});
