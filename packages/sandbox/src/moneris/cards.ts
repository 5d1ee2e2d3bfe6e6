import type { CardReport } from "../control/reports.ts";

/** Networks by Moneris' `cardBrand` (OpenAPI 2.6.1). The $0 increment is Mastercard's alone ("Incremental Authorization"). */
const networks = {
  visa: { brand: "VISA", zeroIncrement: false },
  mastercard: { brand: "MASTERCARD", zeroIncrement: true },
  amex: { brand: "AMERICAN_EXPRESS", zeroIncrement: false },
  discover: { brand: "DISCOVER", zeroIncrement: false },
  jcb: { brand: "JCB", zeroIncrement: false },
} as const;

export type Network = keyof typeof networks;

export function brandOf(network: Network): string {
  return networks[network].brand;
}

export function takesZeroIncrement(network: Network): boolean {
  return networks[network].zeroIncrement;
}

/** What the imitation keeps of a card; no number is anywhere. */
export interface Card {
  readonly name: string;
  readonly label: string;
  readonly network: Network;
  readonly bin: string;
  readonly lastFour: string;
  readonly expiryMonth: number;
  readonly expiryYear: number;
  /** The issuer declines every authorization on it. */
  readonly declines: boolean;
}

const inDate = { expiryMonth: 12, expiryYear: 2031, declines: false };

/** First six and last four of the networks' public test numbers; none belongs to anyone. */
export const testCards: readonly Card[] = [
  { ...inDate, name: "visa", label: "Visa", network: "visa", bin: "424242", lastFour: "4242" },
  { ...inDate, name: "mastercard", label: "Mastercard", network: "mastercard", bin: "545454", lastFour: "5454" },
  { ...inDate, name: "amex", label: "American Express", network: "amex", bin: "378282", lastFour: "0005" },
  { ...inDate, name: "discover", label: "Discover", network: "discover", bin: "601111", lastFour: "1117" },
  { ...inDate, name: "jcb", label: "JCB", network: "jcb", bin: "356600", lastFour: "0505" },
  {
    ...inDate,
    name: "declined",
    label: "Visa that the bank declines",
    network: "visa",
    bin: "400000",
    lastFour: "0002",
    declines: true,
  },
];

export function testCard(name: string): Card | undefined {
  return testCards.find((card) => card.name === name);
}

export const cardReports: readonly CardReport[] = testCards.map(({ name, label, network, lastFour }) => ({
  name,
  label,
  network,
  lastFour,
}));
