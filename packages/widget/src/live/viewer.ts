import type { ReactiveControllerHost } from "lit";
import { ConnectionEvent, ErrorEvent } from "../events.ts";
import type { Client } from "./client.ts";
import { clock } from "./clock.ts";
import type { Message } from "./decode.ts";
import { join, type Feed, type Origin } from "./feed.ts";
import type { Page } from "./page.ts";
import type { Connection, Door } from "./source.ts";

const CONNECTING: Connection = { state: "connecting", confirmed: undefined, failure: undefined };

/** What an element shows comes from its shared source or from a fixture; this is what every element does with either. */
export abstract class Viewer<V, D extends Door<V>> {
  readonly #page: Page<V>;
  readonly #doorOf: (client: Client) => D;
  protected readonly host: ReactiveControllerHost & HTMLElement;
  feed: Feed<V, D> | undefined;
  connection = CONNECTING;
  /** The clock of what is shown without a server. */
  protected fixedNow: number | undefined;
  /** The hold that the page has named. */
  protected wanted: string | undefined;

  protected constructor(host: ReactiveControllerHost & HTMLElement, page: Page<V>, doorOf: (client: Client) => D) {
    this.host = host;
    this.#page = page;
    this.#doorOf = doorOf;
  }

  protected abstract take(message: Message<V>): void;

  /** Milliseconds since 1970 by the server's clock, as far as it is known. */
  now(): number {
    return this.fixedNow ?? this.feed?.source.now() ?? clock.now();
  }

  /** Goes live, once, where the page has said a token. */
  join(origin: Origin, hold: string | undefined): void {
    this.wanted = hold;
    this.feed ??= join(this.#page, origin, this.#doorOf, hold, {
      message: (message) => {
        this.fixedNow = undefined;
        this.take(message);
      },
      connection: (connection) => this.#connected(connection),
    });
  }

  leave(): void {
    this.feed?.release();
    this.feed = undefined;
  }

  /** Another hold or token: nothing of the one before may stay. */
  clear(): void {
    this.leave();
    this.connection = CONNECTING;
    this.fixedNow = undefined;
    this.host.requestUpdate();
  }

  /** A fixture that is still wanted when it has come; the page hears of one that can't be had. */
  protected async fixture<F extends { now: number; connection: Connection }>(
    loading: Promise<F | undefined>,
    current: () => boolean,
  ): Promise<F | undefined> {
    const found = await loading.catch(() => undefined);
    if (!current()) return undefined;
    if (!found) {
      this.unreadable();
      return undefined;
    }
    this.fixedNow = found.now;
    this.connection = found.connection;
    this.host.requestUpdate();
    return found;
  }

  protected unreadable(): void {
    this.host.dispatchEvent(new ErrorEvent("unreadable", ""));
  }

  #connected(connection: Connection): void {
    const { state, failure } = this.connection;
    this.connection = connection;
    this.host.requestUpdate();
    if (state !== connection.state) this.host.dispatchEvent(new ConnectionEvent(connection.state));
    if (connection.failure && connection.failure !== failure && connection.state === "failed") {
      this.host.dispatchEvent(new ErrorEvent(connection.failure.code, connection.failure.reference));
    }
  }
}
