import { hkdfSync } from "node:crypto";

/** 32 bytes for one purpose from the configured secret (HKDF, RFC 5869): every process of one BFF derives the same. */
export function derive(secret: Uint8Array, purpose: "hold tokens" | "payment tokens"): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, new Uint8Array(0), `plimsoll ${purpose}`, 32));
}
