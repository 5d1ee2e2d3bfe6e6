import { total } from "@plimsoll/shared";
import type { Capabilities, Command, EntryId, Event, Outcome } from "../index.ts";
import { questionTotal } from "../index.ts";
import { mustBeCoherent } from "./coherent.ts";
import { Ledger, type Wish } from "./ledger.ts";
import { approved, approvedTotal, Story, unknown, SECOND, MINUTE } from "./story.ts";

/** One thing that happens: a wish of somebody, an answer or its absence, time. The numbers choose among what is possible. */
export interface Happening {
  readonly what: "command" | "answer" | "late" | "time" | "hint" | "lie";
  readonly which: number;
  readonly amount: number;
  readonly wish: Wish;
}

/** A random life of one hold on one gateway, with the gateway's books kept beside it and its coherence checked at each step. */
export class Voyage {
  readonly story: Story;
  readonly ledger: Ledger;
  /** The gateway has said what its books don't say: they need not agree any more. */
  lied = false;
  /** How often the interesting paths were taken. */
  readonly seen = new Map<string, number>();
  readonly #undelivered: { entry: EntryId; outcome: Outcome }[] = [];
  readonly #capabilities: Capabilities;
  #made = 0;

  constructor(capabilities: Capabilities, ceiling: number | null) {
    this.#capabilities = capabilities;
    this.story = new Story(
      capabilities,
      capabilities.expiry ? { extendAutomatically: true, forgotten: "release" } : {},
    );
    this.ledger = new Ledger(capabilities);
    this.story.watch = (before, after, events, now) => {
      mustBeCoherent(before, after, events, now);
      for (const event of events) this.#count(event);
    };
    this.story.open(40_000, { ceiling: ceiling === null ? null : { amount: total(ceiling), consent: null } });
    this.#note();
  }

  happens(happening: Happening): void {
    const { what } = happening;
    if (what === "command") this.#command(happening);
    if (what === "answer") this.#answer(happening);
    if (what === "late") this.#late(happening);
    if (what === "lie") this.#lie(happening);
    if (what === "hint") this.story.hint();
    if (what === "time")
      this.#passes([SECOND, 5 * SECOND, 30 * SECOND, 61 * SECOND, 3 * MINUTE][happening.which % 5] ?? SECOND);
    this.#note();
  }

  /** Faults stop: each attempt is answered with the truth, and time passes as the hold wants it. Gives the steps taken. */
  calms(most: number): number {
    for (let step = 0; step < most; step += 1) {
      this.#note();
      const { job } = this.story;
      if (job.do === "rest") {
        if (this.#undelivered.length === 0) return step;
        this.#late({ which: 0 });
      } else if (job.do === "wait") this.#passes(Math.max(0, job.until - this.story.now));
      else this.#truth({ declines: false, percent: 100 });
    }
    return most;
  }

  #command({ which, amount }: Happening): void {
    const { story } = this;
    this.#made += 1;
    const id = `e${this.#made}`;
    const entries = story.state.entries;
    const pick = entries[which % entries.length]?.id ?? "";
    const question = entries.find(({ state }) => state === "proposed");
    const held = story.sums.held;
    const inDoubt = story.state.operations.some(({ doubtSince }) => doubtSince !== null);
    if (inDoubt && held > 0) {
      const leaving = story.capture(id, Math.min(amount, held), { final: amount % 2 === 0, leaveDoubt: true });
      if (which % 2 === 0 && story.refusal(leaving) === null) return this.#accept(leaving);
    }
    const commands: Command[] = [
      story.increment(id, amount),
      story.increment(id, amount, { notBefore: story.now + 10 * SECOND }),
      story.increment(id, amount),
      story.propose(id, amount),
      ...(question ? [story.approve(question.id, question.asked, questionTotal(story.state, question))] : []),
      ...(question ? [story.on("deny", question.id)] : []),
      story.on("withdraw", pick),
      story.capture(id, Math.max(1, Math.min(amount, held)), { final: false }),
      ...(amount % 3 === 0 ? [story.capture(id, Math.max(1, held))] : []),
      ...(amount % 3 === 1 ? [story.capture(id, held + 500)] : []),
      ...(amount % 3 === 2 ? [story.reverse(id)] : []),
      story.reverseIncrement(id, pick),
      story.extend(id),
    ];
    const command = commands[which % commands.length];
    if (!command || story.refusal(command) !== null) return this.#sees("a refusal");
    this.#accept(command);
  }

  #accept(command: Command): void {
    if (command.do === "capture" && command.final) this.ledger.ends(command.entry);
    this.story.does(command);
  }

  /** The attempt under way is answered, or not; the gateway may have done its work or not. */
  #answer({ which, wish }: Happening): void {
    const { job, now } = this.story;
    if (job.do !== "ask") return this.#truthOr(which, wish);
    const { operation, number } = job;
    const { recovery } = this.#capabilities;
    switch (which % 6) {
      case 0:
      case 1:
        return this.#truth(wish);
      case 2: {
        const outcome = this.ledger.arrives(operation, wish, now);
        this.#undelivered.push({ entry: operation.entry, outcome });
        this.story.answers(unknown, { attempt: number });
        return this.#sees("applied, answer lost");
      }
      case 3:
        this.story.answers(unknown, { attempt: number });
        return this.#sees("never arrived");
      case 4: {
        const at = Math.min(now + 80 * SECOND, (operation.attempt?.deadline ?? now) + recovery.slowestApply);
        this.ledger.comes(operation, wish, at);
        this.story.staysSilent();
        this.ledger.passes(this.story.now);
        return this.#sees("applied late");
      }
      default:
        this.story.answers({ is: "rejected", cause: "refused at the door", again: "later" }, { attempt: number });
        return this.#sees("rejected");
    }
  }

  #truthOr(which: number, wish: Wish): void {
    const { job } = this.story;
    if (which % 3 > 0) return this.#truth(wish);
    if (job.do === "look") this.story.finds({ is: "unknown", cause: "unavailable" });
    if (job.do === "undo") this.story.undoes(unknown);
    if (job.do === "read") this.story.reads({ is: "cannot", cause: "unavailable" });
  }

  /** What the gateway really did, told as its answer to the attempt under way. */
  #truth(wish: Wish): void {
    const { story, ledger } = this;
    const { job, now } = story;
    if (job.do === "read") return void story.reads(ledger.reads(now));
    if (job.do === "wait" || job.do === "rest") return;
    const { operation, number } = job;
    if (job.do === "look") return void story.finds(ledger.looks(operation, now), { attempt: number });
    if (job.do === "undo") return void story.undoes(ledger.undoes(operation), { attempt: number });
    const outcome = ledger.arrives(operation, wish, now);
    if (this.#capabilities.recovery.verdict === "notice" && number === 1) {
      this.#undelivered.push({ entry: operation.entry, outcome });
      story.answers({ is: "waiting", on: "notice", until: now + 10 * MINUTE }, { attempt: number });
      return this.#sees("waits for a notice");
    }
    // No two steps of a hold are approved in the same moment: which was the last is known.
    this.#passes(1);
    story.answers(outcome, { attempt: number });
  }

  /** An answer that nobody waits for any more; some come twice. */
  #late({ which }: { readonly which: number }): void {
    const late = this.#undelivered[which % Math.max(1, this.#undelivered.length)];
    if (!late) return;
    if (which % 4 !== 3) this.#undelivered.splice(this.#undelivered.indexOf(late), 1);
    const open = this.story.state.operations.some(({ entry }) => entry === late.entry);
    this.#sees(open ? "a late answer ends it" : "a late answer after the end");
    this.story.answers(late.outcome, { entry: late.entry, attempt: 1 });
  }

  #lie({ which, amount }: Happening): void {
    const { job } = this.story;
    if (job.do !== "ask") return;
    this.lied = true;
    const { operation, number } = job;
    const outcome = which % 2 === 0 ? approved(amount) : approvedTotal(operation.totalBefore + amount);
    this.story.answers(outcome, { attempt: number });
  }

  #passes(time: number): void {
    this.ledger.passes(this.story.now + time);
    this.story.passes(time);
  }

  #count(event: Event): void {
    const named: string[] = [event.type];
    if (event.type === "ended") named.push(event.state);
    if (event.type === "entered" && event.entry.id.includes("+"))
      named.push(event.entry.by.kind === "timer" ? `${event.entry.kind} by the timer` : "a step of a full reversal");
    if (event.type === "applied") named.push(`${this.story.entry(event.entry).kind} applied`);
    if (event.type === "ended" && event.cause) named.push(event.cause.is);
    for (const name of named) this.#sees(name);
  }

  #sees(name: string): void {
    this.seen.set(name, (this.seen.get(name) ?? 0) + 1);
  }

  #note(): void {
    if (this.lied) return;
    const last = this.#capabilities.reverseIncrement === "last";
    for (const { id, kind, state, applied, target } of this.story.state.entries) {
      if (kind === "correction") continue;
      if (last && target !== null && state === "applied" && this.ledger.tookOf(id) !== target)
        throw new Error(`a reversal meant for ${target} took ${this.ledger.tookOf(id)}`);
      const truth = this.ledger.fateOf(id);
      if (state === "applied" && (truth.fate !== "applied" || truth.applied !== applied))
        throw new Error(`${kind} ${id} is shown as ${applied} applied, really ${truth.fate} ${truth.applied}`);
      if (state === "declined" && truth.fate !== "declined") throw new Error(`${kind} ${id} was never declined`);
      if (state === "failed" && truth.fate === "applied")
        throw new Error(`${kind} ${id} is shown as failed, and was applied`);
    }
  }
}
