import type { Account } from "../directory.ts";
import type { Listed } from "../gateways/port.ts";
import type { EntryId, Hold, HoldId, Instant } from "../hold/index.ts";
import { PAYMENT, type Namer, type Store } from "../store/store.ts";

/** One payment of the gateway's list that stands for a hold of ours; `entry`: whose reference it shows, where it was found by that. */
export interface Match {
  readonly listed: Listed;
  readonly entry: EntryId | null;
}

export interface Theirs {
  readonly list: "listed" | "none" | { readonly cannot: string };
  /** When the list was asked for. */
  readonly asOf: Instant;
  readonly ofHold: ReadonlyMap<HoldId, readonly Match[]>;
  readonly strangers: readonly Listed[];
}

/** The gateway's own list, each payment with the hold that it stands for: by the payment's id, or by our own reference. */
export async function theirsOf(
  { gateway, mode }: Account,
  span: { readonly from: Instant; readonly until: Instant },
  store: Pick<Store, "named">,
  { now, signal }: { readonly now: Instant; readonly signal: AbortSignal },
): Promise<Theirs> {
  const listing = await gateway.list?.(span.from, span.until, signal);
  const nothing = { asOf: now, ofHold: new Map<HoldId, Match[]>(), strangers: [] };
  if (!listing) return { ...nothing, list: "none" };
  if (listing.is === "cannot") return { ...nothing, list: { cannot: listing.cause } };
  const by: Namer = { gateway: gateway.name, mode, payee: gateway.payee };
  const ofHold = new Map<HoldId, Match[]>();
  const strangers: Listed[] = [];
  for (const listed of listing.payments) {
    const found = await matched(listed, by, store);
    if (!found) strangers.push(listed);
    else ofHold.set(found.hold, [...(ofHold.get(found.hold) ?? []), { listed, entry: found.entry }]);
  }
  return { list: "listed", asOf: now, ofHold, strangers: strangers.filter(({ state }) => state !== "declined") };
}

async function matched({ payment, reference }: Listed, by: Namer, store: Pick<Store, "named">) {
  const known = await store.named(by, { payment });
  if (known) return { hold: known.hold, entry: null };
  const named = reference === null ? undefined : await store.named(by, { reference });
  return named && { hold: named.hold, entry: named.operation?.entry ?? null };
}

/** Which of them is the hold's own payment, and which it has besides: authorized under its reference, and not its own. */
export function sorted(hold: Hold, matches: readonly Match[]): { own: Listed | null; besides: readonly Listed[] } {
  const authorizations = new Set(hold.entries.filter(({ kind }) => kind === "authorization").map(({ id }) => id));
  const theirs = matches.filter(({ entry }) => entry === null || authorizations.has(entry));
  const known = hold.references[PAYMENT];
  const own = theirs.find(({ listed }) => known === undefined || listed.payment === known)?.listed ?? null;
  return { own, besides: theirs.map(({ listed }) => listed).filter((one) => one !== own && one.state !== "declined") };
}
