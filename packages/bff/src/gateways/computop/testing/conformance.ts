import { createComputop } from "../../../../../sandbox/src/computop/computop.ts";
import type { Conforming } from "../../testing/conformance/conforming.ts";
import { connectComputop } from "../connect.ts";

const SECRET = "sandbox-paygate-api-key";
const REFUSED = "ACQUIRER_UNAVAILABLE";

export default {
  name: "computop",
  imitate: createComputop,
  connect: connectComputop,
  accounts(host) {
    const account = {
      mode: "test",
      host,
      merchantId: "plimsoll_test",
      apiKey: SECRET,
      acquirer: "nexi",
      preAuthorization: "yes",
    };
    return {
      direct: { ...account, tokenField: "card.number" },
      page: account,
      "page, Basic": { ...account, auth: "basic" },
      "direct, Basic": { ...account, tokenField: "card.number", auth: "basic" },
      "steps by transId": { ...account, tokenField: "card.number", lookUpOfSteps: "by_trans_id" },
    };
  },
  secrets: [SECRET],
  wrongCredentials: { apiKey: "nobody-knows-this-secret-here" },
  tokens: true,
  hostSetting: "host",
  outcomes: {
    declined: "INSUFFICIENT_FUNDS",
    partial: "PARTIAL_APPROVAL",
    broken: { before: "SERVER_ERROR", after: "SERVER_ERROR_APPLIED" },
    rejected: { authorize: REFUSED, increment: REFUSED, capture: REFUSED, reverse: REFUSED },
  },
  alter(asked, { what, amount }) {
    // Of a look-up the sums are taken: where they have moved, the word beside them changes nothing.
    if (what === "status") return asked === "look-up" ? undefined : { status: "SAILING" };
    // No answer to a step names an amount or a currency.
    if (asked !== "look-up" && asked !== "read") return undefined;
    return what === "amount" ? { "amount.value": amount } : { "amount.currency": "USD" };
  },
  cards: {
    grows: { name: "visa", card: { network: "visa" } },
    fixed: { name: "jcb", card: { network: "jcb" } },
  },
  currencies: { 0: "JPY", 2: "EUR", 3: "KWD" },
  page: {
    account: "page",
    async go(address, does) {
      const body = new URLSearchParams(does === "pay" ? { card: "visa" } : { cancel: "true" });
      const { status } = await fetch(address, { method: "POST", body, redirect: "manual" });
      if (status >= 400) throw new Error(`the page answers ${status}`);
    },
  },
  unready: {
    merchant: { merchantId: "plimsoll_plain", apiKey: SECRET, settings: { preAuthorization: false } },
    settings: { merchantId: "plimsoll_plain", preAuthorization: "unproven" },
  },
  everyNotice: { notifies: "every-operation" },
  readings: {
    declinedIncrement: {
      "releases-hold": { apart: "details say nothing of what the issuer let go" },
    },
    statusWords: {
      requests: {
        settings: {
          statuses: {
            authorized: ["AUTHORIZE_REQUEST"],
            captured: ["CAPTURE_REQUEST"],
            reversed: ["REVERSE_REQUEST"],
          },
        },
      },
    },
    tokenField: {
      "paymentMethods.card.pseudoCardNumber": { settings: { tokenField: "card.pseudoCardNumber" } },
      "paymentMethods.card.prefillInfo.number": { settings: { tokenField: "card.prefillInfo.number" } },
    },
    lookUpLag: { "20s": { settings: { lookUpLag: 20_000 } } },
    readTotal: {
      gross: { settings: { amountValue: "authorized" } },
      first: { settings: { amountValue: "first" } },
    },
    restAfterCapture: { released: { settings: { restAfterCapture: "automatic" } } },
    sessionAnswer: { "links-only": { account: "page" } },
    linksKey: { _Links: { account: "page" } },
    openSession: { unknown: { account: "page" } },
    sessionLife: { "24h": { account: "page" } },
    returnParameter: { payId: { account: "page" }, PayID: { account: "page" } },
    webhookForm: { basic: { account: "page" }, form: { account: "page" } },
    notifies: { "every-operation": { account: "page" } },
  },
  mistakes: [
    {
      what: "details show all that was authorized, taken for what still stands",
      readings: { readTotal: "gross" },
    },
  ],
  peculiar: { limitsRate: true, saysExpired: { under: { readAfterExpiry: "expired" } } },
} satisfies Conforming;
