import type { Hold, Visit } from "@plimsoll/example-site";
import { costOf, growthFor, has, kilos, totalOf, type Basket, type Line } from "./basket.ts";
import { extra, found, ordered } from "./shelf.ts";

export type Change = (basket: Basket) => Basket;

/** A delivery as the shop keeps it. */
export interface Order extends Visit {
  basket: Basket;
  /** The customer is asked whether they take something else. */
  asked: boolean;
  /** A change that passes the hold: it counts once the bank has approved the step. */
  waiting: { readonly change: Change; readonly step: string } | null;
}

export function newOrder(visit: Visit): Order {
  return { ...visit, basket: ordered, asked: false, waiting: null };
}

/** What a hold says of its steps and of what is confirmed on it. */
interface Standing {
  readonly steps: readonly Pick<Hold["steps"][number], "id" | "state">[];
  readonly amounts: Pick<Hold["amounts"], "held">;
}

/** Takes a waiting change into the basket once the hold carries it, and forgets one that came to nothing. */
export function takeWaiting(order: Order, hold: Standing): "none" | "waiting" | "taken" | "refused" {
  if (!order.waiting) return "none";
  const { change, step } = order.waiting;
  const state = hold.steps.find(({ id }) => id === step)?.state;
  if (state === "queued" || state === "asking") return "waiting";
  order.waiting = null;
  const basket = change(order.basket);
  if (growthFor(basket, hold.amounts.held) > 0) return "refused";
  order.basket = basket;
  return "taken";
}

/** The order as its page shows it. */
export function shown(order: Order, hold: Hold) {
  const { basket, asked, waiting } = order;
  const { lifecycle, amounts } = hold;
  const isOpen = lifecycle === "open" && waiting === null;
  const more = [...basket, extra];
  return {
    lifecycle,
    ...bill(basket),
    waiting: waiting !== null,
    question: isOpen && asked ? { ...wouldSwap(basket) } : null,
    offer:
      isOpen && !has(basket, extra.name)
        ? { label: extra.label, cost: costOf(extra), total: totalOf(more), growth: growthFor(more, amounts.held) }
        : null,
    toDo: isOpen ? toDo(order) : [],
    charged: amounts.captured,
    released: amounts.released,
    stillHeld: amounts.held,
  };
}

/** The lines as they stand, and what they come to. */
export function bill(basket: Basket) {
  return {
    lines: basket.map((line) => ({ label: line.label, detail: detailOf(line), note: line.note, cost: costOf(line) })),
    total: totalOf(basket),
  };
}

function detailOf({ price }: Line): string | null {
  return price.by === "weight" ? `${kilos(price.grams)} at ${dollars(price.centsPerKilo)} a kilo` : null;
}

function wouldSwap(basket: Basket) {
  const eggs = basket.find(({ name }) => name === "eggs");
  const difference = costOf(found.eggs) - (eggs ? costOf(eggs) : 0);
  return { text: found.eggsQuestion, difference };
}

/** What the shopper has still to do, in the order of the aisles. */
function toDo({ basket, asked }: Order) {
  const isUnweighed = basket.some(({ name, note }) => name === "salmon" && note === null);
  const steps = [
    isUnweighed && { step: "salmon", label: `Weigh the salmon: ${kilos(found.salmon.grams)}` },
    has(basket, "eggs") && !asked && { step: "eggs", label: "Offer free-range eggs instead" },
    has(basket, "berries") && { step: "berries", label: `Blueberries: ${found.berries}` },
  ];
  return steps.filter((step) => step !== false);
}

function dollars(cents: number): string {
  const digits = String(cents).padStart(3, "0");
  return `$${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
