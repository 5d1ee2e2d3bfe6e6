import { randomBytes, randomUUID } from "node:crypto";
import { sandboxControl, type Sandbox, type SandboxControl } from "@plimsoll/sandbox";
import type { AccountConfig } from "../../src/config.ts";

export const GATEWAYS = ["cybersource", "moneris", "computop"] as const;
export type GatewayName = (typeof GATEWAYS)[number];

export interface SandboxAccount {
  readonly account: AccountConfig;
  readonly secrets: Record<string, string>;
  readonly control: SandboxControl;
  readonly currency: string;
  /** The merchant by which its books are found. */
  readonly payee: string;
}

const SOON = { lookUpLag: 0, slowestApply: 0, deadline: 5_000 };

/** An account at one of the imitated gateways, in whose books nothing else stands where the gateway takes more merchants. */
export async function accountAt(sandbox: Sandbox, gateway: GatewayName): Promise<SandboxAccount> {
  const control = sandboxControl(sandbox.control.url, gateway);
  const made = { id: "cards", merchant: "harbor", mode: "test", gateway } as const;
  switch (gateway) {
    case "cybersource": {
      const [mid, keyId] = [`tools_${randomUUID().slice(0, 8)}`, randomUUID()];
      const secret = randomBytes(32).toString("base64");
      await control.addMerchant({ mid, keyId, secret });
      await control.setReading("searchLag", "0s");
      const settings = { host: sandbox.cybersource.url, merchantId: mid, keyId, scenario: "lodging", ...SOON };
      const account = { ...made, settings, secrets: { secret: { env: "CARDS_SECRET" } } };
      return { account, secrets: { CARDS_SECRET: secret }, control, currency: "USD", payee: mid };
    }
    case "moneris": {
      const payee = "0123456789101";
      const settings = { host: sandbox.moneris.url, merchantId: payee, clientId: "plimsoll-test", ...SOON };
      const account = { ...made, settings, secrets: { clientSecret: { env: "CARDS_SECRET" } } };
      const secrets = { CARDS_SECRET: "c2FuZGJveC1jbGllbnQtc2VjcmV0" };
      return { account, secrets, control, currency: "CAD", payee };
    }
    case "computop": {
      const payee = "plimsoll_test";
      const contract = { acquirer: "nexi", preAuthorization: "yes", tokenField: "card.number" };
      const settings = { host: sandbox.computop.url, merchantId: payee, ...contract, ...SOON };
      const account = { ...made, settings, secrets: { apiKey: { env: "CARDS_SECRET" } } };
      return { account, secrets: { CARDS_SECRET: "sandbox-paygate-api-key" }, control, currency: "EUR", payee };
    }
  }
}
