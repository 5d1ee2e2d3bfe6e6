import type { Send, WireRequest, WireResult } from "../wire-client.ts";
import { signed } from "./auth.ts";
import type { CyberSourceSettings } from "./settings.ts";

/** What the adapter needs from outside: the network, the time and randomness. */
export interface CyberSourceDeps {
  readonly send: Send;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly randomUUID: () => string;
}

/** The account's own way to the gateway: signs each request at the moment that it goes out, and sends it once. */
export type Door = (
  method: WireRequest["method"],
  path: string,
  body: string | null,
  signal: AbortSignal,
) => Promise<WireResult>;

export function createDoor(settings: CyberSourceSettings, { send, now, randomUUID }: CyberSourceDeps): Door {
  return async (method, path, body, signal) => {
    const request = { origin: settings.host, method, path, body };
    try {
      return await send(await signed({ settings, now, randomUUID }, request), signal);
    } catch {
      // Sending never throws, so this was signing. Its error is not looked at: it could name the secret.
      return { is: "not_sent", cause: "signing_failed" };
    }
  };
}
