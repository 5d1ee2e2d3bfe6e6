import { delta, total } from "@plimsoll/shared";
import { describe, expect, it } from "vitest";
import type { Listed } from "../gateways/port.ts";
import type { Hold, Snapshot } from "../hold/index.ts";
import { NOON, sampleEntry, sampleHold, sampleOperation } from "../store/testing/samples.ts";
import { asRead, compare } from "./compare.ts";

const NOW = NOON + 3_600_000;
const nothing: Hold = { ...sampleHold("h1"), entries: [sampleEntry("e1", { state: "failed" })] };
const held: Hold = {
  ...sampleHold("h1"),
  entries: [sampleEntry("e1", { state: "applied", applied: delta(400_00) })],
  references: { payment: "p1" },
};
const charged: Hold = {
  ...held,
  entries: [...held.entries, sampleEntry("e2", { kind: "capture", state: "applied", applied: delta(300_00) })],
};
const books = (
  authorized: number,
  captured = 0,
  more: Partial<Extract<Snapshot, { is: "snapshot" }>> = {},
): Extract<Snapshot, { is: "snapshot" }> => ({
  is: "snapshot",
  authorized: total(authorized),
  captured: total(captured),
  state: "open",
  asOf: NOW,
  ...more,
});
const untold: Snapshot = { ...books(400_00, 0, { state: "captured" }), captured: null };
const asking = (doubtSince: number | null): Hold => ({
  ...held,
  operations: [sampleOperation("o1", { doubtSince, attempt: null })],
});

describe("one hold and what the gateway shows of it", () => {
  it.each<[string, Hold, Snapshot | null, object]>([
    ["the same sums", held, books(400_00), { verdict: "agrees" }],
    ["another authorized sum", held, books(450_00), { verdict: "differs" }],
    ["a charge of which we know nothing", held, books(400_00, 400_00, { state: "captured" }), { verdict: "differs" }],
    ["a charge of a sum that isn't told", held, untold, { verdict: "differs" }],
    ["the same where we have charged", charged, untold, { verdict: "untold", why: "amounts_not_named" }],
    ["let go of, while we hold it", held, books(400_00, 0, { state: "reversed" }), { verdict: "differs" }],
    ["lapsed, while we hold it", held, books(400_00, 0, { state: "expired" }), { verdict: "differs" }],
    ["let go of, and nothing held here", nothing, books(400_00, 0, { state: "reversed" }), { verdict: "agrees" }],
    ["authorized, and failed here", nothing, books(400_00), { verdict: "differs" }],
    ["no such payment", held, { is: "cannot", cause: "http_404", absent: true }, { verdict: "ours_alone" }],
    [
      "no such payment, and none here",
      nothing,
      { is: "cannot", cause: "http_404", absent: true },
      { verdict: "agrees" },
    ],
    ["can't be read", held, { is: "cannot", cause: "http_503" }, { verdict: "untold", why: "http_503" }],
    ["a state that nobody knows", held, books(400_00, 0, { state: "unrecognised" }), { why: "unrecognised_state" }],
    ["books from before the last move", held, books(450_00, 0, { asOf: NOON - 1 }), { why: "in_motion" }],
    ["while a step is on its way", asking(null), books(450_00), { verdict: "untold", why: "in_motion" }],
    ["while a step is in doubt", asking(NOON), books(450_00), { verdict: "untold", why: "in_doubt" }],
    ["the same sums while a step is in doubt", asking(NOON), books(400_00), { verdict: "agrees" }],
    ["without a name, never authorized", nothing, null, { verdict: "agrees" }],
    ["without a name, and held", { ...held, references: {} }, null, { verdict: "untold", why: "no_payment_id" }],
    ["without a name, in doubt", asking(NOON), null, { verdict: "untold", why: "in_doubt" }],
  ])("%s", (_, hold, shown, expected) => {
    expect(compare(hold, shown, NOW)).toMatchObject(expected);
  });
});

describe("what a list shows", () => {
  const listed: Listed = {
    payment: "p1",
    reference: "r1",
    currency: "USD",
    authorized: total(400_00),
    captured: total(0),
    state: "open",
    at: NOON,
  };

  it("is as good as a read where it leaves nothing open", () => {
    expect(asRead(listed, held, NOW)).toEqual(books(400_00));
  });

  it.each<Partial<Listed>>([{ authorized: null }, { captured: null }, { state: null }, { currency: "EUR" }])(
    "has to be read where it shows %j",
    (more) => {
      expect(asRead({ ...listed, ...more }, held, NOW)).toBeNull();
    },
  );

  it("declined says that nothing is there, unless something is held here", () => {
    const declined: Listed = { ...listed, state: "declined", authorized: null };
    expect(asRead(declined, nothing, NOW)).toMatchObject({ is: "cannot", absent: true });
    expect(asRead(declined, held, NOW)).toBeNull();
  });
});
