import { describe, expect, it } from "vitest";
import { exitCode, sentenceOf, type Line, type Told } from "./index.ts";

const NOW = Date.parse("2026-11-27T03:00:00Z");
const began = (list: Extract<Told, { is: "began" }>["list"]): Told => ({
  is: "began",
  account: "harbor",
  gateway: "moneris",
  from: NOW - 172_800_000,
  until: NOW,
  list,
});
const ended = (more: Partial<Extract<Told, { is: "ended" }>["counts"]> = {}): Told => ({
  is: "ended",
  account: "harbor",
  counts: { agrees: 412, differs: 0, ours_alone: 0, theirs_alone: 0, untold: 0, ...more },
});
const line: Line = {
  is: "line",
  account: "harbor",
  verdict: "differs",
  why: null,
  hold: "hold_1",
  order: "stay-1",
  payment: "p1",
  reference: "ref-1",
  at: NOW,
  currency: "KWD",
  exponent: 3,
  ours: { authorized: 400_000, captured: 0, held: 400_000, state: "open", blocked: true },
  theirs: { authorized: 450_000, captured: null, state: null },
};

/** As a person reads it: how many blanks stand between doesn't matter. */
const said = (told: Told) => sentenceOf(told)?.replaceAll(/ +/g, " ");

describe("for people", () => {
  it("each way is named, and what it can't find", () => {
    expect(said(began("listed"))).toBe("harbor (moneris), 2026-11-25 03:00 to 2026-11-27 03:00: compared both ways.");
    expect(said(began("none"))).toMatch(
      /one way\. This gateway has no list: what it has and we don't can't be found\.$/,
    );
    expect(said(began({ cannot: "http_503" }))).toMatch(/one way\. The gateway's list can't be had \(http_503\)/);
  });

  it("what agrees is only counted", () => {
    expect(sentenceOf({ ...line, verdict: "agrees" })).toBeNull();
    expect(said(ended({ differs: 1 }))).toBe("412 agree, 1 differ, 0 ours alone, 0 theirs alone, 0 can't be told");
  });

  it("what differs shows both sums in the currency's own decimals, and what was not shown as such", () => {
    expect(said(line)).toBe(
      "DIFFERS ours KWD 400.000, charged 0.000, open theirs KWD 450.000, charged ?, ? hold_1 order stay-1 payment p1 (blocked)",
    );
  });

  it("a payment without a hold shows our own reference: it was ours once", () => {
    const lost: Line = { ...line, verdict: "theirs_alone", hold: null, order: null, ours: null };
    expect(said(lost)).toMatch(/^THEIRS ALONE ours — theirs KWD 450\.000.* payment p1 reference ref-1$/);
  });
});

it.each<[number, readonly Told[]]>([
  [0, [began("listed"), ended(), began("none"), ended()]],
  [1, [began("listed"), ended({ untold: 1 }), began("listed"), ended({ theirs_alone: 1 })]],
  [1, [began("listed"), ended({ ours_alone: 1 })]],
  [2, [began("listed"), ended({ untold: 1 })]],
  [2, [began({ cannot: "timed_out" }), ended()]],
])("ends with %i", (code, all) => {
  expect(exitCode(all)).toBe(code);
});
