import type { Tables } from "../schema.ts";

/** All of them, in the order in which rows name those of others. */
export const TABLES = [
  "holds",
  "events",
  "operations",
  "attempts",
  "idempotency",
  "keys",
  "pauses",
] as const satisfies readonly (keyof Tables)[];
