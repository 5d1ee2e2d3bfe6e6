import { delta, total } from "@plimsoll/shared";
import {
  PAYMENT_TOKEN,
  type Attempt,
  type Gateway,
  type Notice,
  type Notices,
  type Order,
  type Payment,
} from "../../gateways/port.ts";
import type { Capabilities, Finding, Outcome, Snapshot } from "../../hold/index.ts";
import { ordinary } from "../../testing/capabilities.ts";

/** The gateway's own books of one payment, in minor units. */
export interface Book {
  authorized: number;
  captured: number;
  reversed: number;
}

type Mood = "approves" | "declines" | "is silent" | "asks for the payer" | "tells later" | "shows a page";

/** What proves a notice of this gateway. */
export const PROOF = { "x-proof": "from the gateway" };

/** A gateway in memory with its own books. It approves unless it is told otherwise. */
export class FakeGateway implements Gateway {
  readonly name = "fake";
  readonly payee = "fake-payee";
  readonly means = ["token", "customer", "instrument", "page"] as const;
  readonly books = new Map<string, Book>();
  /** Every payment token that reached it. */
  readonly tokens: (string | null)[] = [];
  /** Our own references of what it has yet to tell of. */
  readonly references: string[] = [];
  mood: Mood = "approves";
  /** What its books say of a payment's state, where it is not what follows from the sums. */
  says: "expired" | "reviewed" | null = null;
  can: Partial<Capabilities> = {};
  #asked = 0;
  #waiting: (() => void)[] = [];

  capabilities(): Capabilities {
    return { ...CAPABILITIES, ...this.can };
  }

  reference(random: Uint8Array): string {
    return Buffer.from(random).toString("hex");
  }

  write(order: Order) {
    const body = JSON.stringify({ kind: order.kind, amount: order.delta, token: order.means ? PAYMENT_TOKEN : null });
    return { dialect: "fake", method: "POST", path: "/", body };
  }

  async ask({ order, token, signal }: Attempt): Promise<Outcome> {
    if (order.kind === "authorize") this.tokens.push(token);
    this.#asked += 1;
    for (const told of this.#waiting.splice(0)) told();
    switch (this.mood) {
      case "declines":
        return { is: "declined", code: "insufficient_funds", networkCode: "51", advice: "later" };
      case "asks for the payer":
        return { is: "declined", code: "authentication_required", networkCode: "1A", advice: null };
      case "is silent":
        return aborted(signal).then(() => ({ is: "unknown", cause: "timeout" }));
      case "tells later":
        this.references.push(order.reference);
        this.#apply(order);
        return { is: "waiting", on: "notice", until: order.at + 600_000 };
      case "shows a page":
        return {
          is: "waiting",
          on: "payer",
          until: order.at + 600_000,
          action: "https://gateway.example/page",
          references: { hold: { payment: "page-1" } },
        };
      case "approves":
        return this.#apply(order);
    }
  }

  async notices(body: Uint8Array, headers: Headers): Promise<Notices> {
    if (headers.get("x-proof") !== PROOF["x-proof"]) return "forged";
    const text = Buffer.from(body).toString("utf8");
    // What a test sends is a list of notices as they are.
    return text.startsWith("[") ? (JSON.parse(text) as Notice[]) : "unreadable";
  }

  async find(): Promise<Finding> {
    return { is: "unknown", cause: "not yet" };
  }

  async read({ references }: Payment): Promise<Snapshot> {
    const book = this.books.get(references["payment"] ?? "");
    if (!book) return { is: "cannot", cause: "no such payment" };
    const state = this.says ?? (book.captured > 0 ? "captured" : book.reversed > 0 ? "reversed" : "open");
    return {
      is: "snapshot",
      authorized: total(book.authorized),
      captured: total(book.captured),
      state,
      asOf: Number.MAX_SAFE_INTEGER,
    };
  }

  /** Resolves when the gateway has been asked once more. */
  asked(): Promise<void> {
    return new Promise((resolve) => void this.#waiting.push(resolve));
  }

  /** What stands in the books of the one payment there is. */
  get book(): Book {
    const [book] = this.books.values();
    if (!book) throw new Error("no payment yet");
    return book;
  }

  get timesAsked(): number {
    return this.#asked;
  }

  #apply(order: Order): Outcome {
    const payment =
      order.payment.references["payment"] ?? String(7_000_000_000_000_000_000_001n + BigInt(this.books.size));
    const book = this.books.get(payment) ?? { authorized: 0, captured: 0, reversed: 0 };
    this.books.set(payment, book);
    if (order.kind === "authorize" || order.kind === "increment") book.authorized += order.delta;
    if (order.kind === "capture") book.captured += order.delta;
    if (order.kind === "reverse") book.reversed += order.delta;
    const references = { hold: { payment, network: "123456789619999" }, entry: { approvalCode: "831000" } };
    return { is: "approved", grade: "own_amount", applied: delta(order.delta), total: null, references };
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** Books that nobody can read: what is applied has to be believed. */
const CAPABILITIES: Capabilities = { ...ordinary, readable: false, incrementsAfterPartialCapture: true };
