import { client, type Client } from "./client.ts";
import { clock } from "./clock.ts";
import type { Page } from "./page.ts";
import { Source, type Connection, type Door } from "./source.ts";
import type { Message } from "./decode.ts";
import { fetchedTokens, fixedToken, tokensFrom, type Tokens } from "./tokens.ts";

/** Where an element's data comes from, as its page said it. */
export interface Origin {
  /** Absolute URL; no slash at its end. */
  readonly endpoint: string;
  readonly token: string | null;
  readonly tokenFrom: string | null;
  readonly fetchToken: (() => Promise<string>) | undefined;
}

/** An element's hold on its shared source. */
export interface Feed<V, D extends Door<V>> {
  readonly source: Source<V>;
  readonly door: D;
  /** Gives the source back; the last one closes it. */
  release(): void;
}

/** Joins the source of this origin, or undefined where the page has not said a token yet. */
export function join<V, D extends Door<V>>(
  page: Page<V>,
  origin: Origin,
  doorOf: (client: Client) => D,
  hold: string | undefined,
  on: { message(message: Message<V>): void; connection(connection: Connection): void },
): Feed<V, D> | undefined {
  const found = tokensOf(origin);
  if (!found) return undefined;
  const [key, tokens] = found;
  const name = `${origin.endpoint} ${key}`;
  const door = doorOf(client(origin.endpoint));
  const source = page.source(name, origin.endpoint, (berth) => new Source<V>(door, tokens(), clock, berth));
  const viewer = { hold, ...on };
  source.add(viewer);
  return {
    source,
    door,
    release: () => {
      if (!source.remove(viewer)) page.drop(name);
    },
  };
}

/** One source a function, however often it is handed over. */
let named = 0;
const functions = new WeakMap<() => Promise<string>, string>();

function tokensOf({ token, tokenFrom, fetchToken }: Origin): readonly [key: string, tokens: () => Tokens] | undefined {
  if (fetchToken) {
    const key = functions.get(fetchToken) ?? `function ${++named}`;
    functions.set(fetchToken, key);
    return [key, () => fetchedTokens(fetchToken)];
  }
  if (tokenFrom) return [`from ${tokenFrom}`, () => tokensFrom(tokenFrom)];
  return token ? [`token ${token}`, () => fixedToken(token)] : undefined;
}
