import { requestKey, type Seal } from "../../../src/access/index.ts";
import type { Clock } from "../../../src/clock.ts";
import type { Submission } from "../../../src/driver/index.ts";
import type { Gateway } from "../../../src/gateways/port.ts";
import { termsAt } from "../../../src/gateways/testing/terms.ts";
import type { Actor, Card, Command } from "../../../src/hold/index.ts";
import type { Ids } from "../../../src/ids.ts";
import type { Wish } from "../contract.ts";

interface Merchant {
  readonly ids: Ids;
  readonly clock: Clock;
  readonly gateway: Gateway;
  readonly currency: string;
  readonly card: Card;
  readonly seal: Seal;
}

const BY: Actor = { kind: "merchant", name: "shop" };
const WHO = { merchant: "harbor", mode: "test" } as const;
const BACK = { done: "https://shop.example/done", cancelled: "https://shop.example/cancelled" };
const WORD = { reason: null, evidence: "seen in the gateway's portal" } as const;

/** A wish as the merchant's door submits it: under its key, and for an opening with the terms of that moment. */
export async function submissionOf(header: string, wish: Wish, merchant: Merchant): Promise<Submission> {
  const procedure = `merchant.v1.${wish.do}`;
  const key = requestKey({ ...WHO, subject: "", procedure, body: JSON.stringify(wish), header });
  if ("refused" in key) throw new Error(`no key: ${header}`);
  if (wish.do !== "open") return { hold: wish.hold, command: commandOf(wish, merchant), key };
  const { ids, clock, gateway, currency, card } = merchant;
  const given = { id: ids.hold(), currency, card, openedAt: clock.now() };
  const terms = termsAt(gateway, given, { order: wish.order });
  const made = { entry: ids.entry(), by: BY, reason: null };
  return {
    hold: terms.id,
    key,
    command: { do: "open", ...made, terms, amount: wish.amount, ceiling: null },
    order: { ...WHO, gateway: terms.gateway, order: wish.order, besides: false },
    payer:
      wish.token === null
        ? { means: { by: "page", back: BACK }, sealed: null }
        : { means: { by: "token", authentication: {} }, sealed: await merchant.seal.seal(wish.token) },
  };
}

function commandOf(wish: Exclude<Wish, { do: "open" }>, { ids, currency }: Merchant): Command {
  const made = { entry: ids.entry(), by: BY, reason: null };
  switch (wish.do) {
    case "increment":
      return { do: "increment", ...made, amount: wish.amount, currency, line: null, notBefore: null };
    case "propose":
      return { do: "propose", ...made, amount: wish.amount, currency, line: null, until: null };
    case "approve": {
      const { entry, amount, total } = wish;
      return { do: "approve", entry, by: BY, amount, total, how: "stated_by_merchant", shown: "Allow this?" };
    }
    case "deny":
    case "withdraw":
      return { do: wish.do, entry: wish.entry, by: BY };
    case "capture": {
      const { amount, final, leaveDoubt = false } = wish;
      return { do: "capture", ...made, amount, currency, final, leaveDoubt, acceptLate: false };
    }
    case "reverse":
    case "extend":
      return { do: wish.do, ...made };
    case "reverse_increment":
      return { do: "reverse_increment", ...made, target: wish.target };
    case "resolve": {
      const { entry, word } = wish;
      const payment = word.is === "applied" ? word.payment : null;
      return { do: "resolve", entry, by: BY, outcome: word.is, amount: null, payment, ...WORD };
    }
    case "correct":
      return { do: "correct", ...made, target: wish.target, amount: wish.amount, currency, ...WORD };
    case "say_captured":
      return { do: "say_captured", ...made, amount: wish.amount, currency, final: true, ...WORD };
    case "say_lapsed":
      return { do: "say_lapsed", by: BY, ...WORD };
    case "hint":
      return { do: "hint", by: BY };
  }
}
