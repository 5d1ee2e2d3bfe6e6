import { sql, type Kysely } from "kysely";
import type { Client } from "pg";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Tables } from "./schema.ts";
import type { Changed, News } from "./store.ts";

interface NewsParts {
  readonly db: Kysely<Tables>;
  readonly clock: Clock;
  /** This process among the others. */
  readonly self: string;
  /** A connection of its own, straight to the server. */
  readonly connect: () => Client;
}

/**
 * News by NOTIFY, sent after the commit: inside it, all commits would queue for one lock. What changes within 25 ms
 * goes in one message. Answers when it listens, or when a first attempt to has failed; it goes on trying.
 */
export async function postgresNews(parts: NewsParts): Promise<News & { close(): Promise<void> }> {
  const listeners: ((changes: readonly Changed[]) => void)[] = [];
  const ear = createEar(parts, (payload) => {
    const changes = decode(payload, parts.self);
    if (changes.length > 0) listeners.forEach((listener) => listener(changes));
  });
  const mouth = createMouth(parts);
  await ear.open();
  return {
    tell: (changed) => mouth.tell(changed),
    hear: (listener) => void listeners.push(listener),
    async close() {
      await mouth.close();
      await ear.close();
    },
  };
}

const CHANNEL = "plimsoll";
/** What changes within so many milliseconds is told together. */
const TOGETHER = 25;
/** PostgreSQL takes payloads shorter than 8,000 bytes. */
const LONGEST = 7_900;

/** Tells by any connection, so that a pooler may stand between. */
function createMouth({ db, clock, self }: NewsParts) {
  const untold = new Map<string, Changed>();
  let cancel = () => {};
  let telling = Promise.resolve();

  async function flush(): Promise<void> {
    const changes = [...untold.values()];
    untold.clear();
    try {
      for (const payload of encode(changes, self)) await sql`select pg_notify(${CHANNEL}, ${payload})`.execute(db);
    } catch {
      // A hint that is lost costs a poll's time: the table is the truth.
    }
  }

  return {
    tell(changed: Changed): void {
      if (untold.size === 0) cancel = clock.after(TOGETHER, () => void (telling = flush()));
      untold.set(changed.hold, changed);
    },
    async close(): Promise<void> {
      cancel();
      await telling;
      await flush();
    },
  };
}

const message = z.tuple([z.string(), z.array(z.tuple([z.string(), z.int(), z.string(), z.enum(["live", "test"])]))]);

/** As few messages as there can be. */
export function encode(changes: readonly Changed[], self: string): string[] {
  const payloads: string[] = [];
  let rest = changes;
  while (rest.length > 0) {
    let count = rest.length;
    const payload = () =>
      JSON.stringify([
        self,
        rest.slice(0, count).map(({ hold, version, merchant, mode }) => [hold, version, merchant, mode]),
      ]);
    while (count > 1 && Buffer.byteLength(payload()) > LONGEST) count = Math.ceil(count / 2);
    payloads.push(payload());
    rest = rest.slice(count);
  }
  return payloads;
}

/** What another process told; anybody may write to a channel, so that anything may come. */
export function decode(payload: string, self: string): Changed[] {
  const parsed = message.safeParse(parseJson(payload));
  if (!parsed.success || parsed.data[0] === self) return [];
  return parsed.data[1].map(([hold, version, merchant, mode]) => ({ hold, version, merchant, mode }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const HEARTBEAT = 10_000;
const SHORTEST_PAUSE = 250;
const LONGEST_PAUSE = 10_000;

/** Listens on one connection, asks now and then whether that still lives, and takes a new one where it does not. */
function createEar({ clock, connect }: NewsParts, hear: (payload: string) => void) {
  let client: Client | undefined;
  let cancel = () => {};
  let pause = SHORTEST_PAUSE;
  let closed = false;

  async function open(): Promise<void> {
    const fresh = connect();
    client = fresh;
    fresh.on("notification", ({ channel, payload }) => channel === CHANNEL && hear(payload ?? ""));
    fresh.on("error", () => lose(fresh));
    fresh.on("end", () => lose(fresh));
    try {
      await fresh.connect();
      await fresh.query(`listen ${CHANNEL}`);
      pause = SHORTEST_PAUSE;
      beatLater(fresh);
    } catch {
      lose(fresh);
    }
  }

  function beatLater(current: Client): void {
    if (closed || client !== current) return;
    cancel = clock.after(HEARTBEAT, () => {
      current.query("select 1").then(
        () => beatLater(current),
        () => lose(current),
      );
    });
  }

  function lose(lost: Client): void {
    if (closed || client !== lost) return;
    client = undefined;
    cancel();
    void end(lost);
    cancel = clock.after(pause, () => void open());
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }

  return {
    open,
    async close(): Promise<void> {
      closed = true;
      cancel();
      if (client) await end(client);
    },
  };
}

async function end(client: Client): Promise<void> {
  await client.end().catch(() => {});
}
