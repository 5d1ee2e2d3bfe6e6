import {
  exponentOf,
  holdsCardNumber,
  MAX_MINOR,
  refuse,
  total,
  type AdoptInput,
  type OpenInput,
} from "@plimsoll/shared";
import type { Account } from "../directory.ts";
import { expiryRule, type Card, type Consent, type Hold, type Instant, type Terms } from "../hold/index.ts";
import type { Context, Server } from "./context.ts";
import { Refused } from "./errors.ts";

type About = Omit<OpenInput, "amount" | "reason" | "payment" | "authentication" | "besides"> &
  Omit<AdoptInput, "payment" | "approved">;

/** The account that is named, or the merchant's only one of this mode. */
export function accountOf({ services, caller }: Context<Server>, named: string | undefined): Account {
  const { directory } = services;
  const { merchant, mode } = caller.key;
  const accounts = directory.accounts(merchant, mode);
  const found = named === undefined && accounts.length === 1 ? accounts[0] : accounts.find(({ id }) => id === named);
  if (found) return found;
  const other = named === undefined ? undefined : directory.account(named);
  throw new Refused(refuse(other?.merchant === merchant ? "wrong_mode" : "unknown_gateway"));
}

/** What is fixed for the life of a hold that opens now on this account. */
export function termsOf({ services }: Context<Server>, account: Account, about: About): Terms {
  const { order, label, profile, currency, extendAutomatically, forgotten } = about;
  const exponent = exponentOf(currency);
  if (exponent === undefined) throw new Refused(refuse("unknown_currency", { field: "currency" }));
  const card = cardOf(about);
  const asker = { card, currency, profile };
  const capabilities = account.gateway.capabilities(asker);
  return {
    id: services.ids.hold(),
    merchant: account.merchant,
    mode: account.mode,
    account: account.id,
    gateway: account.gateway.name,
    payee: account.gateway.payee,
    profile,
    currency,
    exponent,
    order,
    label: label ?? order,
    card,
    capabilities,
    expiry: expiryRule(asker, capabilities.expiry),
    extendAutomatically,
    forgotten,
    openedAt: services.clock.now(),
  };
}

/** The ceiling as the merchant states it; with the words that the payer agreed to, where they did. */
export function ceilingOf({ ceiling }: About, now: Instant): Hold["ceiling"] {
  if (!ceiling) return null;
  if (!Number.isSafeInteger(ceiling.amount) || ceiling.amount <= 0) {
    throw new Refused(refuse("invalid_amount", { field: "ceiling.amount" }));
  }
  if (ceiling.amount > MAX_MINOR) throw new Refused(refuse("amount_too_large", { field: "ceiling.amount" }));
  const amount = total(ceiling.amount);
  const consent: Consent | null =
    ceiling.agreed === undefined ? null : { total: amount, how: "stated_by_merchant", shown: ceiling.agreed, at: now };
  return { amount, consent };
}

/** What a payer pays with is never a card number, whatever field it was put in. */
export function guardPayment({ payment, authentication }: OpenInput): void {
  const given = [...Object.values("page" in payment ? payment.page : payment), ...Object.values(authentication ?? {})];
  if (given.some(holdsCardNumber)) throw new Refused(refuse("card_number", { field: "payment" }));
}

function cardOf({ card }: About): Card | null {
  if (!card) return null;
  const { network, last4, funding, present } = card;
  return {
    network,
    ...(last4 === undefined ? {} : { last4 }),
    ...(funding === undefined ? {} : { funding }),
    ...(present === undefined ? {} : { present }),
  };
}
