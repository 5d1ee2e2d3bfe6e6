import { shownBooks } from "../books/report-books.ts";
import type { Fault } from "../control/fault.ts";
import type { GatewayParts } from "../control/gateway-parts.ts";
import type { ImitatedGateway } from "../control/imitated-gateway.ts";
import { createOutbox } from "../control/notices.ts";
import { createAccessTokens } from "./auth/oauth.ts";
import { createBooks } from "./bank.ts";
import { cardNamed, cardReports, createPseudoCards } from "./cards.ts";
import { createIdempotencyKeys } from "./idempotency.ts";
import { createMerchants, testMerchant } from "./merchants.ts";
import { fitsFollowUps, outcomeNamed, outcomeTable, reportOutcomes } from "./outcomes.ts";
import { factsTold } from "./payments.ts";
import { createPaygateReadings } from "./readings.ts";
import { lookUpRoutes, postRoutes } from "./routes.ts";
import { createWire, GATEWAY } from "./wire-app.ts";

/** Computop Paygate REST v2, imitated: wire, hosted page, books and its part of the control door. */
export function createComputop(parts: GatewayParts): ImitatedGateway {
  const { clock, random, changes } = parts;
  const merchants = createMerchants(parts.merchants);
  const readings = createPaygateReadings(parts.readings);
  const ledger = createBooks(clock, random, readings);
  const cards = createPseudoCards(random);
  const tokens = createAccessTokens(clock, random, merchants);
  const keys = createIdempotencyKeys(clock, readings);
  const outbox = createOutbox({ clock, changes });
  const token = (name: string) => {
    const card = cardNamed(name);
    return Promise.resolve(card === undefined ? undefined : cards.issue(card));
  };
  return {
    name: GATEWAY,
    title: "Computop Paygate REST v2",
    credentials: { merchantId: testMerchant.merchantId, apiKey: testMerchant.apiKey },
    ...createWire({
      bank: { ledger, readings, clock, random, cards, outbox },
      merchants,
      tokens,
      keys,
      cardField: { random, cards: cardReports, token },
      control: parts,
    }),
    operations: ["token", ...[...postRoutes, ...lookUpRoutes].map(({ operation }) => operation)],
    outcomes: reportOutcomes(),
    cards: cardReports,
    readings,
    notices: outbox,
    merchants: () => merchants.ids(),
    ...shownBooks(
      ledger,
      (merchant) => merchants.find(merchant) !== undefined,
      (payment) => factsTold(payment, ledger.now(payment)),
    ),
    token,
    addMerchant: (merchant) => merchants.add(merchant),
    objection,
    reset: () => {
      ledger.clear();
      readings.reset();
      cards.clear();
      tokens.clear();
      keys.clear();
      outbox.clear();
    },
  };
}

/** Only authorizations and increments have an issuer to decline or approve in part. */
function objection(fault: Fault): string | null {
  if (fault.do !== "outcome") return null;
  const outcome = outcomeNamed(fault.outcome);
  if (outcome === undefined) return `The outcomes are AUTHORIZED, ${outcomeTable.map(({ name }) => name).join(", ")}.`;
  const { operation } = fault.match;
  if (operation === "authorize" || operation === "increment") return null;
  if (operation === "token" || operation === "read" || operation === "search") return "It has no outcome.";
  if (fitsFollowUps(outcome)) return null;
  return `${fault.outcome} fits authorize and increment: say which in match.operation.`;
}
