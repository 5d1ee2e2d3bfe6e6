import type { ReactiveControllerHost } from "lit";
import { ConnectionEvent, ErrorEvent } from "../events.ts";
import { clock } from "../live/clock.ts";
import { hold as readHold, instant, shape, type Hold, type Message } from "../live/decode.ts";
import { demo } from "../live/demo.ts";
import { payerDoor, type PayerCalls } from "../live/door.ts";
import { join, type Feed, type Origin } from "../live/feed.ts";
import { Page } from "../live/page.ts";
import type { Connection, Door } from "../live/source.ts";

export type PayerFeed = Feed<Hold, Door<Hold> & PayerCalls>;

const page = new Page<Hold>();
const snapshotOf = shape({ now: instant, hold: readHold });
const CONNECTING: Connection = { state: "connecting", confirmed: undefined, failure: undefined };

/** What an element shows, and where it comes from: its shared source, a snapshot of the page, or a fixture. */
export class Shown {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #changed: (before: Hold | undefined, after: Hold) => void;
  feed: PayerFeed | undefined;
  hold: Hold | undefined;
  /** Given by the page and not yet confirmed by the server. */
  asOf = false;
  connection = CONNECTING;
  #now: number | undefined;
  #wanted: string | undefined;

  /** `changed` hears of every newer view, before it is drawn. */
  constructor(host: ReactiveControllerHost & HTMLElement, changed: (before: Hold | undefined, after: Hold) => void) {
    this.#host = host;
    this.#changed = changed;
  }

  /** Milliseconds since 1970 by the server's clock, as far as it is known. */
  now(): number {
    return this.#now ?? this.feed?.source.now() ?? clock.now();
  }

  /** Goes live, once, where the page has said a token. */
  join(origin: Origin, hold: string | undefined): void {
    this.#wanted = hold;
    this.feed ??= join(page, origin, payerDoor, hold, {
      message: (message) => this.#take(message),
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
    this.hold = undefined;
    this.asOf = false;
    this.connection = CONNECTING;
    this.#now = undefined;
    this.#host.requestUpdate();
  }

  /** An answer that the page has from its server. What can't be read is left out. */
  snapshot(value: unknown): void {
    try {
      const { now, hold } = snapshotOf(value);
      if (this.hold && hold.version <= this.hold.version) return;
      this.connection = { ...this.connection, confirmed: Date.parse(now) };
      this.#now = this.feed ? undefined : Date.parse(now);
      this.#view(hold, true);
    } catch {
      this.#host.dispatchEvent(new ErrorEvent("unreadable", ""));
    }
  }

  /** Shows a fixture by name. */
  async demo(name: string, current: () => boolean): Promise<void> {
    const found = await demo(name).catch(() => undefined);
    if (!current()) return;
    if (!found) return void this.#host.dispatchEvent(new ErrorEvent("unreadable", ""));
    this.#now = found.now;
    this.connection = found.connection;
    if (found.hold) this.#view(found.hold, false);
    this.#host.requestUpdate();
  }

  #take({ holds }: Message<Hold>): void {
    this.#now = undefined;
    for (const hold of holds) {
      const wanted = this.#wanted ?? this.hold?.id ?? hold.id;
      const older = this.hold && hold.id === this.hold.id && hold.version < this.hold.version;
      if (hold.id === wanted && !older) this.#view(hold, false);
    }
  }

  #view(hold: Hold, asOf: boolean): void {
    const before = this.hold?.id === hold.id ? this.hold : undefined;
    this.hold = hold;
    this.asOf = asOf;
    if (before?.version !== hold.version) this.#changed(before, hold);
    this.#host.requestUpdate();
  }

  #connected(connection: Connection): void {
    const { state, failure } = this.connection;
    this.connection = connection;
    this.#host.requestUpdate();
    if (state !== connection.state) this.#host.dispatchEvent(new ConnectionEvent(connection.state));
    if (connection.failure && connection.failure !== failure && connection.state === "failed") {
      this.#host.dispatchEvent(new ErrorEvent(connection.failure.code, connection.failure.reference));
    }
  }
}
