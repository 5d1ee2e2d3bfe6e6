import { z } from "zod";
import { currency, minor } from "./money.ts";
import { gatewayReference, reference, words } from "./text.ts";
import { instant } from "./view.ts";

/** A hold's id. */
export const holdId = z.string().regex(/^hold_[0-9a-f]{32}$/);
/** An entry's id, called a step by those who look at it. */
export const stepId = z.string().regex(/^step_[0-9a-f]{32}$/);

const which = { hold: holdId };
const money = { amount: minor, currency };
const reason = words(140);
/**
 * What a person says. `evidence`, what shows it, is for support alone; so is `reason`, but where the word makes a step
 * (a correction, a charge), whose reason it is: the payer reads that one.
 */
const word = { reason: reason.optional(), evidence: words(280) };

export const one = z.strictObject(which);

/** The hold that a browser's token names; which one is said only where it names several. */
export const mine = z.strictObject({ hold: holdId.optional() }).optional();

export const increment = z.strictObject({
  ...which,
  ...money,
  reason: reason.optional(),
  /** The merchant's line of the bill; unique on a hold, so that one dinner is not added twice. */
  line: reference.optional(),
});
export type IncrementInput = z.infer<typeof increment>;

/** An increment that waits for the payer's yes; it lapses at `until`, or after the profile's own time. */
export const propose = increment.extend({ until: instant.optional() });
export type ProposeInput = z.infer<typeof propose>;

export const capture = z.strictObject({
  ...which,
  ...money,
  reason: reason.optional(),
  /** A final capture ends the hold and lets the rest go. */
  final: z.boolean().default(true),
  /** With a step in doubt: capture at most what is confirmed, knowing that the doubtful amount may stay on the card for a while. */
  leaveDoubt: z.boolean().default(false),
  /** The time by which it had to be captured has passed: capture all the same, knowing that it may be disputed. */
  accept: z.literal("late_presentment").optional(),
});
export type CaptureInput = z.infer<typeof capture>;

/** The test clock: lets this much time pass for one hold in test mode, and for nothing else. At most a year at once. */
export const passTime = z.strictObject({
  ...which,
  seconds: z
    .int()
    .min(1)
    .max(366 * 24 * 3600),
});

/** Releases all that is held. */
export const reverse = z.strictObject({ ...which, reason: reason.optional() });
export type ReverseInput = z.infer<typeof reverse>;

export const onStep = z.strictObject({ ...which, step: stepId, reason: reason.optional() });
export type OnStepInput = z.infer<typeof onStep>;

/** A person's word on a step in doubt: what the gateway really did. */
export const resolve = z.strictObject({
  ...which,
  step: stepId,
  outcome: z.enum(["applied", "not_applied"]),
  /** What was applied, in minor units; all that was asked where it is left out. */
  amount: minor.optional(),
  /** The gateway's id of the payment, where no answer has named it yet. */
  payment: gatewayReference.optional(),
  ...word,
});
export type ResolveInput = z.infer<typeof resolve>;

/** A person's word that the payer's bank has let go of the hold, where the gateway doesn't say so. */
export const lapsed = z.strictObject({ ...which, ...word });
export type LapsedInput = z.infer<typeof lapsed>;

/** A new entry that sets the sums right after the gateway's books and ours disagreed. */
export const correct = z.strictObject({
  ...which,
  /** The step that it corrects. */
  step: stepId,
  /** To add to what that step applied; negative to take away; 0, while the books disagree, says that ours are right. */
  ...money,
  ...word,
});
export type CorrectInput = z.infer<typeof correct>;

/** A person's word that the gateway has charged so much by no step of ours: in its portal, or by one that was lost. */
export const captured = z.strictObject({
  ...which,
  ...money,
  /** Whether nothing more will be captured of this hold. */
  final: z.boolean().default(true),
  ...word,
});
export type CapturedInput = z.infer<typeof captured>;

/** The payer's yes: to this hold, not above this total. */
export const approve = z.strictObject({
  ...which,
  question: stepId,
  /** Exactly as shown. */
  amount: minor,
  total: minor,
  version: z.int().min(1),
});
export type ApproveInput = z.infer<typeof approve>;

export const deny = z.strictObject({ ...which, question: stepId });
export type DenyInput = z.infer<typeof deny>;

const card = z.strictObject({
  network: z.enum(["visa", "mastercard", "amex", "discover", "diners", "jcb", "unionpay", "other"]),
  last4: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
  funding: z.enum(["credit", "debit", "prepaid"]).optional(),
  /** Whether the card itself was there: some networks' holds live shorter then. */
  present: z.boolean().optional(),
});

/** The trades that differ in wording, wire fields and times. */
export const profile = z.enum(["general", "lodging", "vehicle_rental", "ev", "fuel", "delivery", "equipment_rental"]);
export type ProfileName = z.infer<typeof profile>;

const about = {
  /** The merchant's order, stay or session. */
  order: reference,
  /** What the desk calls it: "412 · A. Jones". Defaults to the order. */
  label: words(60).optional(),
  /** Which of the merchant's gateway accounts; may be left out where there is one. */
  account: reference.optional(),
  profile: profile.default("general"),
  card: card.optional(),
  /** The greatest total. `agreed` where the payer agreed to it, with the words they saw: a record, not a proof. */
  ceiling: z.strictObject({ amount: minor, agreed: words(280).optional() }).optional(),
  /** Have the hold prolonged without raising it before its time is over, where the gateway can do that with this card. */
  extendAutomatically: z.boolean().default(false),
  /** What becomes of a hold that nobody has captured shortly before its time is over: a warning, or also its release. */
  forgotten: z.enum(["warn", "release"]).default("warn"),
};

export const open = z.strictObject({
  ...about,
  ...money,
  reason: reason.optional(),
  /** The gateway's own payment token, never a card. */
  payment: z.union([
    z.strictObject({ token: z.string().min(1).max(8192) }),
    z.strictObject({ customer: gatewayReference }),
    z.strictObject({ instrument: gatewayReference }),
    /** The payer pays on a page of the gateway's own, to which you send them, and comes back to one of these. */
    z.strictObject({ page: z.strictObject({ done: z.url().max(1024), cancelled: z.url().max(1024) }) }),
  ]),
  /** The proof of the payer's first authentication, in the gateway's own fields, handed on as it is. */
  authentication: z.record(z.string().max(64), z.string().max(2048)).optional(),
  /** Opens a second hold while another of the same order is in doubt. */
  besides: z.boolean().default(false),
});
export type OpenInput = z.infer<typeof open>;

/** Takes an authorization that the merchant already has, reading it from the gateway. */
export const adopt = z.strictObject({
  ...about,
  payment: gatewayReference,
  currency,
  /** When it was approved, where the gateway's books don't say. Unknown, no end is estimated. */
  approved: instant.optional(),
});
export type AdoptInput = z.infer<typeof adopt>;

/** A token for a browser. A payer's names up to 20 holds of one payer; a desk's names an operator. */
export const issueToken = z.discriminatedUnion("scope", [
  z.strictObject({
    scope: z.literal("payer"),
    holds: z.array(holdId).min(1).max(20),
    origin: z.url(),
    seconds: z.int().min(30).max(600).default(600),
  }),
  z.strictObject({
    scope: z.literal("console"),
    /** "desk" is every open hold of the merchant. */
    holds: z.union([z.literal("desk"), z.array(holdId).min(1).max(20)]),
    origin: z.url(),
    operator: words(60),
    /** The greatest amount that the operator may add, capture or release in one step. */
    max: minor.optional(),
    seconds: z.int().min(30).max(600).default(600),
  }),
]);
export type IssueTokenInput = z.infer<typeof issueToken>;

export const issuedToken = z.object({ token: z.string(), expires: instant });
export type IssuedToken = z.infer<typeof issuedToken>;

/** Live views: a viewer that comes back sends the last id it had. */
export const watch = z.strictObject({ lastEventId: z.string().max(512).optional() }).optional();
