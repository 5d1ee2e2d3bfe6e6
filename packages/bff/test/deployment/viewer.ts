import { clock } from "../../../widget/src/live/clock.ts";
import { client } from "../../../widget/src/live/client.ts";
import { payerDoor } from "../../../widget/src/live/door.ts";
import { Source } from "../../../widget/src/live/source.ts";
import { fixedToken } from "../../../widget/src/live/tokens.ts";

/** Somebody who looks at a hold with the elements' own live connection: it reconnects as a page would. */
export class Viewer {
  readonly #seen: { readonly version: number; readonly at: number }[] = [];
  readonly #source: Source<{ readonly version: number }>;
  readonly #viewer = {
    hold: undefined,
    message: ({ holds }: { readonly holds: readonly { readonly version: number }[] }) => {
      const at = performance.now();
      for (const { version } of holds) this.#seen.push({ version, at });
    },
    connection: () => {},
  };

  constructor(endpoint: string, token: string, origin: string) {
    // What a browser adds by itself.
    const fetching: typeof fetch = (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set("origin", origin);
      return fetch(input, { ...init, headers });
    };
    const berth = { take: () => true, leave: () => {} };
    this.#source = new Source(payerDoor(client(endpoint, fetching)), fixedToken(token), clock, berth);
    this.#source.add(this.#viewer);
  }

  /** When it first saw this version or a later one; undefined where it has not. */
  saw(version: number): number | undefined {
    return this.#seen.find((one) => one.version >= version)?.at;
  }

  get newest(): number {
    return Math.max(0, ...this.#seen.map(({ version }) => version));
  }

  close(): void {
    this.#source.remove(this.#viewer);
  }
}
