import { randomUUID } from "node:crypto";
import type { Seal } from "../../src/access/index.ts";
import type { Submission } from "../../src/driver/index.ts";
import type { Gateway } from "../../src/gateways/port.ts";
import { termsAt } from "../../src/gateways/testing/terms.ts";
import type { Actor, Capabilities, Card, Command, EntryId, Terms } from "../../src/hold/index.ts";
import { makesEntry } from "../../src/hold/testing/makes-entry.ts";
import { makeIds } from "../../src/ids.ts";

const WHO = { merchant: "harbor", mode: "test" } as const;
const DESK: Actor = { kind: "console", name: "Front desk" };
const PAYER: Actor = { kind: "payer", name: "payer" };

type Paid = Pick<Terms, "currency"> & { readonly card: Card };

/** What is otherwise than usual about an opening. */
export type More = Partial<
  Pick<Extract<Command, { do: "open" }>, "ceiling" | "amount"> & Pick<Terms, "capabilities" | "order">
>;

/** Everybody who wants something of one merchant's holds: each request is new unless it is said to be another one again. */
export class Merchant {
  readonly #gateway: Gateway;
  readonly #seal: Seal;
  readonly #paid: Paid;
  readonly #ids = makeIds(Date.now);

  constructor(gateway: Gateway, seal: Seal, { currency, card }: Paid) {
    this.#gateway = gateway;
    this.#seal = seal;
    this.#paid = { currency, card };
  }

  get capabilities(): Capabilities {
    const { currency, card } = this.#paid;
    return this.#gateway.capabilities({ card, currency, profile: "general" });
  }

  async opening(token: string, more: More = {}): Promise<Submission> {
    const { ceiling = null, amount = 400_00, ...rest } = more;
    const given = { ...this.#paid, id: this.#ids.hold(), openedAt: Date.now() };
    const terms = termsAt(this.#gateway, given, rest);
    return this.submission(
      terms.id,
      { do: "open", ...this.#made(DESK), terms, amount, ceiling },
      {
        order: { ...WHO, gateway: terms.gateway, order: terms.order, besides: false },
        payer: { means: { by: "token", authentication: {} }, sealed: await this.#seal.seal(token) },
      },
    );
  }

  increment(hold: string, amount: number, line: string | null = null): Submission {
    const { currency } = this.#paid;
    return this.submission(hold, { do: "increment", ...this.#made(DESK), amount, currency, line, notBefore: null });
  }

  question(hold: string, amount: number): Submission {
    const { currency } = this.#paid;
    return this.submission(hold, { do: "propose", ...this.#made(DESK), amount, currency, line: null, until: null });
  }

  capture(hold: string, amount: number, final = true): Submission {
    const { currency } = this.#paid;
    const capture = { amount, currency, final, leaveDoubt: false, acceptLate: false };
    return this.submission(hold, { do: "capture", ...this.#made(DESK), ...capture });
  }

  reversal(hold: string): Submission {
    return this.submission(hold, { do: "reverse", ...this.#made(DESK) });
  }

  reversalOf(hold: string, target: EntryId): Submission {
    return this.submission(hold, { do: "reverse_increment", ...this.#made(DESK), target });
  }

  yes(hold: string, entry: EntryId, amount: number, total: number): Submission {
    const shown = `Allow ${amount}?`;
    return this.submission(hold, { do: "approve", entry, by: PAYER, amount, total, how: "in_element", shown });
  }

  no(hold: string, entry: EntryId): Submission {
    return this.submission(hold, { do: "deny", entry, by: PAYER });
  }

  withdrawal(hold: string, entry: EntryId): Submission {
    return this.submission(hold, { do: "withdraw", entry, by: DESK });
  }

  word(hold: string, entry: EntryId, outcome: "applied" | "not_applied"): Submission {
    const evidence = "seen in the gateway's portal";
    return this.submission(hold, {
      do: "resolve",
      entry,
      by: DESK,
      outcome,
      amount: null,
      payment: null,
      reason: null,
      evidence,
    });
  }

  hint(hold: string): Submission {
    return { hold, command: { do: "hint", by: DESK } };
  }

  /** The same request come again: at another process, where everything that is made up afresh is another. */
  again(submission: Submission): Submission {
    const { command } = submission;
    if (command.do === "open") {
      const terms = { ...command.terms, id: this.#ids.hold() };
      return { ...submission, hold: terms.id, command: { ...command, terms, entry: this.#ids.entry() } };
    }
    return makesEntry(command) ? { ...submission, command: { ...command, entry: this.#ids.entry() } } : submission;
  }

  /** Under a key of its own. */
  submission(hold: string, command: Command, more: Partial<Submission> = {}): Submission {
    const value = randomUUID();
    return { hold, command, key: { scope: "harbor", value, digest: value }, ...more };
  }

  #made(by: Actor) {
    return { entry: this.#ids.entry(), by, reason: null };
  }
}
