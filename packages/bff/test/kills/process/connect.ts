import { connectComputop } from "../../../src/gateways/computop/index.ts";
import { connectCyberSource } from "../../../src/gateways/cybersource/index.ts";
import type { AccountParts, Connect } from "../../../src/gateways/index.ts";
import { connectMoneris } from "../../../src/gateways/moneris/index.ts";
import type { Gateway } from "../../../src/gateways/port.ts";
import { connectNotices } from "../../../src/gateways/testing/notices/adapter.ts";
import { connectTotals } from "../../../src/gateways/testing/totals/adapter.ts";

const gateways: Readonly<Record<string, Connect>> = {
  cybersource: connectCyberSource,
  moneris: connectMoneris,
  computop: connectComputop,
  totals: connectTotals,
  notices: connectNotices,
};

/** The shipped adapters, and those of the small gateways that exist only here, secrets filled in. */
export function connect(name: string, settings: Readonly<Record<string, unknown>>, parts: AccountParts): Gateway {
  const connected = gateways[name]?.(settings, parts);
  if (!connected) throw new Error(`no gateway ${name}`);
  return connected;
}
