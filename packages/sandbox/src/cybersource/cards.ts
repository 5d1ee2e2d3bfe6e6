import type { CardReport } from "../control/reports.ts";

/**
 * Card networks with CyberSource's three-digit type codes (REST field `paymentInformation.card.type`).
 * Increments: "CyberSource, Incremental Authorization" lists American Express, Discover, Mastercard and Visa.
 */
export const networks = {
  visa: { code: "001", label: "Visa", increments: true },
  mastercard: { code: "002", label: "Mastercard", increments: true },
  amex: { code: "003", label: "American Express", increments: true },
  discover: { code: "004", label: "Discover", increments: true },
  jcb: { code: "007", label: "JCB", increments: false },
} as const;

export type Network = keyof typeof networks;

/** The traits of a network in the books. */
export function traitsOf(network: string): (typeof networks)[Network] {
  const found = Object.entries(networks).find(([name]) => name === network);
  if (found === undefined) throw new Error(`CyberSource's books hold no ${network}`);
  return found[1];
}

export interface Card {
  readonly network: Network;
  readonly bin: string;
  readonly lastFour: string;
  readonly expirationMonth: string;
  readonly expirationYear: string;
  /** The issuer declines every authorization on it. */
  readonly declines: boolean;
}

interface TestCard {
  readonly name: string;
  readonly label: string;
  readonly number: string;
  readonly declines: boolean;
}

/** The networks' public test numbers; none belongs to anyone. */
export const testCards: readonly TestCard[] = [
  { name: "visa", label: "Visa", number: "4111111111111111", declines: false },
  { name: "mastercard", label: "Mastercard", number: "5555555555554444", declines: false },
  { name: "amex", label: "American Express", number: "378282246310005", declines: false },
  { name: "discover", label: "Discover", number: "6011111111111117", declines: false },
  { name: "jcb", label: "JCB, takes no increments", number: "3566002020360505", declines: false },
  { name: "declined", label: "Visa that the bank declines", number: "4000000000000002", declines: true },
];

/** The test cards as the card field and the control door offer them. */
export const cardReports: readonly CardReport[] = testCards.map(({ name, label, number }) => ({
  name,
  label,
  network: networkOf(number) ?? "",
  lastFour: number.slice(-4),
}));

export function testCard(name: string): Card | undefined {
  const found = testCards.find((card) => card.name === name);
  return found === undefined ? undefined : cardOf(found.number, "12", "2031");
}

/** What is kept of a card number: network, first six, last four. Undefined for an unknown network or a bad check digit. */
export function cardOf(number: string, expirationMonth: string, expirationYear: string): Card | undefined {
  const network = networkOf(number);
  if (network === undefined || !passesLuhn(number)) return undefined;
  const declines = testCards.some((card) => card.number === number && card.declines);
  return { network, bin: number.slice(0, 6), lastFour: number.slice(-4), expirationMonth, expirationYear, declines };
}

function networkOf(number: string): Network | undefined {
  if (/^4\d{12}(?:\d{3}){0,2}$/u.test(number)) return "visa";
  if (/^(?:5[1-5]|2[2-7])\d{14}$/u.test(number)) return "mastercard";
  if (/^3[47]\d{13}$/u.test(number)) return "amex";
  if (/^(?:6011|64[4-9]\d|65\d{2})\d{12}$/u.test(number)) return "discover";
  return /^35\d{14}$/u.test(number) ? "jcb" : undefined;
}

function passesLuhn(number: string): boolean {
  const sum = Array.from(number)
    .toReversed()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
