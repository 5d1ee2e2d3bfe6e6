import type { Lifecycle } from "@plimsoll/shared";
import type { Event } from "../../src/hold/index.ts";

/** The state of a hold before an event; `new` while it has no line yet. */
export type State = Lifecycle | "new";
/** Events by name; an end by which one it is. */
export type Name = Exclude<Event["type"], "ended"> | Extract<Event, { type: "ended" }>["state"];

/** The states in which each event is seen in fifty thousand schedules: a pair that is seen no more is a path that was lost. */
export const TAKEN = {
  alerted: ["capturing", "open", "opening", "waiting"],
  answered: ["captured", "capturing", "open", "opening", "reversing", "waiting"],
  applied: ["captured", "capturing", "open", "opening", "reversing", "waiting"],
  asked: ["capturing", "open", "opening", "reversing"],
  attempted: ["captured", "capturing", "open", "opening", "reversing", "waiting"],
  ceiling_raised: ["open"],
  closed: ["captured", "declined", "failed", "reversed"],
  closing: ["open"],
  closing_cleared: ["capturing", "reversing"],
  consented: ["open"],
  declined: ["capturing", "open", "opening", "reversing"],
  denied: ["open"],
  doubted: ["captured", "capturing", "open", "opening", "reversing"],
  ends_given: ["open"],
  entered: ["new", "open", "reversing"],
  failed: ["captured", "capturing", "open", "opening", "reversing", "waiting"],
  hinted: ["captured", "capturing", "declined", "failed", "open", "opening", "reversed", "reversing", "waiting"],
  incrementability: ["open"],
  lapsed: ["capturing", "open", "reversing"],
  look_planned: ["captured", "capturing", "open", "opening", "reversing", "waiting"],
  named: ["capturing", "open", "reversing", "waiting"],
  opened: ["new"],
  parked: ["open"],
  read_begun: ["captured", "capturing", "declined", "failed", "open", "reversed", "reversing"],
  read_done: ["captured", "capturing", "declined", "failed", "open", "reversed", "reversing"],
  read_wanted: ["captured", "capturing", "declined", "failed", "open", "reversed", "reversing"],
  received: ["capturing", "open", "opening", "reversing"],
  released: ["captured"],
  undo_wanted: ["opening"],
  verified: ["captured", "capturing", "open", "reversed", "reversing"],
  waited: ["capturing", "open", "opening", "reversing"],
  withdrawn: ["capturing", "open", "reversing"],
} as const satisfies Partial<Record<Name, readonly State[]>>;

/** The events that no schedule has to see, and why. */
export const NOT_TAKEN: Readonly<Record<Exclude<Name, keyof typeof TAKEN>, string>> = {
  agreed: "follows a contradiction",
  contradicted: "gateways keep their word here: a contradiction is a disagreement, and fails its seed",
  expired: "a world ends when all rests, days before an issuer lets go",
  read_overdue: "books can be read here again within minutes",
  read_waived: "a person says so of books that can't be read",
  heard: "what is to be undone was looked for in vain after its gateway's slowest apply, which it keeps to here",
  reopened: "a person corrects a charge that failed days later",
  review_ended: "no imitated gateway puts a payment under review unasked",
  review_started: "no imitated gateway puts a payment under review unasked",
  time_passed: "said by somebody who tests, of one hold alone",
  warned: "a world ends when all rests, days before a hold has to be captured",
};
