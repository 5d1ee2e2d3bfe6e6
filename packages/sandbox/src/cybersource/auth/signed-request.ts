import type { Clock } from "../../clock.ts";
import type { Merchants } from "../merchants.ts";
import type { CybersourceReadings } from "../readings.ts";

/** A request as it came over the wire: nothing re-serialised, nothing re-ordered. */
export interface SignedRequest {
  /** Upper case. */
  readonly method: string;
  /** Path with query, as sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export interface AuthParts {
  readonly merchants: Merchants;
  readonly clock: Clock;
  readonly readings: CybersourceReadings;
  /** Token ids already seen, for the reading `reusedJti`. */
  readonly seenJtis: Set<string>;
}

export function header(request: SignedRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}

/** GET and DELETE have no digest (CyberSource REST SDK, HTTPSigToken.js and JWTSigToken.js). */
export function needsDigest(method: string): boolean {
  return method === "POST" || method === "PUT" || method === "PATCH";
}
