import { ConfigRefused, readSecret, type AccountConfig } from "../config.ts";
import { connectComputop } from "./computop/index.ts";
import { connectCyberSource } from "./cybersource/index.ts";
import { connectMoneris } from "./moneris/index.ts";
import type { Connect, GatewayParts } from "./parts.ts";
import type { Gateway } from "./port.ts";

export type { AccountParts, Connect, GatewayParts } from "./parts.ts";

interface Joined {
  readonly connect: Connect;
  /** Which of its settings are secrets: they are named by reference, never written down. */
  readonly secrets: readonly string[];
}

/** Every gateway there is. A new one joins by its folder and its line here. */
const gateways: Readonly<Record<string, Joined>> = {
  cybersource: { connect: connectCyberSource, secrets: ["secret"] },
  moneris: { connect: connectMoneris, secrets: ["clientSecret"] },
  computop: { connect: connectComputop, secrets: ["apiKey"] },
};

/** The gateway of one configured account. Throws ConfigRefused with what is wrong, never with a secret's value. */
export function connectGateway(account: AccountConfig, environment: NodeJS.ProcessEnv, parts: GatewayParts): Gateway {
  const joined = gateways[account.gateway];
  if (!joined) {
    const known = Object.keys(gateways).join(", ");
    throw refused(account, `there is no gateway called ${account.gateway}; there are: ${known}`);
  }
  const settings = { ...account.settings, ...secretsOf(account, joined.secrets, environment), mode: account.mode };
  try {
    return joined.connect(settings, { ...parts, noticesUrl: parts.noticesUrl(account.id) });
  } catch (error) {
    throw refused(account, error instanceof Error ? error.message : "its settings are not valid");
  }
}

function secretsOf(account: AccountConfig, names: readonly string[], environment: NodeJS.ProcessEnv) {
  const written = names.find((name) => name in account.settings);
  if (written !== undefined)
    throw refused(account, `${written} is a secret: put it under secrets, as { "env": "NAME" } or { "file": "path" }`);
  const missing = names.find((name) => !(name in account.secrets));
  if (missing !== undefined)
    throw refused(account, `secrets.${missing} is missing: { "env": "NAME" } or { "file": "path" }`);
  return Object.fromEntries(
    Object.entries(account.secrets).map(([name, from]) => {
      try {
        return [name, readSecret(from, environment)];
      } catch (error) {
        throw refused(account, error instanceof Error ? error.message : "a secret can't be read");
      }
    }),
  );
}

function refused({ id }: AccountConfig, why: string): ConfigRefused {
  return new ConfigRefused(`account ${id}: ${why}`);
}
