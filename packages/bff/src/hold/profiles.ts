import type { ProfileName } from "@plimsoll/shared";

/** Seconds and minutes in milliseconds. */
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** What differs between trades. Times in milliseconds; they are our own choice, not a network's rule. */
export interface Profile {
  /** How long an accepted step may wait in line: what has not been sent by then lapses. */
  readonly sendWithin: number;
  /** How long a question to the payer stays open where the merchant says nothing. */
  readonly answerWithin: number;
  /** How long before a hold has to be captured somebody is told; never before half of its life is over. */
  readonly warnBefore: number;
}

/*
 * Revolut, "Clearing windows for advanced authorisation" (read 2026-11-22): capture at least 24 hours before the window
 * ends, so that clearing still falls into it. Nobody is told later than that, but of a hold that is to be prolonged by
 * itself: then a quarter of that time later, once it has failed twice.
 */
const standard: Profile = { sendWithin: 2 * MINUTE, answerWithin: 30 * MINUTE, warnBefore: DAY };

/** A stay or a rental is over at a time of its own: two days leave room to ask its payer for a new hold. */
const long: Profile = { ...standard, warnBefore: 2 * DAY };

const profiles: Readonly<Record<ProfileName, Profile>> = {
  general: standard,
  lodging: long,
  vehicle_rental: long,
  ev: { ...standard, answerWithin: 5 * MINUTE },
  fuel: { ...standard, answerWithin: 5 * MINUTE },
  delivery: { ...standard, answerWithin: 10 * MINUTE },
  equipment_rental: long,
};

export function profileOf(name: ProfileName): Profile {
  return profiles[name];
}

/** The most steps that may wait in the line of one hold. */
export const LONGEST_LINE = 20;
