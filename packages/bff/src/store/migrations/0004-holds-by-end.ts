import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** An account's holds that have not ended, and those that ended since some time. */
export const holdsByEnd: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.createIndex("holds_by_end").on("holds").columns(["account", "ended_at", "id"]).execute();
  },
};
