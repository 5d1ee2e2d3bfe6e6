import type { Kysely } from "kysely";
import type { Hold, HoldId } from "../hold/index.ts";
import { decodeHold } from "./codec.ts";
import type { Tables } from "./schema.ts";
import { STATE } from "./sql-open.ts";
import type { Lived } from "./store.ts";

/**
 * A page of an account's holds: those that have not ended first, since one of them may end while the pages are read.
 * What comes next is of the same end, or of a later one: asked for one after the other, each by the index alone.
 */
export async function holdsOf(
  db: Kysely<Tables>,
  { account, from, until }: Lived,
  after: Hold | null,
  limit: number,
): Promise<Hold[]> {
  const page = db
    .selectFrom("holds")
    .select(STATE)
    .where("account", "=", account)
    .where("opened_at", "<", until)
    .limit(limit);
  const last: HoldId = after?.terms.id ?? "";
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
  return (found.length > 0 ? found : await later.execute()).map(decodeHold);
}
