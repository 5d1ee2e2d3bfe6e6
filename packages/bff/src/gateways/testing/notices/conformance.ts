import { createNotices, HMAC_KEY } from "../../../../../sandbox/src/testing/notices/notices.ts";
import { SECRET } from "../../../../../sandbox/src/testing/small-gateway.ts";
import type { Conforming } from "../conformance/conforming.ts";
import { connectNotices } from "./adapter.ts";

export default {
  name: "notices",
  imitate: createNotices,
  connect: connectNotices,
  accounts: (host) => ({ shop: { mode: "test", host, secret: SECRET, noticesKey: HMAC_KEY } }),
  secrets: [SECRET, HMAC_KEY],
  wrongCredentials: { secret: "nobody-knows-this-secret-here" },
  hostSetting: "host",
  outcomes: {
    declined: "declined",
    partial: "half",
    broken: { before: "broke_before", after: "broke_after" },
    rejected: { authorize: "rejected", increment: "rejected", capture: "rejected", reverse: "rejected" },
  },
  alter(kind, { what, amount }) {
    if (what === "currency") return { currency: "EUR" };
    if (what === "status") return { state: "sailing" };
    return kind === "authorize" ? { amount } : undefined;
  },
  cards: {
    grows: { name: "visa", card: { network: "visa" } },
    fixed: { name: "fixed", card: { network: "jcb" } },
  },
  currencies: { 0: "JPY", 2: "USD", 3: "KWD" },
  peculiar: { limitsRate: true, saysExpired: true },
} satisfies Conforming;
