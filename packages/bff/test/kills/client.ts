import { randomUUID } from "node:crypto";
import type { EntryState } from "@plimsoll/shared";
import type { Scripted } from "../../../sandbox/src/testing/imitation.ts";
import type { EntryId, HoldId, OperationKind } from "../../src/hold/index.ts";
import type { Answer, Known, Wish } from "./contract.ts";
import { Books, type Acknowledged } from "./judge.ts";
import type { Lane } from "./lane.ts";

export type Trouble = { readonly lost: "before" | "after" | "late" } | { readonly outcome: string };

type WishOf<D extends Wish["do"]> = Omit<Extract<Wish, { do: D }>, "do" | "hold">;

/** A client may wait so long for an answer, in the world's time. */
const PATIENCE = 9_000;
/** More than any wish needs. */
const MOST_TURNS = 400;
/** By then every bank has let go. */
const FOREVER = 400 * 24 * 3_600_000;

/** Somebody with one hold, who sends a wish again under its key until it is answered, and then waits until all rests. */
export class Client {
  readonly lane: Lane;
  readonly acknowledged: Acknowledged[] = [];
  hold: HoldId | undefined;
  readonly #faults: string[] = [];

  constructor(lane: Lane) {
    this.lane = lane;
  }

  async open(amount: number): Promise<EntryState | null> {
    return this.does(await this.opening(amount));
  }

  async opening(amount: number): Promise<Wish> {
    return { do: "open", order: `order ${randomUUID().slice(0, 8)}`, amount, token: await this.#token() };
  }

  /** The payer is sent to the gateway's page, and pays there, turns back, or never comes: only who pays has a hold. */
  async openOnPage(amount: number, does: "pay" | "cancel" | null): Promise<void> {
    await this.answered(await this.opening(amount));
    const address = await this.#page();
    if (does !== null && address !== null) await this.lane.account.conforming.page?.go(address, does);
    await this.rest();
    const [opened] = (await this.known()).entries;
    const paid = does === "pay" && address !== null;
    if ((opened?.state === "applied") !== paid) throw new Error(`${does} on the page: ${opened?.state}`);
  }

  increment = (amount: number) => this.onHold("increment", { amount });
  capture = (amount: number, final = true) => this.onHold("capture", { amount, final });
  letGo = () => this.onHold("reverse", {});
  extend = () => this.onHold("extend", {});
  hint = () => this.onHold("hint", {});

  /** A question to the payer, and what comes of it. */
  async proposed(amount: number, then: "approve" | "deny" | "withdraw"): Promise<void> {
    await this.onHold("propose", { amount });
    const { entries, sums } = await this.known();
    const entry = entries.at(-1)?.id ?? "";
    if (then === "approve") await this.onHold("approve", { entry, amount, total: sums.held + amount });
    else await this.onHold(then, { entry });
  }

  /** Lets go of the last increment that was applied. */
  async reverseLast(): Promise<EntryState | null> {
    const { entries } = await this.known();
    const last = entries.findLast(({ kind, state }) => kind === "increment" && state === "applied");
    return last ? this.onHold("reverse_increment", { target: last.id }) : null;
  }

  onHold<D extends Exclude<Wish["do"], "open">>(what: D, more: WishOf<D>): Promise<EntryState | null> {
    return this.does({ do: what, hold: this.#hold(), ...more } as Extract<Wish, { do: D }>);
  }

  async does(wish: Wish, key: string = randomUUID()): Promise<EntryState | null> {
    const answer = await this.answered(wish, key);
    await this.rest();
    if ("refused" in answer || answer.entry === "") return null;
    return (await this.known()).entries.find(({ id }) => id === answer.entry)?.state ?? null;
  }

  /** The answer, with no more time passing than a client waits for it. */
  async answered(wish: Wish, key: string = randomUUID()): Promise<Answer> {
    const answer = await this.lane.with(async (process) => {
      const waits = { on: true };
      const coming = process.call("wish", key, wish).finally(() => (waits.on = false));
      coming.catch(() => {});
      for (let turn = 0; turn < MOST_TURNS && waits.on && process.alive; turn += 1) {
        const wake = await this.lane.quiet();
        if (waits.on) await this.lane.turn(wake, PATIENCE);
      }
      return coming;
    });
    if (!("refused" in answer)) this.#acknowledge({ key, wish, entry: answer.entry }, answer.hold);
    return answer;
  }

  /** The process is killed while its request is at the gateway; then the client sends its wish again. */
  async killedAt(kind: OperationKind, wish: Wish): Promise<EntryState | null> {
    const key = randomUUID();
    const process = await this.lane.process();
    const id = this.trouble(kind, { lost: "late" });
    const lost = process.call("wish", key, wish).catch(() => {});
    await Promise.race([this.lane.imitation.faults.reached(id), lost, process.ended]);
    this.lane.imitation.faults.withdraw(id);
    await this.lane.crash();
    await this.lane.imitation.faults.release(id);
    return this.does(wish, key);
  }

  /** Every request of this kind is applied and none is answered, for so long. */
  async unanswered(kind: OperationKind, wish: Wish, ms: number): Promise<void> {
    const operation = kind === "extend" ? "increment" : kind;
    const id = this.#script({ match: { operation }, do: "drop", when: "after", times: "always" });
    await this.answered(wish);
    for (const until = this.lane.clock.now() + ms; this.lane.clock.now() < until;)
      await this.lane.turn(await this.lane.quiet());
    this.lane.imitation.faults.withdraw(id);
    await this.rest();
  }

  /** The next request of this kind meets it. */
  trouble(kind: OperationKind, trouble: Trouble): string {
    // To prolong is to raise by nothing, on every wire that has it.
    const match = { operation: kind === "extend" ? "increment" : kind } as const;
    if ("outcome" in trouble) return this.#script({ match, do: "outcome", outcome: trouble.outcome });
    if (trouble.lost === "late") return this.#script({ match, do: "delay", when: "after" });
    return this.#script({ match, do: "drop", when: trouble.lost });
  }

  known(): Promise<Known> {
    return this.lane.with((process) => process.call("known", this.#hold()));
  }

  /** Lets time pass until nothing more comes of the hold by itself. */
  async rest(): Promise<void> {
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const wake = await this.lane.quiet();
      if (this.hold === undefined || (await this.known()).rests) return;
      await this.lane.turn(wake);
    }
    throw new Error(`the hold comes to no rest: ${JSON.stringify(await this.known())}`);
  }

  /** A person looks into the gateway's books, and says what became of a step of which nothing is answered. */
  resolvedByPerson(amount: number): Promise<void> {
    return this.#inTheDark("increment", { do: "increment", hold: this.#hold(), amount }, async (known) => {
      const words = new Books(this.lane.imitation.gateway).wordsOn(known);
      for (const { entry, word } of words) await this.onHold("resolve", { entry, word });
    });
  }

  /** A person says that such a step came to nothing, and is wrong: the books contradict, once they can be read. */
  async deniedByPerson(wish: Extract<Wish, { do: "increment" | "capture" }>): Promise<EntryId> {
    let denied = "";
    await this.#inTheDark(wish.do, wish, async ({ doubts }) => {
      denied = doubts[0]?.entry ?? "";
      await this.onHold("resolve", { entry: denied, word: { is: "not_applied" } });
    });
    await this.hint();
    if ((await this.known()).contradicted === null) throw new Error("the books contradict, and nobody sees it");
    return denied;
  }

  /** What is confirmed is captured, while nothing is answered about an increment. */
  async capturedWithout(amount: number, captured: number): Promise<void> {
    const hold = this.#hold();
    await this.#inTheDark("increment", { do: "increment", hold, amount }, async () => {
      const answer = await this.answered({ do: "capture", hold, amount: captured, final: true, leaveDoubt: true });
      if ("refused" in answer) throw new Error(`to capture without it is refused: ${answer.refused}`);
    });
    await this.rest();
  }

  /** The payer's bank lets go, and a person who was told so says it. */
  async letGoByTheBank(): Promise<void> {
    const { gateway } = this.lane.imitation;
    const [merchant = ""] = gateway.merchants();
    const [payment] = new Books(gateway).paymentsOf(await this.known());
    gateway.advance(merchant, payment?.id ?? "", FOREVER);
    await this.onHold("say_lapsed", {});
  }

  /** Nothing is answered about a step, nor about what became of it, until somebody has done something about that. */
  async #inTheDark(kind: OperationKind, wish: Wish, does: (known: Known) => Promise<void>): Promise<void> {
    const silent = (["search", "read"] as const).map((operation) =>
      this.#script({ match: { operation }, do: "drop", when: "before", times: "always" }),
    );
    this.trouble(kind, { lost: "after" });
    await this.answered(wish);
    await does(await this.known());
    for (const id of silent) this.lane.imitation.faults.withdraw(id);
  }

  /** What is wrong with the hold now that all rests; nothing that was scripted is left for the next one. */
  async judged(): Promise<string[]> {
    for (const id of this.#faults) this.lane.imitation.faults.withdraw(id);
    if (this.hold === undefined) return [];
    await this.rest();
    return new Books(this.lane.imitation.gateway).disagreements(await this.known(), this.acknowledged);
  }

  async #token(): Promise<string | null> {
    const { conforming, account } = this.lane.account;
    if (conforming.page?.account === account) return null;
    const issued = await this.lane.imitation.gateway.token(conforming.cards.grows.name);
    if (!issued) throw new Error(`no card ${conforming.cards.grows.name}`);
    return issued.token;
  }

  /** Where the payer is awaited, once that is known; null where it comes to nothing before. */
  async #page(): Promise<string | null> {
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const wake = await this.lane.quiet();
      const { page, rests } = await this.known();
      if (page !== null || rests) return page;
      await this.lane.turn(wake);
    }
    throw new Error("the payer is sent nowhere");
  }

  #script(fault: Scripted): string {
    const { id } = this.lane.imitation.script(fault);
    this.#faults.push(id);
    return id;
  }

  #hold(): HoldId {
    if (this.hold === undefined) throw new Error("no hold was opened");
    return this.hold;
  }

  #acknowledge(acknowledged: Acknowledged, hold: HoldId): void {
    this.hold = hold;
    this.acknowledged.push(acknowledged);
  }
}
