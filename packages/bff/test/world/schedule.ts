import { CLOCK_OFF } from "../../src/hold/index.ts";
import type { Chance } from "./chance.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What becomes of one request on its way. Times in milliseconds. */
export interface Fate {
  /** Until a connection stands; null where none is to be had. */
  readonly connects: number | null;
  /** From then until the gateway works on it; null where it never arrives. */
  readonly arrives: number | null;
  /** It is worked on so long after the deadline of its attempt instead. */
  readonly late?: number;
  /** However late it was written: so long after the deadline of its attempt at most. */
  readonly latest?: number;
  /** From then until its answer is heard; null where it is lost. */
  readonly returns: number | null;
  /** What is wrong with the answer, or how the gateway answers. */
  readonly meets: Meets | null;
}

export type Meets =
  | "reset"
  | "half"
  | "garbled"
  | "page instead"
  | "page after"
  | "broken before"
  | "broken after"
  | "declined"
  | "partial";

const WAYS = ["refused", "slow to connect", "lost there", "lost back", "slow", "slow back", "late", "met"] as const;
const MEETS = ["reset", "half", "garbled", "page instead", "page after", "broken before", "broken after"] as const;

export const MOST_HOLDS = 3;

/** How one world is: drawn once from its seed. What happens in it is drawn as it happens. */
export interface Schedule {
  readonly processes: number;
  readonly holds: number;
  readonly accounts: number;
  readonly commands: number;
  /** How many requests of a hundred meet trouble. */
  readonly trouble: number;
  readonly declines: number;
  /** How many commits of a thousand fail. */
  readonly failures: number;
  readonly crashes: number;
  readonly stalls: number;
  /** How often a person pauses a gateway. */
  readonly pauses: number;
  /** Nothing reaches the gateways for so long, from so long on. */
  readonly outage: { readonly after: number; readonly lasts: number } | null;
}

export function drawSchedule(chance: Chance): Schedule {
  return {
    processes: chance.pick([1, 2, 2, 3]),
    accounts: chance.pick([1, 1, 2]),
    holds: chance.pick([1, 1, 1, 2, MOST_HOLDS]),
    commands: chance.between(5, 20),
    trouble: chance.pick([0, 10, 25, 50]),
    declines: chance.pick([0, 10, 25]),
    failures: chance.pick([0, 0, 0, 30, 100]),
    crashes: chance.pick([0, 2, 3, 3, 3, 4, 4]),
    stalls: chance.pick([0, 1, 1, 2]),
    pauses: chance.pick([0, 0, 0, 1]),
    outage: chance.percent(15)
      ? { after: chance.between(0, 5 * MINUTE), lasts: chance.between(20 * SECOND, HOUR) }
      : null,
  };
}

/** How long until the next thing that somebody wants: at once, soon, after a while; seldom hours. */
export function drawGap(chance: Chance): number {
  const most = chance.pick([50, 50, 2 * SECOND, 2 * SECOND, 20 * SECOND, 20 * SECOND, MINUTE, 5 * MINUTE]);
  return chance.between(0, 999) === 0 ? chance.between(HOUR, 10 * HOUR) : chance.between(0, most);
}

export function drawRest(chance: Chance): number {
  return chance.between(100, chance.pick([2 * SECOND, 20 * SECOND, 3 * MINUTE]));
}

export function drawVisit(chance: Chance): number {
  return chance.between(500, chance.pick([5 * SECOND, 30 * SECOND, 11 * MINUTE]));
}

/** The database is gone for a moment, before a commit stands or right after. */
export function drawFailure(chance: Chance, { failures }: Schedule): "before" | "unheard" | null {
  return chance.between(0, 999) < failures ? chance.pick(["before", "unheard"]) : null;
}

/** A stall is short, or longer than any attempt. */
export function drawStall(chance: Chance): number {
  return chance.between(500, chance.pick([3 * SECOND, 90 * SECOND, 10 * MINUTE, 20 * MINUTE]));
}

/** As long as a person takes to find out what is wrong with a gateway. */
export function drawPause(chance: Chance): number {
  return chance.between(SECOND, chance.pick([20 * SECOND, 3 * MINUTE, 30 * MINUTE]));
}

export function drawApart(chance: Chance): number {
  return chance.percent(50) ? 0 : chance.between(0, 2 * CLOCK_OFF) - CLOCK_OFF;
}

interface Asked {
  readonly deadline: number;
  readonly slowestApply: number;
  /** What an issuer may say to it besides yes. */
  readonly verdicts: readonly Meets[];
}

export function calmFate(chance: Chance): Fate {
  const connects = chance.percent(50) ? 0 : chance.between(1, 30);
  return { connects, arrives: chance.between(1, 60), returns: chance.between(1, 60), meets: null };
}

export const SILENCE: Fate = { connects: 5, arrives: null, returns: null, meets: null };

export function drawFate(chance: Chance, { trouble, declines }: Schedule, asked: Asked): Fate {
  const usual = calmFate(chance);
  const verdict = chance.percent(declines) ? chance.any(asked.verdicts) : undefined;
  if (verdict) return { ...usual, meets: verdict };
  if (!chance.percent(trouble)) return usual;
  const { deadline, slowestApply } = asked;
  switch (chance.pick(WAYS)) {
    case "refused":
      return { ...usual, connects: null };
    case "slow to connect":
      return { ...usual, connects: chance.between(5 * SECOND, deadline + 10 * SECOND) };
    case "lost there":
      return { ...usual, arrives: null, returns: null };
    case "lost back":
      return { ...usual, returns: null };
    case "slow":
      return { ...usual, arrives: chance.between(SECOND, deadline), latest: slowestApply };
    case "slow back":
      return { ...usual, returns: chance.between(SECOND, 3 * deadline) };
    case "late":
      return { ...usual, late: chance.between(0, slowestApply), returns: null };
    case "met":
      return { ...usual, meets: chance.pick(MEETS) };
  }
}
