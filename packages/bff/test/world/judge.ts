import { isDeepStrictEqual } from "node:util";
import type { PaymentReport } from "../../../sandbox/src/control/reports.ts";
import { BookedPayments } from "../../src/gateways/testing/conformance/booked-payments.ts";
import { sumsInBooks, sumsOfHold } from "../../src/gateways/testing/conformance/books.ts";
import { canBeEnded } from "../../src/gateways/testing/conformance/can-be-ended.ts";
import type { Command, Hold, HoldId, Operation } from "../../src/hold/index.ts";
import { mustBeCoherent } from "../../src/hold/testing/coherent.ts";
import { PAYMENT } from "../../src/store/store.ts";
import type { Clients } from "./clients.ts";
import type { Coverage } from "./coverage.ts";
import type { Write } from "./virtual-store.ts";
import type { WorldAccount } from "./gateways.ts";
import type { Viewer } from "./viewers.ts";

/** Sees every commit, and at the end holds the hold, the gateway's books and what people were told against each other. */
export class Judge {
  /** The newest state of each hold. */
  readonly holds = new Map<HoldId, Hold>();
  readonly faults: string[] = [];
  operations = 0;
  readonly #coverage: Coverage;
  readonly #openings = new Map<HoldId, Operation>();
  readonly #references = new Map<HoldId, string[]>();

  constructor(coverage: Coverage) {
    this.#coverage = coverage;
  }

  finds(what: string): void {
    this.faults.push(what);
  }

  witness(before: Hold | undefined, { hold, events, at }: Write): void {
    const { id } = hold.terms;
    try {
      mustBeCoherent(before, hold, events, at);
      mustKeepHints(before, hold, events);
    } catch (error) {
      this.finds(`${id}: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (before && this.holds.get(id)?.version !== before.version)
      this.finds(`${id}: a commit on version ${before.version} that is not the newest`);
    this.holds.set(id, hold);
    this.#coverage.notes(before, events, at);
    for (const event of events) {
      if (event.type !== "asked") continue;
      this.operations += 1;
      const { operation } = event;
      if (operation.kind === "authorize") this.#openings.set(id, operation);
      this.#references.set(id, [...(this.#references.get(id) ?? []), operation.reference]);
    }
  }

  /** When nothing more comes by itself. */
  sentence(accounts: readonly WorldAccount[], viewers: readonly Viewer[], clients: Clients): void {
    const names = new Map([...this.holds.values()].map((hold) => [hold, this.#namesOf(hold)] as const));
    for (const { imitation } of new Set(accounts.map(({ stand }) => stand))) {
      const booked = new BookedPayments(imitation);
      for (const what of booked.strangers(names.values())) this.finds(what);
      for (const [hold, own] of names)
        for (const what of booked.oftenerThanOnce(own)) this.finds(`${hold.terms.id}: ${what}`);
    }
    for (const hold of this.holds.values()) {
      const { id } = hold.terms;
      const payment = this.paymentOf(hold, accounts);
      const [we, they] = [sumsOfHold(hold), sumsInBooks(payment)];
      if (!isDeepStrictEqual(we, they))
        this.finds(`${id}: we say ${JSON.stringify(we)}, the books ${JSON.stringify(they)}`);
      if (hold.contradicted) this.finds(`${id}: is contradicted: ${hold.contradicted.what}`);
      if (payment) this.#onceEach(hold, payment);
    }
    for (const { hold, told } of viewers) {
      if (!isDeepStrictEqual(told, this.holds.get(hold)))
        this.finds(`${hold}: a viewer was last told version ${told?.version} of ${this.holds.get(hold)?.version}`);
    }
    this.#promisesKept(clients);
  }

  findsRestless(): void {
    const restless = [...this.holds.values()].filter((hold) => !rests(hold));
    const shown = restless.map(({ terms, hintAt, reading, operations, entries }) => {
      const queued = entries.filter(({ state }) => state === "queued");
      return JSON.stringify({ id: terms.id, account: terms.account, hintAt, reading, operations, queued });
    });
    this.finds(`comes to no rest: ${shown.join()}`);
  }

  paymentOf(hold: Hold, accounts: readonly WorldAccount[]): PaymentReport | undefined {
    const account = accounts.find(({ id }) => id === hold.terms.account);
    return this.#namesOf(hold).flatMap((name) => account?.stand.imitation.payment(hold.terms.payee, name) ?? [])[0];
  }

  /** Under which the gateway's books may have it. */
  #namesOf({ references, terms }: Hold): string[] {
    const opening = this.#openings.get(terms.id);
    return [references[PAYMENT], opening?.reference, opening?.key].filter((name) => name !== undefined);
  }

  /** A person's word on a doubt that nothing the gateway declares can end: what its books say. */
  wordOn(hold: Hold, { entry, kind, delta, totalBefore }: Operation, accounts: readonly WorldAccount[]): Command {
    const [found, known] = [sumsInBooks(this.paymentOf(hold, accounts)), sumsOfHold(hold)];
    const moved = {
      authorize: found.authorized - known.authorized,
      increment: found.authorized - known.authorized,
      capture: found.captured - known.captured,
      reverse: found.released - known.released,
      extend: 0,
    }[kind];
    const applied = moved !== 0;
    const payment = applied && kind === "authorize" ? (this.paymentOf(hold, accounts)?.id ?? null) : null;
    const amount = applied && moved !== delta ? moved : null;
    const evidence = `seen in the gateway's portal, after ${totalBefore}`;
    const by = { kind: "console", name: "Front desk" } as const;
    return {
      do: "resolve",
      entry,
      by,
      outcome: applied ? "applied" : "not_applied",
      amount,
      payment,
      reason: null,
      evidence,
    };
  }

  /** No reference of ours stands at two movements of money. */
  #onceEach({ terms }: Hold, { movements }: PaymentReport): void {
    for (const reference of this.#references.get(terms.id) ?? []) {
      const moved = movements.filter(
        ({ kind, applied, references }) =>
          applied > 0 && FIRST.has(kind) && Object.values(references).includes(reference),
      );
      if (moved.length > 1) this.finds(`${terms.id}: ${moved[0]?.kind} ${reference} was applied ${moved.length} times`);
    }
  }

  #promisesKept({ promises }: Clients): void {
    for (const { key, hold: id, entries } of promises) {
      if (entries.size > 1) this.finds(`${id}: ${key} was answered with ${[...entries].join(" and ")}`);
      const lines = this.holds.get(id)?.entries ?? [];
      const made = lines.filter(({ reason }) => reason === key);
      // A reversal of all may be made of one for each increment.
      const whole = made.some(({ kind, target }) => kind === "reversal" && target === null);
      if (made.filter(({ target }) => !whole || target === null).length > 1)
        this.finds(`${id}: ${key} made ${made.length} entries`);
      for (const entry of entries)
        if (entry !== "" && !lines.some((line) => line.id === entry))
          this.finds(`${id}: ${entry} was promised and is gone`);
    }
  }
}

/** Movements that a request makes; the others follow from them. */
const FIRST: ReadonlySet<string> = new Set(["authorization", "increment", "extension", "capture", "reversal"]);

/** Nothing more comes of the hold by itself, audits apart. */
export function rests({ operations, reading, hintAt, entries, terms }: Hold): boolean {
  // Where nothing can be read, a hint is kept for the next operation that can follow it.
  const hinted = hintAt !== null && terms.capabilities.readable;
  return operations.length === 0 && reading === null && !hinted && !entries.some(({ state }) => state === "queued");
}

/** What only a person can end: nobody is at it, the gateway declares no way, and looking on has led to nothing. */
export function needsPerson({ operations, terms }: Hold, now: number): Operation | undefined {
  return operations.find((operation) => {
    const { attempt, waiting, nextLookAt, doubtSince, parkedAt } = operation;
    if (attempt || waiting || doubtSince === null) return false;
    const { capabilities } = terms;
    // What was left behind is not asked again: without a look-up only a notice tells of it, if it ever arrived.
    const leftBehind = parkedAt !== null && capabilities.recovery.lookUp === null;
    const stuck = nextLookAt === null || now - doubtSince > HOUR;
    return stuck && (leftBehind || !canBeEnded(operation, capabilities));
  });
}

const HOUR = 3_600_000;

/** A hint is a stored fact that only a look which began later clears. */
function mustKeepHints(before: Hold | undefined, after: Hold, events: Write["events"]): void {
  const hint = before?.hintAt ?? null;
  if (hint === null || after.hintAt === hint) return;
  // With the last step goes all that could have been looked at, where the books can't be read.
  const isLeft = before?.operations.some(({ id }) => after.operations.some((operation) => operation.id === id));
  if (!isLeft && !after.terms.capabilities.readable) return;
  const looked = events.some((event) => {
    if (event.type === "read_done") return event.startedAt >= hint;
    if (event.type === "hinted") return true;
    if (event.type !== "answered") return false;
    const attempt = before?.operations.find(({ id }) => id === event.operation)?.attempt;
    return attempt?.number === event.number && attempt.startedAt >= hint;
  });
  if (!looked) throw new Error("not so: only a later look clears a hint");
}
