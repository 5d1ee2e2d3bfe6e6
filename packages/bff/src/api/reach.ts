import { refuse, type Mode } from "@plimsoll/shared";
import type { Hold } from "../hold/index.ts";
import type { Caller, Context } from "./context.ts";
import { Refused } from "./errors.ts";

/** The hold, where this caller may see it. Another merchant's, and one of the other mode, is not there. */
export async function reach({ services, caller }: Context, id: string): Promise<Hold> {
  const hold = await services.store.load(id);
  if (!hold || !isWithin(hold, caller)) throw new Refused(refuse("not_found"));
  return hold;
}

/** How long a token lives at most: whoever renews one had the one before until just now. */
const LONGEST_TOKEN = 10 * 60_000;

/** Whose holds a credential is about. */
export function ownerOf(caller: Caller): { readonly merchant: string; readonly mode: Mode } {
  const { merchant, mode } = caller.kind === "merchant" ? caller.key : caller.claims;
  return { merchant, mode };
}

function isWithin(hold: Hold, caller: Caller): boolean {
  const { merchant, mode } = ownerOf(caller);
  if (hold.terms.merchant !== merchant || hold.terms.mode !== mode) return false;
  if (caller.kind === "merchant") return true;
  const { holds, iat } = caller.claims;
  // A desk has the holds that were open when its token was made, or the one before: it still sees how those ended, and
  // what became of a step whose answer it has missed.
  if (holds === "desk") return hold.endedAt === null || hold.endedAt >= iat * 1000 - LONGEST_TOKEN;
  return holds.includes(hold.terms.id);
}

/** The hold that a browser means: the one that it says, or the only one of its token. */
export function meant(holds: readonly string[], said: string | undefined): string {
  const only = holds.length === 1 ? holds[0] : undefined;
  const id = said ?? only;
  if (id === undefined) throw new Refused(refuse("invalid_input", { field: "hold" }));
  return id;
}
