import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Holds that have not ended, and those that ended since some time, an account's among them. The account comes last: first,
 * SQLite would take this index to look for the few doubts of an account among all of its holds.
 */
export const holdsByEnd: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.createIndex("holds_by_end").on("holds").columns(["ended_at", "id", "account"]).execute();
  },
};
