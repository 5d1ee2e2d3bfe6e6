import { delta } from "@plimsoll/shared";
import { beforeEach, describe, expect, it } from "vitest";
import { checkConfig, ConfigRefused } from "../config.ts";
import { makeDirectory } from "../directory.ts";
import type { Driver } from "../driver/index.ts";
import { told, type Told } from "../reconcile/index.ts";
import { memoryStore } from "../store/testing/memory-store.ts";
import { sampleEntry, sampleHold, written } from "../store/testing/samples.ts";
import { bookGateway } from "../testing/book-gateway.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { makeActions } from "./perform.ts";

const DAY = 86_400_000;
const account = { merchant: "grand-hotel", mode: "test", gateway: "book", settings: {} } as const;
const config = checkConfig({
  publicUrl: "https://pay.example",
  secret: { env: "S" },
  merchants: [{ id: "grand-hotel", name: "Grand Hotel", descriptor: "GRAND HOTEL" }],
  accounts: [
    { ...account, id: "grand-hotel-usd" },
    { ...account, id: "grand-hotel-eur" },
  ],
});

let clock: ManualClock;
let store: ReturnType<typeof memoryStore>;
/** Each hold that was marked, and who had paused its gateway then. */
let marked: [hold: string, pausedBy: string | undefined][];
let refuses: boolean;

beforeEach(() => {
  clock = new ManualClock();
  store = memoryStore();
  marked = [];
  refuses = false;
});

function actions() {
  const driver: Driver = {
    async submit({ hold }) {
      marked.push([hold, (await store.pauses.list())[0]?.by]);
      const standing = await store.load(hold);
      if (refuses || !standing) throw new Error("the database is gone");
      return { hold: standing, entry: "", replayed: false };
    },
    hint: async () => {},
    notice: async () => {},
    start: async () => {},
    stop: async () => {},
  };
  const directory = makeDirectory(config, () => bookGateway(clock.now));
  const createKey = () => Promise.reject(new Error("no keys"));
  return makeActions({ config, directory, store, driver, clock, createKey });
}

async function opened(id: string, { ago = 1, endedAgo }: { ago?: number; endedAgo?: number } = {}): Promise<void> {
  const entries = [sampleEntry(`${id}.e1`, { state: "applied", applied: delta(400_00) })];
  const endedAt = endedAgo === undefined ? null : clock.now() - endedAgo * DAY;
  const hold = { ...sampleHold(id, { openedAt: clock.now() - ago * DAY }), entries, endedAt };
  await store.commit({ hold: id }, () => written(undefined, hold));
}

/** Without waiting for the reads that follow: those are paced by the clock. */
async function restore(wish: object = {}): Promise<Told[]> {
  const all: Told[] = [];
  const asked = { account: null, from: null, until: null, restored: true, ...wish };
  for await (const one of actions().get("reconcile")?.(asked) ?? []) {
    all.push(told.parse(one));
    if (all.filter(({ is }) => is === "began").length === 1) break;
  }
  return all;
}

const MARKING = "plimsoll reconcile --restored";

describe("after a restore", () => {
  it("what is open or has ended within two days is marked while nothing new is asked, then all goes on", async () => {
    await opened("open", { ago: 40 });
    await opened("just ended", { ago: 9, endedAgo: 1.9 });
    await opened("long ended", { ago: 9, endedAgo: 2.1 });
    expect(await restore()).toMatchObject([
      { is: "marked", account: "grand-hotel-usd", holds: 2 },
      { is: "marked", account: "grand-hotel-eur", holds: 0 },
      { is: "began" },
    ]);
    expect(marked).toEqual([
      ["open", MARKING],
      ["just ended", MARKING],
    ]);
    expect(await store.pauses.list()).toEqual([]);
  });

  it("what has ended since the backup is marked too", async () => {
    await opened("long ended", { ago: 9, endedAgo: 5 });
    await restore({ from: clock.now() - 6 * DAY });
    expect(marked.map(([hold]) => hold)).toEqual(["long ended"]);
  });

  it("a pause of a person's stands as it was", async () => {
    const pause = { gateway: "book", mode: "test", by: "Ada", why: "their status page", at: 1 } as const;
    await store.pauses.set(pause);
    await opened("open");
    await restore();
    expect(marked).toEqual([["open", "Ada"]]);
    expect(await store.pauses.list()).toEqual([pause]);
  });

  it("where not all could be marked nothing is asked until it was done again", async () => {
    await opened("open");
    refuses = true;
    await expect(restore()).rejects.toThrow("the database is gone");
    expect(await store.pauses.list()).toMatchObject([{ by: MARKING }]);
    refuses = false;
    await restore();
    expect(await store.pauses.list()).toEqual([]);
  });
});

describe("what can't be asked for is refused in a sentence", () => {
  it.each([
    ["an account that is not there", { account: "nobody", restored: false }, "there is no account nobody"],
    ["a span that ends before it begins", { from: 10, until: 5, restored: false }, "--from has to lie before --until"],
    ["a span of the future", { from: 9e12, restored: false }, "--from has to lie before --until, and before now"],
  ])("%s", async (_, wish, sentence) => {
    await expect(restore(wish)).rejects.toThrow(sentence);
  });

  it("a wish that is not of its form", async () => {
    await expect(restore({ account: "no such id!", restored: false })).rejects.toThrow(/→ at account/);
    await expect(restore({ account: "no such id!", restored: false })).rejects.toThrow(ConfigRefused);
  });

  it("a gateway on which there is no account", async () => {
    const pause = { gateway: "acme", mode: "test", by: "Ada", why: "so" };
    const asking = async () => {
      for await (const _ of actions().get("pause")?.(pause) ?? []) expect.unreachable();
    };
    await expect(asking()).rejects.toThrow("no account of the configuration is on acme; there are: book");
  });
});
