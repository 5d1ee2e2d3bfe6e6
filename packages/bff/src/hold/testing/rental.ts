import type { Code } from "@plimsoll/shared";
import { expiryOf, networkRule, type Card, type Terms } from "../index.ts";
import { deduping } from "./gateways.ts";
import { NOON, Story } from "./story.ts";

export const HOUR = 3600 * 1000;
export const DAY = 24 * HOUR;
export const extendable = { ...deduping, extension: true };

/** A car that is rented on this card: 900.00 on hold since noon of day 0. */
export function rental(network: Card["network"], more: Partial<Terms> = {}, capabilities = extendable): Story {
  const expiry = networkRule({ card: { network }, profile: "vehicle_rental" });
  return new Story(capabilities, { profile: "vehicle_rental", card: { network }, expiry, ...more }).opened(900_00);
}

/** On which day after noon of day 0 it has to be captured. */
export const lastDay = (story: Story) => ((expiryOf(story.state)?.captureBy.at ?? 0) - NOON) / DAY;
export const until = (story: Story, day: number) => story.passes(NOON + day * DAY - story.now);
export const refused = (story: Story, more = {}): Code | null => story.refusal(story.capture("c", 900_00, more));
export const extensions = (story: Story) =>
  story.state.entries.filter(({ kind }) => kind === "extension").map(({ state, at }) => [state, (at - NOON) / DAY]);
