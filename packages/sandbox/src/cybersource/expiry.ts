import type { Payment } from "../books/payment.ts";
import { isExpiry, sumsOf } from "../books/payment.ts";
import type { CybersourcePayment } from "./payments.ts";
import type { CybersourceReadings } from "./readings.ts";

const DAY_MS = 86_400_000;

/** How long the issuer keeps the money, from `issuerKeepsFrom` on. */
export function issuerKeepsMs(payment: CybersourcePayment, readings: CybersourceReadings): number {
  switch (readings.get("issuerKeeps")) {
    case "network-rules":
      return byNetwork(payment) * DAY_MS;
    case "7d":
      return 7 * DAY_MS;
    case "30d":
      return 30 * DAY_MS;
    case "forever":
      return Number.POSITIVE_INFINITY;
  }
}

/**
 * Visa: 30 days for an estimated lodging, cruise or rental authorization, 10 days where the card is absent.
 * Mastercard: 30 days for a pre-authorization, 7 for a final one (CyberSource, "Pre-Authorizations"). American
 * Express and Discover: 30 days in lodging and rental, else 7 (Stripe, extended holds, by network). Others: 7.
 */
function byNetwork({ network, facts }: CybersourcePayment): number {
  if (network === "mastercard") return facts.authIndicator === "1" ? 7 : 30;
  if (network === "jcb") return 7;
  if (facts.industryDataType !== null) return 30;
  return network === "visa" ? 10 : 7;
}

/** From when on it counts: the authorization, or the newest increment where those prolong it. */
export function issuerKeepsFrom(payment: CybersourcePayment, readings: CybersourceReadings): number {
  const { network, movements } = payment;
  const reading = readings.get("incrementProlongs");
  const prolongs = reading === "always" || (reading === "network-rules" && network === "mastercard");
  const counts = movements.filter(
    ({ kind, applied }) => applied > 0 && (kind === "authorization" || (prolongs && kind === "increment")),
  );
  return counts.at(-1)?.at ?? Number.POSITIVE_INFINITY;
}

/** Has the issuer let go of it by itself, so that nothing is held any more? */
export function isExpired(payment: Payment): boolean {
  return payment.movements.some(isExpiry) && sumsOf(payment).held === 0;
}
