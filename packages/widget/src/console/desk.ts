import type { ReactiveControllerHost } from "lit";
import { ConnectionEvent, ErrorEvent } from "../events.ts";
import { hasEnded } from "../hold/sight.ts";
import { clock } from "../live/clock.ts";
import type { Message } from "../live/decode.ts";
import { deskDemo } from "../live/desk-demo.ts";
import { deskDoor, type StaffCalls } from "../live/desk-door.ts";
import { join, type Feed, type Origin } from "../live/feed.ts";
import { Page } from "../live/page.ts";
import type { Connection, Door } from "../live/source.ts";
import type { StaffHold } from "../live/staff.ts";

export type DeskFeed = Feed<StaffHold, Door<StaffHold> & StaffCalls>;

const page = new Page<StaffHold>();
const CONNECTING: Connection = { state: "connecting", confirmed: undefined, failure: undefined };

/** The holds of a token, and where they come from: one source for the whole desk, or a fixture. */
export class Desk {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #changed: (before: StaffHold | undefined, after: StaffHold) => void;
  readonly #open: () => string | undefined;
  readonly holds = new Map<string, StaffHold>();
  feed: DeskFeed | undefined;
  connection = CONNECTING;
  /** Something has been read: an empty list is empty and not unknown. */
  known = false;
  #now: number | undefined;
  #wanted: string | undefined;

  /** `changed` hears of every newer view, before it is drawn; `open` names the hold that somebody looks at. */
  constructor(
    host: ReactiveControllerHost & HTMLElement,
    open: () => string | undefined,
    changed: (before: StaffHold | undefined, after: StaffHold) => void,
  ) {
    this.#host = host;
    this.#open = open;
    this.#changed = changed;
  }

  /** Milliseconds since 1970 by the server's clock, as far as it is known. */
  now(): number {
    return this.#now ?? this.feed?.source.now() ?? clock.now();
  }

  /** Goes live, once, where the page has said a token. */
  join(origin: Origin, hold: string | undefined): void {
    this.#wanted = hold;
    this.feed ??= join(page, origin, deskDoor, hold, {
      message: (message) => this.#take(message),
      connection: (connection) => this.#connected(connection),
    });
  }

  leave(): void {
    this.feed?.release();
    this.feed = undefined;
  }

  /** Another token or hold: nothing of the one before may stay. */
  clear(): void {
    this.leave();
    this.holds.clear();
    this.connection = CONNECTING;
    this.known = false;
    this.#now = undefined;
    this.#host.requestUpdate();
  }

  /** Shows a fixture by name. */
  async demo(name: string, current: () => boolean): Promise<void> {
    const found = await deskDemo(name).catch(() => undefined);
    if (!current()) return;
    if (!found) return void this.#host.dispatchEvent(new ErrorEvent("unreadable", ""));
    this.#now = found.now;
    this.connection = found.connection;
    this.#take({ now: found.now, secondsLeft: 0, holds: found.holds, whole: true });
    this.#now = found.now;
  }

  #take({ holds, whole }: Message<StaffHold>): void {
    this.#now = undefined;
    const meant = holds.filter(({ id }) => this.#wanted === undefined || id === this.#wanted);
    if (whole) this.#forget(new Set(meant.map(({ id }) => id)));
    this.known = true;
    for (const hold of meant) {
      const before = this.holds.get(hold.id);
      if (before && before.version >= hold.version) continue;
      this.holds.set(hold.id, hold);
      this.#changed(before, hold);
    }
    this.#host.requestUpdate();
  }

  /** What is not in a whole answer has ended. The one that somebody looks at stays where its end is known. */
  #forget(there: ReadonlySet<string>): void {
    for (const [id, hold] of this.holds) {
      if (!there.has(id) && !(id === this.#open() && hasEnded(hold))) this.holds.delete(id);
    }
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
