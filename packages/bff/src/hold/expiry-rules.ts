import type { ProfileName } from "@plimsoll/shared";
import type { Asker, ExpiryRule } from "./capabilities.ts";
import type { Card } from "./model.ts";

/** One network's rule for some trades, with or without the card there. */
export interface ExpiryRow {
  readonly networks: readonly Card["network"][];
  /** Left out where it holds for every trade that no other row of the network names. */
  readonly profiles?: readonly ProfileName[];
  /** Left out where it makes no difference. */
  readonly cardPresent?: boolean;
  readonly days: number;
  /** Which approvals besides the first start the time anew. */
  readonly prolongedBy: ExpiryRule["prolongedBy"];
  /** Named "second-hand" where the network's own book was not read. */
  readonly source: string;
  readonly read: string;
}

const DAY = 24 * 3600 * 1000;
const READ = "2026-11-22";

/**
 * When a payer's bank may free the money by itself: sooner than a network's time is over, and nobody is told.
 * CyberSource, "Payment Processing": issuers usually let an authorization lapse after five to seven days. Airwallex, as
 * an issuer ("Authorization expiration"): five days with the card there or for a merchant's own step, else ten.
 */
const BANK_KEEPS = 5 * DAY;
const BANK_SOURCE = 'the bank: CyberSource, "Payment Processing", and Airwallex Issuing, "Authorization expiration"';

const VISA = "second-hand: Visa Core Rules of 18 April 2026, 5.7.3.5, table 5-12, as quoted in public";
const STRIPE = 'Stripe, "Place an extended hold on an online card payment", by card network';

/** How long authorizations live that can still grow: pre-authorizations, or what Visa calls estimated. */
export const expiryRows: readonly ExpiryRow[] = [
  // An increment does not prolong it: the same book, and Revolut, "Clearing windows for advanced authorisation".
  { networks: ["visa"], cardPresent: true, days: 5, prolongedBy: [], source: VISA, read: READ },
  { networks: ["visa"], cardPresent: false, days: 10, prolongedBy: [], source: VISA, read: READ },
  { networks: ["visa"], profiles: ["lodging", "vehicle_rental"], days: 30, prolongedBy: [], source: VISA, read: READ },
  // The other trades in which Visa lets a merchant estimate.
  {
    networks: ["visa"],
    profiles: ["ev", "fuel", "equipment_rental"],
    days: 10,
    prolongedBy: [],
    source: VISA,
    read: READ,
  },
  {
    networks: ["mastercard"],
    days: 30,
    prolongedBy: ["increment", "extend"],
    source: 'CyberSource, "Pre-Authorizations"; prolonged: Revolut, "Clearing windows for advanced authorisation"',
    read: READ,
  },
  // Merchant category codes 5542 and 5552, which have no longer time than a final authorization.
  {
    networks: ["mastercard"],
    profiles: ["ev", "fuel"],
    days: 7,
    prolongedBy: [],
    source: 'Revolut, "Clearing windows for advanced authorisation": 5542 and 5552 are left out',
    read: READ,
  },
  { networks: ["amex", "discover"], days: 7, prolongedBy: [], source: STRIPE, read: READ },
  {
    networks: ["amex", "discover"],
    profiles: ["lodging", "vehicle_rental"],
    days: 30,
    prolongedBy: [],
    source: STRIPE,
    read: READ,
  },
  {
    networks: ["diners", "jcb", "unionpay", "other"],
    days: 7,
    prolongedBy: [],
    source: `${STRIPE}: seven days for most networks`,
    read: READ,
  },
];

/**
 * The rule for this card in this trade. What is not known of the card takes the shortest time that could apply, and is
 * prolonged only by what would prolong it whatever the card is.
 */
export function networkRule(asker: Pick<Asker, "card" | "profile">, rows = expiryRows): ExpiryRule {
  const could = rows.filter((row) => couldApply(row, asker, rows));
  const shortest = could.reduce((least, row) => (row.days < least.days ? row : least));
  const captureWithin = shortest.days * DAY;
  return {
    captureWithin,
    bankKeeps: Math.min(BANK_KEEPS, captureWithin),
    prolongedBy: shortest.prolongedBy.filter((kind) => could.every(({ prolongedBy }) => prolongedBy.includes(kind))),
    source: `${shortest.source}; ${BANK_SOURCE}`,
    read: shortest.read,
  };
}

/**
 * The rule that a hold is opened with: the gateway's own where it has one. The bank knows nothing of the gateway: what
 * the network lets it do sooner, it may do.
 */
export function expiryRule(asker: Pick<Asker, "card" | "profile">, own: ExpiryRule | null): ExpiryRule {
  const network = networkRule(asker);
  return own ? { ...own, bankKeeps: Math.min(own.bankKeeps, network.bankKeeps) } : network;
}

function couldApply(
  { networks, profiles, cardPresent }: ExpiryRow,
  { card, profile }: Pick<Asker, "card" | "profile">,
  rows: readonly ExpiryRow[],
): boolean {
  if (card && !networks.includes(card.network)) return false;
  if (card?.present !== undefined && cardPresent !== undefined && card.present !== cardPresent) return false;
  return profiles ? profiles.includes(profile) : !isNamed(networks, profile, rows);
}

/** A row for a trade stands in the place of its network's general ones. */
function isNamed(networks: ExpiryRow["networks"], profile: ProfileName, rows: readonly ExpiryRow[]): boolean {
  return rows.some((row) => row.profiles?.includes(profile) && row.networks.some((one) => networks.includes(one)));
}
