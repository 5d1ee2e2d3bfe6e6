import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Holds that have not ended, and those that ended since some time, an account's among them. */
export const holdsByEnd: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.createIndex("holds_by_end").on("holds").columns(["ended_at", "id", "account"]).execute();
  },
};
