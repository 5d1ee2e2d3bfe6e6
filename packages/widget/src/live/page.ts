import type { Berth, Source } from "./source.ts";

/** Beyond so many streams on one endpoint, further tokens poll: an HTTP/1.1 origin stalls at six connections. */
export const MOST_STREAMS = 3;

/**
 * The sources of one script on one page: one an endpoint and token, however many elements look at it. It
 * listens to the page once for all of them. Scripts don't share sources with each other.
 */
export class Page<V> {
  readonly #sources = new Map<string, Source<V>>();
  readonly #streams = new Map<string, number>();
  #listening = false;

  /** The source under this key, made by `make` for the first who asks. `drop` it when its last viewer has gone. */
  source(key: string, endpoint: string, make: (berth: Berth) => Source<V>): Source<V> {
    if (!this.#listening) this.#listen();
    const source = this.#sources.get(key) ?? make(this.#berth(endpoint));
    this.#sources.set(key, source);
    return source;
  }

  drop(key: string): void {
    this.#sources.delete(key);
  }

  #berth(endpoint: string): Berth {
    let taken = 0;
    const count = (change: 1 | -1): void => {
      taken += change;
      this.#streams.set(endpoint, (this.#streams.get(endpoint) ?? 0) + change);
    };
    return {
      take: () => {
        if (taken === 0 && (this.#streams.get(endpoint) ?? 0) < MOST_STREAMS) count(1);
        return taken > 0;
      },
      leave: () => {
        if (taken > 0) count(-1);
      },
    };
  }

  #listen(): void {
    this.#listening = true;
    const each = (tell: (source: Source<V>) => void) => () => this.#sources.forEach(tell);
    addEventListener(
      "pagehide",
      each((source) => source.leave()),
    );
    addEventListener("pageshow", (event) => event.persisted && this.#sources.forEach((source) => source.back()));
    addEventListener(
      "online",
      each((source) => source.retry()),
    );
    document.addEventListener(
      "visibilitychange",
      each((source) => source.visibility(document.hidden)),
    );
  }
}
