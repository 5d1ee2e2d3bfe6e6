import type { Clock } from "../clock.ts";
import type { Hold, HoldId } from "../hold/index.ts";
import { type Changed, type Store, UnreadableRow } from "../store/store.ts";
import { deskName, type Desk, type Hub } from "./hub.ts";
import { DESK } from "./watch.ts";

export interface RelayParts {
  readonly store: Pick<Store, "exclusive" | "news" | "load" | "openHolds" | "versions" | "deskVersions">;
  readonly hub: Hub;
  readonly clock: Clock;
  readonly alarm: (what: string, error: unknown) => void;
}

/** Between this process and the others on its database: what either commits, the viewers of both are told. */
export interface Relay {
  /** Tells of a commit of this process. */
  tell(hold: Hold): void;
  /** A commit may stand of which this process has not heard. */
  missed(): void;
  /** Hears of one hold; the answer stops it. */
  ofHold: Hub["ofHold"];
  start(): void;
  stop(): Promise<void>;
}

/** News may be lost: what is watched here is compared with the table this often, so that no viewer is two seconds behind. */
const POLL = 1_500;

type Versions = ReadonlyMap<HoldId, number>;

/**
 * Where no other process can have the database open, there is nobody to tell or to hear: the table is looked at only
 * after a commit of our own was missed.
 */
export function createRelay({ store, hub, clock, alarm }: RelayParts): Relay {
  let cancel = () => {};
  let stopped = false;
  let planned = false;
  let polling = Promise.resolve();
  /** What the last polls saw, and told. */
  let holds: Versions = new Map();
  let desks: ReadonlyMap<string, Versions> = new Map();

  /** One viewer that fails keeps nobody from hearing, of this hold or of the next. */
  function show(hold: Hold): void {
    try {
      hub.tell(hold);
    } catch (error) {
      alarm(`not everybody could be told of hold ${hold.terms.id}`, error);
    }
  }

  async function tellNewest(id: HoldId): Promise<void> {
    const hold = await store.load(id);
    if (hold && !stopped) show(hold);
  }

  /** One that can't be read keeps nobody from hearing of the others. */
  async function tellNewestOf(ids: readonly HoldId[]): Promise<void> {
    for (const id of ids) {
      try {
        await tellNewest(id);
      } catch (error) {
        if (!(error instanceof UnreadableRow)) throw error;
        alarm(unread(id), error);
      }
    }
  }

  function hear(changes: readonly Changed[]): void {
    const watched = changes.filter((changed) => !stopped && hub.hears(changed.hold, changed));
    for (const { hold } of watched) {
      tellNewest(hold).catch((error: unknown) => alarm(unread(hold), error));
    }
  }

  async function poll(): Promise<void> {
    const heard = hub.heard();
    const versions: Versions = heard.holds.length === 0 ? new Map() : await store.versions(heard.holds);
    await tellNewestOf(differing(versions, holds));
    holds = versions;
    const lists = new Map<string, Versions>();
    for (const desk of heard.desks) lists.set(deskName(desk), await pollDesk(desk, desks.get(deskName(desk))));
    desks = lists;
  }

  /** What has left the list has ended: that is told too. */
  async function pollDesk({ merchant, mode }: Desk, before: Versions | undefined): Promise<Versions> {
    if (before === undefined) {
      const all = await store.openHolds(merchant, mode, DESK);
      for (const hold of all) show(hold);
      return new Map(all.map(({ terms, version }) => [terms.id, version]));
    }
    const now = await store.deskVersions(merchant, mode, DESK);
    const ended = [...before.keys()].filter((id) => !now.has(id));
    await tellNewestOf([...differing(now, before), ...ended]);
    return now;
  }

  function schedule(): void {
    if (stopped || planned) return;
    planned = true;
    cancel = clock.after(POLL, () => {
      planned = false;
      polling = poll().then(
        () => void (store.exclusive || schedule()),
        (error: unknown) => {
          alarm("what has changed could not be read", error);
          schedule();
        },
      );
    });
  }

  return {
    tell(hold) {
      const { id, merchant, mode } = hold.terms;
      store.news?.tell({ hold: id, version: hold.version, merchant, mode });
      show(hold);
    },
    missed: schedule,
    ofHold: (id, listener) => hub.ofHold(id, listener),
    start() {
      store.news?.hear(hear);
      if (!store.exclusive) schedule();
    },
    async stop() {
      stopped = true;
      cancel();
      await polling;
    },
  };
}

function unread(hold: HoldId): string {
  return `the news of hold ${hold} could not be read`;
}

function differing(now: Versions, before: Versions): HoldId[] {
  return [...now].filter(([id, version]) => before.get(id) !== version).map(([id]) => id);
}
