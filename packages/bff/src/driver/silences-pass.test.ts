import { beforeEach, expect, it } from "vitest";
import type { Evidence, Hold, HoldId, Operation } from "../hold/index.ts";
import { StoreUnavailable, type Store } from "../store/store.ts";
import { NOON, sampleHold, sampleOperation } from "../store/testing/samples.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { createSilences } from "./silences.ts";

const ACCOUNT = "grand-hotel-usd";
const DAY = 86_400_000;
const GOOD: Evidence = { from: "look", attempt: 1, finding: { is: "absent" } };
const SILENT: Evidence = { from: "look", attempt: 1, finding: { is: "unknown", cause: "silent" } };

let clock: ManualClock;
/** Those in doubt, the longest first. */
let holds: Map<HoldId, Hold>;
/** Every commit on one of them, and every look that one has hurried. */
let commits: HoldId[];
let looks: { readonly hold: HoldId; readonly at: number }[];
let alarms: string[];
/** What goes wrong with a hold when it is read, and when it is committed. */
let unread: Map<HoldId, Error>;
let refused: Map<HoldId, Error>;

beforeEach(() => {
  clock = new ManualClock();
  holds = new Map();
  commits = [];
  looks = [];
  alarms = [];
  unread = new Map();
  refused = new Map();
});

function doubt(id: HoldId, operation: Partial<Operation> = {}): void {
  const silent = { attempt: null, doubtSince: NOON, silent: true, nextLookAt: NOON + DAY };
  holds.set(id, { ...sampleHold(id), operations: [sampleOperation(`${id}.o1`, { ...silent, ...operation })] });
}

function doubts(count: number, operation: Partial<Operation> = {}, name = "hold"): HoldId[] {
  const ids = Array.from({ length: count }, (_, number) => `${name}-${number}`);
  for (const id of ids) doubt(id, operation);
  return ids;
}

function silences() {
  const load: Store["load"] = async (id) => {
    const error = unread.get(id);
    if (error) throw error;
    return holds.get(id);
  };
  return createSilences({
    store: { load, inDoubt: () => Promise.resolve([...holds.keys()]) },
    clock,
    async tick(id, fresh) {
      commits.push(id);
      const error = refused.get(id) ?? unread.get(id);
      const hold = holds.get(id);
      const hurried = hold ? fresh(hold, clock.now()).length : 0;
      if (error) throw error;
      if (hurried === 0) return;
      looks.push({ hold: id, at: clock.now() });
      doubt(id, { nextLookAt: clock.now() });
    },
    alarm: (what) => alarms.push(what),
    stopping: () => false,
  });
}

const looked = () => looks.map(({ hold }) => hold);

it("looks at 20 a second, however long it takes and whatever is heard meanwhile", async () => {
  const ids = doubts(600);
  const { heard } = silences();
  for (let second = 0; second < 31; second += 1) {
    heard(ACCOUNT, GOOD);
    await clock.settles(1_000);
  }
  for (let second = 0; second < 30; second += 1) {
    const from = NOON + second * 1_000;
    expect(looks.filter(({ at }) => at >= from && at < from + 1_000)).toHaveLength(20);
  }
  expect(looked()).toEqual(ids);
});

it("commits nothing on what can't be hurried, and comes to the others at once", async () => {
  doubts(1_000, { silent: false }, "answered");
  doubts(1_000, { nextLookAt: null }, "without look-up");
  doubt("silent");
  silences().heard(ACCOUNT, GOOD);
  await clock.settles(50);
  expect(commits).toEqual(["silent"]);
  expect(looked()).toEqual(["silent"]);
});

it("hurries what fell into doubt a moment after it had nothing to hurry, or after its last doubt was hurried", async () => {
  doubt("answered", { silent: false });
  doubt("hurried");
  const { heard } = silences();
  heard(ACCOUNT, GOOD);
  await clock.settles(1_000);
  heard(ACCOUNT, SILENT);
  doubt("answered");
  doubt("hurried", { id: "the next step" });
  await clock.settles(60_000);
  heard(ACCOUNT, GOOD);
  await clock.settles(60_000);
  expect(looked()).toEqual(["hurried", "answered", "hurried"]);
});

it("hurries one doubt every five minutes at most", async () => {
  doubt("stays silent");
  const { heard } = silences();
  for (let minute = 0; minute < 11; minute += 1) {
    doubt("stays silent");
    heard(ACCOUNT, GOOD);
    await clock.settles(60_000);
  }
  expect(looks.map(({ at }) => at - NOON)).toEqual([0, 300_000, 600_000]);
});

it("goes on where one answer among the others was silent, also when nothing more is heard", async () => {
  const ids = doubts(100);
  const { heard } = silences();
  heard(ACCOUNT, GOOD);
  await clock.settles(1_000);
  heard(ACCOUNT, SILENT);
  await clock.settles(100);
  heard(ACCOUNT, GOOD);
  await clock.settles(60_000);
  expect(looked()).toEqual(ids);
});

it("comes to the others behind one that can't be read, or is locked for too long, and tells of it", async () => {
  const [unreadable = "", locked = "", ...others] = doubts(5);
  unread.set(unreadable, new Error("it can't be read"));
  refused.set(locked, new StoreUnavailable("gone", true));
  silences().heard(ACCOUNT, GOOD);
  await clock.settles(1_000);
  expect(looked()).toEqual(others);
  expect(alarms).toEqual([`hold ${unreadable} could not be woken`, `hold ${locked} could not be woken`]);
});

it.each(["gone", "full", "read_only"] as const)(
  "ends where the database is %s, and tells of that once",
  async (why) => {
    for (const id of doubts(50)) (why === "gone" ? unread : refused).set(id, new StoreUnavailable(why, true));
    silences().heard(ACCOUNT, GOOD);
    await clock.settles(5_000);
    expect(alarms).toEqual([`the doubts of account ${ACCOUNT} could not be woken`]);
  },
);

it("hurries again soon what could not be written", async () => {
  doubt("unwritten");
  refused.set("unwritten", new Error("the connection was cut"));
  const { heard } = silences();
  heard(ACCOUNT, GOOD);
  await clock.settles(1_000);
  refused.clear();
  await clock.settles(10_000);
  heard(ACCOUNT, GOOD);
  await clock.settles(1_000);
  expect(looked()).toEqual(["unwritten"]);
});
