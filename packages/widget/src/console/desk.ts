import type { ReactiveControllerHost } from "lit";
import { hasEnded } from "../hold/sight.ts";
import type { Message } from "../live/decode.ts";
import { deskDemo } from "../live/desk-demo.ts";
import { deskDoor, type StaffCalls } from "../live/desk-door.ts";
import type { Feed } from "../live/feed.ts";
import { Page } from "../live/page.ts";
import type { Door } from "../live/source.ts";
import type { StaffHold } from "../live/staff.ts";
import { Viewer } from "../live/viewer.ts";

export type DeskFeed = Feed<StaffHold, Door<StaffHold> & StaffCalls>;

const page = new Page<StaffHold>();

/** The holds of a token: one source for the whole desk, or a fixture. */
export class Desk extends Viewer<StaffHold, Door<StaffHold> & StaffCalls> {
  readonly #changed: (before: StaffHold | undefined, after: StaffHold) => void;
  readonly #open: () => string | undefined;
  readonly holds = new Map<string, StaffHold>();
  /** Something has been read: an empty list is empty and not unknown. */
  known = false;

  /** `changed` hears of every newer view, before it is drawn; `open` names the hold that somebody looks at. */
  constructor(
    host: ReactiveControllerHost & HTMLElement,
    open: () => string | undefined,
    changed: (before: StaffHold | undefined, after: StaffHold) => void,
  ) {
    super(host, page, deskDoor);
    this.#open = open;
    this.#changed = changed;
  }

  override clear(): void {
    this.holds.clear();
    this.known = false;
    super.clear();
  }

  /** Shows a fixture by name. */
  async demo(name: string, current: () => boolean): Promise<void> {
    const found = await this.fixture(deskDemo(name), current);
    if (found) this.take({ now: found.now, secondsLeft: 0, holds: found.holds, whole: true });
  }

  protected override take({ holds, whole }: Message<StaffHold>): void {
    const meant = holds.filter(({ id }) => this.wanted === undefined || id === this.wanted);
    if (whole) this.#forget(new Set(meant.map(({ id }) => id)));
    this.known = true;
    for (const hold of meant) {
      const before = this.holds.get(hold.id);
      if (before && before.version >= hold.version) continue;
      this.holds.set(hold.id, hold);
      this.#changed(before, hold);
    }
    this.host.requestUpdate();
  }

  /** What is not in a whole answer has ended. The one that somebody looks at stays where its end is known. */
  #forget(there: ReadonlySet<string>): void {
    for (const [id, hold] of this.holds) {
      if (!there.has(id) && !(id === this.#open() && hasEnded(hold))) this.holds.delete(id);
    }
  }
}
