import type { Code } from "@plimsoll/shared";
import type { FaultReport } from "../../../../../sandbox/src/control/fault.ts";
import type { Driver, Submission } from "../../../driver/index.ts";
import type { Capabilities, Command, Entry, EntryId, Hold, OperationKind, Terms } from "../../../hold/index.ts";
import { makeIds } from "../../../ids.ts";
import { memoryStore } from "../../../store/testing/memory-store.ts";
import { PAYMENT, type Store } from "../../../store/store.ts";
import type { Gateway, Order } from "../../port.ts";
import { termsAt } from "../terms.ts";
import { openAccount } from "./account.ts";
import { commandsFor } from "./commands.ts";
import type { About, Settings, TestCard } from "./conforming.ts";
import type { Ground, Scripted } from "./ground.ts";
import { counted, InFlight } from "./in-flight.ts";
import { rest } from "./rest.ts";

/** What came of a command once everything had come to rest. */
export interface Done {
  readonly entry: EntryId;
  /** The code of the refusal at the door; null where it was accepted. */
  readonly refused: Code | null;
  /** Null where it was refused. */
  readonly state: Entry["state"] | null;
}

/** A command on its way. */
export interface Begun {
  readonly entry: EntryId;
  readonly submitted: ReturnType<Driver["submit"]>;
}

/** What goes wrong, whatever request it meets. */
export type Trouble = Scripted extends infer Each ? (Each extends unknown ? Omit<Each, "match"> : never) : never;

/** The calls that stand behind a step. */
type Call = "find" | "read" | "undo";

interface Opening {
  readonly card?: TestCard;
  readonly currency?: string;
}

/**
 * One hold at one gateway, with all the real parts: rules, driver, store and adapter, over HTTP to the gateway's
 * imitation, by one clock. Nothing sleeps: time passes when everything that is under way has come to rest.
 */
export class Trial implements About {
  readonly ground: Ground;
  readonly gateway: Gateway;
  readonly capabilities: Capabilities;
  readonly store: Store = memoryStore();
  readonly inFlight = new InFlight();
  readonly driver: Driver;
  readonly id: string;
  readonly commands: ReturnType<typeof commandsFor>;
  /** Every order that was asked, each time that it was. */
  readonly asked: Order[] = [];
  readonly alarms: string[] = [];
  /** Whether notices are delivered as soon as everything else has come to rest. */
  deliversNotices = true;
  /** What the payer does who is sent to the gateway's page. */
  payer: "pay" | "cancel" | "stays away" = "pay";
  /** The payment token of the opening. */
  token: string | null = null;
  /** Whether look-ups show nothing of what is there, as an index that lags behind: for ever, or as long as that proves nothing. */
  looksShowNothing: "always" | "while it proves nothing" | "never" = "never";
  readonly #settings: Settings;
  readonly #scripts = new Map<Call, () => void>();
  #currency = "";

  constructor(ground: Ground, settings: Settings) {
    const { clock, conforming } = ground;
    const ids = makeIds(clock.now);
    this.ground = ground;
    this.#settings = settings;
    this.id = ids.hold();
    this.commands = commandsFor(ids.entry, () => this.#currency);
    const parts = { send: ground.send, clock, bytes: ids.bytes, noticesUrl: ground.noticesUrl(this.id) };
    const connected = counted(conforming.connect(settings, parts), this.inFlight);
    this.gateway = this.#watched(connected);
    this.capabilities = this.capabilitiesWith(conforming.cards.grows);
    const alarm = (what: string) => void this.alarms.push(what);
    const { driver, notices } = openAccount(ground, { store: this.store, ids, gateway: this.gateway, alarm });
    this.driver = driver;
    ground.listen(this.id, notices);
  }

  get conforming() {
    return this.ground.conforming;
  }

  get imitation() {
    return this.ground.imitation;
  }

  get clock() {
    return this.ground.clock;
  }

  capabilitiesWith({ card }: TestCard, currency: string = this.conforming.currencies[2]): Capabilities {
    return this.gateway.capabilities({ card, currency, profile: "general" });
  }

  /** Another hold on the same account with a store of its own, as another BFF would see it. */
  another(more: Settings = {}): Trial {
    return new Trial(this.ground, { ...this.#settings, ...more });
  }

  /** The same on another of the gateway's accounts. */
  as(account: string): Trial {
    return new Trial(this.ground, this.conforming.accounts(this.imitation.url)[account] ?? {});
  }

  async hold(): Promise<Hold> {
    const hold = await this.store.load(this.id);
    if (!hold) throw new Error("no hold was opened");
    return hold;
  }

  async entry(id: EntryId): Promise<Entry> {
    const found = (await this.hold()).entries.find((entry) => entry.id === id);
    if (!found) throw new Error(`no step ${id}`);
    return found;
  }

  /** Opens a hold as this gateway's payers do: with a token, or on the gateway's own page. */
  async open(amount: number, more: Opening = {}): Promise<Done> {
    return this.done(this.begin(await this.opening(amount, more)));
  }

  async opening(amount: number, more: Opening = {}): Promise<Submission> {
    const { card = this.conforming.cards.grows, currency = this.conforming.currencies[2] } = more;
    this.#currency = currency;
    const command = { do: "open", ...this.commands.wish(), terms: this.#terms(card), amount, ceiling: null } as const;
    return { hold: this.id, command, payer: await this.#payer(card) };
  }

  /** Takes over what another system authorized, as the merchant's server would ask for it. */
  async adopt(payment: string): Promise<Done> {
    this.#currency = this.conforming.currencies[2];
    const terms = this.#terms(this.conforming.cards.grows);
    const { id: hold, order, currency, exponent } = terms;
    const asked = { hold, order, currency, exponent, references: { [PAYMENT]: payment } };
    const snapshot = await this.gateway.read(asked, new AbortController().signal);
    return this.does({ do: "adopt", ...this.commands.wish(), terms, ceiling: null, payment, snapshot });
  }

  add(...asked: Parameters<Trial["commands"]["increment"]>): Promise<Done> {
    return this.does(this.commands.increment(...asked));
  }

  capture(...asked: Parameters<Trial["commands"]["capture"]>): Promise<Done> {
    return this.does(this.commands.capture(...asked));
  }

  /** One step of each kind on an open hold, for cases that are the same for all. */
  step(kind: Exclude<OperationKind, "authorize">, amount: number): Promise<Done> {
    return this.done(this.begin(this.stepping(kind, amount)));
  }

  stepping(kind: Exclude<OperationKind, "authorize">, amount: number): Submission {
    const { increment, capture, reverseAll, extend } = this.commands;
    const command = { increment, capture, reverse: reverseAll, extend }[kind](amount);
    return { hold: this.id, command };
  }

  does(command: Command): Promise<Done> {
    return this.done(this.begin({ hold: this.id, command }));
  }

  /** A command on its way, nothing waited for. */
  begin(submission: Submission): Begun {
    const { command } = submission;
    return { entry: "entry" in command ? command.entry : "", submitted: this.driver.submit(submission) };
  }

  /** What came of it when everything rests. */
  async done({ entry, submitted }: Begun): Promise<Done> {
    // Time has to pass before some steps can be asked: the caller's answer comes then.
    await rest(this);
    const answer = await submitted;
    if ("refused" in answer) return { entry, refused: answer.refused.code, state: null };
    return { entry, refused: null, state: entry === "" ? null : (await this.entry(entry)).state };
  }

  /** The next request of this kind meets it. */
  fault(kind: OperationKind, fault: Trouble): FaultReport {
    // To prolong is to raise by nothing, on every wire that has it.
    return this.imitation.script({ ...fault, match: { operation: kind === "extend" ? "increment" : kind } });
  }

  /** The first request of the next such call meets it. @param first what happens just before */
  next(call: Call, fault: Trouble, first: () => void = () => {}): Promise<FaultReport> {
    return new Promise((resolve) => {
      this.#scripts.set(call, () => {
        first();
        resolve(this.imitation.script({ ...fault, match: {} }));
      });
    });
  }

  #notes(order: Order): void {
    this.asked.push(order);
    if (order.kind === "authorize") this.ground.openings.push([order.reference, order.key]);
  }

  /** The gateway with what a case has to know of its calls, and may have them meet. */
  #watched(gateway: Gateway): Gateway {
    const undo = gateway.undo?.bind(gateway);
    return {
      ...gateway,
      ask: (attempt) => (this.#notes(attempt.order), gateway.ask(attempt)),
      find: async (order, signal) => {
        if (await this.#showsNothing(order)) return { is: "absent" };
        this.#reach("find");
        return gateway.find(order, signal);
      },
      read: (payment, signal) => (this.#reach("read"), gateway.read(payment, signal)),
      ...(undo ? { undo: (order, signal) => (this.#reach("undo"), undo(order, signal)) } : {}),
    };
  }

  async #showsNothing({ operation: id }: Order): Promise<boolean> {
    if (this.looksShowNothing !== "while it proves nothing") return this.looksShowNothing === "always";
    const { slowestApply, lookUp } = this.capabilities.recovery;
    const operation = (await this.hold()).operations.find((one) => one.id === id);
    return this.clock.now() < (operation?.lastDeadline ?? 0) + slowestApply + (lookUp?.lag ?? 0);
  }

  #reach(call: Call): void {
    this.#scripts.get(call)?.();
    this.#scripts.delete(call);
  }

  /** Ends the BFF of this hold; what it still planned is not carried out. */
  async end(): Promise<void> {
    await this.inFlight.ended();
    await this.driver.stop();
  }

  #terms({ card }: TestCard): Terms {
    const given = { id: this.id, currency: this.#currency, card, openedAt: this.clock.now() };
    return termsAt(this.gateway, given, { expiry: null });
  }

  async #payer({ name }: TestCard): Promise<NonNullable<Submission["payer"]>> {
    if (!this.gateway.means.includes("token")) {
      const back = { done: "https://shop.example/done", cancelled: "https://shop.example/cancelled" };
      return { means: { by: "page", back }, sealed: null };
    }
    const issued = await this.imitation.gateway.token(name);
    if (!issued) throw new Error(`the imitation has no card ${name}`);
    this.token = issued.token;
    return { means: { by: "token", authentication: {} }, sealed: issued.token };
  }
}
