import { describe, expect, test } from "vitest";
import type { Event, Hold } from "../hold/index.ts";
import { project, type Rows, type Write } from "./projection.ts";
import { PAYMENT } from "./store.ts";
import {
  asking,
  FRONT_DESK,
  next,
  NOON,
  sampleHold,
  sampleOperation,
  sampleRequest,
  written,
} from "./testing/samples.ts";
import { there } from "./testing/place.ts";

const TARGET = { hold: "h1" };

describe("the rows of a commit", () => {
  const first = sampleOperation("o1");
  const second = sampleOperation("o2");
  const hold = sampleHold("h1");
  const inFlight = next(hold, { operations: [first] });

  function rowsOf(before: Hold | undefined, after: Hold, write: Partial<Write> = {}): Rows {
    return project(TARGET, before, { ...writeOf(after), ...write });
  }

  test("a hold's columns repeat its terms, and the payment once an answer named it", () => {
    expect(rowsOf(undefined, hold, { wakeAt: NOON + 5 }).hold).toMatchObject({
      id: "h1",
      merchant: "grand-hotel",
      mode: "test",
      account: "grand-hotel-usd",
      gateway: "cybersource",
      payee: "grand_hotel_mid",
      order_ref: "order of h1",
      payment: null,
      version: 1,
      wake_at: NOON + 5,
      opened_at: NOON,
      ended_at: null,
    });
    expect(rowsOf(hold, next(hold, { references: { [PAYMENT]: "pay-1" }, endedAt: NOON })).hold).toMatchObject({
      payment: "pay-1",
      ended_at: NOON,
    });
  });

  test("events are numbered on from the last one, each with its actor and cause", () => {
    const events: Event[] = [{ type: "hinted" }, { type: "agreed" }];
    const actor = JSON.stringify(FRONT_DESK);
    expect(rowsOf(hold, next(hold, {}, 2), { events, actor: FRONT_DESK, cause: "hint" }).events).toEqual([
      { hold: "h1", seq: 2, at: NOON, actor, cause: "hint", type: "hinted", data: '{"type":"hinted"}' },
      { hold: "h1", seq: 3, at: NOON, actor, cause: "hint", type: "agreed", data: '{"type":"agreed"}' },
    ]);
  });

  test("an operation that is asked comes with its request and its first attempt", () => {
    const { write } = asking(hold, first, "sealed");
    const rows = project(TARGET, hold, there(write));
    expect(rows.operations).toMatchObject([
      {
        id: "o1",
        hold: "h1",
        delta: 50_00,
        total_before: 400_00,
        total_after: 450_00,
        ended_at: null,
        sealed: "sealed",
        dialect: "cybersource/lodging",
      },
    ]);
    expect(rows.attempts).toEqual([
      {
        operation: "o1",
        number: 1,
        kind: "ask",
        started_at: NOON,
        deadline: NOON + 60_000,
        ended_at: null,
        evidence: null,
      },
    ]);
    expect(rows.settled).toEqual([]);
  });

  test("one that waits for the payer begins without an attempt", () => {
    const waiting = sampleOperation("o1", { attempt: null });
    expect(project(TARGET, hold, there(asking(hold, waiting).write)).attempts).toEqual([]);
  });

  test("an operation that the hold no longer lists has ended", () => {
    expect(rowsOf(inFlight, next(inFlight, { operations: [] })).settled).toEqual([
      { id: "o1", parked_at: null, doubted_at: null, ended_at: NOON },
    ]);
    expect(rowsOf(inFlight, next(inFlight)).settled).toEqual([]);
  });

  test("a parked one has no end, and keeps its mark when it gets one", () => {
    const parked = next(inFlight, { operations: [{ ...first, parkedAt: NOON + 1 }] });
    expect(rowsOf(inFlight, parked).settled).toEqual([
      { id: "o1", parked_at: NOON + 1, doubted_at: null, ended_at: null },
    ]);
    expect(rowsOf(parked, next(parked, { operations: [] })).settled).toEqual([
      { id: "o1", parked_at: NOON + 1, doubted_at: null, ended_at: NOON },
    ]);
  });

  test("one in doubt says since when, so that it is found once its gateway answers", () => {
    const doubted = next(inFlight, { operations: [{ ...first, doubtSince: NOON + 1 }] });
    expect(rowsOf(inFlight, doubted).settled).toEqual([
      { id: "o1", parked_at: null, doubted_at: NOON + 1, ended_at: null },
    ]);
  });

  test("one that ends in the commit that asks it is written as ended, with nothing sealed", () => {
    const requests = [sampleRequest(inFlight, second, "sealed")];
    const rows = rowsOf(inFlight, next(inFlight), { events: [{ type: "asked", operation: second }], requests });
    expect(rows.operations).toMatchObject([{ id: "o2", ended_at: NOON, sealed: null }]);
  });

  test("a further attempt starts at its commit, and an answer ends the attempt that it names", () => {
    const events: Event[] = [
      { type: "answered", operation: "o1", number: 1, evidence: "unknown: reset" },
      { type: "attempted", operation: "o1", number: 2, kind: "look", deadline: NOON + 90 },
    ];
    const rows = rowsOf(inFlight, next(inFlight, {}, 2), { events });
    expect(rows.answers).toEqual([{ operation: "o1", number: 1, ended_at: NOON, evidence: "unknown: reset" }]);
    expect(rows.attempts).toEqual([
      {
        operation: "o1",
        number: 2,
        kind: "look",
        started_at: NOON,
        deadline: NOON + 90,
        ended_at: null,
        evidence: null,
      },
    ]);
  });

  test("a key's use needs the key that the command came with", () => {
    const use = { digest: "d", hold: "h1", entry: "e1" };
    const write = { ...writeOf(hold), key: use };
    const key = { scope: "s", value: "k" };
    expect(project({ ...TARGET, key }, undefined, write).use).toEqual({ ...key, ...use, at: NOON });
    expect(() => project(TARGET, undefined, write)).toThrow(TypeError);
  });

  function writeOf(after: Hold): Write {
    return there(written(undefined, after).write);
  }
});
