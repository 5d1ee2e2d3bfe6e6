import type { Hold, Visit } from "@plimsoll/example-site";
import { cars, energyWithin, isNearLimit, priceOf } from "./tariff.ts";

/** A charging session as the operator keeps it. */
export interface Session extends Visit {
  car: (typeof cars)[number];
  /** The charger's last report. */
  wattHours: number;
}

export function newSession(visit: Visit): Session {
  return { ...visit, car: cars[0], wattHours: 0 };
}

/** How the newest raise stands. `refused`: the bank said no, so the charger's limit stays where it is. */
export type Raise = "none" | "asking" | "approved" | "refused" | "not sent";

export function newestRaise(hold: Hold): Raise {
  const state = raises(hold).at(-1)?.state;
  switch (state) {
    case undefined:
      return "none";
    case "applied":
      return "approved";
    case "declined":
      return "refused";
    case "proposed":
    case "queued":
    case "asking":
      return "asking";
    case "failed":
    case "withdrawn":
    case "denied":
    case "lapsed":
      return "not sent";
  }
}

/** All times that more was asked for. */
export function raises(hold: Hold): Hold["steps"] {
  return hold.steps.filter(({ kind }) => kind === "increment");
}

/** More is asked for once at a time, and not again after the bank's no. */
export function needsRaise({ wattHours, car }: Session, hold: Hold): boolean {
  const raise = newestRaise(hold);
  if (raise === "asking" || raise === "refused") return false;
  return isNearLimit({ wattHours, takes: car.takes }, hold.amounts.held);
}

/** The session as its page shows it. Only what is confirmed on hold is the charger's limit. */
export function shown({ wattHours, car }: Session, hold: Hold) {
  const { lifecycle, amounts } = hold;
  return {
    lifecycle,
    raise: newestRaise(hold),
    limit: amounts.held,
    wattHours,
    cost: priceOf(wattHours),
    car: car.label,
    full: wattHours >= car.takes,
    atLimit: wattHours >= energyWithin(amounts.held),
    charged: amounts.captured,
    released: amounts.released,
    stillHeld: amounts.held,
  };
}
