import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Send } from "./wire-client.ts";

/** One account's way to its bearer tokens: RFC 6749, 4.4, the client's own words in the form. */
export interface ClientCredentials extends Pick<Clock, "now" | "after"> {
  readonly origin: string;
  readonly path: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string;
  readonly send: Send;
}

export type Token =
  | { readonly is: "token"; readonly token: string }
  /** There is none: what needed it was not sent. A cause never quotes what was sent or answered. */
  | { readonly is: "none"; readonly cause: string };

export interface Tokens {
  /** The token in use, or a new one. `refused` is one that the gateway turned away: it is not given out again. */
  get(signal: AbortSignal, refused?: string): Promise<Token>;
}

const SECOND = 1000;
/** A token is renewed this long before its end, so that none ends on its way. */
const AHEAD = 60 * SECOND;
/** However long the callers wait: one request for a token serves them all, so none of them may cut it off. */
const PATIENCE = 15 * SECOND;

/** RFC 6749, 5.1. Moneris' own sample writes the seconds as a string. */
const tokenAnswer = z.looseObject({
  access_token: z.string().regex(/^[\x21-\x7E]{1,8192}$/),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.coerce
    .number()
    .int()
    .positive()
    .max(366 * 86_400),
});

/** Tokens of one account, kept until shortly before they end. Callers that need one at the same time share a request. */
export function createTokens(from: ClientCredentials): Tokens {
  let kept: { readonly token: string; readonly renewAt: number } | null = null;
  let asking: Promise<Token> | null = null;

  async function renew(): Promise<Token> {
    const startedAt = from.now();
    const answer = await askForToken(from);
    if (answer.is === "none") return answer;
    const { token, lifetime } = answer;
    // A token that lives shorter than twice the margin is renewed at half its life.
    kept = { token, renewAt: startedAt + Math.max(lifetime - AHEAD, lifetime / 2) };
    return { is: "token", token };
  }

  return {
    async get(signal, refused) {
      if (kept && kept.token === refused) kept = null;
      if (kept && from.now() < kept.renewAt) return { is: "token", token: kept.token };
      asking ??= renew().finally(() => {
        asking = null;
      });
      return until(asking, signal);
    },
  };
}

async function askForToken({ origin, path, clientId, clientSecret, scope, send, after }: ClientCredentials) {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
  });
  if (scope !== undefined) form.set("scope", scope);
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    accept: "application/json",
    "user-agent": "plimsoll",
  };
  const patience = new AbortController();
  const cancel = after(PATIENCE, () => patience.abort());
  const request = { origin, method: "POST", path, headers, body: form.toString() } as const;
  const result = await send(request, patience.signal).finally(cancel);
  if (result.is !== "answered") return none(`token: ${result.cause}`);
  if (result.status !== 200)
    return none(`token: ${REFUSED.has(result.status) ? "credentials_refused" : `http_${result.status}`}`);
  const answer = tokenAnswer.safeParse(parsed(result.body)).data;
  if (!answer) return none("token: unreadable_answer");
  return { is: "token", token: answer.access_token, lifetime: answer.expires_in * SECOND } as const;
}

/** RFC 6749, 5.2: invalid_client and its siblings are a 400 or a 401. */
const REFUSED = new Set([400, 401, 403]);

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function none(cause: string): Extract<Token, { is: "none" }> {
  return { is: "none", cause };
}

/** Waits for the shared request no longer than this caller may; the request itself goes on for the others. */
function until(asking: Promise<Token>, signal: AbortSignal): Promise<Token> {
  if (signal.aborted) return Promise.resolve(none("aborted"));
  const { promise, resolve } = Promise.withResolvers<Token>();
  const giveUp = () => resolve(none("aborted"));
  signal.addEventListener("abort", giveUp, { once: true });
  asking.then(resolve, () => resolve(none("token: failed")));
  return promise.finally(() => signal.removeEventListener("abort", giveUp));
}
