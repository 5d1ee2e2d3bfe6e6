import type { Basket, Line, Price } from "./basket.ts";

const kilo = (centsPerKilo: number, grams: number): Price => ({ by: "weight", centsPerKilo, grams });
const piece = (cents: number): Price => ({ by: "piece", cents });

function line(name: string, label: string, price: Price, note: string | null = null): Line {
  return { name, label, price, note };
}

/** What the customer ordered: $86.40 as far as anybody knows before it is packed. */
export const ordered: Basket = [
  line("salmon", "Salmon fillet", kilo(2_400, 500)),
  line("chicken", "Whole chicken", kilo(1_400, 1_330)),
  line("cheese", "Gruyère", kilo(1_645, 500)),
  line("coffee", "Coffee beans", piece(1_890)),
  line("oil", "Olive oil", piece(1_340)),
  line("berries", "Blueberries", piece(650)),
  line("bread", "Rye bread", piece(485)),
  line("eggs", "Eggs", piece(390)),
];

/** What the shopper finds on the day. */
export const found = {
  salmon: { grams: 620 },
  eggs: line("free-range", "Free-range eggs", piece(530), "instead of the others"),
  eggsQuestion: "No eggs left but free-range ones. Take those instead?",
  berries: "none left",
} as const;

/** What the customer may still think of. */
export const extra: Line = line("wine", "Bottle of wine", piece(1_800), "added by you");
