import type { Kysely } from "kysely";
import type { HoldId } from "../hold/index.ts";
import type { Tables } from "./schema.ts";
import type { Life, Lived } from "./store.ts";

/**
 * A page of an account's holds: those that have not ended first, since one of them may end while the pages are read.
 * What comes next is of the same end, or of a later one: asked for one after the other, each by the index alone.
 */
export async function holdsOf(
  db: Kysely<Tables>,
  { account, from, until }: Lived,
  after: Life | null,
  limit: number,
): Promise<Life[]> {
  const page = db
    .selectFrom("holds")
    .select(["id as hold", "ended_at as endedAt"])
    .where("account", "=", account)
    .where("opened_at", "<", until)
    .limit(limit);
  const last: HoldId = after?.hold ?? "";
  const end = after?.endedAt ?? null;
  const sameEnd = page
    .where("ended_at", end === null ? "is" : "=", end)
    .where("id", ">", last)
    .orderBy("id");
  const later = page
    .where("ended_at", end === null ? ">=" : ">", end ?? from)
    .orderBy("ended_at")
    .orderBy("id");
  const found = await sameEnd.execute();
  return found.length > 0 ? found : later.execute();
}
