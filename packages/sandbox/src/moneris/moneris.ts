import { Router } from "express";
import { createLedger } from "../books/ledger.ts";
import { shownBooks } from "../books/report-books.ts";
import type { Fault } from "../control/fault.ts";
import type { GatewayParts } from "../control/gateway-parts.ts";
import type { ImitatedGateway } from "../control/imitated-gateway.ts";
import { createArrivals } from "./arrivals.ts";
import { createAccessTokens } from "./auth/access-tokens.ts";
import { cardReports, testCard } from "./cards.ts";
import { createKeys } from "./keys.ts";
import { createMerchants, merchantSchema, testMerchant } from "./merchants.ts";
import { operationsOf, outcomeNamed, outcomeReports } from "./outcomes.ts";
import { createPaymentMethods } from "./payment-methods.ts";
import type { MonerisFacts, MonerisPayment } from "./payments.ts";
import { issuerKeepsFrom, issuerKeepsMs } from "./payments.ts";
import { serverErrorObjection } from "./problems.ts";
import { createMonerisReadings } from "./readings.ts";
import { createWire, GATEWAY, operations } from "./wire-app.ts";

/** Moneris Unified API, imitated: wire, books and its part of the control door. */
export function createMoneris(parts: GatewayParts): ImitatedGateway {
  const { clock, random } = parts;
  const merchants = createMerchants(parts.merchants);
  const readings = createMonerisReadings(parts.readings);
  const ledger = createLedger<MonerisFacts>({
    clock,
    livesMs: (payment) => issuerKeepsMs(payment, readings),
    livesFrom: (payment) => issuerKeepsFrom(payment, readings),
  });
  const methods = createPaymentMethods({ clock, random, readings });
  const keys = createKeys(readings);
  const arrivals = createArrivals();
  const tokens = createAccessTokens({ merchants, clock: clock.base, random, readings });
  const shown = shownBooks(ledger, (merchant) => merchants.find(merchant) !== undefined, factsTold);
  const token = (card: string) => {
    const chosen = testCard(card);
    return Promise.resolve(chosen === undefined ? undefined : methods.issue(chosen));
  };
  return {
    name: GATEWAY,
    title: "Moneris Unified API",
    credentials: {
      merchantId: testMerchant.merchantId,
      clientId: testMerchant.clientId,
      clientSecret: testMerchant.clientSecret,
    },
    ...createWire({
      bank: { ledger, readings, clock, random, methods, keys, arrivals },
      auth: { tokens, merchants, arrivals },
      cardField: { random, cards: cardReports, token },
      control: parts,
    }),
    door: accessTokenDoor(() => tokens.end()),
    operations,
    outcomes: outcomeReports,
    cards: cardReports,
    readings,
    merchants: () => merchants.all().map(({ merchantId }) => merchantId),
    ...shown,
    token,
    addMerchant: (merchant) => merchants.add(merchantSchema.parse(merchant)),
    objection,
    reset: () => {
      ledger.clear();
      readings.reset();
      methods.reset();
      keys.clear();
    },
  };
}

/** `DELETE /access-tokens`: as if every access token had expired, for a test that will not wait an hour. */
function accessTokenDoor(end: () => void): Router {
  const door = Router();
  door.delete("/access-tokens", (_request, response) => {
    end();
    response.status(204).end();
  });
  return door;
}

function factsTold({ facts: { orderId, incrementable } }: MonerisPayment) {
  return { orderId, incrementable };
}

function objection(fault: Fault): string | null {
  if (fault.do === "server-error") return serverErrorObjection(fault);
  if (fault.do !== "outcome") return null;
  const outcome = outcomeNamed(fault.outcome);
  if (outcome === undefined) return `The outcomes are ${outcomeReports.map(({ name }) => name).join(", ")}.`;
  const { operation } = fault.match;
  const fitting = operationsOf(outcome);
  if (fitting.some((one) => one === operation)) return null;
  return `${fault.outcome} fits ${fitting.join(", ")}: say which in match.operation.`;
}
