import { describe, expect, it } from "vitest";
import { holdsCardNumber } from "@plimsoll/shared";
import type { Asker } from "../../hold/index.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { ManualClock } from "../../testing/manual-clock.ts";
import { connectMoneris } from "./connect.ts";
import { invoiceNumber, makeReference } from "./references.ts";
import { monerisSettings } from "./settings.ts";
import { account } from "./testing/order.ts";

const least = {
  mode: "test",
  merchantId: "0123456789101",
  clientId: "c",
  clientSecret: "a client's secret".replaceAll(" ", "-"),
};
const parses = (more: object) => monerisSettings.safeParse({ ...least, ...more }).success;
const DAY = 86_400_000;

describe("an account's settings", () => {
  it("lead to the gateway's own hosts by mode", () => {
    expect(monerisSettings.parse(least).host).toBe("https://api.sb.moneris.io");
    expect(monerisSettings.parse({ ...least, mode: "live" }).host).toBe("https://api.moneris.io");
  });

  it("allow plain http to this machine only, and in test mode only", () => {
    expect(parses({ host: "http://127.0.0.1:4000" })).toBe(true);
    expect(parses({ host: "http://127.0.0.1:4000", mode: "live" })).toBe(false);
    expect(parses({ host: "http://api.sb.moneris.io" })).toBe(false);
    expect(parses({ host: "https://api.sb.moneris.io/v1" })).toBe(false);
  });

  it("keep the gateway's live host and its test host apart", () => {
    expect(parses({ host: "https://api.moneris.io" })).toBe(false);
    expect(parses({ host: "https://api.sb.moneris.io", mode: "live" })).toBe(false);
    expect(parses({ host: "https://api.moneris.io", mode: "live" })).toBe(true);
  });

  it.each([
    ["a merchant of another length", { merchantId: "012345678910" }],
    ["no secret", { clientSecret: "" }],
    ["a secret with a line break", { clientSecret: "a-client-secret\n" }],
    ["a version that is no date", { apiVersion: "v2" }],
    ["a version that breaks a header", { apiVersion: "2025-08-14\r\nx: y" }],
    ["a flag that nobody documents", { incrementFlag: "incremental" }],
    ["a descriptor that is too long", { dynamicDescriptor: "x".repeat(21) }],
    ["more days than there are", { holdDays: 32 }],
    ["a setting that is not there", { merchant: "x" }],
  ])("refuse %s", (_, more) => {
    expect(parses(more)).toBe(false);
  });

  it("take the flag's form from the version, up to the one that is described", () => {
    expect(account()).toMatchObject({ incrementFlag: "boolean", paymentMethodIn: "paymentMethod" });
    expect(account({ apiVersion: "2026-01-22-preview" })).toMatchObject({
      incrementFlag: "incrementalAuthorizationIndicator",
      paymentMethodIn: "paymentMethodData",
    });
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
    const clientSecret = "somebody's secret, with blanks";
    const connecting = () => connectMoneris({ ...least, clientSecret, merchantId: "short" }, parts);
    expect(connecting).toThrow(/clientSecret[\s\S]*merchantId|merchantId[\s\S]*clientSecret/);
    expect(connecting).not.toThrow(clientSecret);
    expect(connectMoneris(least, parts)).toMatchObject({
      name: "moneris",
      payee: "0123456789101",
      means: ["token", "instrument"],
    });
  });
});

describe("our own reference", () => {
  it("is letters alone, within Moneris' lengths, and no card number", () => {
    const reference = makeReference(Uint8Array.from({ length: 16 }, (_, at) => at * 16 + 9));
    expect(reference).toMatch(/^[a-z]{32}$/);
    expect(invoiceNumber(reference)).toMatch(/^[a-z]{17}$/);
    expect(holdsCardNumber(reference)).toBe(false);
    expect(makeReference(new Uint8Array(64))).toHaveLength(50);
  });
});

describe("capabilities", () => {
  const of = (network: NonNullable<Asker["card"]>["network"] | null, more: object = {}) =>
    capabilitiesOf({ card: network && { network }, currency: "CAD", profile: "general" }, account(more));

  it("grow without limit, let go of no single increment, and can be read", () => {
    expect(of("visa")).toMatchObject({
      incrementable: "yes",
      increments: null,
      reverseIncrement: "none",
      incrementsAfterPartialCapture: false,
      partialApproval: { authorization: false, increment: false },
      greatest: 999_999_999,
      step: 1,
      readable: true,
    });
  });

  it("prolong on Mastercard alone", () => {
    expect([of("mastercard"), of("visa"), of(null)].map(({ extension }) => extension)).toEqual([true, false, false]);
    expect(of("mastercard").expiry).toMatchObject({
      captureWithin: 7 * DAY,
      bankKeeps: 7 * DAY,
      prolongedBy: ["extend"],
      prolongedTo: 30 * DAY,
    });
    expect(of("visa").expiry).toMatchObject({ captureWithin: 7 * DAY, bankKeeps: 7 * DAY, prolongedBy: [] });
    expect(of("visa", { holdDays: 10 }).expiry).toMatchObject({ captureWithin: 10 * DAY });
    expect(of("mastercard", { incrementsProlong: true }).expiry?.prolongedBy).toEqual(["increment", "extend"]);
  });

  it("complete in parts and let go of the rest as the account says", () => {
    expect(of("visa")).toMatchObject({ partialCapture: "never", releaseAtCapture: "automatic" });
    const told = of("visa", { partialCompletions: "always", lowerCompletionReleases: false });
    expect(told).toMatchObject({ partialCapture: "always", releaseAtCapture: "lapses" });
  });

  it("recover by the same key, and by sums where the payment is known", () => {
    expect(of("visa").recovery).toEqual({
      deadline: 60_000,
      slowestApply: 60_000,
      dedupe: { window: 600_000, replay: "conflict" },
      lookUp: { by: "totals", of: ["authorize", "increment", "capture", "reverse", "extend"], lag: 20_000 },
      undo: null,
      verdict: "answer",
    });
    expect(of("visa", { keyWindow: 0 }).recovery.dedupe).toBeNull();
    expect(of("visa", { extensionsListed: false }).recovery.lookUp?.of).not.toContain("extend");
  });
});
