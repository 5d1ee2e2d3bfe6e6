import { sumsOfHold } from "../../../src/gateways/testing/conformance/books.ts";
import { canBeEnded } from "../../../src/gateways/testing/conformance/can-be-ended.ts";
import type { Hold, HoldId, Instant } from "../../../src/hold/index.ts";
import { PAYMENT, type Store } from "../../../src/store/store.ts";
import type { Known } from "../contract.ts";

/** What is planned for later than this is nothing that a test waits for: an audit, a warning. */
const SOON = 3_600_000;

export async function knownOf(store: Store, id: HoldId, now: Instant): Promise<Known> {
  const hold = await store.load(id);
  if (!hold) throw new Error(`no hold ${id}`);
  return {
    sums: sumsOfHold(hold),
    entries: hold.entries.map(({ id: entry, kind, state, asked, applied, cause }) => ({
      id: entry,
      kind,
      state,
      asked,
      applied,
      cause: cause?.is ?? null,
    })),
    doubts: hold.operations.map((operation) => ({
      entry: operation.entry,
      kind: operation.kind,
      amount: operation.delta,
      canBeEnded: canBeEnded(operation, hold.terms.capabilities),
    })),
    page: hold.operations.find(({ waiting }) => waiting?.on === "payer")?.waiting?.action ?? null,
    rests: rests(hold, now),
    contradicted: hold.contradicted?.what ?? null,
    names: await namesOf(store, hold),
  };
}

function rests({ operations, reading, reader, hintAt, entries }: Hold, now: Instant): boolean {
  const reads = reading !== null && reading.at < now + SOON;
  const planned = operations.some(({ nextLookAt, attempt, waiting }) => attempt ?? waiting ?? nextLookAt !== null);
  return !planned && !reads && reader === null && hintAt === null && !entries.some(({ state }) => state === "queued");
}

/** The payment's id as it was answered, or our own names of the opening where no answer came. */
async function namesOf(store: Store, hold: Hold): Promise<string[]> {
  const history = await store.history(hold.terms.id);
  const own = history.flatMap(({ event }) =>
    event.type === "asked" && event.operation.kind === "authorize"
      ? [event.operation.reference, event.operation.key]
      : [],
  );
  const named = hold.references[PAYMENT];
  return named === undefined ? own : [named, ...own];
}
