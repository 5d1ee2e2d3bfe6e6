import type { ProfileName } from "@plimsoll/shared";

/** Seconds and minutes in milliseconds. */
const SECOND = 1000;
const MINUTE = 60 * SECOND;

export interface Profile {
  /** How long an accepted step may wait in line: what has not been sent by then lapses. */
  readonly sendWithin: number;
  /** How long a question to the payer stays open where the merchant says nothing. */
  readonly answerWithin: number;
}

const standard: Profile = { sendWithin: 2 * MINUTE, answerWithin: 30 * MINUTE };

/** What differs between trades. */
const profiles: Readonly<Record<ProfileName, Profile>> = {
  general: standard,
  lodging: standard,
  vehicle_rental: standard,
  ev: { ...standard, answerWithin: 5 * MINUTE },
  fuel: { ...standard, answerWithin: 5 * MINUTE },
  delivery: { ...standard, answerWithin: 10 * MINUTE },
  equipment_rental: standard,
};

export function profileOf(name: ProfileName): Profile {
  return profiles[name];
}

/** The most steps that may wait in the line of one hold. */
export const LONGEST_LINE = 20;
