import { z } from "zod";

/**
 * What a comparison came to. `ours_alone`: the gateway knows no such payment. `theirs_alone`: no hold of ours stands for
 * it. `untold`: it can't be told, now or at all; `why` says why.
 */
export const verdict = z.enum(["agrees", "differs", "ours_alone", "theirs_alone", "untold"]);
export type Verdict = z.infer<typeof verdict>;

/** Null is what was not shown. */
const sum = z.int().nullable();
const name = z.string().nullable();

/** One hold of ours, or one payment of theirs. Sums are minor units of `currency`. */
const line = z.strictObject({
  is: z.literal("line"),
  account: z.string(),
  verdict,
  why: name,
  hold: name,
  order: name,
  /** The gateway's own id of the payment, and our own reference of its authorization. */
  payment: name,
  reference: name,
  /** When it was opened, in milliseconds since 1970. */
  at: sum,
  currency: name,
  exponent: sum,
  ours: z
    .strictObject({
      authorized: z.int(),
      captured: z.int(),
      held: z.int(),
      state: z.string(),
      /** Contradicted before already: nothing is asked until it is set right. */
      blocked: z.boolean(),
    })
    .nullable(),
  theirs: z.strictObject({ authorized: sum, captured: sum, state: name }).nullable(),
});
export type Line = z.infer<typeof line>;

const began = z.strictObject({
  is: z.literal("began"),
  account: z.string(),
  gateway: z.string(),
  from: z.int(),
  until: z.int(),
  /** `none`: no list is documented. Otherwise why it can't be had. Then only what is ours is compared. */
  list: z.union([z.literal("listed"), z.literal("none"), z.strictObject({ cannot: z.string() })]),
});

const counts = z.record(verdict, z.int());
export type Counts = z.infer<typeof counts>;

const ended = z.strictObject({ is: z.literal("ended"), account: z.string(), counts });

const marked = z.strictObject({ is: z.literal("marked"), account: z.string(), holds: z.int() });

/** What is told while it goes on, one after the other. */
export const told = z.discriminatedUnion("is", [marked, began, line, ended]);
export type Told = z.infer<typeof told>;
