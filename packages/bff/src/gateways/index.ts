import type { Clock } from "../clock.ts";
import { ConfigRefused, readSecret, type AccountConfig } from "../config.ts";
import { connectComputop } from "./computop/index.ts";
import { connectCyberSource } from "./cybersource/index.ts";
import { connectMoneris } from "./moneris/index.ts";
import type { Gateway } from "./port.ts";

export interface GatewayParts {
  readonly clock: Clock;
  readonly bytes: (count: number) => Uint8Array;
  /** Where a gateway can post what it has to tell about an account. */
  readonly noticesUrl: (account: string) => string;
}

/** What a gateway's folder exports: from its own settings, checked by itself, to a gateway that can be asked. */
export type Connect = (settings: Readonly<Record<string, unknown>>, parts: AccountParts) => Gateway;

export type AccountParts = Omit<GatewayParts, "noticesUrl"> & { readonly noticesUrl: string };

/** Every gateway there is. A new one joins by its folder and its line here. */
const gateways: Readonly<Record<string, Connect>> = {
  cybersource: connectCyberSource,
  moneris: connectMoneris,
  computop: connectComputop,
};

/** The gateway of one configured account. Throws ConfigRefused with what is wrong, never with a secret's value. */
export function connectGateway(account: AccountConfig, environment: NodeJS.ProcessEnv, parts: GatewayParts): Gateway {
  const connect = gateways[account.gateway];
  if (!connect) {
    const known = Object.keys(gateways).join(", ");
    throw new ConfigRefused(
      `account ${account.id}: there is no gateway called ${account.gateway}; there are: ${known}`,
    );
  }
  const secrets = Object.entries(account.secrets).map(([name, from]) => [name, readSecret(from, environment)] as const);
  try {
    return connect(
      { ...account.settings, mode: account.mode, ...Object.fromEntries(secrets) },
      { ...parts, noticesUrl: parts.noticesUrl(account.id) },
    );
  } catch (error) {
    throw new ConfigRefused(
      `account ${account.id}: ${error instanceof Error ? error.message : "its settings are not valid"}`,
    );
  }
}
