import { z } from "zod";

const operations = [
  "any",
  "token",
  "session",
  "authorize",
  "increment",
  "capture",
  "reverse",
  "timeout-reversal",
  "void",
  "timeout-void",
  "read",
  "search",
] as const;

/** What a caller asks of a gateway, in words that every gateway shares. */
export type Operation = Exclude<(typeof operations)[number], "any">;

const when = z.enum(["before", "after"]);

const script = {
  /** As at `GET /gateways`. */
  gateway: z.string().default("cybersource"),
  match: z
    .strictObject({
      operation: z.enum(operations).default("any"),
      /** The request's own reference (code, transactionId, key) or the payment's id. */
      reference: z.string().optional(),
    })
    .prefault({}),
  /** How many requests it meets. */
  times: z.union([z.int().min(1), z.literal("always")]).default(1),
  /** How many matching requests pass untouched first. */
  skip: z.int().min(0).default(0),
};

const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json)]),
);

/** A thing that goes wrong, scripted for the next matching request. The README tells what each does. */
export const faultSchema = z.discriminatedUnion("do", [
  z.strictObject({ ...script, do: z.literal("delay"), when, ms: z.int().min(0).optional() }),
  z.strictObject({ ...script, do: z.literal("drop"), when }),
  z.strictObject({ ...script, do: z.literal("apply-late") }),
  z.strictObject({ ...script, do: z.literal("reset") }),
  z.strictObject({ ...script, do: z.literal("half") }),
  z.strictObject({ ...script, do: z.literal("garble") }),
  z.strictObject({ ...script, do: z.literal("html"), when, status: z.int().min(200).max(599).default(200) }),
  z.strictObject({
    ...script,
    do: z.literal("server-error"),
    when,
    /** In the gateway's own words; its `objection` refuses those that it does not have. */
    reason: z.string().optional(),
    /** Where the gateway documents more than one: 429, 500, 503 … */
    status: z.int().min(400).max(599).optional(),
  }),
  z.strictObject({
    ...script,
    do: z.literal("alter"),
    set: z.record(z.string(), json).default({}),
    remove: z.array(z.string()).default([]),
  }),
  z.strictObject({ ...script, do: z.literal("outcome"), outcome: z.string() }),
]);

/** A fault as a person writes it, defaults left out. */
export type FaultScript = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema>;
/** What a script says of a server error; the gateway has a default for what is not said. */
export type ServerError = Pick<Extract<Fault, { do: "server-error" }>, "reason" | "status">;

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A fault as the control door tells of it. */
export type FaultReport = Fault & { readonly id: string; readonly state: "pending" | "holding" | "done" };
