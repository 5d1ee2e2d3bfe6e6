import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Merchant } from "../merchants.ts";
import type { AuthParts, SignedRequest } from "./signed-request.ts";
import { header, needsDigest } from "./signed-request.ts";

/** How far `date` may be off. The pages name no figure; five minutes is the usual one for this scheme. */
const DATE_TOLERANCE_MS = 5 * 60_000;

/**
 * HTTP Signature: HMAC-SHA256 over host, date, request-target, digest and v-c-merchant-id.
 * Source: CyberSource REST SDK, authentication/http/HTTPSigToken.js and SignatureParameterGenerator.js.
 */
export function signedByHttpSignature(request: SignedRequest, { merchants, clock }: AuthParts): Merchant | undefined {
  const merchant = merchants.find(header(request, "v-c-merchant-id") ?? "");
  const signature = parseSignature(header(request, "signature") ?? "");
  if (merchant === undefined || signature === undefined) return undefined;
  const genuine =
    signature.keyId === merchant.keyId &&
    signature.algorithm.toLowerCase() === "hmacsha256" &&
    coversWhatItMust(signature.names, request.method) &&
    dateIsNear(header(request, "date"), clock.now()) &&
    digestFits(request) &&
    macFits(merchant.secret, stringToSign(request, signature.names), signature.mac);
  return genuine ? merchant : undefined;
}

interface ParsedSignature {
  readonly keyId: string;
  readonly algorithm: string;
  readonly names: readonly string[];
  readonly mac: string;
}

function parseSignature(text: string): ParsedSignature | undefined {
  const part = (name: string) => new RegExp(`(?:^|[,\\s])${name}="([^"]*)"`, "u").exec(text)?.[1];
  const [keyId, algorithm, names, mac] = [part("keyid"), part("algorithm"), part("headers"), part("signature")];
  if (keyId === undefined || algorithm === undefined || names === undefined || mac === undefined) return undefined;
  return { keyId, algorithm, names: names.split(" "), mac };
}

function coversWhatItMust(names: readonly string[], method: string): boolean {
  const must = ["host", "date", "v-c-merchant-id", ...(needsDigest(method) ? ["digest"] : [])];
  // Older clients write (request-target); the current SDK writes it bare. List and string must agree.
  const target = names.includes("request-target") || names.includes("(request-target)");
  return target && must.every((name) => names.includes(name));
}

function stringToSign(request: SignedRequest, names: readonly string[]): string {
  return names.map((name) => `${name}: ${signedValue(request, name)}`).join("\n");
}

function signedValue(request: SignedRequest, name: string): string {
  if (name === "request-target" || name === "(request-target)")
    return `${request.method.toLowerCase()} ${request.target}`;
  return header(request, name) ?? "";
}

function dateIsNear(date: string | undefined, now: number): boolean {
  const sent = Date.parse(date ?? "");
  return Math.abs(sent - now) <= DATE_TOLERANCE_MS;
}

function digestFits(request: SignedRequest): boolean {
  if (!needsDigest(request.method)) return true;
  return header(request, "digest") === `SHA-256=${createHash("sha256").update(request.body).digest("base64")}`;
}

function macFits(secret: string, signed: string, mac: string): boolean {
  const expected = createHmac("sha256", Buffer.from(secret, "base64")).update(signed).digest();
  const given = Buffer.from(mac, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
