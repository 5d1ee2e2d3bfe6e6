import type { Clock } from "../../clock.ts";
import { createTokens } from "../client-credentials.ts";
import type { Send, WireRequest, WireResult } from "../wire-client.ts";
import type { MonerisSettings } from "./settings.ts";
import { problem, readJson } from "./wire.ts";

/** What the adapter needs from outside: the network, the time and randomness. */
export interface MonerisDeps extends Pick<Clock, "now" | "after"> {
  readonly send: Send;
  readonly randomUUID: () => string;
}

export interface DoorRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body: string | null;
  /** The header Api-Version. */
  readonly version: string;
}

/** The account's own way to the gateway: with a token that is renewed in time, and otherwise sent once. */
export type Door = (request: DoorRequest, signal: AbortSignal) => Promise<WireResult>;

/**
 * "Getting Started": POST /oauth2/token as a form; OpenAPI 2.6.1: payment.write grants reading too. A token that is
 * turned away is replaced and the request sent once more: what was not let in was not applied.
 */
export function createDoor(settings: MonerisSettings, { send, now, after, randomUUID }: MonerisDeps): Door {
  const { host: origin, clientId, clientSecret } = settings;
  const tokens = createTokens({
    origin,
    path: "/oauth2/token",
    clientId,
    clientSecret,
    scope: "payment.write",
    send,
    now,
    after,
  });
  const sent = ({ method, path, body, version }: DoorRequest, token: string, signal: AbortSignal) =>
    send(
      { origin, method, path, body, headers: headersOf(settings, { version, token, body, id: randomUUID() }) },
      signal,
    );

  return async (request, signal) => {
    const first = await tokens.get(signal);
    if (first.is === "none") return { is: "not_sent", cause: first.cause };
    const result = await sent(request, first.token, signal);
    if (!isTurnedAway(result) || signal.aborted) return result;
    const next = await tokens.get(signal, first.token);
    return next.is === "none" ? result : sent(request, next.token, signal);
  };
}

/** Only Moneris' own problem document says so: a page of something that stands between proves nothing. */
function isTurnedAway(result: WireResult): boolean {
  return (
    result.is === "answered" &&
    result.status === 401 &&
    readJson(problem, result.body)?.category === "UNAUTHORIZED_ERROR"
  );
}

function headersOf(
  { merchantId }: MonerisSettings,
  { version, token, body, id }: { version: string; token: string; body: string | null; id: string },
): WireRequest["headers"] {
  return {
    ...(body === null ? {} : { "content-type": "application/json" }),
    accept: "application/json, application/problem+json",
    "accept-language": "en",
    "user-agent": "plimsoll",
    "api-version": version,
    "x-merchant-id": merchantId,
    "x-correlation-id": id,
    authorization: `Bearer ${token}`,
  };
}
