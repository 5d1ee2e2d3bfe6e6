import type { Clock } from "../clock.ts";
import type { IssuedToken } from "../control/imitated-gateway.ts";
import type { Random } from "../random.ts";
import { hexLetters } from "../random.ts";
import type { Card } from "./cards.ts";
import { testCards } from "./cards.ts";
import type { MonerisReadings } from "./readings.ts";

/** "Hosted Tokenization": a temporary token lives for 15 minutes. */
const LIFE_MS = 15 * 60_000;

/** What a payment is paid with, as the request names it. */
export interface NamedMethod {
  readonly source: "TEMPORARY_TOKEN" | "PERMANENT_TOKEN" | "PAYMENT_METHOD_ID";
  readonly token: string;
}

export interface PaymentMethods {
  issue(card: Card): IssuedToken;
  /** Undefined for a token that is unknown, out of time or used up. */
  find(method: NamedMethod): Card | undefined;
  /** A temporary token pays once. */
  spend(method: NamedMethod): void;
  reset(): void;
}

interface Parts {
  readonly clock: Clock;
  readonly random: Random;
  readonly readings: MonerisReadings;
}

/** Every test card has a stored payment method and a permanent token from the start, and as many temporary ones as are asked for. */
export function createPaymentMethods({ clock, random, readings }: Parts): PaymentMethods {
  const issued = new Map<string, { readonly card: Card; readonly expires: number }>();
  const used = new Set<string>();
  const temporary = (token: string): Card | undefined => {
    const found = issued.get(token);
    const spent = used.has(token) && readings.get("temporaryToken") === "single-use";
    return found === undefined || spent || found.expires <= clock.now() ? undefined : found.card;
  };
  return {
    issue: (card) => {
      // OpenAPI 2.6.1, token: 25 to 28 characters.
      const token = `ot-${hexLetters(random, 22)}`;
      const expires = clock.now() + LIFE_MS;
      issued.set(token, { card, expires });
      return { token, network: card.network, lastFour: card.lastFour, expires: new Date(expires).toISOString() };
    },
    find: ({ source, token }) => {
      switch (source) {
        case "TEMPORARY_TOKEN":
          return temporary(token);
        case "PERMANENT_TOKEN":
          return testCards.find((card) => permanentTokenOf(card) === token);
        case "PAYMENT_METHOD_ID":
          return testCards.find((card) => paymentMethodIdOf(card) === token);
      }
    },
    spend: ({ source, token }) => {
      if (source === "TEMPORARY_TOKEN") used.add(token);
    },
    reset: () => used.clear(),
  };
}

/** `ot-SANDBOX-VISAXXXXXXXXXX`. */
export function permanentTokenOf({ name }: Card): string {
  return `ot-SANDBOX-${name.toUpperCase()}`.padEnd(25, "X");
}

/** `pm00SANDBOXVISAXXXXXXXXXXXXXXX`. */
export function paymentMethodIdOf({ name }: Card): string {
  return `pm00SANDBOX${name.toUpperCase()}`.padEnd(30, "X");
}
