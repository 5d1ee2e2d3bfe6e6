import type { Kysely } from "kysely";
import type { HoldRow, Tables } from "./schema.ts";

/** What a hold is read from. */
export const STATE = ["id", "version", "state"] as const;

/** A merchant's holds that have not ended, oldest first. */
export function openOf(db: Kysely<Tables>, merchant: string, mode: HoldRow["mode"]) {
  return db
    .selectFrom("holds")
    .where("merchant", "=", merchant)
    .where("mode", "=", mode)
    .where("ended_at", "is", null)
    .orderBy("opened_at")
    .orderBy("id");
}
