import { beforeEach, describe, expect, it } from "vitest";
import { sums, type Actor, type Command, type Hold, type Terms } from "../hold/index.ts";
import { makeIds } from "../ids.ts";
import { createHub } from "../live/index.ts";
import { memoryStore } from "../store/memory-store.ts";
import type { Change, Seen, Store, Target } from "../store/store.ts";
import { bookGateway, type BookGateway } from "../testing/book-gateway.ts";
import { ordinary } from "../testing/capabilities.ts";
import { ManualClock, quiet } from "../testing/manual-clock.ts";
import { bookTerms } from "./testing/process.ts";
import { createDriver, type Driver, type Submission, type Submitted } from "./index.ts";

const desk: Actor = { kind: "console", name: "Front desk" };
const HOLD = "hold_1";

let clock: ManualClock;
let gateway: BookGateway;
let store: Store;
let driver: Driver;
let commits: number;
let alarms: string[];

beforeEach(() => {
  clock = new ManualClock();
  gateway = bookGateway(clock.now);
  store = memoryStore();
  commits = 0;
  alarms = [];
  driver = drive(store);
});

function drive(over: Store): Driver {
  const counted: Store = { ...over, commit: (target, change) => (commits++, over.commit(target, change)) };
  return createDriver({
    store: counted,
    clock,
    ids: makeIds(clock.now),
    gateway: (account) => (account === "gone" ? undefined : gateway),
    unseal: (sealed) => Promise.resolve(sealed),
    changes: createHub(),
    alert: () => {},
    alarm: (what) => alarms.push(what),
    patience: 8_000,
  });
}

const terms = (id: string): Terms => ({ ...bookTerms(id, clock.now(), ordinary), order: "stay-1" });

let entries = 0;
const fresh = () => `step_${++entries}`;

function open(amount = 40_000, more: Partial<Submission> = {}): Promise<Submitted> {
  const command: Command = {
    do: "open",
    entry: fresh(),
    by: desk,
    reason: null,
    terms: terms(HOLD),
    amount,
    ceiling: null,
  };
  return driver.submit({ hold: HOLD, command, ...more });
}

function increment(amount: number, more: Partial<Submission> = {}): Promise<Submitted> {
  const command: Command = {
    do: "increment",
    entry: fresh(),
    by: desk,
    reason: null,
    amount,
    currency: "USD",
    line: null,
    notBefore: null,
  };
  return driver.submit({ hold: HOLD, command, ...more });
}

function capture(amount: number): Promise<Submitted> {
  const command: Command = {
    do: "capture",
    entry: fresh(),
    by: desk,
    reason: null,
    amount,
    currency: "USD",
    final: true,
    leaveDoubt: false,
    acceptLate: false,
  };
  return driver.submit({ hold: HOLD, command });
}

async function now(): Promise<Hold> {
  const hold = await store.load(HOLD);
  if (!hold) throw new Error("no hold");
  return hold;
}

function stateOf(submitted: Submitted): string {
  if ("refused" in submitted) return submitted.refused.code;
  return submitted.hold.entries.find(({ id }) => id === submitted.entry)?.state ?? "none";
}

async function expectBooksEqual(): Promise<void> {
  const { authorized, captured, held } = sums(await now());
  expect({ authorized, captured, held }).toEqual({ ...gateway.book(), released: undefined });
}

describe("the money path", () => {
  it("raises a hold three times and captures it, and the books agree", async () => {
    await open(40_000);
    for (const amount of [5_000, 20_000, 5_000]) await increment(amount);
    await capture(70_000);
    expect(gateway.book()).toEqual({ authorized: 70_000, captured: 70_000, released: 0, held: 0 });
    await expectBooksEqual();
  });

  it("takes two commits an increment", async () => {
    await open();
    commits = 0;
    await increment(5_000);
    expect(commits).toBe(2);
  });

  it("writes the request down before it asks", async () => {
    await open();
    gateway.meet({ do: "hold" });
    const asked = increment(5_000);
    await quiet();
    const [operation] = (await now()).operations;
    const request = operation && (await store.request(operation.id));
    expect(request?.order).toMatchObject({ kind: "increment", delta: 5_000, totalBefore: 40_000, totalAfter: 45_000 });
    gateway.release();
    expect(stateOf(await asked)).toBe("applied");
  });

  it("gives two tablets that add at once the sum of both", async () => {
    await open();
    const both = await Promise.all([increment(5_000), increment(7_000)]);
    expect(both.map(stateOf)).toEqual(["applied", "applied"]);
    expect(sums(await now()).held).toBe(52_000);
    await expectBooksEqual();
  });

  it("asks one thing at a time of one hold", async () => {
    await open();
    gateway.meet({ do: "hold" });
    const first = increment(5_000);
    const second = increment(7_000);
    await quiet();
    expect(gateway.seen).toEqual(["authorize 40000", "increment 5000"]);
    gateway.release();
    await Promise.all([first, second]);
    expect(gateway.seen).toEqual(["authorize 40000", "increment 5000", "increment 7000"]);
  });
});

describe("a slow or silent gateway", () => {
  it("shows a caller whose patience ends the step as it stands, and applies it when the answer comes", async () => {
    await open();
    gateway.meet({ do: "hold" });
    const asked = increment(5_000);
    await clock.settles(8_000);
    expect(stateOf(await asked)).toBe("asking");
    gateway.release();
    await quiet();
    expect(sums(await now()).held).toBe(45_000);
  });

  it("looks up an answer that was lost after it was applied, and finds it", async () => {
    await open();
    gateway.meet({ do: "lose", applied: true });
    await increment(5_000);
    expect((await now()).operations[0]?.doubtSince).toBe(clock.now());
    expect(sums(await now()).held).toBe(40_000);
    await clock.settles(6_000);
    expect(sums(await now()).held).toBe(45_000);
    await expectBooksEqual();
  });

  it("gives up a step only when a look after the quiet time finds nothing, and never asks again", async () => {
    await open();
    gateway.meet({ do: "lose", applied: false });
    const asked = await increment(5_000);
    await clock.settles(119_000);
    expect(stateOf({ ...asked, hold: await now() })).toBe("asking");
    await clock.settles(5_000);
    const [, entry] = (await now()).entries;
    expect(entry).toMatchObject({ state: "failed", applied: 0, cause: { is: "absent" } });
    expect(gateway.seen.filter((one) => one === "increment 5000")).toHaveLength(1);
    await expectBooksEqual();
  });

  it("refuses further increments while one is in doubt, and says when it looks next", async () => {
    await open();
    gateway.meet({ do: "lose", applied: true });
    await increment(5_000);
    const refused = await increment(1_000);
    expect(refused).toEqual({
      refused: { code: "in_doubt", detail: { nextLook: new Date(clock.now() + 5_000).toISOString() } },
    });
  });

  it("puts an attempt in doubt at its deadline, and still learns from the answer that comes later", async () => {
    await open();
    gateway.meet({ do: "hold" });
    const asked = increment(5_000);
    await clock.settles(61_000);
    await asked;
    expect((await now()).operations[0]?.doubtSince).not.toBeNull();
    gateway.release();
    await quiet();
    expect(sums(await now()).held).toBe(45_000);
  });
});

describe("an answer that can't be true", () => {
  it("that names another hold's payment leaves the opening in doubt, and alarms", async () => {
    await open();
    const references = { hold: { payment: `pay-${HOLD}` } };
    gateway.meet({ do: "answer", outcome: { is: "approved", grade: "none", applied: null, total: null, references } });
    const command: Command = {
      do: "open",
      entry: fresh(),
      by: desk,
      reason: null,
      terms: { ...terms("hold_2"), order: "stay-2" },
      amount: 10_000,
      ceiling: null,
    };
    const opened = await driver.submit({ hold: "hold_2", command });
    expect(stateOf(opened)).toBe("asking");
    expect((await store.load("hold_2"))?.operations[0]?.doubtSince).toBe(clock.now());
    expect(alarms).toEqual(["an answer on hold_2 can't be true"]);
  });
});

describe("what a gateway tells unasked", () => {
  const by = { gateway: "book", mode: "test", payee: "harbor" } as const;

  it("and can't be true is no verdict: it alarms, and is looked into", async () => {
    await open();
    gateway.meet({ do: "answer", outcome: { is: "waiting", on: "notice", until: clock.now() + 600_000 } });
    const command: Command = {
      do: "open",
      entry: fresh(),
      by: desk,
      reason: null,
      terms: { ...terms("hold_2"), order: "stay-2" },
      amount: 10_000,
      ceiling: null,
    };
    await driver.submit({ hold: "hold_2", command });
    const reference = (await store.load("hold_2"))?.operations[0]?.reference ?? "";
    const references = { hold: { payment: `pay-${HOLD}` } };
    const says = { is: "approved", grade: "none", applied: null, total: null, references } as const;
    await driver.notice(by, { about: { reference }, says });
    await quiet();
    expect(alarms).toEqual(["a notice on hold_2 can't be true"]);
    expect((await store.load("hold_2"))?.operations[0]).toMatchObject({ looks: 1, waiting: { on: "notice" } });
  });

  it("is written down also while this process stops, for the next one to look", async () => {
    await open();
    await driver.stop();
    await driver.notice(by, { about: { payment: `pay-${HOLD}` }, says: null });
    expect((await now()).hintAt).toBe(clock.now());
  });
});

describe("a step whose request can't be written", () => {
  it("fails unsent and alarms, also when its turn comes with an answer; that one is written down", async () => {
    await open();
    const ordinarily = { ...gateway };
    const first = increment(5_000);
    gateway.write = (order) => {
      if (order.kind === "increment") throw new Error("this hold has no payment id");
      return ordinarily.write(order);
    };
    const second = increment(1_000);
    expect([stateOf(await first), stateOf(await second)]).toEqual(["applied", "failed"]);
    expect(gateway.seen).toEqual(["authorize 40000", "increment 5000"]);
    expect(alarms).toEqual([expect.stringMatching(/^the request of .* could not be written$/)]);
    expect(stateOf(await capture(45_000))).toBe("applied");
    await expectBooksEqual();
  });
});

describe("an account that is not configured", () => {
  it("opens nothing, and says that the gateway can't be reached", async () => {
    const command: Command = {
      do: "open",
      entry: fresh(),
      by: desk,
      reason: null,
      terms: { ...terms(HOLD), account: "gone" },
      amount: 10_000,
      ceiling: null,
    };
    expect(stateOf(await driver.submit({ hold: HOLD, command }))).toBe("gateway_unavailable");
    expect(await store.load(HOLD)).toBeUndefined();
  });
});

describe("a second hold for one order", () => {
  const again = (hold: string, besides: boolean): Promise<Submitted> => {
    const order = { merchant: "harbor", mode: "test", gateway: "book", order: "stay-1", besides } as const;
    const command: Command = {
      do: "open",
      entry: fresh(),
      by: desk,
      reason: null,
      terms: terms(hold),
      amount: 40_000,
      ceiling: null,
    };
    return driver.submit({ hold, command, order });
  };

  it("is refused while the first may have been placed, unless it is meant", async () => {
    gateway.meet({ do: "lose", applied: true });
    await open();
    expect(stateOf(await again("hold_2", false))).toBe("duplicate_order");
    expect(await store.load("hold_2")).toBeUndefined();
    expect(stateOf(await again("hold_3", true))).toBe("applied");
    expect(gateway.book().authorized).toBe(80_000);
  });

  it("is refused by the clock, also before anybody has written the doubt down", async () => {
    gateway.meet({ do: "hold" });
    void open();
    await quiet();
    clock.stalls(61_000);
    expect((await now()).operations[0]?.doubtSince).toBeNull();
    expect(stateOf(await again("hold_2", false))).toBe("duplicate_order");
  });

  it("is taken where the first one stands", async () => {
    await open();
    expect(stateOf(await again("hold_2", false))).toBe("applied");
  });
});

describe("this process and the next", () => {
  it("does not start an attempt when it stalled after writing it down", async () => {
    await open();
    const slow: Store = {
      ...store,
      async commit(target, change) {
        const result = await store.commit(target, change);
        clock.stalls(5_000);
        return result;
      },
    };
    driver = drive(slow);
    const asked = await increment(5_000);
    expect(stateOf(asked)).toBe("failed");
    expect(gateway.seen).toEqual(["authorize 40000"]);
    await expectBooksEqual();
  });

  it("looks up what an earlier process left without an end", async () => {
    await open();
    let dead = false;
    const never = () => new Promise<never>(() => {});
    driver = drive({
      ...store,
      commit: (target, change) => (dead ? never() : store.commit(target, change)),
      commitDue: (at, except, change) => (dead ? never() : store.commitDue(at, except, change)),
    });
    gateway.meet({ do: "hold" });
    void increment(5_000);
    await quiet();
    dead = true;
    gateway.release();
    driver = drive(store);
    await driver.start();
    expect((await now()).operations[0]?.doubtSince).toBe(clock.now());
    await clock.settles(6_000);
    expect(sums(await now()).held).toBe(45_000);
    await expectBooksEqual();
  });

  it("looks up what was left behind a hold that can't be read, and alarms", async () => {
    await open();
    gateway.meet({ do: "lose", applied: true });
    await increment(5_000);
    const damaged: Store = {
      ...store,
      unfinished: async () => ["damaged", ...(await store.unfinished())],
      commit: (target, change) =>
        target.hold === "damaged" ? Promise.reject(new Error("it can't be read")) : store.commit(target, change),
    };
    await driver.stop();
    driver = drive(damaged);
    await driver.start();
    await clock.settles(60_000);
    expect(alarms).toEqual(["hold damaged could not be taken up"]);
    expect(sums(await now()).held).toBe(45_000);
  });

  it("keeps an answer in hand until the store takes it", async () => {
    await open();
    let failures = 0;
    const shaky: Store = {
      ...store,
      commit(target, change) {
        const isAnswer = gateway.seen.includes("increment 5000") && failures < 2;
        if (isAnswer) {
          failures++;
          return Promise.reject(new Error("disk is full"));
        }
        return store.commit(target, change);
      },
    };
    driver = drive(shaky);
    const asked = increment(5_000);
    await clock.settles(1_000);
    expect(stateOf(await asked)).toBe("applied");
    expect(alarms).toHaveLength(2);
    await expectBooksEqual();
  });

  it("finishes what is in flight before it stops, and accepts nothing new", async () => {
    await open();
    gateway.meet({ do: "hold" });
    const asked = increment(5_000);
    await quiet();
    const stopped = driver.stop();
    expect(stateOf(await increment(1_000))).toBe("stopping");
    gateway.release();
    await stopped;
    await asked;
    await expectBooksEqual();
  });

  it("says that it stops also to what it was asked before and comes to only then", async () => {
    await open();
    const turn = (target: Target, change: (seen: Seen) => Change<unknown>) =>
      quiet().then(() => store.commit(target, change));
    driver = drive({ ...store, commit: turn as Store["commit"] });
    const asked = increment(5_000);
    await driver.stop();
    expect(stateOf(await asked)).toBe("stopping");
    expect(gateway.book().authorized).toBe(40_000);
  });
});

describe("the same request again", () => {
  const key = (digest: string) => ({ key: { scope: "harbor", value: "dinner-1", digest } });

  it("answers the same key and body with the same entry as it stands now", async () => {
    await open();
    const first = await increment(5_000, key("a"));
    const again = await increment(5_000, key("a"));
    if ("refused" in first || "refused" in again) throw new Error("refused");
    expect(again).toMatchObject({ entry: first.entry, replayed: true });
    expect(gateway.book().authorized).toBe(45_000);
  });

  it("refuses the same key with another body, and changes nothing", async () => {
    await open();
    await increment(5_000, key("a"));
    expect(stateOf(await increment(6_000, key("b")))).toBe("key_conflict");
    expect(gateway.book().authorized).toBe(45_000);
  });

  it("uses up no key with a refusal", async () => {
    await open();
    expect(stateOf(await increment(0, key("a")))).toBe("invalid_amount");
    expect(stateOf(await increment(5_000, key("b")))).toBe("applied");
  });
});

describe("time", () => {
  it("lets a question lapse when nobody answers it", async () => {
    await open();
    const command: Command = {
      do: "propose",
      entry: fresh(),
      by: desk,
      reason: null,
      amount: 9_000,
      currency: "USD",
      line: null,
      until: clock.now() + 60_000,
    };
    await driver.submit({ hold: HOLD, command });
    await driver.start();
    await clock.settles(61_000);
    expect((await now()).entries[1]?.state).toBe("lapsed");
    await expectBooksEqual();
  });

  it("looks when somebody says so, sooner than it would have", async () => {
    await open();
    gateway.meet({ do: "lose", applied: true });
    await increment(5_000);
    await driver.hint(HOLD, desk);
    await quiet();
    expect(sums(await now()).held).toBe(45_000);
  });
});
