import { mode, reference, words } from "@plimsoll/shared";
import { z } from "zod";
import { told } from "../reconcile/index.ts";

/** What the command line can ask of a process that has the database open: what it says, and what it is told in turn. */
export interface Action<Asked, Told> {
  readonly name: string;
  readonly asks: z.ZodType<Asked>;
  /** Of each thing that is told, one after the other. */
  readonly tells: z.ZodType<Told>;
}

export const CREATE_KEY = {
  name: "key",
  asks: z.strictObject({ merchant: reference, mode, name: words(60) }),
  tells: z.strictObject({ secret: z.string() }),
} satisfies Action<unknown, unknown>;

export const RECONCILE = {
  name: "reconcile",
  asks: z.strictObject({
    /** Null: every account there is. */
    account: reference.nullable(),
    /** Milliseconds since 1970. Null: the two days until `until`; until now. */
    from: z.int().min(0).nullable(),
    until: z.int().min(0).nullable(),
    /** The books were restored: what is open is marked to be read first. */
    restored: z.boolean(),
  }),
  tells: told,
} satisfies Action<unknown, unknown>;

const gateway = z.string().min(1).max(40);
const pause = z.strictObject({ gateway, mode, by: z.string(), why: z.string(), at: z.int() });

export const PAUSE = {
  name: "pause",
  asks: z.strictObject({ gateway, mode, by: words(60), why: words(200) }),
  /** The pause that stands; `set` is false where it stood before. */
  tells: z.strictObject({ set: z.boolean(), pause }),
} satisfies Action<unknown, unknown>;

export const RESUME = {
  name: "resume",
  asks: z.strictObject({ gateway, mode }),
  /** False where it was not paused. */
  tells: z.strictObject({ lifted: z.boolean() }),
} satisfies Action<unknown, unknown>;

export const PAUSES = {
  name: "pauses",
  asks: z.strictObject({}),
  tells: pause,
} satisfies Action<unknown, unknown>;
