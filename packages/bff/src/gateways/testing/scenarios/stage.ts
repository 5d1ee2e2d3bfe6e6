import type { MerchantView, PayerView, ProfileName, StaffView } from "@plimsoll/shared";
import type { JournalEntry } from "../../../../../sandbox/src/control/journal.ts";
import { merchantView, payerView, staffView } from "../../../api/views/index.ts";
import type { Driver } from "../../../driver/index.ts";
import { networkRule, type Command, type Event, type Instant } from "../../../hold/index.ts";
import { DESK } from "../conformance/commands.ts";
import type { TestCard } from "../conformance/conforming.ts";
import type { Ground } from "../conformance/ground.ts";
import { rest } from "../conformance/rest.ts";
import { Trial, type Done } from "../conformance/trial.ts";
import type { Way } from "./ways.ts";

export const DAY = 86_400_000;
export const HOUR = 3_600_000;

const MERCHANT = { id: "harbor", name: "Harbor", descriptor: "HARBOR 1", origins: [] };

interface Opening {
  readonly profile: ProfileName;
  readonly card: TestCard["card"]["network"];
  readonly reason: string;
  readonly extendAutomatically?: boolean;
}

/** Where one scenario is played at one gateway: a hold, what people see of it, the gateway's books, and time. */
export class Stage {
  readonly trial: Trial;
  readonly way: Way;
  /** Who carries the hold now: another one after a crash. */
  driver: Driver;

  constructor(ground: Ground, way: Way) {
    const { conforming, imitation } = ground;
    const accounts = conforming.accounts(imitation.url);
    const account = way.account === undefined ? Object.values(accounts)[0] : accounts[way.account];
    if (!account) throw new Error(`${conforming.name} has no account ${way.account}`);
    for (const [name, value] of Object.entries(way.readings ?? {})) imitation.gateway.readings.set(name, value);
    this.way = way;
    this.trial = new Trial(ground, { ...account, ...way.settings });
    this.driver = this.trial.driver;
  }

  get commands(): Trial["commands"] {
    return this.trial.commands;
  }

  /** When the hold was opened: scenarios count their days from here. */
  async opened(): Promise<Instant> {
    return (await this.trial.hold()).terms.openedAt;
  }

  /** Opens the hold of a trade: with its profile, and with its expiry as the API fixes it. */
  async open(amount: number, { profile, card, reason, extendAutomatically = false }: Opening): Promise<Done> {
    const submission = await this.trial.opening(amount, { card: { name: card, card: { network: card } } });
    const { command } = submission;
    if (command.do !== "open") throw new Error("a hold begins by being opened");
    const asker = { card: command.terms.card, currency: command.terms.currency, profile };
    const capabilities = this.trial.gateway.capabilities(asker);
    const expiry = capabilities.expiry ?? networkRule(asker);
    const terms = { ...command.terms, profile, capabilities, expiry, extendAutomatically };
    return this.trial.done(this.trial.begin({ ...submission, command: { ...command, reason, terms } }));
  }

  add(amount: number, reason: string): Promise<Done> {
    return this.does(this.commands.increment(amount, { reason, line: reason }));
  }

  capture(...asked: Parameters<Trial["commands"]["capture"]>): Promise<Done> {
    return this.does(this.commands.capture(...asked));
  }

  async does(command: Command): Promise<Done> {
    const entry = "entry" in command ? command.entry : "";
    return this.trial.done({ entry, submitted: this.driver.submit({ hold: this.trial.id, command }) });
  }

  async payer(): Promise<PayerView> {
    return payerView(await this.trial.hold(), MERCHANT, this.trial.clock.now());
  }

  async desk(): Promise<StaffView> {
    return staffView(await this.trial.hold(), MERCHANT, DESK, this.trial.clock.now());
  }

  async merchant(): Promise<MerchantView> {
    return merchantView(await this.trial.hold(), MERCHANT, DESK, this.trial.clock.now());
  }

  /** Lets the time come, and whatever falls due on the way happen. */
  async comes(at: Instant): Promise<void> {
    const { clock, inFlight } = this.trial;
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      await inFlight.ended();
      if (await this.passesToNext(at)) continue;
      clock.passes(Math.max(0, at - clock.now()));
      return inFlight.ended();
    }
    throw new Error("the hold wakes for ever");
  }

  /** Lets time pass to what falls due next; false where that is not before then. */
  async passesToNext(before: Instant): Promise<boolean> {
    const { clock, store } = this.trial;
    const wake = await store.nextWake();
    if (wake === null || wake > before) return false;
    clock.passes(Math.max(SHORTEST, wake - clock.now()));
    return true;
  }

  /** The requests of one kind that reached the gateway. */
  requests(operation: JournalEntry["operation"]): readonly JournalEntry[] {
    return this.trial.imitation.journal().filter((entry) => entry.operation === operation);
  }

  /** What was written of one kind, with when it was. */
  async written<T extends Event["type"]>(type: T) {
    const history = await this.trial.store.history(this.trial.id);
    return history.flatMap(({ at, event }) => (isOf(event, type) ? [{ at, event }] : []));
  }

  /** Lets time pass until nothing more comes of the hold by itself. */
  rests(): Promise<void> {
    return rest(this.trial);
  }

  async end(): Promise<void> {
    await this.trial.end();
    if (this.driver !== this.trial.driver) await this.driver.stop();
  }
}

/** The driver wakes a quarter of a second after what is due at once. */
const SHORTEST = 250;
const MOST_TURNS = 1_000;

function isOf<T extends Event["type"]>(event: Event, type: T): event is Extract<Event, { type: T }> {
  return event.type === type;
}
