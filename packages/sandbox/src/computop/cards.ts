import type { CardReport } from "../control/reports.ts";
import type { IssuedToken } from "../control/imitated-gateway.ts";
import type { Random } from "../random.ts";
import { digits } from "../random.ts";

/**
 * Card networks under Paygate's brand words, and whether they can be incremented (Computop, "Incremental Authorization":
 * Visa, Mastercard, and American Express at one acquirer).
 */
const networks = {
  visa: { brand: "VISA", increments: "everywhere" },
  mastercard: { brand: "MasterCard", increments: "everywhere" },
  amex: { brand: "AMEX", increments: "WorldpayCC" },
  jcb: { brand: "JCB", increments: "nowhere" },
} as const;

export type Network = keyof typeof networks;

export interface Card {
  readonly name: string;
  readonly label: string;
  readonly network: Network;
  readonly number: string;
  /** The issuer declines every authorization on it. */
  readonly declines: boolean;
}

/** YYYYMM, as Paygate writes it. */
export const EXPIRY = "203112";

/** The networks' public test numbers; none belongs to anyone. */
export const testCards: readonly Card[] = [
  { name: "visa", label: "Visa", network: "visa", number: "4111111111111111", declines: false },
  { name: "mastercard", label: "Mastercard", network: "mastercard", number: "5555555555554444", declines: false },
  {
    name: "amex",
    label: "American Express",
    network: "amex",
    number: "378282246310005",
    declines: false,
  },
  { name: "jcb", label: "JCB, takes no increments", network: "jcb", number: "3566002020360505", declines: false },
  {
    name: "declined",
    label: "Visa that the bank declines",
    network: "visa",
    number: "4000000000000002",
    declines: true,
  },
];

export const cardReports: readonly CardReport[] = testCards.map(({ name, label, network, number }) => ({
  name,
  label,
  network,
  lastFour: number.slice(-4),
}));

export function cardNamed(name: string): Card | undefined {
  return testCards.find((card) => card.name === name);
}

export function brandOf({ network }: Card): string {
  return networks[network].brand;
}

export function takesIncrements({ network }: Card, acquirer: string): boolean {
  const { increments } = networks[network];
  if (acquirer === "other" || increments === "nowhere") return false;
  return increments === "everywhere" || increments === acquirer;
}

/** Pseudo card numbers: what stands for a card at Paygate, for as long as the card is valid. */
export interface PseudoCards {
  issue(card: Card): IssuedToken;
  /** By a pseudo number, or by a test card's own. */
  find(number: string): Card | undefined;
  clear(): void;
}

/**
 * A pseudo card number begins with 0 and ends in the card's last three digits (Computop support, "Can I prefill the
 * Computop form with card data?", shows 0949128693311459).
 */
export function createPseudoCards(random: Random): PseudoCards {
  const cards = new Map<string, Card>();
  return {
    issue: (card) => {
      const token = `0${digits(random, 12)}${card.number.slice(-3)}`;
      cards.set(token, card);
      const { network, number } = card;
      return { token, network, lastFour: number.slice(-4), expires: "2031-12-31T23:59:59Z" };
    },
    find: (number) => cards.get(number) ?? testCards.find((card) => card.number === number),
    clear: () => cards.clear(),
  };
}
