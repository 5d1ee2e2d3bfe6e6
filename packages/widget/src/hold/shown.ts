import type { ReactiveControllerHost } from "lit";
import { hold as readHold, instant, shape, type Hold, type Message } from "../live/decode.ts";
import { demo } from "../live/demo.ts";
import { payerDoor, type PayerCalls } from "../live/door.ts";
import type { Feed } from "../live/feed.ts";
import { Page } from "../live/page.ts";
import type { Door } from "../live/source.ts";
import { Viewer } from "../live/viewer.ts";

export type PayerFeed = Feed<Hold, Door<Hold> & PayerCalls>;

const page = new Page<Hold>();
const snapshotOf = shape({ now: instant, hold: readHold });

/** The hold that an element shows: of its shared source, of a snapshot of the page, or of a fixture. */
export class Shown extends Viewer<Hold, Door<Hold> & PayerCalls> {
  readonly #changed: (before: Hold | undefined, after: Hold) => void;
  hold: Hold | undefined;
  /** Given by the page and not yet confirmed by the server. */
  asOf = false;

  /** `changed` hears of every newer view, before it is drawn. */
  constructor(host: ReactiveControllerHost & HTMLElement, changed: (before: Hold | undefined, after: Hold) => void) {
    super(host, page, payerDoor);
    this.#changed = changed;
  }

  override clear(): void {
    this.hold = undefined;
    this.asOf = false;
    super.clear();
  }

  /** An answer that the page has from its server. What can't be read is left out. */
  snapshot(value: unknown): void {
    try {
      const { now, hold } = snapshotOf(value);
      if (this.hold && hold.version <= this.hold.version) return;
      this.connection = { ...this.connection, confirmed: Date.parse(now) };
      this.fixedNow = this.feed ? undefined : Date.parse(now);
      this.#view(hold, true);
    } catch {
      this.unreadable();
    }
  }

  /** Shows a fixture by name. */
  async demo(name: string, current: () => boolean): Promise<void> {
    const found = await this.fixture(demo(name), current);
    if (found?.hold) this.#view(found.hold, false);
  }

  protected override take({ holds }: Message<Hold>): void {
    for (const hold of holds) {
      const wanted = this.wanted ?? this.hold?.id ?? hold.id;
      const older = this.hold && hold.id === this.hold.id && hold.version < this.hold.version;
      if (hold.id === wanted && !older) this.#view(hold, false);
    }
  }

  #view(hold: Hold, asOf: boolean): void {
    const before = this.hold?.id === hold.id ? this.hold : undefined;
    this.hold = hold;
    this.asOf = asOf;
    if (before?.version !== hold.version) this.#changed(before, hold);
    this.host.requestUpdate();
  }
}
