import { describe, expect, it } from "vitest";
import { checkConfig, type AccountConfig } from "../config.ts";
import * as computop from "./computop/capabilities.ts";
import * as cybersource from "./cybersource/capabilities.ts";
import { connectGateway } from "./index.ts";
import * as moneris from "./moneris/capabilities.ts";

const CANARY = "canary-of-a-secret";
const clock = { now: () => 0, monotonic: () => 0, after: () => () => {} };
const send = async () => ({ is: "not_sent", cause: "no network" }) as const;
const parts = {
  send,
  clock,
  bytes: (count: number) => new Uint8Array(count),
  noticesUrl: (id: string) => `https://x/${id}`,
};

const account = (more: Partial<AccountConfig>): AccountConfig => ({
  id: "store-42",
  merchant: "store",
  mode: "test",
  gateway: "moneris",
  settings: { merchantId: "0123456789101", clientId: "client" },
  secrets: { clientSecret: { env: "MONERIS_SECRET" } },
  ...more,
});

function refusal(more: Partial<AccountConfig>, environment: NodeJS.ProcessEnv = { MONERIS_SECRET: CANARY }): string {
  try {
    connectGateway(account(more), environment, parts);
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
  return "connected";
}

describe("an account of the configuration", () => {
  it("is connected, and told where its gateway posts", () => {
    expect(connectGateway(account({}), { MONERIS_SECRET: CANARY }, parts)).toMatchObject({
      name: "moneris",
      payee: "0123456789101",
    });
  });

  it.each([
    [
      "a gateway that is not there",
      { gateway: "moneriss" },
      /store-42: there is no gateway called moneriss; there are: cyber/,
    ],
    [
      "a secret that is written down",
      { settings: { ...account({}).settings, clientSecret: CANARY } },
      /store-42: clientSecret is a secret: put it under secrets/,
    ],
    ["a secret that is missing", { secrets: {} }, /store-42: secrets.clientSecret is missing/],
    [
      "a setting that is wrong",
      { settings: { clientId: "client", merchantId: "42" } },
      /store-42: .*thirteen letters/s,
    ],
    ["a setting that nobody knows", { settings: { ...account({}).settings, spelled: 1 } }, /store-42: .*spelled/s],
  ])("is refused for %s, by name and without any secret", (_, more, says) => {
    const said = refusal(more);
    expect(said).toMatch(says);
    expect(said).not.toContain(CANARY);
  });

  it("is refused for a variable that is not set, which account it is of included", () => {
    expect(refusal({}, {})).toBe("account store-42: the environment variable MONERIS_SECRET is not set");
  });

  it("whose file writes the secret itself is told how to name it", () => {
    const config = {
      publicUrl: "https://pay.example",
      secret: { env: "S" },
      merchants: [{ id: "store", name: "Store", descriptor: "STORE" }],
      accounts: [{ ...account({}), secrets: { clientSecret: CANARY } }],
    };
    expect(() => checkConfig(config)).toThrow(/never the secret itself/);
    expect(() => checkConfig(config)).not.toThrow(CANARY);
  });

  it.each([
    ["moneris", moneris.LIST, { clientId: "client", merchantId: "0123456789101" }, "clientSecret"],
    ["cybersource", cybersource.LIST, { merchantId: "store", keyId: "key", scenario: "flexible" }, "secret"],
    ["computop", computop.LIST, { merchantId: "store", acquirer: "elavon_europe" }, "apiKey"],
  ])("at %s has a list where one is documented", (gateway, { shows }, settings, secret) => {
    const one = account({ gateway, settings, secrets: { [secret]: { env: "SECRET" } } });
    const connected = connectGateway(one, { SECRET: "c2VjcmV0IG9mIG5vYm9keQ==" }, parts);
    expect(connected.list !== undefined).toBe(shows !== null);
  });
});
