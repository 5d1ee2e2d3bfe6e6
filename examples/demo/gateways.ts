import type { Places } from "./places.ts";

/** A gateway of the sandbox, as the demo's merchants have their accounts with it. */
export interface DemoGateway {
  readonly name: "cybersource" | "moneris" | "computop";
  readonly title: string;
  /** The merchant that the sandbox has from the start: its README gives these. */
  readonly merchant: string;
  readonly settings: (places: Places, trade: Trade) => Record<string, unknown>;
  /** By setting: the variable of the environment that holds it, and its value in the sandbox. */
  readonly secrets: Readonly<Record<string, { readonly variable: string; readonly value: string }>>;
  readonly hasPage: boolean;
}

/** What a merchant's trade changes in an account's settings. */
export type Trade = "lodging" | "charging" | "delivery";

export const gateways: readonly DemoGateway[] = [
  {
    name: "cybersource",
    title: "CyberSource",
    merchant: "plimsoll_test",
    settings: ({ cybersource }, trade) => ({
      host: cybersource.url,
      merchantId: "plimsoll_test",
      keyId: "08c94330-f618-42a3-b09d-e1e43be5efda",
      scenario: trade === "lodging" ? "lodging" : "flexible",
    }),
    secrets: { secret: { variable: "CYBERSOURCE_SECRET", value: "aW5jcmVtZW50YWwtYXV0aC10ZXN0LXNlY3JldC0zMmI=" } },
    hasPage: false,
  },
  {
    name: "moneris",
    title: "Moneris",
    merchant: "0123456789101",
    settings: ({ moneris }) => ({ host: moneris.url, merchantId: "0123456789101", clientId: "plimsoll-test" }),
    secrets: { clientSecret: { variable: "MONERIS_SECRET", value: "c2FuZGJveC1jbGllbnQtc2VjcmV0" } },
    hasPage: false,
  },
  {
    name: "computop",
    title: "Computop",
    merchant: "plimsoll_test",
    settings: ({ computop }) => ({
      host: computop.url,
      merchantId: "plimsoll_test",
      acquirer: "nexi",
      preAuthorization: "yes",
      tokenField: "card.number",
      // The sandbox's look-ups know of every step at once, where nobody has set them back.
      lookUpLag: 0,
    }),
    secrets: { apiKey: { variable: "COMPUTOP_API_KEY", value: "sandbox-paygate-api-key" } },
    hasPage: true,
  },
];

/** The secrets as the BFF finds them in its environment. */
export function secretsOfGateways(): Record<string, string> {
  const all = gateways.flatMap(({ secrets }) => Object.values(secrets));
  return Object.fromEntries(all.map(({ variable, value }) => [variable, value]));
}
