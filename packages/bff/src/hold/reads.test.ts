import { describe, expect, it } from "vitest";
import { total } from "@plimsoll/shared";
import { unreadSince, wakeAt, type Capabilities } from "./index.ts";
import { blind, flexible, undoing } from "./testing/gateways.ts";
import { approved, books, declined, found, MINUTE, NOON, SECOND, Story, unknown } from "./testing/story.ts";

const HOUR = 60 * MINUTE;

/** A hold whose payment the gateway has named: it can be read. */
function named(capabilities: Capabilities = flexible): Story {
  return new Story(capabilities).named(400_00);
}

describe("a read", () => {
  it("is one at a time: it is written down with its deadline, and nobody else reads before that", () => {
    const story = named().passes(MINUTE).hint();
    expect(story.job).toEqual({ do: "read" });
    const { reader } = story.state;
    expect(reader).toEqual({ startedAt: story.now, deadline: story.now + MINUTE });
    expect(wakeAt(story.state)).toBe(reader?.deadline);
    story.hint();
    expect(story.events.filter(({ type }) => type === "read_begun")).toHaveLength(1);
  });

  it("whose process has ended is tried again after its deadline, for as long as somebody has asked for it", () => {
    const story = named().passes(MINUTE).hint().passes(MINUTE);
    expect(story.state.reader).toBeNull();
    story.sleeps();
    expect(story.job).toEqual({ do: "read" });
    story.reads(books(story.now, 400_00));
    expect(story.state).toMatchObject({ reader: null, reading: null, hintAt: null });
  });

  it("does not answer for one that was wanted while it was under way", () => {
    const story = named().passes(MINUTE).hint();
    const { now: started } = story;
    story.passes(SECOND).does(story.increment("dinner", 50_00));
    story.answers(approved(50_00, "echo"));
    expect(story.state.reading).toMatchObject({ why: "unverified", blocks: true });
    story.reads(books(started, 400_00), started);
    expect(story.state.reading).toMatchObject({ why: "unverified", blocks: true });
    story.sleeps();
    story.reads(books(story.now, 450_00));
    expect(story.entry("dinner").unverified).toBe(false);
  });

  it("that comes late ends no read of another process", () => {
    const story = named().passes(MINUTE).hint();
    const { now: started } = story;
    story.passes(MINUTE).sleeps();
    const { reader } = story.state;
    expect(reader?.startedAt).toBeGreaterThan(started);
    story.reads(books(started, 400_00), started);
    expect(story.state.reader).toEqual(reader);
  });
});

/** A step whose amount the gateway has not named, and books that can't be read for as long as that. */
function unreadable(time: number): Story {
  const story = named();
  story.does(story.increment("dinner", 50_00));
  return story.answers(approved(50_00, "echo")).staysUnread(time);
}

describe("a read that the hold's steps wait for", () => {
  it("is tried every two hours at least, for as long as it takes", () => {
    const story = unreadable(3 * 24 * HOUR);
    expect(wakeAt(story.state)).toBeLessThanOrEqual(story.now + 2 * HOUR);
  });

  it("is tried at once for a step that comes: the gateway may answer again", () => {
    const story = unreadable(5 * HOUR).passes(MINUTE);
    expect(story.job.do).toBe("wait");
    story.does(story.capture("checkout", 450_00));
    expect(story.job.do).toBe("read");
    story.reads(books(story.now, 450_00));
    expect(story.operation.kind).toBe("capture");
  });

  it("is tried once for each step", () => {
    const story = unreadable(2 * HOUR).passes(MINUTE);
    story.does(story.increment("minibar", 10_00));
    story.reads({ is: "cannot", cause: "http_503" });
    expect(story.job).toMatchObject({ do: "wait" });
    expect(wakeAt(story.state)).toBe(story.entry("minibar").sendBy);
    story.passes(SECOND).does(story.increment("parking", 5_00));
    expect(story.job.do).toBe("read");
  });
});

describe("books that steps wait for and that can't be read", () => {
  it("are a person's business after a quarter of an hour: said once, and shown until they are read", () => {
    const story = unreadable(14 * MINUTE);
    expect(unreadSince(story.state)).toBeNull();
    const { since } = story.state.reading ?? { since: 0 };
    story.staysUnread(3 * HOUR);
    expect(story.events.filter(({ type }) => type === "read_overdue")).toHaveLength(1);
    expect(unreadSince(story.state)).toBe(since);
    while (story.job.do !== "read") story.sleeps();
    story.reads(books(story.now, 450_00));
    expect([unreadSince(story.state), story.entry("dinner").unverified]).toEqual([null, false]);
  });

  it("wait no longer where a named person says that ours are right: the next step is asked, and read before the one after it", () => {
    const story = unreadable(HOUR);
    story.does(story.correct("portal, 08:10", "dinner", 0));
    expect(story.entry("dinner")).toMatchObject({ unverified: false, applied: 50_00 });
    story.does(story.increment("minibar", 10_00));
    expect(story.operation.entry).toBe("minibar");
    story.answers(approved(10_00, "echo"));
    expect(story.state.reading).toMatchObject({ why: "unverified", blocks: true });
  });

  it("are nobody's to say right before that, and what they show later still counts", () => {
    const early = unreadable(10 * MINUTE);
    expect(early.refusal(early.correct("portal", "dinner", 0))).toBe("invalid_amount");
    const story = unreadable(HOUR);
    story.does(story.correct("portal, 08:10", "dinner", 0));
    while (story.job.do !== "read") story.sleeps();
    story.reads(books(story.now, 400_00));
    expect(story.state.contradicted?.found.authorized).toBe(400_00);
  });

  it("of a hold that has ended stop nothing", () => {
    const story = named();
    story.does(story.capture("bill", 400_00));
    story.answers(approved(400_00, "echo"));
    story.staysUnread(3 * HOUR);
    expect(story.events.map(({ type }) => type)).not.toContain("read_overdue");
  });
});

describe("without anybody asking, a hold is audited", () => {
  it("a day after it was last read or moved, for as long as it is open", () => {
    const story = named();
    const times: number[] = [];
    for (let audits = 0; audits < 3; audits += 1) {
      const { now: before } = story;
      story.sleeps();
      expect(story.job).toEqual({ do: "read" });
      times.push((story.now - before) / HOUR);
      story.reads(books(story.now, 400_00));
    }
    expect(times).toEqual([24, 24, 24]);
    story.passes(HOUR).does(story.increment("dinner", 50_00));
    story.answers(approved(50_00));
    expect(wakeAt(story.state)).toBe(story.now + 24 * HOUR);
  });

  it("until two days after its end, and then rests", () => {
    const story = named();
    story.does(story.capture("bill", 400_00));
    story.answers(approved(400_00));
    const { now: end } = story;
    const times: number[] = [];
    while (wakeAt(story.state) !== null) {
      story.sleeps();
      times.push((story.now - end) / SECOND);
      story.reads(books(story.now, 400_00, 400_00, "captured"));
    }
    expect(times).toEqual([20, 3_600, 8 * 3_600, 24 * 3_600, 48 * 3_600]);
  });

  it("and says so where somebody else has moved money", () => {
    const story = named().sleeps();
    story.reads(books(story.now, 400_00, 400_00, "captured"));
    expect(story.state.contradicted?.found).toEqual({ authorized: total(400_00), captured: total(400_00) });
  });

  it("which is tried no more often where it can't be read", () => {
    const story = named().sleeps();
    story.reads({ is: "cannot", cause: "unavailable" });
    expect(wakeAt(story.state)).toBe(story.now + 24 * HOUR);
  });

  it("but not where nothing can be read", () => {
    expect(wakeAt(named(blind).state)).toBeNull();
  });
});

it("after a restore every hold is read before anything else is asked of it", () => {
  const story = named().passes(HOUR);
  story.does({ do: "audit", by: { kind: "merchant", name: "restore" } });
  story.does(story.increment("dinner", 50_00));
  expect(story.entry("dinner").state).toBe("queued");
  story.sleeps();
  expect(story.job).toEqual({ do: "read" });
  story.reads(books(story.now, 475_00));
  expect(story.state.contradicted).not.toBeNull();
  expect(story.entry("dinner").state).toBe("queued");
});

it("what was declined before a restore has no payment to read: after some tries it rests", () => {
  const story = new Story();
  story.open(400_00);
  story.answers(declined);
  story.does({ do: "audit", by: { kind: "merchant", name: "restore" } });
  let reads = 0;
  while (wakeAt(story.state) !== null && reads < 20) {
    story.sleeps();
    story.reads({ is: "cannot", cause: "no_payment_id" });
    reads += 1;
  }
  expect(reads).toBe(7);
  expect(story.state.reading).toBeNull();
});

describe("once a silent gateway answers anybody", () => {
  const silent = () => {
    const story = named();
    story.does(story.increment("dinner", 50_00));
    story.answers(unknown);
    for (let looks = 0; looks < 6; looks += 1) {
      do story.sleeps();
      while (story.job.do !== "look");
      story.finds({ is: "unknown", cause: "unavailable" });
    }
    return story.passes(MINUTE);
  };

  it("what is in doubt is looked at now, and not at its far next look", () => {
    const story = silent();
    expect(story.operation.nextLookAt).toBeGreaterThan(story.now + HOUR);
    story.learns({ from: "gateway_back" });
    expect(story.job).toMatchObject({ do: "look" });
    story.finds(found(50_00));
    expect(story.entry("dinner").state).toBe("applied");
  });

  it("what is to be undone is tried again now, and not before its own time", () => {
    const story = new Story(undoing);
    story.open(400_00);
    story.answers(unknown);
    while (story.job.do !== "undo") story.sleeps().learns({ from: "gateway_back" });
    expect(story.now).toBeGreaterThanOrEqual(NOON + (undoing.recovery.undo?.notBefore ?? 0));
    for (let tries = 0; tries < 6; tries += 1) {
      story.undoes(unknown);
      while (story.job.do !== "undo") story.sleeps();
    }
    story.undoes(unknown).learns({ from: "gateway_back" });
    expect(story.job.do).toBe("undo");
  });

  it("what it has answered without an end keeps its own pace", () => {
    const story = named();
    story.does(story.increment("dinner", 50_00));
    story.answers(unknown).sleeps().finds({ is: "absent" });
    expect(story.operation.nextLookAt).toBeGreaterThan(story.now);
    const { version } = story.state;
    story.learns({ from: "gateway_back" });
    expect(story.state.version).toBe(version);
  });
});
