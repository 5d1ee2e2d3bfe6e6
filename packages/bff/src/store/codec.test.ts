import { total } from "@plimsoll/shared";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evolveAll, type Event } from "../hold/index.ts";
import {
  decodeHold,
  decodeRecorded,
  decodeRequest,
  encodeActor,
  encodeEvent,
  encodeHold,
  encodeRequest,
} from "./codec.ts";
import { anyActor, anyHold } from "./testing/arbitraries.ts";
import { NOON, sampleEntry, sampleHold, sampleOperation, sampleRequest } from "./testing/samples.ts";

describe("what is written is what is read", () => {
  test("for a hold that an earlier version wrote, without what that did not know", () => {
    const hold = sampleHold("h1");
    const { reader: _, readAt: __, ...earlier } = { ...hold, operations: [sampleOperation("o1")] };
    const { silent: ___, alertedAt: ____, heard: _____, ...operation } = sampleOperation("o1");
    const wanted = { why: "unverified", at: NOON, blocks: true, tries: 2 } as const;
    const state = JSON.stringify({ ...earlier, operations: [operation], reading: wanted });
    const reading = { ...wanted, since: NOON, alertedAt: null };
    const now = { ...hold, operations: [sampleOperation("o1")], reading };
    expect(decodeHold({ id: "h1", version: 1, state })).toStrictEqual(now);
  });

  test("for a hold that a later version wrote: what this one does not know outlives its steps", () => {
    const later = { later: "is not known here" };
    const operation = { ...sampleOperation("o1", { entry: "e1" }), ...later };
    const hold = {
      ...sampleHold("h1"),
      entries: [{ ...sampleEntry("e1"), ...later }],
      operations: [operation],
      ...later,
    };
    const read = decodeHold({ id: "h1", version: 1, state: encodeHold(hold) });
    const events: Event[] = [
      { type: "doubted", operation: "o1", nextLookAt: NOON },
      { type: "released", entry: "e1", amount: total(1), requested: true },
    ];
    expect(evolveAll(read, events, NOON)).toMatchObject({
      ...later,
      version: 3,
      entries: [later],
      operations: [later],
    });
  });

  test("for any hold", () => {
    fc.assert(
      fc.property(anyHold, (hold) => {
        expect(decodeHold({ id: hold.terms.id, version: hold.version, state: encodeHold(hold) })).toStrictEqual(hold);
      }),
    );
  });

  test("for any event that carries a hold's entries, and whoever caused it", () => {
    fc.assert(
      fc.property(anyHold, fc.option(anyActor), (hold, actor) => {
        const events: Event[] = [
          { type: "opened", terms: hold.terms, ceiling: hold.ceiling },
          ...hold.entries.map((entry): Event => ({ type: "entered", entry })),
          ...hold.operations.map((operation): Event => ({ type: "asked", operation })),
        ];
        for (const event of events) {
          const row = { hold: "h1", seq: 1, at: NOON, actor: encodeActor(actor), cause: "open", ...encodeEvent(event) };
          expect(decodeRecorded(row)).toStrictEqual({ seq: 1, at: NOON, actor, cause: "open", event });
        }
      }),
    );
  });

  test("for any body of a request", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.option(fc.string()), (body, sealed) => {
        const request = sampleRequest(sampleHold("h1"), sampleOperation("o1"), sealed);
        const sent = { ...request, written: { ...request.written, body } };
        expect(decodeRequest({ id: "o1", ...encodeRequest(sent) })).toStrictEqual(sent);
      }),
    );
  });
});

describe("a row that was damaged is not read as something else", () => {
  const hold = sampleHold("h1");
  const row = { id: "h1", version: 1, state: encodeHold(hold) };

  test.each([
    ["cut off", { ...row, state: row.state.slice(0, -1) }],
    ["of another hold", { ...row, id: "h2" }],
    ["of another version", { ...row, version: 2 }],
    ["with an amount that is no whole number", { ...row, state: row.state.replace('"asked":40000', '"asked":400.5') }],
    ["with an amount as text", { ...row, state: row.state.replace('"applied":0', '"applied":"0"') }],
    ["without entries", { ...row, state: encodeHold(hold).replace('"entries"', '"lines"') }],
    ["no object at all", { ...row, state: "[]" }],
  ])("a hold's state %s", (_, damaged) => {
    expect(() => decodeHold(damaged)).toThrow(/^the state of hold h[12] in version [12] can't be read/);
  });

  test("an event under another type's name", () => {
    const event = { hold: "h1", seq: 7, at: NOON, actor: null, cause: "clock", ...encodeEvent({ type: "hinted" }) };
    expect(() => decodeRecorded({ ...event, type: "closed" })).toThrow("event 7 of hold h1 can't be read");
    expect(() => decodeRecorded({ ...event, actor: "{}" })).toThrow("event 7 of hold h1 can't be read");
  });

  test("a request of another operation, or with no body", () => {
    const request = encodeRequest(sampleRequest(hold, sampleOperation("o1")));
    expect(() => decodeRequest({ id: "o2", ...request })).toThrow("the request of operation o2 can't be read");
    const bodiless = request.request.replace('"body"', '"corpse"');
    expect(() => decodeRequest({ id: "o1", ...request, request: bodiless })).toThrow(
      "the request of operation o1 can't be read",
    );
  });
});
