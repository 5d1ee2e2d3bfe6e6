import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { Ddl } from "../engine.ts";

/** Gateways of which nothing new is asked, each in one mode. */
export function pauses(ddl: Ddl): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable("pauses")
        .addColumn("gateway", ddl.text, (c) => c.notNull())
        .addColumn("mode", ddl.text, (c) => c.notNull())
        .addColumn("by", ddl.text, (c) => c.notNull())
        .addColumn("why", ddl.text, (c) => c.notNull())
        .addColumn("at", ddl.whole, (c) => c.notNull())
        .addPrimaryKeyConstraint("pauses_once", ["gateway", "mode"])
        .addCheckConstraint("pauses_mode", sql`mode in ('live', 'test')`)
        .$call(ddl.strict)
        .execute();
    },
  };
}
