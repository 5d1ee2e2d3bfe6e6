import { z } from "zod";

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A time in an account's settings, in milliseconds: the least, the most, and what it is where nothing is said. */
export function span(least: number, most: number, usual: number) {
  return z.int().min(least).max(most).default(usual);
}

/** What every gateway's settings have: no gateway documents these times, and each account may know better. */
export const attemptTimes = {
  /** How long a request may take. */
  deadline: span(SECOND, 5 * MINUTE, MINUTE),
  /** How long after our deadline the gateway may still apply a request. */
  slowestApply: span(0, 15 * MINUTE, MINUTE),
};

/** How far a look-up may lag behind. Too short a lag takes what was applied for absent. */
export function lookUpLag(usual: number) {
  return span(0, 15 * MINUTE, usual);
}
