import type { Kysely } from "kysely";
import type { Tables } from "./schema.ts";
import type { Pauses } from "./store.ts";

export function sqlPauses(db: Kysely<Tables>): Pauses {
  return {
    async set({ gateway, mode, by, why, at }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("pauses")
        .values({ gateway, mode, by, why, at })
        .onConflict((conflict) => conflict.columns(["gateway", "mode"]).doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    async lift(gateway, mode) {
      const { numDeletedRows } = await db
        .deleteFrom("pauses")
        .where("gateway", "=", gateway)
        .where("mode", "=", mode)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
    list: () =>
      db
        .selectFrom("pauses")
        .select(["gateway", "mode", "by", "why", "at"])
        .orderBy("at")
        .orderBy("gateway")
        .orderBy("mode")
        .execute(),
  };
}
