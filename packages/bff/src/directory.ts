import type { Mode } from "@plimsoll/shared";
import type { AccountConfig, Config, MerchantConfig } from "./config.ts";
import type { Gateway } from "./gateways/port.ts";

/** Merchants and their gateway accounts, as the configuration has them. */
export interface Directory {
  merchant(id: string): MerchantConfig | undefined;
  account(id: string): Account | undefined;
  /** A merchant's accounts of one mode: live and test never meet. */
  accounts(merchant: string, mode: Mode): readonly Account[];
  /** Whether a page of this origin may talk to us: for this merchant, or at all. */
  knowsOrigin(origin: string, merchant?: string): boolean;
}

export interface Account {
  readonly id: string;
  readonly merchant: string;
  readonly mode: Mode;
  readonly gateway: Gateway;
}

export function makeDirectory(config: Config, connect: (account: AccountConfig) => Gateway): Directory {
  const merchants = new Map(config.merchants.map((merchant) => [merchant.id, merchant]));
  const accounts = config.accounts.map((account): Account => {
    const { id, merchant, mode } = account;
    return { id, merchant, mode, gateway: connect(account) };
  });
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const origins = new Set(config.merchants.flatMap((merchant) => merchant.origins));
  return {
    merchant: (id) => merchants.get(id),
    account: (id) => byId.get(id),
    accounts: (merchant, mode) => accounts.filter((account) => account.merchant === merchant && account.mode === mode),
    knowsOrigin: (origin, merchant) =>
      merchant === undefined ? origins.has(origin) : merchants.get(merchant)?.origins.includes(origin) === true,
  };
}
