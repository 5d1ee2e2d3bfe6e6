import { total, type ProfileName } from "@plimsoll/shared";
import type { Submission } from "../../src/driver/index.ts";
import { commandsFor } from "../../src/gateways/testing/conformance/commands.ts";
import { termsAt } from "../../src/gateways/testing/terms.ts";
import { questionTotal, sums, type Command, type Entry, type Hold, type Terms } from "../../src/hold/index.ts";
import type { Ids } from "../../src/ids.ts";
import type { Chance } from "./chance.ts";
import type { WorldAccount } from "./gateways.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** What is wanted, as often as it is named. */
const KINDS = [
  "increment",
  "increment",
  "increment",
  "increment",
  "increment",
  "increment",
  "increment",
  "later",
  "propose",
  "propose",
  "withdraw",
  "partial capture",
  "capture",
  "capture too much",
  "reverse",
  "reverse increment",
  "reverse increment",
  "extend",
  "hint",
  "audit",
] as const;

type Make = ReturnType<typeof commandsFor>;

/** What somebody at a desk or a merchant's server wants next of a hold, seeing it as it stands. */
export class Orders {
  readonly #chance: Chance;
  readonly #ids: Ids;

  constructor(chance: Chance, ids: Ids) {
    this.#chance = chance;
    this.#ids = ids;
  }

  opening(account: WorldAccount, payer: NonNullable<Submission["payer"]>, now: number): Submission {
    const chance = this.#chance;
    const hold = this.#ids.hold();
    const terms = this.#terms(hold, account, now);
    const { merchant, mode, gateway, order } = terms;
    const amount = 100 * chance.between(10, 400);
    const ceiling = chance.percent(40) ? null : { amount: total(amount + 100 * chance.between(0, 300)), consent: null };
    return {
      hold,
      command: { do: "open", ...this.#for(terms.currency).wish(), terms, amount, ceiling },
      order: { merchant, mode, gateway, order, besides: false },
      payer,
    };
  }

  /** Most wishes can be granted; some can't, as at any desk. */
  next(hold: Hold, now: number): Command {
    const chance = this.#chance;
    const make = this.#for(hold.terms.currency);
    const { held } = sums(hold);
    const question = chance.any(hold.entries.filter(({ state }) => state === "proposed"));
    if (question && chance.percent(60)) return this.#answer(hold, question);
    const doubtful = hold.operations.some(({ doubtSince }) => doubtSince !== null);
    if (doubtful && chance.percent(30)) return this.#leaving(hold, make);
    const some = Math.max(1, Math.min(held, 100 * chance.between(1, 200)));
    const kind = chance.pick(KINDS);
    switch (kind) {
      case "increment":
        return make.increment(this.#amount(), { line: chance.percent(20) ? `line ${chance.between(1, 4)}` : null });
      case "later":
        return make.increment(this.#amount(), { notBefore: now + chance.between(SECOND, 5 * MINUTE) });
      case "propose":
        return this.#question(make, now);
      case "withdraw":
        return { do: "withdraw", entry: this.#waiting(hold), by: make.wish().by };
      case "partial capture":
        return make.capture(some, { final: false });
      case "capture":
        return make.capture(chance.percent(60) ? Math.max(1, held) : some, { acceptLate: chance.percent(50) });
      case "capture too much":
        return make.capture(held + 700);
      case "reverse":
        return make.reverseAll();
      case "reverse increment":
        return make.reverseIncrement(this.#increment(hold));
      case "extend":
        return make.extend();
      case "hint":
        return make.hint();
      case "audit":
        return { do: "audit", by: make.wish().by };
    }
  }

  #for(currency: string) {
    return commandsFor(this.#ids.entry, () => currency);
  }

  #amount(): number {
    return this.#chance.percent(10) ? 100 * this.#chance.between(100, 400) : 100 * this.#chance.between(1, 90);
  }

  #question(make: Make, now: number): Command {
    const until = this.#chance.percent(50) ? null : now + this.#chance.between(5 * SECOND, 10 * MINUTE);
    const { entry, by, reason } = make.wish();
    const base = make.increment(this.#amount());
    if (base.do !== "increment") throw new Error("an increment is asked for");
    return { do: "propose", entry, by, reason, amount: base.amount, currency: base.currency, line: null, until };
  }

  #answer(hold: Hold, question: Entry): Command {
    const { id: entry, asked } = question;
    const by = { kind: "payer", name: "payer" } as const;
    if (this.#chance.percent(25)) return { do: "deny", entry, by };
    const reached = questionTotal(hold, question);
    const shown = this.#chance.percent(10) ? reached + 100 : reached;
    return { do: "approve", entry, by, amount: asked, total: shown, how: "in_element", shown: "a view" };
  }

  #leaving(hold: Hold, make: Make): Command {
    const { held } = sums(hold);
    return make.capture(Math.max(1, held), { leaveDoubt: true, final: this.#chance.percent(70) });
  }

  #waiting({ entries }: Hold): string {
    const waiting = entries.filter(({ state }) => state === "queued" || state === "proposed");
    return (this.#chance.any(waiting) ?? this.#chance.any(entries))?.id ?? "";
  }

  #increment({ entries }: Hold): string {
    const raised = entries.filter(({ kind, state }) => kind === "increment" && state === "applied");
    return (this.#chance.percent(70) ? raised.at(-1)?.id : this.#chance.any(entries)?.id) ?? "";
  }

  #terms(id: string, { id: account, stand, gateway }: WorldAccount, openedAt: number): Terms {
    const chance = this.#chance;
    const { cards, currencies } = stand.conforming;
    const { card } = chance.percent(5) && cards.fixed ? cards.fixed : cards.grows;
    const profile = chance.pick<ProfileName>(["general", "lodging", "delivery", "ev"]);
    const extendAutomatically = chance.percent(30);
    const forgotten = chance.percent(20) ? "release" : "warn";
    const given = { id, currency: currencies[2], card, openedAt };
    return termsAt(gateway, given, { account, profile, extendAutomatically, forgotten });
  }
}

/** How a payer pays: by a token of the gateway's card field, or on its page. */
export async function payerOf(
  { stand, gateway }: WorldAccount,
  number: number,
): Promise<NonNullable<Submission["payer"]>> {
  if (!gateway.means.includes("token")) {
    const back = { done: "https://shop.example/done", cancelled: "https://shop.example/cancelled" };
    return { means: { by: "page", back }, sealed: null };
  }
  return { means: { by: "token", authentication: {} }, sealed: await stand.token(number) };
}
