import { createTotals } from "../../../../../sandbox/src/testing/totals/totals.ts";
import { SECRET } from "../../../../../sandbox/src/testing/small-gateway.ts";
import type { Conforming } from "../conformance/conforming.ts";
import { connectTotals } from "./adapter.ts";

const CHANGE = { amount: "applied", currency: "currency", status: "status" } as const;

export default {
  name: "totals",
  imitate: createTotals,
  connect: connectTotals,
  accounts: (host) => ({ shop: { mode: "test", host, secret: SECRET } }),
  secrets: [SECRET],
  wrongCredentials: { secret: "nobody-knows-this-secret-here" },
  hostSetting: "host",
  outcomes: {
    declined: "declined",
    partial: "half",
    broken: { before: "broke_before", after: "broke_after" },
    rejected: { authorize: "rejected", increment: "rejected", capture: "rejected", reverse: "rejected" },
  },
  alter(asked, { what, amount }) {
    if (asked === "look-up")
      return { [`changes.0.${CHANGE[what]}`]: { amount, currency: "EUR", status: "sailing" }[what] };
    if (what === "currency") return { currency: "EUR" };
    if (what === "status") return { state: "sailing" };
    if (asked === "reverse") return undefined;
    return asked === "capture" ? { captured: amount } : { amount };
  },
  cards: {
    grows: { name: "visa", card: { network: "visa" } },
    fixed: { name: "fixed", card: { network: "jcb" } },
  },
  currencies: { 0: "JPY", 2: "USD", 3: "KWD" },
  readings: { searchLag: { "20s": { settings: { lookUpLag: 20_000 } } } },
  peculiar: { limitsRate: true, saysExpired: true, givesCaptureBy: true },
} satisfies Conforming;
