import { createLedger } from "../books/ledger.ts";
import { shownBooks } from "../books/report-books.ts";
import type { Fault } from "../control/fault.ts";
import type { GatewayParts } from "../control/gateway-parts.ts";
import type { ImitatedGateway } from "../control/imitated-gateway.ts";
import { createAcceptedReferences } from "./accepted-references.ts";
import { serverErrorReasons } from "./answers.ts";
import { cardReports, testCard } from "./cards.ts";
import { issuerKeepsFrom, issuerKeepsMs } from "./expiry.ts";
import { createMerchants, merchantSchema, testMerchant } from "./merchants.ts";
import { operationRoutes } from "./operation-routes.ts";
import { outcomeNamed, outcomeReports, outcomeTable } from "./outcomes.ts";
import type { CybersourceFacts, CybersourcePayment } from "./payments.ts";
import { createCybersourceReadings } from "./readings.ts";
import { createReviewDoor } from "./review-door.ts";
import { createTransientTokens } from "./tokens/transient-tokens.ts";
import { createWire, GATEWAY } from "./wire-app.ts";

/** CyberSource REST, imitated: wire, books and its part of the control door. */
export async function createCybersource(parts: GatewayParts): Promise<ImitatedGateway> {
  const { clock, random } = parts;
  const merchants = createMerchants(parts.merchants);
  const readings = createCybersourceReadings(parts.readings);
  const ledger = createLedger<CybersourceFacts>({
    clock,
    livesMs: (payment) => issuerKeepsMs(payment, readings),
    livesFrom: (payment) => issuerKeepsFrom(payment, readings),
  });
  const tokens = await createTransientTokens({ clock, random, readings });
  const token = async (card: string) => {
    const chosen = testCard(card);
    return chosen === undefined ? undefined : tokens.issue(chosen);
  };
  const accepted = createAcceptedReferences();
  const seenJtis = new Set<string>();
  const shown = shownBooks(ledger, (mid) => merchants.find(mid) !== undefined, factsTold);
  return {
    name: GATEWAY,
    title: "CyberSource REST",
    credentials: { merchantId: testMerchant.mid, keyId: testMerchant.keyId, sharedSecret: testMerchant.secret },
    ...createWire({
      bank: { ledger, accepted, readings, clock, random, tokens },
      auth: { merchants, clock: clock.base, readings, seenJtis },
      cardField: { random, cards: cardReports, token },
      control: parts,
    }),
    door: createReviewDoor(ledger, merchants, (mid, id) => shown.payment(mid, id)),
    operations: operationRoutes.map(({ operation }) => operation),
    outcomes: outcomeReports,
    cards: cardReports,
    readings,
    merchants: () => merchants.all().map(({ mid }) => mid),
    ...shown,
    token,
    addMerchant: (merchant) => merchants.add(merchantSchema.parse(merchant)),
    objection,
    reset: () => {
      ledger.clear();
      accepted.clear();
      readings.reset();
      tokens.reset();
      seenJtis.clear();
    },
  };
}

function factsTold({ facts: { review, authIndicator, industryDataType } }: CybersourcePayment) {
  return { review, preAuthorization: authIndicator !== "1", industryDataType };
}

/** Only authorizations and increments have an issuer to decline, approve in part or review. */
function objection(fault: Fault): string | null {
  if (fault.do === "server-error") return serverErrorObjection(fault);
  if (fault.do !== "outcome") return null;
  const outcome = outcomeNamed(fault.outcome);
  if (outcome === undefined) return `The outcomes are AUTHORIZED, ${outcomeTable.map(({ name }) => name).join(", ")}.`;
  const { operation } = fault.match;
  if (operation === "authorize" || operation === "increment") return null;
  if (operation === "read" || operation === "search") return "A read has no outcome.";
  const fits = outcome.kind === "refused" || outcome.kind === "server-error";
  return fits ? null : `${fault.outcome} fits authorize and increment: say which in match.operation.`;
}

function serverErrorObjection({ reason, status }: Extract<Fault, { do: "server-error" }>): string | null {
  if (status !== undefined && status !== 502) return "CyberSource documents its server errors as 502.";
  const known = reason === undefined || serverErrorReasons.some((one) => one === reason);
  return known ? null : `CyberSource's server errors are ${serverErrorReasons.join(", ")}.`;
}
