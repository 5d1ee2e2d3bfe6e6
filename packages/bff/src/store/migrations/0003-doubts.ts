import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { Ddl } from "../engine.ts";

/** Since when an operation without an end is in doubt: how those are found that wait for a silent gateway. */
export function doubts(ddl: Ddl): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema.alterTable("operations").addColumn("doubted_at", ddl.whole).execute();
      await db.schema
        .createIndex("operations_in_doubt")
        .on("operations")
        .columns(["doubted_at", "hold"])
        .where(sql<boolean>`ended_at is null and doubted_at is not null`)
        .execute();
    },
  };
}
