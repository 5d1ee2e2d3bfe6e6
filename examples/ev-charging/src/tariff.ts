/** Energy is counted in watt-hours and money in cents: whole numbers, so that no price passes through a fraction. */
export const tariff = {
  centsPerKwh: 79,
  /** On hold when the cable goes in, and what each raise adds. */
  first: 2_000,
  raise: 1_000,
  ceiling: 6_000,
} as const;

/** What may plug in: how much energy it takes until it is full, in watt-hours. */
export const cars = [
  { name: "hatchback", label: "Hatchback", takes: 30_848 },
  { name: "van", label: "Van", takes: 47_848 },
] as const;

/** The charger reports its meter each time another five kWh have flowed, and when it stops. */
const REPORT = 5_000;

/** What so much energy costs, in cents: rounded once, half a cent up. */
export function priceOf(wattHours: number): number {
  return Math.floor((wattHours * tariff.centsPerKwh + 500) / 1_000);
}

/** The most energy that costs no more than `limit` cents: where the charger stops by itself. */
export function energyWithin(limit: number): number {
  return Math.floor((limit * 1_000) / tariff.centsPerKwh);
}

interface Meter {
  /** Watt-hours so far, and those that fill the battery. */
  readonly wattHours: number;
  readonly takes: number;
}

/** What the charger reports next: it goes on to its next report, to a full battery or to its limit. */
export function nextReport({ wattHours, takes }: Meter, limit: number): number {
  return Math.max(wattHours, Math.min(wattHours + REPORT, takes, energyWithin(limit)));
}

/** Whether the next report could cost more than is on hold: then the hold is raised before the charger gets there. */
export function isNearLimit({ wattHours, takes }: Meter, held: number): boolean {
  return priceOf(Math.min(wattHours + REPORT, takes)) > held;
}
