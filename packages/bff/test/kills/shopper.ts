import { randomUUID } from "node:crypto";
import type { PaymentReport } from "../../../sandbox/src/control/reports.ts";
import type { HoldId } from "../../src/hold/index.ts";
import type { Answer, Known, Wish } from "./contract.ts";
import { LATER, type Fleet } from "./fleet.ts";
import { appliedTooLate, Books, frozen, type Acknowledged } from "./judge.ts";

/** How often a gateway is in trouble, of 1. */
export interface Troubles {
  /** The answer is lost after it has done what was asked. */
  readonly lost: number;
  /** It does so only some time after the connection was cut. */
  readonly late: number;
}

/** Clients of a fleet: each with one hold after another, each wish sent again under its key until it is answered. */
export class Shoppers {
  readonly #fleet: Fleet;
  readonly #troubles: Troubles;
  readonly #acknowledged = new Map<HoldId, Acknowledged[]>();
  /** How often the database could not be used, and a wish was sent again. */
  unavailable = 0;
  #open = true;

  constructor(fleet: Fleet, troubles: Troubles) {
    this.#fleet = fleet;
    this.#troubles = troubles;
  }

  /** So many clients at once, until the shop is closed. */
  async visit(clients: number): Promise<void> {
    await Promise.all(Array.from({ length: clients }, () => this.#client()));
  }

  closes(): void {
    this.#open = false;
  }

  get holds(): number {
    return this.#acknowledged.size;
  }

  get steps(): number {
    return [...this.#acknowledged.values()].flat().length;
  }

  /** All comes to rest; what nothing but a person can end, a person ends as the books say. Then what is still wrong. */
  async judged(): Promise<string[]> {
    const { imitation } = this.#fleet;
    for (const { id } of imitation.faults.reports()) {
      imitation.faults.withdraw(id);
      await imitation.faults.release(id);
    }
    const undecided = await this.#rested();
    const wrong = [...undecided].flatMap(([hold, known]) => frozen(known).map((what) => `${hold}: ${what}`));
    for (const [hold, known] of undecided) await this.#decides(hold, known);
    const known = await this.#rested();
    const books = new Books(imitation.gateway);
    wrong.push(...books.strangers([...known.values()]));
    for (const [hold, one] of known) {
      const what = books.disagreements(one, this.#acknowledged.get(hold) ?? []);
      if (what.length > 0) wrong.push(await this.#evidence(`${hold}: ${what.join("; ")}`, hold, books.paymentsOf(one)));
    }
    return wrong;
  }

  /** What is wrong, with what happened to the hold here and at the gateway. */
  async #evidence(what: string, hold: HoldId, payments: readonly PaymentReport[]): Promise<string> {
    const history = await this.#fleet.with((process) => process.call("history", hold));
    const lines = [...history, ...payments].map((one) => JSON.stringify(one));
    return [what, ...appliedTooLate(history, payments), ...lines].join("\n  ");
  }

  async #decides(hold: HoldId, known: Known): Promise<void> {
    if (known.doubts.length === 0) return;
    for (const { entry, word } of new Books(this.#fleet.imitation.gateway).wordsOn(known))
      await this.#answered({ do: "resolve", hold, entry, word });
  }

  #rested(): Promise<Map<HoldId, Known>> {
    return this.#fleet.rest(this.#acknowledged.keys());
  }

  async #client(): Promise<void> {
    while (this.#open) {
      const opened = await this.#asks(await this.#opening());
      if ("refused" in opened) continue;
      const { random } = this.#fleet;
      for (let left = 1 + random.below(5); this.#open && left > 0; left -= 1) {
        const answer = await this.#asks(this.#next(opened.hold));
        if ("refused" in answer) break;
      }
      if (this.#open) await this.#asks(this.#last(opened.hold));
    }
  }

  async #asks(wish: Wish): Promise<Answer> {
    this.#trouble(wish);
    const answer = await this.#answered(wish);
    await this.#fleet.deliver();
    return answer;
  }

  async #answered(wish: Wish): Promise<Answer> {
    const key = randomUUID();
    let answer = await this.#fleet.with((process) => process.call("wish", key, wish));
    while ("refused" in answer && answer.refused === "unavailable") {
      this.unavailable += 1;
      await this.#fleet.available();
      answer = await this.#fleet.with((process) => process.call("wish", key, wish));
    }
    if ("refused" in answer) return answer;
    const { hold, entry } = answer;
    this.#acknowledged.set(hold, [...(this.#acknowledged.get(hold) ?? []), { key, wish, entry }]);
    return answer;
  }

  #trouble(wish: Wish): void {
    const { random, imitation, clock } = this.#fleet;
    const operation = OPERATIONS[wish.do];
    if (operation === undefined) return;
    const { lost, late } = this.#troubles;
    if (random.chance(lost)) imitation.script({ match: { operation }, do: "drop", when: "after" });
    else if (random.chance(late)) {
      const { id } = imitation.script({ match: { operation }, do: "apply-late" });
      void imitation.faults.reached(id).then(() => clock.after(LATER, () => void imitation.faults.release(id)));
    }
  }

  async #opening(): Promise<Wish> {
    const { imitation, account, random } = this.#fleet;
    const issued = await imitation.gateway.token(account.conforming.cards.grows.name);
    if (!issued) throw new Error("no card");
    const amount = 10_000 + 100 * random.below(50);
    return { do: "open", order: `order ${randomUUID().slice(0, 8)}`, amount, token: issued.token };
  }

  #next(hold: HoldId): Wish {
    const { random } = this.#fleet;
    const raised: Wish = { do: "increment", hold, amount: 100 * (1 + random.below(40)) };
    return random.chance(0.85)
      ? raised
      : random.pick<Wish>([
          { do: "extend", hold },
          { do: "hint", hold },
        ]);
  }

  #last(hold: HoldId): Wish {
    const { random } = this.#fleet;
    return random.chance(0.6)
      ? { do: "capture", hold, amount: 100 * (1 + random.below(99)), final: true }
      : { do: "reverse", hold };
  }
}

const OPERATIONS: Readonly<Partial<Record<Wish["do"], "authorize" | "increment" | "capture" | "reverse">>> = {
  open: "authorize",
  increment: "increment",
  capture: "capture",
  reverse: "reverse",
};
