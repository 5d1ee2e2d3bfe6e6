import type { StaffStep, StaffView } from "@plimsoll/shared";
import {
  answer,
  count,
  flag,
  holdFields,
  instant,
  list,
  maybe,
  permission,
  point,
  shape,
  stepFields,
  text,
  word,
  type Allowed,
  type Message,
  type Reader,
} from "./decode.ts";

const ADVICE = ["never_again", "later", "other_data"] as const;

/** What a hold asks of the desk, the most pressing first: the order of a desk's list. */
export const ATTENTION = [
  "doubt",
  "denied",
  "lapsed",
  "declined",
  "failed",
  "waiting",
  "ending",
  "calm",
] as const satisfies readonly StaffView["attention"][];

const staffStep = shape({
  ...stepFields,
  by: text,
  line: maybe(text),
  unverified: flag,
  answer: maybe(shape({ code: text, networkCode: maybe(text), advice: maybe(word(ADVICE)) })),
  withdraw: permission,
  reverse: permission,
});

/** At the desk nobody answers for the payer. */
const never: Reader<Allowed> = () => ({ ok: false, code: "forbidden", reason: "" });

/** A hold as merchant staff see it, as far as this script understands it. What shows a payer's hold can show it too. */
export const staffHold = shape({
  ...holdFields,
  steps: list(staffStep),
  label: text,
  order: text,
  gateway: text,
  profile: text,
  bankMayFree: maybe(point),
  restLapses: maybe(flag),
  attention: word(ATTENTION),
  limits: shape({ raise: maybe(count), capture: count, incrementsLeft: maybe(count) }),
  doubtful: maybe(shape({ step: text, amount: count })),
  can: shape({
    increment: permission,
    propose: permission,
    capture: permission,
    reverse: permission,
    extend: permission,
    resolve: permission,
    approve: never,
    deny: never,
  }),
});
export type StaffHold = ReturnType<typeof staffHold>;
export type StaffHoldStep = StaffHold["steps"][number];

const all = shape({ now: instant, secondsLeft: count, holds: list(staffHold), complete: maybe(flag) });

/** Every hold of the token: what is not among them is no longer open. */
export const staffList: Reader<Message<StaffHold>> = (value) => {
  const { now, secondsLeft, holds } = all(value);
  return { now: Date.parse(now), secondsLeft, holds, whole: true };
};

/** One message of a desk's stream: the holds that changed, or all of them. */
export const staffUpdate: Reader<Message<StaffHold>> = (value) => ({
  ...staffList(value),
  whole: all(value).complete === true,
});

export const staffAnswer = answer(staffHold);

/** The answer to a command: the hold as it stands, and whether the key had been used before. */
export interface Done extends Message<StaffHold> {
  readonly replayed: boolean;
}

export const staffDone: Reader<Done> = (value) => ({ ...staffAnswer(value), ...shape({ replayed: flag })(value) });

/** Fails to compile where the contract's view is no longer one that this script reads. */
export type ReadsTheContract =
  Omit<StaffView, "can" | "steps"> extends Omit<StaffHold, "can" | "steps">
    ? StaffView["can"] extends Omit<StaffHold["can"], "approve" | "deny">
      ? StaffStep extends StaffHoldStep
        ? true
        : never
      : never
    : never;
export const readsTheContract: ReadsTheContract = true;
