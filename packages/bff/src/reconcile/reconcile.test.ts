import { delta, total } from "@plimsoll/shared";
import { describe, expect, it } from "vitest";
import type { Clock } from "../clock.ts";
import type { Account } from "../directory.ts";
import type { Driver } from "../driver/index.ts";
import type { Gateway, Listed, Listing } from "../gateways/port.ts";
import type { Entry, Hold, Snapshot } from "../hold/index.ts";
import { damage, memoryBooks } from "../store/testing/memory-books.ts";
import { memoryStore } from "../store/testing/memory-store.ts";
import { NOON, sampleEntry, sampleHold, sampleOperation, sampleRequest, written } from "../store/testing/samples.ts";
import { bookGateway } from "../testing/book-gateway.ts";
import { exitCode, markRestored, reconcile, sentenceOf, type Line, type Told } from "./index.ts";

const UNTIL = NOON + 3_600_000;
/** Short waits are over at once, long ones never. */
const clock: Clock = {
  now: () => UNTIL,
  monotonic: () => 0,
  after: (ms, run) => {
    if (ms < 1_000) setImmediate(run);
    return () => {};
  },
};

/** Our holds and the gateway's payments, where a test says no more than what it is about. */
function world({ list, reads = {} }: { list?: readonly Listed[] | Listing; reads?: Record<string, Snapshot> } = {}) {
  const tables = memoryBooks();
  const store = memoryStore({ books: tables });
  const hints: string[] = [];
  const asked: string[] = [];
  let atOnce = 0;
  let most = 0;
  const listing: Listing | undefined = list === undefined || "is" in list ? list : { is: "listed", payments: list };
  const gateway: Gateway = {
    ...bookGateway(clock.now),
    name: "cybersource",
    payee: "grand_hotel_mid",
    async read({ references }) {
      most = Math.max(most, (atOnce += 1));
      const payment = references["payment"] ?? "";
      asked.push(payment);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
      return reads[payment] ?? { is: "cannot", cause: "http_404", absent: true };
    },
    ...(listing ? { list: () => Promise.resolve(listing) } : {}),
  };
  const account: Account = { id: "grand-hotel-usd", merchant: "grand-hotel", mode: "test", gateway };
  const driver: Pick<Driver, "hint" | "submit"> = {
    hint: async (hold) => void hints.push(hold),
    submit: () => Promise.reject(new Error("nothing is submitted")),
  };
  async function opened(id: string, payment: string | null, entry: Partial<Entry> = {}, more: Partial<Hold> = {}) {
    const first = sampleEntry(`${id}.e1`, { state: "applied", applied: delta(400_00), ...entry });
    const references = payment === null ? {} : { payment };
    const hold: Hold = { ...sampleHold(id), entries: [first], references, ...more };
    await store.commit({ hold: id }, () => written(undefined, hold));
  }
  async function all(): Promise<Told[]> {
    const told: Told[] = [];
    for await (const one of reconcile({ store, driver, clock }, account, { from: NOON, until: UNTIL })) told.push(one);
    return told;
  }
  return {
    store,
    account,
    hints,
    asked,
    most: () => most,
    opened,
    damaged: (id: string) => damage(tables, id),
    all,
    lines: async (): Promise<Line[]> => (await all()).filter((told) => told.is === "line"),
  };
}

const listed = (payment: string, more: Partial<Listed> = {}): Listed => ({
  payment,
  reference: null,
  currency: "USD",
  authorized: total(400_00),
  captured: total(0),
  state: "open",
  at: NOON,
  ...more,
});
const books = (authorized: number): Extract<Snapshot, { is: "snapshot" }> => ({
  is: "snapshot",
  authorized: total(authorized),
  captured: total(0),
  state: "open",
  asOf: UNTIL,
});

describe("both ways", () => {
  it("what the list shows whole and the same isn't read", async () => {
    const { opened, lines, asked, hints } = world({ list: [listed("p1")] });
    await opened("h1", "p1");
    expect(await lines()).toMatchObject([{ verdict: "agrees", hold: "h1", payment: "p1" }]);
    expect([asked, hints]).toEqual([[], []]);
  });

  it("what the list shows otherwise, in part or not at all is read, one after the other", async () => {
    const reads = { p1: books(450_00), p2: books(400_00), p3: books(400_00) };
    const list = [listed("p1", { authorized: total(1) }), listed("p2", { captured: null })];
    const { opened, lines, asked, hints, most } = world({ list, reads });
    for (const [hold, payment] of [
      ["h1", "p1"],
      ["h2", "p2"],
      ["h3", "p3"],
      ["h4", "p4"],
    ] as const)
      await opened(hold, payment);
    expect((await lines()).map(({ hold, verdict }) => [hold, verdict])).toEqual([
      ["h1", "differs"],
      ["h2", "agrees"],
      ["h3", "agrees"],
      ["h4", "ours_alone"],
    ]);
    expect(asked).toEqual(["p1", "p2", "p3", "p4"]);
    expect(most()).toBe(1);
    expect(hints, "only what disagrees is looked at by the driver").toEqual(["h1", "h4"]);
  });

  it("a payment for which no hold stands is theirs alone, read for its sums; a declined one is nothing", async () => {
    const list = [listed("x", { authorized: null, captured: null, state: null }), listed("y", { state: "declined" })];
    const { lines, asked } = world({ list, reads: { x: books(75_00) } });
    expect(await lines()).toMatchObject([
      { verdict: "theirs_alone", hold: null, payment: "x", ours: null, theirs: { authorized: 75_00, state: "open" } },
    ]);
    expect(asked).toEqual(["x"]);
  });

  it("a charge whose sum isn't told differs, and is shown as such", async () => {
    const untold: Snapshot = { ...books(400_00), captured: null, state: "captured" };
    const list = [listed("p1", { captured: null, state: "captured" })];
    const { opened, all, hints } = world({ list, reads: { p1: untold } });
    await opened("h1", "p1");
    const told = await all();
    expect(told.map(sentenceOf).join("\n")).toMatch(/DIFFERS.* theirs USD 400\.00, charged \?, captured /);
    expect([exitCode(told), hints]).toEqual([1, ["h1"]]);
  });

  it("more holds than a page has are each compared once", async () => {
    const { opened, lines } = world({ list: Array.from({ length: 230 }, (_, index) => listed(`p${index}`)) });
    for (let index = 0; index < 230; index += 1) await opened(`h${index}`, `p${index}`);
    const all = await lines();
    expect(new Set(all.map(({ hold }) => hold)).size).toBe(230);
    expect(all).toHaveLength(230);
  });
});

describe("by our own reference", () => {
  const opening = sampleOperation("o1", {
    kind: "authorize",
    entry: "h1.e1",
    reference: "ref-1",
    totalBefore: total(0),
  });

  /** A hold whose authorization was asked under this reference, and ended like this. */
  async function asked({ store, opened }: ReturnType<typeof world>, payment: string | null, entry: Partial<Entry>) {
    await opened("h1", payment, entry);
    await store.commit({ hold: "h1" }, ({ hold }) => {
      if (!hold) throw new Error("it was opened");
      const begun = { ...hold, version: hold.version + 1 };
      const events = [{ type: "asked", operation: opening }] as const;
      return written(undefined, begun, { events, requests: [sampleRequest(begun, opening)] });
    });
  }

  it("an authorization that was given up and is there all the same differs", async () => {
    const at = world({ list: [listed("p1", { reference: "ref-1" })], reads: { p1: books(400_00) } });
    await asked(at, null, { state: "failed", applied: delta(0) });
    expect(await at.lines()).toMatchObject([
      { verdict: "differs", hold: "h1", payment: "p1", ours: { authorized: 0 }, theirs: { authorized: 400_00 } },
    ]);
    expect(at.hints).toEqual(["h1"]);
  });

  it("a second payment under one hold's reference is theirs alone, and says whose", async () => {
    const at = world({ list: [listed("p1", { reference: "ref-1" }), listed("p2", { reference: "ref-1" })] });
    await asked(at, "p1", {});
    expect(await at.lines()).toMatchObject([
      { verdict: "agrees", hold: "h1", payment: "p1" },
      { verdict: "theirs_alone", hold: "h1", payment: "p2", why: "a second payment under this hold's reference" },
    ]);
  });

  it("a record of a later step is no second payment", async () => {
    const at = world({ list: [listed("p1"), listed("p1-increment", { reference: "ref-1" })] });
    await asked(at, "p1", {});
    await at.store.commit({ hold: "h1" }, ({ hold }) => {
      if (!hold) throw new Error("it was opened");
      const entries = hold.entries.map((entry) => ({ ...entry, id: "another" }));
      return written(undefined, { ...hold, entries, version: hold.version + 1 });
    });
    expect(await at.lines()).toMatchObject([{ verdict: "agrees", payment: "p1" }]);
  });
});

it("a hold that only the list has in the span is compared too: its clock is not ours", async () => {
  const { opened, lines } = world({ list: [listed("p1")] });
  await opened("h1", "p1", {}, { ...sampleHold("h1", { openedAt: UNTIL + 5 }), references: { payment: "p1" } });
  expect(await lines()).toMatchObject([{ hold: "h1", payment: "p1" }]);
});

it("a hold of another account of the same merchant at the gateway is neither here nor a stranger", async () => {
  const { opened, lines } = world({ list: [listed("p1")] });
  await opened("h1", "p1", {}, { ...sampleHold("h1", { account: "another" }), references: { payment: "p1" } });
  expect(await lines()).toEqual([]);
});

describe("one way", () => {
  it("where no list is documented, which is said", async () => {
    const { opened, all } = world({ reads: { p1: books(400_00) } });
    await opened("h1", "p1");
    const told = await all();
    expect(told[0]).toMatchObject({ is: "began", list: "none" });
    expect(told.at(-1)).toMatchObject({ is: "ended", counts: { agrees: 1, theirs_alone: 0 } });
    expect(exitCode(told)).toBe(0);
  });

  it("where the list can't be had: then it can't be told whether all agrees", async () => {
    const { opened, all } = world({ list: { is: "cannot", cause: "http_503" }, reads: { p1: books(400_00) } });
    await opened("h1", "p1");
    const told = await all();
    expect(told[0]).toMatchObject({ is: "began", list: { cannot: "http_503" } });
    expect(exitCode(told)).toBe(2);
  });
});

it("ends with 1 where something differs, and with 2 where it could only not be told", async () => {
  const differs = world({ list: [], reads: { p1: books(1) } });
  await differs.opened("h1", "p1");
  expect(exitCode(await differs.all())).toBe(1);
  const untold = world({ list: [], reads: { p1: { is: "cannot", cause: "http_500" } } });
  await untold.opened("h1", "p1");
  expect(exitCode(await untold.all())).toBe(2);
});

describe("a hold that can't be read in our own books", () => {
  const listedToo = [listed("p1"), listed("p2"), listed("p3")];

  async function damagedWorld() {
    const at = world({ list: listedToo });
    for (const [hold, payment] of [
      ["h1", "p1"],
      ["h2", "p2"],
      ["h3", "p3"],
    ] as const)
      await at.opened(hold, payment);
    at.damaged("h2");
    return at;
  }

  it("can't be told, and keeps no other from being compared", async () => {
    const told = await (await damagedWorld()).all();
    expect(told.filter(({ is }) => is === "line")).toMatchObject([
      { verdict: "agrees", hold: "h1" },
      { verdict: "untold", why: "unreadable", hold: "h2", ours: null, theirs: null },
      { verdict: "agrees", hold: "h3" },
    ]);
    expect(exitCode(told)).toBe(2);
  });

  it("is not marked after a restore: nothing can be asked of it; the others are", async () => {
    const { store, account } = await damagedWorld();
    const marked: string[] = [];
    const driver: Pick<Driver, "hint" | "submit"> = {
      hint: () => Promise.reject(new Error("nobody hints")),
      submit: async ({ hold }) => {
        marked.push(hold);
        return { hold: sampleHold(hold), entry: "", replayed: false };
      },
    };
    const told: Told[] = [];
    for await (const one of markRestored({ store, driver, clock }, account, NOON)) told.push(one);
    expect(marked).toEqual(["h1", "h3"]);
    expect(told).toMatchObject([{ is: "marked", holds: 2 }]);
  });
});

it("what was blocked and agrees by now is looked at again, so that the rules let it go", async () => {
  const { opened, lines, hints } = world({ list: [listed("p1")] });
  const contradicted = { since: NOON, what: "books", found: { authorized: total(1), captured: null } };
  const entries = [sampleEntry("h1.e1", { state: "applied", applied: delta(400_00) })];
  await opened("h1", "p1", {}, { contradicted, entries, references: { payment: "p1" } });
  expect(await lines()).toMatchObject([{ verdict: "agrees", ours: { blocked: true } }]);
  expect(hints).toEqual(["h1"]);
});
