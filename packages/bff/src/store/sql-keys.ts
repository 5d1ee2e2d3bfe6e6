import type { Kysely } from "kysely";
import type { Tables } from "./schema.ts";
import type { Keys } from "./store.ts";

export function sqlKeys(db: Kysely<Tables>): Keys {
  return {
    async add({ id, hash, merchant, mode, name, at }) {
      await db.insertInto("keys").values({ id, hash, merchant, mode, name, at, revoked_at: null }).execute();
    },
    find: (hash) =>
      db
        .selectFrom("keys")
        .select(["id", "merchant", "mode", "name"])
        .where("hash", "=", hash)
        .where("revoked_at", "is", null)
        .executeTakeFirst(),
    list: () =>
      db
        .selectFrom("keys")
        .select(["id", "merchant", "mode", "name", "at", "revoked_at as revokedAt"])
        .orderBy("at")
        .orderBy("id")
        .execute(),
    async revoke(id, at) {
      const { numUpdatedRows } = await db
        .updateTable("keys")
        .set({ revoked_at: at })
        .where("id", "=", id)
        .where("revoked_at", "is", null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}
