import { describe, expect, it } from "vitest";
import { holdsCardNumber } from "@plimsoll/shared";
import { capabilitiesOf } from "./capabilities.ts";
import { localDateTime } from "./local-time.ts";
import { ManualClock } from "../../testing/manual-clock.ts";
import { connectCyberSource } from "./connect.ts";
import { makeReference } from "./references.ts";
import { cyberSourceSettings } from "./settings.ts";
import { account } from "./testing/order.ts";
import type { Card } from "../../hold/index.ts";

const EVERY = ["authorize", "increment", "extend", "capture", "reverse"];

const least = {
  mode: "test",
  merchantId: "m",
  keyId: "k",
  secret: "c2VjcmV0LXNlY3JldC1zZWNyZXQ=",
  scenario: "flexible",
};

describe("an account's settings", () => {
  it("lead to the gateway's own hosts by mode", () => {
    expect(cyberSourceSettings.parse(least).host).toBe("https://apitest.cybersource.com");
    expect(cyberSourceSettings.parse({ ...least, mode: "live" }).host).toBe("https://api.cybersource.com");
  });

  it("allow plain http to this machine only, and in test mode only", () => {
    const allowed = (host: string, mode = "test") => cyberSourceSettings.safeParse({ ...least, host, mode }).success;
    expect(
      ["http://127.0.0.1:4000", "http://localhost:1", "https://apitest.cybersource.com"].map((host) => allowed(host)),
    ).toEqual([true, true, true]);
    for (const host of [
      "http://apitest.cybersource.com",
      "https://h/path",
      "https://user@h",
      "ftp://127.0.0.1",
      "nothing",
    ]) {
      expect(allowed(host)).toBe(false);
    }
    expect(allowed("http://127.0.0.1:4000", "live")).toBe(false);
  });

  it("keep the gateway's live hosts and its test host apart", () => {
    const allowed = (host: string, mode: string) => cyberSourceSettings.safeParse({ ...least, host, mode }).success;
    for (const host of ["https://api.cybersource.com", "https://api.in.cybersource.com"])
      expect([allowed(host, "live"), allowed(host, "test")]).toEqual([true, false]);
    expect(allowed("https://apitest.cybersource.com", "live")).toBe(false);
  });

  it("never guess what totalAmount means", () => {
    const parses = (more: object) => cyberSourceSettings.safeParse({ ...least, ...more }).success;
    expect(parses({ scenario: "default" })).toBe(false);
    expect(parses({ scenario: "default", totalAmountMeans: "total" })).toBe(true);
    expect(parses({ scenario: "lodging", totalAmountMeans: "total" })).toBe(false);
  });

  it("want Argentina's local time from one side or the other", () => {
    const parses = (more: object) => cyberSourceSettings.safeParse({ ...least, country: "AR", ...more }).success;
    expect(parses({})).toBe(false);
    expect(parses({ timeZone: "America/Argentina/Buenos_Aires" })).toBe(true);
    expect(parses({ accountHasTimeZone: true })).toBe(true);
    expect(parses({ timeZone: "America/Atlantis" })).toBe(false);
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
    const secret = "not base64, but somebody's secret all the same";
    const connecting = () => connectCyberSource({ ...least, secret, scenario: "hotel" }, parts);
    expect(connecting).toThrow(/secret[\s\S]*scenario|scenario[\s\S]*secret/);
    expect(connecting).not.toThrow(secret);
    expect(connectCyberSource(least, parts).name).toBe("cybersource");
  });
});

describe("our own reference", () => {
  it("is letters alone, as long as its randomness, and no card number", () => {
    const reference = makeReference(Uint8Array.from({ length: 16 }, (_, at) => at * 16 + 9));
    expect(reference).toMatch(/^[a-z]{32}$/);
    expect(holdsCardNumber(reference)).toBe(false);
    expect(makeReference(new Uint8Array(64))).toHaveLength(50);
  });
});

describe("the local date and time", () => {
  it.each([
    ["UTC", "20260307235959"],
    ["America/Argentina/Buenos_Aires", "20260307205959"],
    ["Asia/Kathmandu", "20260308054459"],
  ])("in %s is %s", (zone, written) => {
    expect(localDateTime(Date.parse("2026-03-07T23:59:59Z"), zone)).toBe(written);
  });

  it("has no hour 24", () => {
    expect(localDateTime(Date.parse("2026-03-07T00:00:00Z"), "UTC")).toBe("20260307000000");
  });
});

describe("capabilities", () => {
  const asker = (card: Card | null, currency = "USD") => ({ card, currency, profile: "general" }) as const;
  const of = (network: "visa" | "amex" | "jcb", more = {}) =>
    capabilitiesOf(asker({ network }), account("flexible", more));

  it("grow on four networks, 100 times, and let go of no single increment", () => {
    expect(of("visa")).toMatchObject({
      incrementable: "yes",
      increments: { most: 100, count: "applied" },
      reverseIncrement: "none",
    });
    expect(of("jcb").incrementable).toBe("no");
    expect(capabilitiesOf(asker(null), account("flexible")).incrementable).toBe("unproven");
  });

  it("count on Visa's longer time only where the authorization names a trade that has it", () => {
    const DAY = 86_400_000;
    const life = (scenario: "flexible" | "lodging", more = {}) =>
      capabilitiesOf({ ...asker({ network: "visa" }), profile: "vehicle_rental" }, account(scenario, more)).expiry;
    expect(life("flexible")).toMatchObject({ captureWithin: 10 * DAY, bankKeeps: 5 * DAY, prolongedBy: [] });
    expect(life("flexible", { cardPresent: true })).toMatchObject({ captureWithin: 5 * DAY });
    expect(life("lodging"), "the network's own rule, by trade").toBeNull();
    expect(of("amex").expiry).toMatchObject({ captureWithin: 7 * DAY });
    expect(of("jcb").expiry).toBeNull();
  });

  it("follow what the account says", () => {
    expect(of("amex", { automaticPartialReversal: false }).releaseAtCapture).toBe("lapses");
    expect(of("amex", { clientReferenceInPatch: "omit", undoOfIncrements: true }).recovery).toMatchObject({
      lookUp: { by: "totals", of: EVERY, lag: 20_000 },
      undo: { of: ["authorize"], notBefore: 60_000 },
      dedupe: null,
    });
    expect(of("amex", { undoOfIncrements: true, lookUpLag: 0 }).recovery).toMatchObject({
      lookUp: { by: "operation", of: EVERY, lag: 0 },
      undo: { of: ["authorize", "increment"] },
    });
  });

  it("know the longest amount that the field takes", () => {
    expect(of("visa").greatest).toBe(99_999_999_999);
    expect(capabilitiesOf(asker(null, "JPY"), account("flexible")).greatest).toBe(999_999_999_999);
    expect(capabilitiesOf(asker(null, "HUF"), account("flexible", { wireExponents: { HUF: 0 } })).step).toBe(100);
  });
});
