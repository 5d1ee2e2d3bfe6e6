import { z } from "zod";
import { code } from "./codes.ts";
import { amount } from "./money.ts";

/** An instant on our wire: ISO 8601 in UTC. */
export const instant = z.iso.datetime();

export const mode = z.enum(["live", "test"]);
export type Mode = z.infer<typeof mode>;

/** What people read as the state of a hold; a function of its entries, never stored. */
export const lifecycle = z.enum([
  "opening", // the authorization is being asked
  "waiting", // the payer has to go somewhere before the authorization is asked
  "open",
  "capturing",
  "reversing",
  "captured",
  "reversed",
  "expired",
  "declined",
  "failed",
]);
export type Lifecycle = z.infer<typeof lifecycle>;

export const entryKind = z.enum(["authorization", "increment", "extension", "capture", "reversal", "correction"]);
export type EntryKind = z.infer<typeof entryKind>;

export const entryState = z.enum([
  "proposed", // waits for the payer's yes
  "queued", // waits for its turn
  "asking", // at the gateway
  "applied",
  "declined", // the issuer's word alone
  "failed", // certain knowledge that nothing was applied
  "withdrawn",
  "denied", // the payer's no
  "lapsed", // waited past its time, never sent
]);
export type EntryState = z.infer<typeof entryState>;

/** Whether a viewer can do something now and, if not, why: so that no element repeats a rule. */
export const permission = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), code, reason: z.string() }),
]);
export type Permission = z.infer<typeof permission>;

/** One line of the hold's history, as a payer may see it. `asked` and `applied` are minor units of the hold's currency. */
export const step = z.object({
  id: z.string(),
  kind: entryKind,
  state: entryState,
  /** Asked, and past its deadline without an answer. */
  doubt: z.boolean(),
  asked: amount,
  applied: amount,
  /** A correction or reversal lowers what is held. */
  sign: z.union([z.literal(1), z.literal(-1), z.literal(0)]),
  final: z.boolean(),
  /** The merchant's words: "Dinner, room 412". */
  reason: z.string().nullable(),
  /** When it was asked for, then when it ended. */
  at: instant,
  /** The class of reason for which it ended without being applied. Never the issuer's own reason. */
  why: z
    .enum([
      "not_approved", // by the issuer
      "authentication",
      "rejected", // not taken by the gateway, or by the rules when its turn came: certainly nothing was added
      "not_sent",
      "no_answer",
      "denied",
      "withdrawn",
    ])
    .nullable(),
});
export type Step = z.infer<typeof step>;

/** What waits for the payer's yes. */
export const question = z.object({
  id: z.string(),
  amount,
  /** What would be held after a yes: shown, sent back with the answer, and checked again before it is sent. */
  total: amount,
  reason: z.string().nullable(),
  until: instant.nullable(),
});
export type Question = z.infer<typeof question>;

/** An instant, and whether it is an estimate by a dated rule or the gateway's own word. */
const point = z.object({ at: instant, estimated: z.boolean() });

const common = {
  id: z.string(),
  /** Rises with every change. The higher version wins. */
  version: z.int().min(1),
  mode,
  merchant: z.object({ name: z.string(), descriptor: z.string() }),
  card: z
    .object({
      network: z.enum(["visa", "mastercard", "amex", "discover", "diners", "jcb", "unionpay", "other"]),
      last4: z.string().nullable(),
      funding: z.enum(["credit", "debit", "prepaid"]).nullable(),
    })
    .nullable(),
  currency: z.string(),
  exponent: z.int().min(0).max(4),
  lifecycle,
  amounts: z.object({
    /** What the first authorization asked for. */
    requested: amount,
    authorized: amount,
    held: amount,
    /** Asked or queued and not yet answered, in doubt included. */
    pending: amount,
    captured: amount,
    released: amount,
    lapsed: amount,
    /** What was held when the hold began to end. */
    former: amount,
  }),
  /** `agreed` only with a recorded consent; else it is an estimate. */
  ceiling: z.object({ amount, agreed: z.boolean() }).nullable(),
  question: question.nullable(),
  /** A step without an answer, books that disagree, or a review: "being checked". */
  doubt: z
    .object({ kind: z.enum(["no_answer", "contradicted", "review"]), since: instant, nextLook: instant.nullable() })
    .nullable(),
  steps: z.array(step),
  /** After the end: what was not needed. `requested` only where somebody asked for the release. */
  release: z
    .object({
      amount,
      requested: instant.nullable(),
      confirmed: instant.nullable(),
      /** Business days after which banks usually show it, from data with its source; null where none is known. */
      shown: z.object({ from: z.int(), to: z.int(), source: z.string() }).nullable(),
    })
    .nullable(),
  opened: instant,
  /** When the hold ended (captured, released, declined ...). */
  ended: instant.nullable(),
  /**
   * By when the hold has to be captured, where the gateway says so or a dated rule estimates it; null once it has ended.
   * `passed`: it may have ended. Only the gateway says that it has.
   */
  ends: z.object({ at: instant, estimated: z.boolean(), passed: z.boolean() }).nullable(),
  /**
   * After a final capture that lets nothing go: what stays on hold until the bank frees it by itself, and from when on
   * it may do so.
   */
  rest: z.object({ amount, freed: point.nullable() }).nullable(),
  /** Short, for a telephone: `7F3K-22`. */
  reference: z.string(),
};

/** The hold as the payer sees it. */
export const payerView = z.object({ ...common, can: z.object({ approve: permission, deny: permission }) });
export type PayerView = z.infer<typeof payerView>;

/** A step as staff see it: who asked, and what the issuer or gateway said. */
export const staffStep = step.extend({
  by: z.string(),
  line: z.string().nullable(),
  /** Applied, but the answer only repeated the request or named no amount: to be read back. */
  unverified: z.boolean(),
  answer: z
    .object({
      code: z.string(),
      networkCode: z.string().nullable(),
      /** The network's word on trying again. */
      advice: z.enum(["never_again", "later", "other_data"]).nullable(),
    })
    .nullable(),
  withdraw: permission,
  reverse: permission,
});
export type StaffStep = z.infer<typeof staffStep>;

/** The hold as merchant staff see it, with what they may do and up to how much. */
export const staffView = z.object({
  ...common,
  steps: z.array(staffStep),
  /** What the desk calls it: "412 · A. Jones". */
  label: z.string(),
  order: z.string(),
  gateway: z.string(),
  profile: z.string(),
  /** From when on the payer's bank may free the money by itself: another clock than `ends`, and often an earlier one. */
  bankMayFree: point.nullable(),
  /** What a final capture leaves stays on hold until the bank frees it by itself: nothing lets it go. */
  restLapses: z.boolean(),
  /** Where it stands in a desk's list, and one word why. `ending`: it is being closed, or its time is running out. */
  attention: z.enum(["doubt", "denied", "lapsed", "declined", "failed", "waiting", "ending", "calm"]),
  limits: z.object({
    /** The most that one more increment may add without asking the payer; null where there is no limit. */
    raise: amount.nullable(),
    /** The most that can be captured now. */
    capture: amount,
    incrementsLeft: z.int().min(0).nullable(),
  }),
  /** The operation in doubt, for `resolve`. */
  doubtful: z.object({ step: z.string(), amount }).nullable(),
  can: z.object({
    increment: permission,
    propose: permission,
    capture: permission,
    reverse: permission,
    extend: permission,
    resolve: permission,
  }),
});
export type StaffView = z.infer<typeof staffView>;

/** The hold as the merchant's server sees it: what staff see, and the references that other systems know it by. */
export const merchantView = staffView.extend({
  account: z.string(),
  references: z.object({
    /** The gateway's id of the payment. */
    payment: z.string().nullable(),
    /** The network's own transaction id, for disputes and for merchant-initiated steps elsewhere. */
    network: z.string().nullable(),
  }),
  /** While the hold waits for the payer: the page to send them to, and until when. */
  action: z.object({ url: z.string(), until: instant }).nullable(),
});
export type MerchantView = z.infer<typeof merchantView>;

/** Beside every answer to a browser: the server's clock and how long the token still lives. */
export const liveness = z.object({ now: instant, secondsLeft: z.int().min(0) });
export type Liveness = z.infer<typeof liveness>;

export const payerAnswer = liveness.extend({ hold: payerView });
export type PayerAnswer = z.infer<typeof payerAnswer>;

export const staffAnswer = liveness.extend({ hold: staffView });
export type StaffAnswer = z.infer<typeof staffAnswer>;

export const staffList = liveness.extend({ holds: z.array(staffView) });
export type StaffList = z.infer<typeof staffList>;

/** One message of a desk's stream: the holds that changed, or with `complete` all that the desk has. */
export const staffUpdate = staffList.extend({ complete: z.boolean() });
export type StaffUpdate = z.infer<typeof staffUpdate>;

/** What a command gives back: the hold, the step it made, and whether the key was used before. */
export const done = { step: z.string(), replayed: z.boolean() };
export const payerDone = payerAnswer.extend(done);
export type PayerDone = z.infer<typeof payerDone>;
export const staffDone = staffAnswer.extend(done);
export type StaffDone = z.infer<typeof staffDone>;
export const merchantDone = z.object({ hold: merchantView, ...done });
export type MerchantDone = z.infer<typeof merchantDone>;

export const merchantAnswer = z.object({ hold: merchantView });
export type MerchantAnswer = z.infer<typeof merchantAnswer>;

/** What a command gives back that makes no step. */
export const merchantChanged = merchantAnswer.extend({ replayed: done.replayed });
export type MerchantChanged = z.infer<typeof merchantChanged>;

export const merchantList = z.object({ holds: z.array(merchantView) });
export type MerchantList = z.infer<typeof merchantList>;

/** Everything that happened to a hold, for support: who or what caused it, and the recorded fact as it was written. */
export const merchantHistory = z.object({
  events: z.array(
    z.object({
      seq: z.int(),
      at: instant,
      by: z.string().nullable(),
      cause: z.string(),
      type: z.string(),
      event: z.record(z.string(), z.unknown()),
    }),
  ),
});
export type MerchantHistory = z.infer<typeof merchantHistory>;

/** What a payer can give to their bank. */
export const receipt = z.object({
  merchant: z.string(),
  descriptor: z.string(),
  card: z.string().nullable(),
  currency: z.string(),
  exponent: z.int(),
  charged: amount,
  released: amount,
  /** Not charged, and on hold until the bank frees it by itself; from when on it may do so, by estimate. */
  rest: amount,
  restFreed: instant.nullable(),
  opened: instant,
  ended: instant.nullable(),
  reference: z.string(),
  networkTransaction: z.string().nullable(),
  approvalCodes: z.array(z.string()),
});
export type Receipt = z.infer<typeof receipt>;
