/** Money in cents, weights in grams: whole numbers, so that no price passes through a fraction. */
export type Price =
  | { readonly by: "piece"; readonly cents: number }
  | { readonly by: "weight"; readonly centsPerKilo: number; readonly grams: number };

export interface Line {
  readonly name: string;
  readonly label: string;
  readonly price: Price;
  /** What the shopper did with it. */
  readonly note: string | null;
}

export type Basket = readonly Line[];

/** What a line costs, in cents. The one place that rounds, half a cent up: 0.5 kg at 16.45 a kilo is 8.23. */
export function costOf({ price }: Line): number {
  if (price.by === "piece") return price.cents;
  return Math.floor((price.grams * price.centsPerKilo + 500) / 1_000);
}

export function totalOf(basket: Basket): number {
  return basket.reduce((sum, line) => sum + costOf(line), 0);
}

const FIVE = 500;

/** What is held for a basket at the beginning: 115 % of it, to the nearest five. Weights differ, things run out. */
export function holdFor(total: number): number {
  return Math.floor((total * 115 + (FIVE * 100) / 2) / (FIVE * 100)) * FIVE;
}

/** By how much the hold has to grow for a basket; nothing where it carries it already. */
export function growthFor(basket: Basket, held: number): number {
  return Math.max(0, totalOf(basket) - held);
}

/** What a line really weighs. */
export function weighed(basket: Basket, name: string, grams: number): Basket {
  return basket.map((line) =>
    line.name === name && line.price.by === "weight"
      ? { ...line, price: { ...line.price, grams }, note: "as weighed" }
      : line,
  );
}

export function without(basket: Basket, name: string): Basket {
  return basket.filter((line) => line.name !== name);
}

/** Something else in a line's place. */
export function swapped(basket: Basket, name: string, instead: Line): Basket {
  return basket.map((line) => (line.name === name ? instead : line));
}

export function has(basket: Basket, name: string): boolean {
  return basket.some((line) => line.name === name);
}

/** Grams as kilograms with two decimals; shops' scales show ten grams. */
export function kilos(grams: number): string {
  const digits = String(Math.floor(grams / 10)).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)} kg`;
}
