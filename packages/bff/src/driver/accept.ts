import { refuse, type Refusal } from "@plimsoll/shared";
import { asksTheGateway, decide, orderRefusal, type EntryId, type Instant } from "../hold/index.ts";
import { Forbidden, type Change, type KeyUse, type Seen } from "../store/store.ts";
import { follow, type Followed, type Hand } from "./follow.ts";
import type { Submission } from "./submission.ts";
import type { Absorbed } from "./take.ts";

/** What became of a command in its commit. */
export type Accepted =
  | (Absorbed & { readonly is: "accepted"; readonly entry: EntryId })
  /** Its key was used for the same request before. */
  | { readonly is: "replayed"; readonly use: KeyUse }
  | { readonly is: "refused"; readonly refused: Refusal };

/** When a commit is made: for facts, and for the deadlines of what it begins. */
export interface Moment {
  readonly now: Instant;
  /** Monotonic. */
  readonly started: number;
}

/** A command on the hold as it stands: only an accepted one writes anything, and uses up its key. */
export function accept(
  seen: Seen,
  { command, key, order, payer }: Submission,
  { now, started }: Moment,
  hand: (account: string) => Hand,
): Change<Accepted> {
  if (seen.key) {
    const same = seen.key.digest === key?.digest;
    return { result: same ? { is: "replayed", use: seen.key } : refusal("key_conflict") };
  }
  const asks = asksTheGateway(command);
  // Accepting what nobody can send would be a promise that can't be kept.
  if (asks && seen.paused) return { result: refusal("gateway_paused") };
  const twice = order && orderRefusal(seen.sameOrder, order.besides, now);
  if (twice) return { result: { is: "refused", refused: twice } };
  const decision = decide(seen.hold, command, now);
  if ("refused" in decision) return { result: { is: "refused", refused: decision.refused } };
  const account = seen.hold?.terms.account ?? ("terms" in command ? command.terms.account : "");
  const helping = hand(account);
  if (asks && !helping.gateway) return { result: refusal("gateway_unavailable") };
  const fresh = { events: decision.events, now, actor: command.by, cause: command.do, ...(payer ? { payer } : {}) };
  const entry = "entry" in command ? command.entry : "";
  return acceptance({ ...follow(seen.hold, fresh, helping), entry, started }, key?.digest);
}

type Acceptance = Followed & { readonly entry: EntryId; readonly started: number };

function acceptance({ hold, job, write, entry, started }: Acceptance, digest: string | undefined): Change<Accepted> {
  const result: Accepted = { is: "accepted", hold, entry, job, events: write?.events ?? [], started };
  if (!write) return { result };
  const key = digest === undefined ? {} : { key: { digest, hold: hold.terms.id, entry } };
  return { result, write: { ...write, ...key } };
}

export function refusal(code: Refusal["code"]): Extract<Accepted, { is: "refused" }> {
  return { is: "refused", refused: refuse(code) };
}

/** What the database forbids is a refusal where somebody can do something about it, and a fault otherwise. */
export function forbidden(error: unknown): Accepted {
  if (error instanceof Forbidden && error.rule === "unique_payment") return refusal("duplicate_payment");
  throw error;
}
