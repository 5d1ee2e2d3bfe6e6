import computop from "../../src/gateways/computop/testing/conformance.ts";
import cybersource from "../../src/gateways/cybersource/testing/conformance.ts";
import moneris from "../../src/gateways/moneris/testing/conformance.ts";
import type { Conforming } from "../../src/gateways/testing/conformance/conforming.ts";
import notices from "../../src/gateways/testing/notices/conformance.ts";
import totals from "../../src/gateways/testing/totals/conformance.ts";

/** One account at one gateway, as the conformance suite has it. */
export interface Account {
  readonly name: string;
  readonly conforming: Conforming;
  /** Which of its accounts. */
  readonly account: string;
  /** Differs from another one in how its increments are written, and in nothing else. */
  readonly dialect?: true;
  /** What its imitation does otherwise than usual. */
  readonly readings?: Readonly<Record<string, string>>;
  /** How its imitation shows at once what it has done. */
  readonly prompt?: Readonly<Record<string, string>>;
}

type Name = "flexible" | "lodging" | "default" | "moneris" | "computop" | "page";

/** Those that a merchant can have. The dialects of one gateway differ in its increments alone. */
export const accounts: Readonly<Record<Name, Account>> = {
  moneris: { name: "moneris", conforming: moneris, account: "several completions" },
  computop: {
    name: "computop direct",
    conforming: computop,
    account: "direct",
    readings: { notifies: "every-operation" },
  },
  page: { name: "computop page", conforming: computop, account: "page" },
  flexible: {
    name: "cybersource flexible",
    conforming: cybersource,
    account: "flexible",
    prompt: { searchLag: "0s" },
  },
  lodging: { name: "cybersource lodging", conforming: cybersource, account: "lodging", dialect: true },
  default: { name: "cybersource default", conforming: cybersource, account: "default", dialect: true },
};

/** Small ones that exist only here, for ways of recovering that none of the others has. */
export const small: Readonly<Record<"totals" | "notices", Account>> = {
  totals: { name: "totals", conforming: totals, account: "shop" },
  notices: { name: "notices", conforming: notices, account: "shop" },
};
