import { createMoneris } from "../../../../../sandbox/src/moneris/moneris.ts";
import type { Conforming } from "../../testing/conformance/conforming.ts";
import { connectMoneris } from "../connect.ts";

const SECRET = "c2FuZGJveC1jbGllbnQtc2VjcmV0";

export default {
  name: "moneris",
  imitate: createMoneris,
  connect: connectMoneris,
  accounts(host) {
    const account = {
      mode: "test",
      host,
      merchantId: "0123456789101",
      clientId: "plimsoll-test",
      clientSecret: SECRET,
    };
    return {
      "several completions": { ...account, partialCompletions: "always" },
      "one completion": account,
      "written as the guide has it": { ...account, apiVersion: "2026-03-01" },
    };
  },
  secrets: [SECRET],
  wrongCredentials: { clientSecret: "nobody-knows-this-secret-here" },
  tokens: true,
  hostSetting: "host",
  outcomes: {
    declined: "INSUFFICIENT_FUNDS",
    partial: "PARTIAL_APPROVAL",
    broken: { before: "INTERNAL_SERVER_ERROR", after: "INTERNAL_SERVER_ERROR_APPLIED" },
  },
  alter(asked, { what, amount }) {
    if (what === "status") return { paymentStatus: "SAILING" };
    if (what === "currency") return { "amount.currency": "EUR" };
    return asked === "capture" || asked === "reverse" ? undefined : { "authorizedAmount.amount": amount };
  },
  // Its extension is Mastercard's alone.
  cards: { grows: { name: "mastercard", card: { network: "mastercard" } } },
  currencies: { 0: "JPY", 2: "CAD", 3: "KWD" },
  readings: {
    flagForm: {
      "object-incremental": { settings: { incrementFlag: "incrementalAuthorizationIndicator" } },
      "object-increment": { settings: { incrementFlag: "incrementAuthorizationIndicator" } },
    },
    paymentMethodForm: { nested: { settings: { paymentMethodIn: "paymentMethodData" } } },
    lowerCompletion: { stays: { settings: { lowerCompletionReleases: false } } },
    zeroIncrementAnswer: { unlisted: { settings: { extensionsListed: false } } },
    declinedIncrement: {
      "takes-hold": { apart: "a payment that the issuer let go of is read as before" },
    },
  },
  peculiar: { limitsRate: true, leavesChargeOpen: { completionList: "several" } },
} satisfies Conforming;
