import { field } from "./decode.ts";
import { Failed, failureOf } from "./failure.ts";

/** Where the hold tokens of a source come from. */
export interface Tokens {
  /** Whether `renew` can ever give another one. */
  readonly renewable: boolean;
  /** The token as it stands, fetched first where there is none. */
  current(): Promise<string>;
  /** A new one; callers that ask while one is being fetched share it. */
  renew(): Promise<string>;
}

/** A token that the page wrote down: it can't be renewed. */
export function fixedToken(token: string): Tokens {
  const current = (): Promise<string> => Promise.resolve(token);
  return { renewable: false, current, renew: current };
}

/** Tokens from a function of the page. */
export function fetchedTokens(fetchToken: () => Promise<string>): Tokens {
  let token: Promise<string> | undefined;
  let renewing: Promise<string> | undefined;
  const renew = (): Promise<string> => {
    renewing ??= fetchToken().finally(() => (renewing = undefined));
    return (token = renewing);
  };
  return {
    renewable: true,
    renew,
    current: () => (token ??= renew()).catch(() => (renewing ? renewing : renew())),
  };
}

/** `POST url` to the merchant's own origin with its cookies; the answer is `{token}`. */
export function tokensFrom(url: string, fetch = globalThis.fetch.bind(globalThis)): Tokens {
  return fetchedTokens(async () => {
    const response = await fetch(url, { method: "POST", credentials: "same-origin", cache: "no-store" });
    const body: unknown = await response.json().catch(() => undefined);
    const token = field(body, "token");
    if (!response.ok || typeof token !== "string") throw new Failed(failureOf(response.status, body));
    return token;
  });
}
