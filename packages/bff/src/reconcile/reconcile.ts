import { exponentOf } from "@plimsoll/shared";
import type { Clock } from "../clock.ts";
import type { Account } from "../directory.ts";
import { paymentOf, type Driver } from "../driver/index.ts";
import { deadlineIn, type Listed, type Payment } from "../gateways/port.ts";
import { lifecycle, sums, type Actor, type Hold, type HoldId, type Instant, type Snapshot } from "../hold/index.ts";
import { PAYMENT, type Store, UnreadableRow } from "../store/store.ts";
import { asRead, compare } from "./compare.ts";
import type { Counts, Line, Told } from "./lines.ts";
import { sorted, theirsOf, type Match } from "./theirs.ts";

export interface ReconcileParts {
  readonly store: Pick<Store, "holdsOf" | "load" | "named">;
  readonly driver: Pick<Driver, "hint" | "submit">;
  readonly clock: Clock;
}

export interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

/** Who says in a hold's history that its books were to be looked at. */
export const BY: Actor = { kind: "console", name: "plimsoll reconcile" };

const HOLDS_A_PAGE = 100;
/** Between two requests: payers and desks come first. */
const PACE = 200;
const LONGEST_READ = 60_000;
const LONGEST_LIST = 15 * 60_000;

/**
 * The gateway's own list against our holds, both ways: every hold that lived in the span, by the list or else by a read
 * of its payment, and every payment in the list for which no hold stands. What disagrees is hinted, so that the driver
 * reads it and the rules block it; nothing else is changed. One request after another.
 */
export async function* reconcile(parts: ReconcileParts, account: Account, span: Span): AsyncGenerator<Told> {
  const { store, clock } = parts;
  const { id, gateway } = account;
  const theirs = await within(clock, LONGEST_LIST, (signal) =>
    theirsOf(account, span, store, { now: clock.now(), signal }),
  );
  yield { is: "began", account: id, gateway: gateway.name, ...span, list: theirs.list };
  const counts: Counts = { agrees: 0, differs: 0, ours_alone: 0, theirs_alone: 0, untold: 0 };
  const counted = (line: Line): Line => ((counts[line.verdict] += 1), line);
  for await (const hold of everyHold(store, { account: id, ...span }, theirs.ofHold)) {
    for (const line of await linesOf(parts, account, hold, theirs.ofHold.get(hold) ?? [], theirs.asOf))
      yield counted(line);
  }
  for (const listed of theirs.strangers) yield counted(await strangerLine(parts, account, listed, null));
  yield { is: "ended", account: id, counts };
}

/** Those that lived in the span, then those that only the list has there: its clock is not ours. */
async function* everyHold(
  store: ReconcileParts["store"],
  lived: Parameters<Store["holdsOf"]>[0],
  listed: ReadonlyMap<HoldId, unknown>,
): AsyncGenerator<HoldId> {
  const seen = new Set<HoldId>();
  for (let page = await store.holdsOf(lived, null, HOLDS_A_PAGE); page.length > 0;) {
    const fresh = page.map(({ hold }) => hold).filter((id) => !seen.has(id));
    for (const id of fresh) seen.add(id);
    yield* fresh;
    page = await store.holdsOf(lived, page.at(-1) ?? null, HOLDS_A_PAGE);
  }
  for (const id of listed.keys()) if (!seen.has(id)) yield id;
}

/** One that can't be read in our own books keeps no other from being compared. */
async function linesOf(
  parts: ReconcileParts,
  account: Account,
  id: HoldId,
  matches: readonly Match[],
  asOf: Instant,
): Promise<Line[]> {
  try {
    const hold = await parts.store.load(id);
    // The same merchant at the gateway may have other accounts here: theirs are compared with them.
    return hold?.terms.account === account.id ? await compared(parts, account, hold, matches, asOf) : [];
  } catch (error) {
    if (!(error instanceof UnreadableRow)) throw error;
    return [unreadableLine(account, id)];
  }
}

async function compared(
  parts: ReconcileParts,
  account: Account,
  before: Hold,
  matches: readonly Match[],
  asOf: Instant,
): Promise<Line[]> {
  const { own, besides } = sorted(before, matches);
  const listed = own && asRead(own, before, asOf);
  const settled = listed && compare(before, listed, asOf).verdict === "agrees" ? listed : null;
  const shown = settled ?? (await readOf(parts, account, before, own));
  // While it was read, something may have moved: what was read is compared with the hold as it is now.
  const hold = settled ? before : ((await parts.store.load(before.terms.id)) ?? before);
  const line = lineOf(account, hold, shown, own, parts.clock.now());
  if (line.verdict === "differs" || line.verdict === "ours_alone" || hold.contradicted)
    await parts.driver.hint(hold.terms.id, BY);
  const others: Line[] = [];
  for (const one of besides) others.push(await strangerLine(parts, account, one, hold));
  return [line, ...others];
}

async function readOf(
  parts: ReconcileParts,
  { gateway }: Account,
  hold: Hold,
  own: Listed | null,
): Promise<Snapshot | null> {
  const payment = paymentOf(hold);
  const name = payment.references[PAYMENT] ?? own?.payment;
  if (name === undefined) return null;
  const named: Payment = { ...payment, references: { ...payment.references, [PAYMENT]: name } };
  return paced(parts.clock, (signal) => gateway.read(named, signal));
}

function lineOf({ id }: Account, hold: Hold, shown: Snapshot | null, own: Listed | null, now: Instant): Line {
  const { terms, references } = hold;
  const { authorized, captured, held } = sums(hold);
  return {
    is: "line",
    account: id,
    ...compare(hold, shown, now),
    hold: terms.id,
    order: terms.order,
    payment: references[PAYMENT] ?? own?.payment ?? null,
    reference: own?.reference ?? null,
    at: terms.openedAt,
    currency: terms.currency,
    exponent: terms.exponent,
    ours: { authorized, captured, held, state: lifecycle(hold), blocked: hold.contradicted !== null },
    theirs:
      shown?.is === "snapshot" ? { authorized: shown.authorized, captured: shown.captured, state: shown.state } : null,
  };
}

function unreadableLine(account: Account, hold: HoldId): Line {
  return {
    is: "line",
    account: account.id,
    verdict: "untold",
    why: "unreadable",
    hold,
    order: null,
    payment: null,
    reference: null,
    at: null,
    currency: null,
    exponent: null,
    ours: null,
    theirs: null,
  };
}

/** A payment for which no hold stands; read where the list leaves its sums open. `hold`: the one that it came from all the same. */
async function strangerLine(parts: ReconcileParts, account: Account, listed: Listed, hold: Hold | null): Promise<Line> {
  const { payment, reference, currency, at } = listed;
  const exponent = currency === null ? null : (exponentOf(currency) ?? null);
  const shown = await theirSums(parts, account, listed, exponent);
  return {
    is: "line",
    account: account.id,
    verdict: "theirs_alone",
    why: hold ? "a second payment under this hold's reference" : null,
    hold: hold?.terms.id ?? null,
    order: hold?.terms.order ?? null,
    payment,
    reference,
    at,
    currency,
    exponent,
    ours: null,
    theirs: { authorized: shown.authorized, captured: shown.captured, state: shown.state },
  };
}

async function theirSums(
  { clock }: ReconcileParts,
  { gateway }: Account,
  listed: Listed,
  exponent: number | null,
): Promise<Pick<Listed, "authorized" | "captured" | "state">> {
  const { currency, payment } = listed;
  const isWhole = listed.authorized !== null && listed.captured !== null;
  if (isWhole || currency === null || exponent === null) return listed;
  const named: Payment = { hold: "", order: "", currency, exponent, references: { [PAYMENT]: payment } };
  const snapshot = await paced(clock, (signal) => gateway.read(named, signal));
  return snapshot.is === "snapshot" ? snapshot : listed;
}

async function paced<T>(clock: Clock, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  await new Promise<void>((resolve) => void clock.after(PACE, resolve));
  return within(clock, LONGEST_READ, ask);
}

async function within<T>(clock: Clock, ms: number, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal, cancel } = deadlineIn(ms, clock);
  try {
    return await ask(signal);
  } finally {
    cancel();
  }
}
