import { delta, total, type Code } from "@plimsoll/shared";
import type { Approval } from "../evidence.ts";
import {
  advance,
  beginOperation,
  decide,
  evolveAll,
  learn,
  sums,
  wakeAt,
  type Actor,
  type Capabilities,
  type Command,
  type Entry,
  type EntryId,
  type Event,
  type Evidence,
  type Finding,
  type Hold,
  type Instant,
  type Operation,
  type Outcome,
  type Snapshot,
  type Terms,
} from "../index.ts";
import { flexible } from "./gateways.ts";

export const NOON: Instant = Date.UTC(2026, 4, 1, 12);
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
const WHOLE = { final: true, leaveDoubt: false, acceptLate: false };
export const DESK: Actor = { kind: "console", name: "Ada" };

export function terms(capabilities: Capabilities, more: Partial<Terms> = {}): Terms {
  return {
    id: "hold-1",
    merchant: "grand-hotel",
    mode: "test",
    account: "usd",
    gateway: "sample",
    payee: "payee-1",
    profile: "lodging",
    currency: "USD",
    exponent: 2,
    order: "stay-412",
    label: "Room 412",
    card: null,
    capabilities,
    expiry: capabilities.expiry,
    extendAutomatically: false,
    forgotten: "warn",
    openedAt: NOON,
    ...more,
  };
}

type Wanted<K extends Command["do"]> = Partial<Extract<Command, { do: K }>>;

/** What the driver would be at: an attempt at the gateway, a read, or nothing. */
export type Job =
  | { readonly do: "ask" | "look" | "undo"; readonly operation: Operation; readonly number: number }
  | Still;

type Still = Extract<ReturnType<typeof advance>["next"], { do: "read" | "wait" | "rest" }>;

/**
 * A hold and its driver, played purely: commands and evidence go in, time passes, and what the driver would begin is
 * begun in the same breath. Whatever is told in a test is told through this.
 */
export class Story {
  readonly terms: Terms;
  now: Instant = NOON;
  hold: Hold | undefined = undefined;
  /** Every event so far. */
  readonly events: Event[] = [];
  #still: Still = { do: "rest" };
  /** The gateway is paused: what is there is looked at, and nothing is asked. */
  paused = false;
  /** Told of every step, with the hold before and after it. */
  watch: (before: Hold | undefined, after: Hold, events: readonly Event[], now: Instant) => void = () => {};

  constructor(capabilities: Capabilities = flexible, more: Partial<Terms> = {}) {
    this.terms = terms(capabilities, more);
  }

  get state(): Hold {
    if (!this.hold) throw new Error("no hold yet");
    return this.hold;
  }

  get sums() {
    const { authorized, captured, released, lapsed, held } = sums(this.state);
    return { authorized, captured, released, lapsed, held };
  }

  /** The attempt under way, that of a parked operation last; else what is to be done. */
  get job(): Job {
    const operation = this.#underWay();
    if (operation?.attempt) return { do: operation.attempt.kind, operation, number: operation.attempt.number };
    return this.hold?.reader ? { do: "read" } : this.#still;
  }

  /** The operation that an attempt is open for, or the last that has no end. */
  get operation(): Operation {
    const operation = this.#underWay() ?? this.state.operations.at(-1);
    if (!operation) throw new Error("nothing is at the gateway");
    return operation;
  }

  #underWay(): Operation | undefined {
    const open = this.hold?.operations.filter(({ attempt }) => attempt !== null) ?? [];
    return open.find(({ parkedAt }) => parkedAt === null) ?? open[0];
  }

  entry(id: EntryId): Entry {
    const entry = this.state.entries.find((one) => one.id === id);
    if (!entry) throw new Error(`no entry ${id}`);
    return entry;
  }

  states(): Record<EntryId, Entry["state"]> {
    return Object.fromEntries(this.state.entries.map(({ id, state }) => [id, state]));
  }

  // commands

  open(amount: number, more: Wanted<"open"> = {}): EntryId {
    return this.does({ do: "open", ...this.#wish("base"), terms: this.terms, amount, ceiling: null, ...more });
  }

  /** A hold of this amount, approved. */
  opened(amount: number, more: Wanted<"open"> = {}): this {
    this.open(amount, more);
    return this.answers(approved(amount));
  }

  /** The same, and the gateway has named the payment: it can be read. */
  named(amount: number): this {
    this.open(amount);
    return this.answers({ is: "approved", ...approval(amount), references: { hold: { payment: "p-1" } } });
  }

  increment(entry: EntryId, amount: number, more: Wanted<"increment"> = {}): Command {
    return { do: "increment", ...this.#wish(entry), amount, currency: "USD", line: null, notBefore: null, ...more };
  }

  propose(entry: EntryId, amount: number, more: Wanted<"propose"> = {}): Command {
    return { do: "propose", ...this.#wish(entry), amount, currency: "USD", line: null, until: null, ...more };
  }

  approve(entry: EntryId, amount: number, shown: number): Command {
    return { do: "approve", entry, by: DESK, amount, total: shown, how: "in_element", shown: "Allow?" };
  }

  capture(entry: EntryId, amount: number, more: Wanted<"capture"> = {}): Command {
    return { do: "capture", ...this.#wish(entry), amount, currency: "USD", ...WHOLE, ...more };
  }

  reverse(entry: EntryId): Command {
    return { do: "reverse", ...this.#wish(entry) };
  }

  reverseIncrement(entry: EntryId, target: EntryId): Command {
    return { do: "reverse_increment", ...this.#wish(entry), target };
  }

  extend(entry: EntryId): Command {
    return { do: "extend", ...this.#wish(entry) };
  }

  resolve(entry: EntryId, outcome: "applied" | "not_applied", amount: number | null = null): Command {
    const evidence = "seen in the gateway's portal";
    return { do: "resolve", entry, by: DESK, outcome, amount, payment: "p-1", reason: null, evidence };
  }

  correct(entry: EntryId, target: EntryId, amount: number): Command {
    return { do: "correct", ...this.#wish(entry), target, amount, currency: "USD", evidence: "the day's statement" };
  }

  sayCaptured(amount: number, more: Wanted<"say_captured"> = {}): Command {
    const said = { final: true, evidence: "the portal, charge 4711" };
    return { do: "say_captured", ...this.#wish("in the portal"), amount, currency: "USD", ...said, ...more };
  }

  on(doing: "deny" | "withdraw", entry: EntryId): Command {
    return { do: doing, entry, by: DESK };
  }

  /** The command is accepted; what follows is begun. */
  does(command: Command): EntryId {
    const decision = decide(this.hold, command, this.now);
    if ("refused" in decision) throw new Error(`${command.do} was refused: ${decision.refused.code}`);
    this.#step(decision.events);
    return "entry" in command ? command.entry : "";
  }

  /** The code with which the command is refused now, or null where it would be accepted; nothing is changed. */
  refusal(command: Command): Code | null {
    const decision = decide(this.hold, command, this.now);
    return "refused" in decision ? decision.refused.code : null;
  }

  // evidence

  /** An answer to the open attempt, or a late one to an attempt and entry that are named. */
  answers(outcome: Outcome, late: { entry?: EntryId; attempt?: number } = {}): this {
    return this.learns({ from: "answer", attempt: this.#attempt(late), outcome }, late.entry);
  }

  finds(finding: Finding, late: { entry?: EntryId; attempt?: number } = {}): this {
    return this.learns({ from: "look", attempt: this.#attempt(late), finding }, late.entry);
  }

  undoes(outcome: Outcome, late: { entry?: EntryId; attempt?: number } = {}): this {
    return this.learns({ from: "undo", attempt: this.#attempt(late), outcome }, late.entry);
  }

  /** The gateway tells it unasked. */
  hears(outcome: Outcome, entry?: EntryId): this {
    return this.learns({ from: "notice", outcome }, entry);
  }

  reads(snapshot: Snapshot, startedAt: Instant = this.now): this {
    return this.learns({ from: "read", startedAt, snapshot });
  }

  learns(evidence: Evidence, entry?: EntryId): this {
    this.#step(learn(this.state, this.#about(evidence, entry), evidence, this.now));
    return this;
  }

  hint(): this {
    this.does({ do: "hint", by: DESK });
    return this;
  }

  /** Time passes in one leap; then somebody looks at the hold. */
  passes(time: number): this {
    this.now += time;
    this.#step([]);
    return this;
  }

  /** Nobody answers until the deadline of the open attempt. */
  staysSilent(): this {
    const { attempt } = this.operation;
    if (!attempt) throw new Error("nothing is being asked");
    return this.passes(attempt.deadline - this.now);
  }

  /** So much time passes, in which its books can't be read. */
  staysUnread(time: number): this {
    const until = this.now + time;
    while ((wakeAt(this.state) ?? until) < until) {
      this.sleeps();
      if (this.job.do === "read") this.reads({ is: "cannot", cause: "http_503" });
    }
    return this.passes(Math.max(0, until - this.now));
  }

  /** Sleeps until the hold wants to be looked at. */
  sleeps(): this {
    const until = wakeAt(this.state);
    if (until === null) throw new Error("the hold rests: nothing is due");
    return this.passes(Math.max(0, until - this.now));
  }

  #attempt({ entry, attempt }: { entry?: EntryId; attempt?: number }): number {
    return attempt ?? (entry === undefined ? this.operation.attempts : 1);
  }

  #about(evidence: Evidence, entry: EntryId | undefined) {
    if (["read", "clock", "expiry", "gateway_back"].includes(evidence.from)) return null;
    if (entry === undefined) return { operation: this.operation.id, entry: this.operation.entry };
    return { operation: `op of ${entry}`, entry };
  }

  #step(fresh: readonly Event[]): void {
    const before = this.hold;
    const advanced = advance(this.hold, fresh, this.now);
    const begun = this.#begin(advanced);
    const events = [...advanced.events, ...begun];
    this.hold = evolveAll(advanced.hold, begun, this.now) ?? advanced.hold;
    this.events.push(...events);
    this.watch(before, this.hold, events, this.now);
  }

  /** As the driver does it: nothing is asked that is not first written. */
  #begin({ hold, next }: ReturnType<typeof advance>): Event[] {
    const { capabilities } = this.terms;
    if (this.paused && next.do !== "look" && next.do !== "read") {
      this.#still = { do: "rest" };
      return [];
    }
    switch (next.do) {
      case "ask": {
        const names = { id: `op of ${next.entry.id}`, reference: `ref-${next.entry.id}`, key: `key-${next.entry.id}` };
        const operation = beginOperation(next.entry, next.plan, names, this.now, capabilities);
        return [{ type: "asked", operation }];
      }
      case "ask_again":
      case "look":
      case "undo": {
        const { operation } = next;
        const kind = next.do === "ask_again" ? "ask" : next.do;
        const number = operation.attempts + 1;
        const deadline = this.now + hold.terms.capabilities.recovery.deadline;
        return [{ type: "attempted", operation: operation.id, number, kind, deadline }];
      }
      case "read":
        return [{ type: "read_begun", deadline: this.now + hold.terms.capabilities.recovery.deadline }];
      case "wait":
      case "rest":
        this.#still = next;
        return [];
    }
  }

  #wish(entry: EntryId) {
    return { entry, by: DESK, reason: null };
  }
}

// evidence, in a word

export function approval(amount: number, grade: Approval["grade"] = "own_amount"): Approval {
  return { grade, applied: grade === "none" ? null : delta(amount), total: null, references: {} };
}

export function approved(amount: number, grade: Approval["grade"] = "own_amount"): Outcome {
  return { is: "approved", ...approval(amount, grade) };
}

/** An approval that names the running total alone. */
export function approvedTotal(sum: number): Outcome {
  return { is: "approved", grade: "total", applied: null, total: total(sum), references: {} };
}

export function found(amount: number): Finding {
  return { is: "applied", ...approval(amount) };
}

export const declined: Extract<Outcome, { is: "declined" }> = {
  is: "declined",
  code: "insufficient_funds",
  networkCode: "51",
  advice: "later",
};
export const absent: Finding = { is: "absent" };
export const unknown: Extract<Outcome, { is: "unknown" }> = { is: "unknown", cause: "reset" };

export function rejected(again: "never" | "later"): Outcome {
  return { is: "rejected", cause: "refused at the door", again };
}

export function books(
  asOf: Instant,
  authorized: number,
  captured = 0,
  state: Extract<Snapshot, { is: "snapshot" }>["state"] = "open",
): Extract<Snapshot, { is: "snapshot" }> {
  return { is: "snapshot", authorized: total(authorized), captured: total(captured), state, asOf };
}
