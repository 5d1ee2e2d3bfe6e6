import { once } from "node:events";
import type { AddressInfo } from "node:net";
import express from "express";
import type { ImitatedGateway } from "../../../../../sandbox/src/control/imitated-gateway.ts";
import { createCybersource } from "../../../../../sandbox/src/cybersource/cybersource.ts";
import { toDecimal } from "@plimsoll/shared";
import type { Conforming } from "../../testing/conformance/conforming.ts";
import { connectCyberSource } from "../connect.ts";

const SECRET = "aW5jcmVtZW50YWwtYXV0aC10ZXN0LXNlY3JldC0zMmI=";
const KEY_ID = "08c94330-f618-42a3-b09d-e1e43be5efda";
const REFUSED = "INVALID_MERCHANT_CONFIGURATION";

const FOUND = "_embedded.transactionSummaries.0";
const IN_RECORD = {
  currency: { path: "orderInformation.amountDetails.currency", to: "EUR" },
  status: { path: "applicationInformation.applications.0.name", to: "ics_sailing" },
} as const;
const AMOUNTS = {
  authorize: "authorizedAmount",
  increment: "totalAmount",
  extend: "totalAmount",
  capture: "totalAmount",
  reverse: "reversedAmount",
  read: "authorizedAmount",
  undo: "reversedAmount",
} as const;

export default {
  name: "cybersource",
  imitate: createCybersource,
  connect: connectCyberSource,
  accounts(host) {
    const account = { mode: "test", host, merchantId: "plimsoll_test", keyId: KEY_ID, secret: SECRET };
    return {
      flexible: { ...account, scenario: "flexible" },
      lodging: { ...account, scenario: "lodging" },
      default: { ...account, scenario: "default", totalAmountMeans: "delta" },
      "flexible, HTTP Signature": { ...account, scenario: "flexible", auth: "http_signature" },
      "flexible, without a reference": { ...account, scenario: "flexible", clientReferenceInPatch: "omit" },
    };
  },
  madeFor: { "flexible, without a reference": { patchReference: "refused" } },
  secrets: [SECRET, KEY_ID],
  wrongCredentials: { secret: "YSBzZWNyZXQgdGhhdCBpcyBub3QgdGhlIGFjY291bnQncw==" },
  hostSetting: "host",
  outcomes: {
    declined: "INSUFFICIENT_FUND",
    partial: "PARTIAL_AUTHORIZED",
    broken: { before: "SYSTEM_ERROR", after: "SERVER_TIMEOUT" },
    rejected: { authorize: REFUSED, increment: REFUSED, capture: REFUSED, reverse: REFUSED },
  },
  alter(asked, { what, amount, exponent }) {
    // Of what a search tells, amounts are not taken: the record has them.
    if (asked === "look-up")
      return what === "amount" ? undefined : { [`${FOUND}.${IN_RECORD[what].path}`]: IN_RECORD[what].to };
    if (asked === "read" && what !== "amount") return { [IN_RECORD[what].path]: IN_RECORD[what].to };
    if (what === "status") return { status: "SAILING" };
    const details =
      asked === "reverse" || asked === "undo" ? "reversalAmountDetails" : "orderInformation.amountDetails";
    if (what === "currency") return { [`${details}.currency`]: "EUR" };
    return { [`${details}.${AMOUNTS[asked]}`]: toDecimal(amount, exponent) };
  },
  cards: {
    grows: { name: "visa", card: { network: "visa" } },
    fixed: { name: "jcb", card: { network: "jcb" } },
  },
  currencies: { 0: "JPY", 2: "USD", 3: "KWD" },
  review: { outcome: "AUTHORIZED_PENDING_REVIEW", decide },
  undoesIncrements: {
    settings: { undoOfIncrements: true },
    letsAllGo: { timeoutReversalOfIncrement: "releases-hold" },
    refused: { timeoutReversalOfIncrement: "refused" },
  },
  readings: {
    defaultTotal: { total: { account: "default", settings: { totalAmountMeans: "total" } } },
    patchReference: { refused: { settings: { clientReferenceInPatch: "omit" } } },
    lodgingIndustryDataType: { "not-required": { account: "lodging" } },
    declinedIncrement: {
      "releases-hold": { apart: "no record shows that the issuer let go of what was held" },
    },
    reversalAmount: { base: { settings: { reversalAmount: "base" } } },
    // Nothing that can be read shows what an issuer made of a lower capture.
    partialReversal: {
      "ignored-by-issuer": { settings: { automaticPartialReversal: false } },
      "not-sent": { settings: { automaticPartialReversal: false } },
    },
    searchLag: { "15min": { settings: { lookUpLag: 900_000 } } },
  },
  mistakes: [
    {
      what: "totalAmount sent as the new sum, taken for a step",
      readings: { defaultTotal: "delta" },
      account: "default",
      settings: { totalAmountMeans: "total" },
    },
  ],
  peculiar: { refusesTheSameReference: true },
} satisfies Conforming;

/** As a person of the merchant's does in the Business Center: at the imitation's own door. */
async function decide({ door }: ImitatedGateway, payment: string, decision: "accept" | "reject"): Promise<void> {
  if (!door) throw new Error("nobody can decide here");
  const server = express().use(express.json(), door).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const headers = { "content-type": "application/json", connection: "close" };
  const body = JSON.stringify({ decision });
  const { ok } = await fetch(`http://127.0.0.1:${port}/reviews/${payment}`, { method: "POST", headers, body });
  server.close();
  if (!ok) throw new Error(`${payment} is not under review`);
}
