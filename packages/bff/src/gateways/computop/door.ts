import type { Clock } from "../../clock.ts";
import { createTokens } from "../client-credentials.ts";
import type { Send, WireResult } from "../wire-client.ts";
import type { ComputopSettings } from "./settings.ts";

/** What the adapter needs from outside: the network and the time. */
export interface ComputopDeps extends Pick<Clock, "now" | "after"> {
  readonly send: Send;
  /** Where the gateway can post its notices. */
  readonly noticesUrl: string;
}

/** The account's own way to the gateway: shows its credentials, and sends once. */
export interface Door {
  get(path: string, signal: AbortSignal): Promise<WireResult>;
  /** API reference, "Idempotency-Key": the key is a header, so the body stays the same for ever. */
  post(path: string, body: string, key: string, signal: AbortSignal): Promise<WireResult>;
}

type Request = Omit<Parameters<Send>[0], "origin">;

export function createDoor(settings: ComputopSettings, deps: Omit<ComputopDeps, "noticesUrl">): Door {
  const { send } = deps;
  const pass = settings.auth === "basic" ? basic(settings) : oauth(settings, deps);
  const through = async ({ headers, ...request }: Request, signal: AbortSignal): Promise<WireResult> => {
    const shown = await pass.show(signal);
    if (shown.is === "none") return { is: "not_sent", cause: shown.cause };
    const usual = { accept: "application/json", "user-agent": "plimsoll" };
    const result = await send(
      { origin: settings.host, ...request, headers: { ...usual, ...headers, authorization: shown.authorization } },
      signal,
    );
    if (result.is === "answered" && result.status === 401) pass.refused(shown.authorization);
    return result;
  };
  return {
    get: (path, signal) => through({ method: "GET", path, headers: {}, body: null }, signal),
    post: (path, body, key, signal) =>
      through(
        { method: "POST", path, headers: { "content-type": "application/json", "idempotency-key": key }, body },
        signal,
      ),
  };
}

type Shown = { readonly is: "shown"; readonly authorization: string } | { readonly is: "none"; readonly cause: string };

interface Pass {
  show(signal: AbortSignal): Promise<Shown>;
  /** What was shown was turned away. */
  refused(authorization: string): void;
}

/** API reference, "Basic Authentication": MerchantID:APIKey. */
function basic({ merchantId, apiKey }: ComputopSettings): Pass {
  const authorization = `Basic ${Buffer.from(`${merchantId}:${apiKey}`, "utf8").toString("base64")}`;
  return { show: async () => ({ is: "shown", authorization }), refused: () => {} };
}

/** API reference, "OAuth 2.0": client credentials at authorization/oauth/token. A token that was turned away is not shown again. */
function oauth({ host, basePath, merchantId, apiKey }: ComputopSettings, deps: Omit<ComputopDeps, "noticesUrl">): Pass {
  const path = `${basePath}/authorization/oauth/token`;
  const tokens = createTokens({ origin: host, path, clientId: merchantId, clientSecret: apiKey, ...deps });
  let turnedAway: string | undefined;
  return {
    async show(signal) {
      const got = await tokens.get(signal, turnedAway);
      return got.is === "none" ? got : { is: "shown", authorization: `Bearer ${got.token}` };
    },
    refused(authorization) {
      turnedAway = authorization.slice("Bearer ".length);
    },
  };
}
