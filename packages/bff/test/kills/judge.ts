import type { EntryKind } from "@plimsoll/shared";
import type { ImitatedGateway } from "../../../sandbox/src/control/imitated-gateway.ts";
import type { PaymentReport } from "../../../sandbox/src/control/reports.ts";
import { BookedPayments } from "../../src/gateways/testing/conformance/booked-payments.ts";
import { sumsInBooks } from "../../src/gateways/testing/conformance/books.ts";
import type { EntryId, Recorded } from "../../src/hold/index.ts";
import type { Known, Wish, Word } from "./contract.ts";

/** A wish that was acknowledged: it may not be gone, nor be there twice. */
export interface Acknowledged {
  readonly key: string;
  readonly wish: Wish;
  readonly entry: EntryId;
}

/** A gateway's books of one moment: the judge of every hold. */
export class Books {
  readonly #payments: BookedPayments;

  constructor(gateway: ImitatedGateway) {
    this.#payments = new BookedPayments(gateway);
  }

  paymentsOf({ names }: Known): readonly PaymentReport[] {
    return this.#payments.under(names);
  }

  /** What somebody who has looked here says of each step that stays in doubt. */
  wordsOn(known: Known): { readonly entry: EntryId; readonly word: Word }[] {
    const [payment] = this.paymentsOf(known);
    return known.doubts.map(({ entry, kind, amount }) => {
      const side = kind === "capture" ? "captured" : kind === "reverse" ? "released" : "authorized";
      const applied = (payment?.sums[side] ?? 0) - known.sums[side] === amount;
      return { entry, word: applied ? { is: "applied", payment: payment?.id ?? null } : { is: "not_applied" } };
    });
  }

  /** Payments that none of these holds knows of. */
  strangers(holds: readonly Known[]): string[] {
    return this.#payments.strangers(holds.map(({ names }) => names));
  }

  /** What is wrong with a hold at rest: its sums are the books', and every step that a client was told of is there, once. */
  disagreements(known: Known, acknowledged: readonly Acknowledged[]): string[] {
    return [...this.against(known), ...againstClient(known, acknowledged)];
  }

  /** The same without what clients were told. */
  against(known: Known): string[] {
    const [ours, theirs] = [JSON.stringify(known.sums), JSON.stringify(sumsInBooks(this.paymentsOf(known)[0]))];
    const differ = ours === theirs ? [] : [`the hold says ${ours}, the books ${theirs}`];
    return [...this.#payments.oftenerThanOnce(known.names), ...differ, ...unended(known)];
  }
}

function againstClient({ entries }: Known, acknowledged: readonly Acknowledged[]): string[] {
  const steps = acknowledged.filter(({ wish }) => KINDS[wish.do] !== undefined);
  const lost = steps.filter(
    ({ entry, wish }) => !entries.some(({ id, kind }) => id === entry && kind === KINDS[wish.do]),
  );
  const twice = steps.filter(({ entry, key }) => steps.some((other) => other.entry === entry && other.key !== key));
  const uninvited = entries.filter(
    ({ id, kind }) => (kind === "increment" || kind === "capture") && !steps.some(({ entry }) => entry === id),
  );
  return [
    ...lost.map(({ wish }) => `${wish.do} was acknowledged and is gone`),
    ...twice.map(({ wish }) => `${wish.do}: two keys, one step`),
    ...uninvited.map(({ kind }) => `${kind}: a step that nobody asked for`),
  ];
}

/**
 * What the gateway did later than it declares, as that of a test does on a machine that is too busy: then that nothing was
 * found had proved nothing.
 */
export function appliedTooLate(history: readonly Recorded[], payments: readonly PaymentReport[]): string[] {
  const events = history.map(({ event }) => event);
  const slowest = events.find((event) => event.type === "opened")?.terms.capabilities.recovery.slowestApply ?? 0;
  const asked = events.flatMap((event) => (event.type === "asked" ? [event.operation] : []));
  return asked.flatMap(({ id, kind, reference, lastDeadline }) => {
    const again = events.flatMap((event) =>
      event.type === "attempted" && event.operation === id && event.kind === "ask" ? [event.deadline] : [],
    );
    const latest = Math.max(lastDeadline, ...again) + slowest;
    return payments
      .flatMap(({ movements }) => movements)
      .filter(({ at, references }) => Object.values(references).includes(reference) && Date.parse(at) > latest)
      .map(({ at }) => `the gateway applied ${kind} ${reference} ${Date.parse(at) - latest} ms later than it declares`);
  });
}

const KINDS: Readonly<Record<Wish["do"], EntryKind | undefined>> = {
  open: "authorization",
  increment: "increment",
  propose: "increment",
  capture: "capture",
  reverse: "reversal",
  reverse_increment: "reversal",
  extend: "extension",
  approve: undefined,
  deny: undefined,
  withdraw: undefined,
  resolve: undefined,
  correct: "correction",
  say_captured: "capture",
  say_lapsed: undefined,
  hint: undefined,
};

/** Before a person is asked: what the gateway declares a way out of is no person's. */
export function frozen({ doubts }: Known): string[] {
  return doubts.filter((doubt) => doubt.canBeEnded).map(({ kind }) => `${kind} stays in doubt, and could be ended`);
}

function unended({ doubts, contradicted }: Known): string[] {
  return [
    ...doubts.map(({ kind }) => `${kind} stays in doubt`),
    ...(contradicted === null ? [] : [`contradicted: ${contradicted}`]),
  ];
}
