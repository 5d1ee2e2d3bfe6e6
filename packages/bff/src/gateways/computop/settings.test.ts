import { holdsCardNumber } from "@plimsoll/shared";
import { describe, expect, it } from "vitest";
import type { Card } from "../../hold/index.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { ManualClock } from "../../testing/manual-clock.ts";
import { connectComputop } from "./connect.ts";
import { makeReference, refNrOf } from "./references.ts";
import { computopSettings } from "./settings.ts";
import { account } from "./testing/order.ts";

const least = { mode: "test", merchantId: "m", apiKey: "12345678", acquirer: "nexi" };
const parses = (more: object) => computopSettings.safeParse({ ...least, ...more }).success;

describe("an account's settings", () => {
  it("lead to the house's own hosts by mode", () => {
    const host = (more: object) => computopSettings.parse({ ...least, ...more }).host;
    expect(host({})).toBe("https://test.computop-paygate.com");
    expect(host({ mode: "live" })).toBe("https://www.computop-paygate.com");
    expect(host({ house: "axepta" })).toBe("https://test.paymentpage.axepta.bnpparibas");
    expect(host({ house: "axepta", mode: "live" })).toBe("https://paymentpage.axepta.bnpparibas");
    expect(host({ host: "https://paygate.bank.example/" })).toBe("https://paygate.bank.example");
  });

  it("allow plain http to this machine only, and in test mode only", () => {
    expect(parses({ host: "http://127.0.0.1:4000" })).toBe(true);
    expect(parses({ host: "http://127.0.0.1:4000", mode: "live" })).toBe(false);
    for (const host of ["http://www.computop-paygate.com", "https://h/api", "https://u:p@h", "nothing"])
      expect(parses({ host })).toBe(false);
  });

  it("keep every house's live host and its test host apart", () => {
    for (const host of ["https://www.computop-paygate.com", "https://paymentpage.axepta.bnpparibas"])
      expect([parses({ host, mode: "live" }), parses({ host })]).toEqual([true, false]);
    expect(parses({ host: "https://test.paymentpage.axepta.bnpparibas", mode: "live" })).toBe(false);
  });

  it.each([
    [{ acquirer: undefined }],
    [{ acquirer: "adyen" }],
    [{ brands: ["amex"] }],
    [{ brands: [] }],
    [{ basePath: "api/v2" }],
    [{ basePath: "/../v2" }],
    [{ merchantId: "m:1" }],
    [{ apiKey: "short" }],
    [{ apiKey: "with a space" }],
    [{ tokenField: "card..number" }],
    [{ tokenField: "__proto__.x" }],
    [{ refNrLength: 31 }],
    [{ keyWindow: -1 }],
    [{ deadline: 0 }],
    [{ statuses: { authorized: ["authorized"] } }],
    [{ lookUpOfIncrements: "by_trans_id" }],
  ])("are refused where they can't be right: %j", (more) => {
    expect(parses(more)).toBe(false);
  });

  it("take American Express through one acquirer", () => {
    expect(parses({ acquirer: "worldpay_cc", brands: ["amex"] })).toBe(true);
  });
});

describe("connecting an account", () => {
  const parts = {
    send: async () => ({ is: "not_sent", cause: "no network" }) as const,
    clock: new ManualClock(),
    bytes: (count: number) => new Uint8Array(count),
    noticesUrl: "https://bff.example/notices/a",
  };

  it("says what is wrong with its settings, and never a secret", () => {
    const apiKey = "somebody's secret with spaces";
    const connecting = () => connectComputop({ ...least, apiKey, acquirer: "nobody" }, parts);
    expect(connecting).toThrow(/apiKey[\s\S]*acquirer|acquirer[\s\S]*apiKey/);
    expect(connecting).not.toThrow(apiKey);
    expect(connectComputop(least, parts)).toMatchObject({ name: "computop", payee: "m", means: ["page"] });
    expect(connectComputop({ ...least, tokenField: "card.number" }, parts).means).toEqual(["page", "token"]);
  });
});

describe("our own reference", () => {
  it("is letters alone, as long as its randomness, and no card number", () => {
    const reference = makeReference(Uint8Array.from({ length: 16 }, (_, at) => at * 16 + 9));
    expect(reference).toMatch(/^[a-z]{32}$/);
    expect(holdsCardNumber(reference)).toBe(false);
    expect(makeReference(new Uint8Array(64))).toHaveLength(64);
  });

  it("is cut to letters and digits for the acquirer", () => {
    expect(refNrOf("ab-c_d1.2345678901234", 12)).toEqual({ refNr: "abcd12345678" });
  });
});

describe("capabilities", () => {
  const of = (network: Card["network"] | null, more: object = {}) =>
    capabilitiesOf({ card: network && { network }, currency: "EUR", profile: "general" }, account(more));

  it("grow by brand and acquirer, as far as the profile is known to make pre-authorizations", () => {
    const grows = (network: Card["network"] | null, more = {}) => of(network, more).incrementable;
    expect([grows("visa"), grows("mastercard"), grows("amex"), grows("jcb")]).toEqual([
      "unproven",
      "unproven",
      "no",
      "no",
    ]);
    expect(grows("visa", { preAuthorization: "yes" })).toBe("yes");
    expect(grows(null, { preAuthorization: "yes" })).toBe("unproven");
    expect(grows("amex", { preAuthorization: "yes", acquirer: "worldpay_cc" })).toBe("yes");
    expect(grows("visa", { preAuthorization: "yes", brands: ["mastercard"] })).toBe("no");
    expect([grows("visa", { acquirer: "other" }), grows(null, { acquirer: "other" })]).toEqual(["no", "no"]);
  });

  it("let go of the last increment alone, extend nothing, capture once", () => {
    expect(of("visa")).toMatchObject({
      increments: null,
      reverseIncrement: "last",
      extension: false,
      partialCapture: "never",
      releaseAtCapture: "lapses",
      partialApproval: { authorization: false, increment: false },
      greatest: 9_999_999_999,
      step: 1,
      readable: true,
    });
    expect(of("visa", { severalCaptures: true, restAfterCapture: "automatic" })).toMatchObject({
      partialCapture: "always",
      releaseAtCapture: "automatic",
    });
  });

  it("live for 30 days, from the last approval only where the account says so", () => {
    const days = 30 * 86_400_000;
    expect(of("visa").expiry).toMatchObject({ captureWithin: days, bankKeeps: days, prolongedBy: [] });
    expect(of("visa", { incrementsProlong: true }).expiry).toMatchObject({ prolongedBy: ["increment"] });
  });

  it("recover by the key for as long as it is known, then by look-up", () => {
    expect(of("visa").recovery).toEqual({
      deadline: 60_000,
      slowestApply: 60_000,
      dedupe: { window: 300_000, replay: "same_answer" },
      lookUp: { by: "totals", of: ["authorize", "increment", "capture", "reverse"], lag: 5_000 },
      undo: null,
      verdict: "answer",
    });
    expect(of("visa", { keyWindow: 0 }).recovery.dedupe).toBeNull();
    expect(of("visa", { replay: "conflict" }).recovery.dedupe).toMatchObject({ replay: "conflict" });
  });

  it.each([
    ["standing", "by_totals", ["authorize", "increment", "capture", "reverse"], true],
    ["authorized", "by_totals", ["authorize", "increment", "capture"], true],
    ["first", "by_totals", ["authorize"], false],
    ["first", "by_trans_id", ["authorize", "increment", "capture", "reverse"], false],
  ])("can be looked up where details tell: %s, %s", (amountValue, lookUpOfSteps, kinds, readable) => {
    const { recovery, ...rest } = of("visa", { amountValue, lookUpOfSteps });
    expect(recovery.lookUp?.of).toEqual(kinds);
    expect(rest.readable).toBe(readable);
  });
});
