import { inputs, type ProfileName } from "@plimsoll/shared";
import { describe, expect, it } from "vitest";
import type { Card } from "./index.ts";
import { expiryRows, expiryRule, networkRule, type ExpiryRow } from "./expiry-rules.ts";

const DAY = 24 * 3600 * 1000;
const card = (network: Card["network"], present?: boolean): Card => ({
  network,
  ...(present === undefined ? {} : { present }),
});
const ruleOf = (of: Card | null, trade: ProfileName = "general") => networkRule({ card: of, profile: trade });

describe("how long an authorization lives", () => {
  it.each<[string, Card | null, ProfileName, number]>([
    ["Visa, with the card there", card("visa", true), "general", 5],
    ["Visa, without the card", card("visa", false), "general", 10],
    ["Visa, when nobody says which: the shorter", card("visa"), "general", 5],
    ["Visa, without the card, in a delivery", card("visa", false), "delivery", 10],
    ["Visa, estimated in a stay, card there or not", card("visa", true), "lodging", 30],
    ["Visa, estimated in a car rental", card("visa"), "vehicle_rental", 30],
    ["Visa, estimated in another trade", card("visa", true), "ev", 10],
    ["Visa, estimated at a pump", card("visa"), "fuel", 10],
    ["Visa, estimated for equipment", card("visa"), "equipment_rental", 10],
    ["Mastercard, a pre-authorization", card("mastercard"), "general", 30],
    ["Mastercard, a car rental", card("mastercard", true), "vehicle_rental", 30],
    ["Mastercard, at a charging point", card("mastercard"), "ev", 7],
    ["Mastercard, at a pump", card("mastercard"), "fuel", 7],
    ["American Express", card("amex"), "general", 7],
    ["American Express, a stay", card("amex"), "lodging", 30],
    ["Discover", card("discover"), "delivery", 7],
    ["Discover, a car rental", card("discover"), "vehicle_rental", 30],
    ["a network of which nothing of its own is known", card("jcb"), "lodging", 7],
    ["an unknown card in a stay: the shortest that could apply", null, "lodging", 7],
    ["an unknown card anywhere else", null, "general", 5],
  ])("%s", (_, of, trade, days) => {
    expect(ruleOf(of, trade).captureWithin).toBe(days * DAY);
  });

  it("is prolonged by increments and extensions on Mastercard, never on Visa, and not where the card is unknown", () => {
    expect(ruleOf(card("mastercard")).prolongedBy).toEqual(["increment", "extend"]);
    expect(ruleOf(card("visa")).prolongedBy).toEqual([]);
    expect(ruleOf(null).prolongedBy).toEqual([]);
    expect(ruleOf(card("mastercard"), "ev").prolongedBy).toEqual([]);
  });

  it("is prolonged, for an unknown card, only by what would prolong it on every card", () => {
    const row = { source: "a test", read: "2026-11-22" };
    const rows: ExpiryRow[] = [
      { networks: ["mastercard"], days: 5, prolongedBy: ["increment", "extend"], ...row },
      { networks: ["amex"], days: 9, prolongedBy: ["increment"], ...row },
    ];
    expect(networkRule({ card: null, profile: "general" }, rows)).toMatchObject({
      captureWithin: 5 * DAY,
      prolongedBy: ["increment"],
    });
  });

  it("is longer than the bank may keep the money, never shorter", () => {
    expect(ruleOf(card("mastercard")).bankKeeps).toBe(5 * DAY);
    for (const trade of inputs.profile.options) {
      for (const of of [null, card("visa"), card("visa", true), card("amex"), card("other")]) {
        const { bankKeeps, captureWithin } = ruleOf(of, trade);
        expect(bankKeeps).toBeLessThanOrEqual(captureWithin);
      }
    }
  });
});

describe("each row", () => {
  it.each(
    expiryRows.map((row) => [`${row.networks.join()} ${row.profiles?.join() ?? ""} ${row.days} d`, row] as const),
  )("%s says where it stands and when that was read", (_, row) => {
    expect(row.source.length).toBeGreaterThan(20);
    expect(row.read).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it("decides for some card: none is hidden behind another", () => {
    const seen = new Set<string>();
    for (const trade of inputs.profile.options) {
      for (const { networks } of expiryRows) {
        for (const network of networks) {
          for (const present of [true, false]) {
            const { captureWithin, source } = ruleOf(card(network, present), trade);
            seen.add(`${captureWithin / DAY} ${source.split(";")[0]}`);
          }
        }
      }
    }
    for (const row of expiryRows) expect(seen).toContain(`${row.days} ${row.source.split(";")[0]}`);
  });
});

describe("the rule that a hold is opened with", () => {
  const own = { captureWithin: 30 * DAY, bankKeeps: 30 * DAY, prolongedBy: [], source: "a guide", read: "2026-11-22" };
  const visa = { card: { network: "visa" }, profile: "lodging" } as const;

  it("is the gateway's own where it has one, but the bank may free it as soon as the network lets it", () => {
    expect(expiryRule(visa, own)).toEqual({ ...own, bankKeeps: 5 * DAY });
    expect(expiryRule(visa, { ...own, bankKeeps: DAY }).bankKeeps).toBe(DAY);
  });

  it("is the network's where the gateway has none", () => {
    expect(expiryRule(visa, null)).toEqual(networkRule(visa));
  });
});
