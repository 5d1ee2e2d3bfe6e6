import { gateways, type Trade } from "./gateways.ts";
import type { Places } from "./places.ts";

/** The three merchants: each with an origin, a name at the bank, accounts and an API key of their own. */
export interface DemoMerchant {
  readonly id: string;
  readonly name: string;
  readonly descriptor: string;
  readonly trade: Trade;
  /** Where its site listens, and the folder of its server. */
  readonly place: "hotel" | "charging" | "delivery";
  readonly folder: string;
  /** For the start page. */
  readonly story: string;
}

export const merchants: readonly DemoMerchant[] = [
  {
    id: "harbor-hotel",
    name: "Harbor Hotel",
    descriptor: "HARBOR HOTEL SF",
    trade: "lodging",
    place: "hotel",
    folder: "hotel",
    story:
      "Two nights are held at check-in; dinner, another night and the mini-bar raise it; the guest pays what came of it.",
  },
  {
    id: "lantern-charging",
    name: "Lantern Charging",
    descriptor: "LANTERN CHARGING 7",
    trade: "charging",
    place: "charging",
    folder: "ev-charging",
    story: "$20.00 is held when the cable goes in, and $10.00 more each time before the session gets there.",
  },
  {
    id: "pantry-lane",
    name: "Pantry Lane",
    descriptor: "PANTRY LANE",
    trade: "delivery",
    place: "delivery",
    folder: "delivery",
    story:
      "Groceries on a phone: 115 % of the basket is held, weights and swaps move the price, only what passes the hold raises it.",
  },
];

/** The merchant's account with each gateway, by the id that Plimsoll's configuration gives it. */
export function accountOf({ id }: DemoMerchant, gateway: string): string {
  return `${id}-${gateway}`;
}

/** Plimsoll's configuration file for all three. */
export function configuration(places: Places, files: { readonly database: string; readonly scripts: string }) {
  return {
    publicUrl: places.bff.url,
    listen: { host: "127.0.0.1", port: places.bff.port },
    database: files.database,
    secret: { env: "PLIMSOLL_SECRET" },
    scripts: { working: files.scripts },
    merchants: merchants.map(({ id, name, descriptor, place }) => ({
      id,
      name,
      descriptor,
      origins: [places[place].url],
    })),
    accounts: merchants.flatMap((merchant) =>
      gateways.map(({ name, settings, secrets }) => ({
        id: accountOf(merchant, name),
        merchant: merchant.id,
        mode: "test",
        gateway: name,
        settings: settings(places, merchant.trade),
        secrets: Object.fromEntries(Object.entries(secrets).map(([key, { variable }]) => [key, { env: variable }])),
      })),
    ),
  };
}

/** What the merchant's own server finds in its environment. */
export function siteEnvironment(merchant: DemoMerchant, places: Places, key: string): Record<string, string> {
  const choices = gateways.map(({ name, title, hasPage }) => ({
    name,
    title,
    account: accountOf(merchant, name),
    cardField: `${places[name].url}/token-page`,
    hasPage,
  }));
  return {
    PORT: String(places[merchant.place].port),
    PLIMSOLL_URL: places.bff.url,
    PLIMSOLL_KEY: key,
    GATEWAYS: JSON.stringify(choices),
  };
}
