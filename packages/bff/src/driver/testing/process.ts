import type { Clock } from "../../clock.ts";
import type { Gateway } from "../../gateways/port.ts";
import type { Actor, Capabilities, Command, EntryId, Hold, Instant, Terms } from "../../hold/index.ts";
import { makeIds } from "../../ids.ts";
import { createHub, createRelay } from "../../live/index.ts";
import type { Store } from "../../store/store.ts";
import { createDriver, type Driver, type Submission, type Submitted } from "../index.ts";

const DESK: Actor = { kind: "console", name: "Front desk" };
export const HOLD = "hold_1";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly gateway: Gateway;
}

/** One process of the service: its driver, and its relay to the others on the same store. */
export class Process {
  readonly driver: Driver;
  readonly hub = createHub();
  readonly alarms: string[] = [];
  readonly alerts: string[] = [];
  readonly relay;
  readonly #parts: Parts;
  #made = 0;

  constructor(parts: Parts) {
    const { store, clock, gateway } = parts;
    const { hub } = this;
    const alarm = (what: string) => void this.alarms.push(what);
    this.#parts = parts;
    this.relay = createRelay({ store, hub, clock, alarm });
    this.driver = createDriver({
      store,
      clock,
      ids: makeIds(clock.now),
      gateway: () => gateway,
      unseal: (sealed) => Promise.resolve(sealed),
      changes: { tell: (hold) => this.relay.tell(hold), ofHold: (id, hear) => hub.ofHold(id, hear) },
      alarm,
      alert: (what) => void this.alerts.push(what),
      patience: 8_000,
    });
  }

  async start(): Promise<this> {
    await this.driver.start();
    this.relay.start();
    return this;
  }

  async stop(): Promise<void> {
    await this.relay.stop();
    await this.driver.stop();
  }

  open(amount = 40_000, more: Partial<Submission> = {}): Promise<Submitted> {
    const id = more.hold ?? HOLD;
    const { clock, gateway } = this.#parts;
    const terms = bookTerms(id, clock.now(), gateway.capabilities({ card: null, currency: "USD", profile: "lodging" }));
    return this.#submit({ do: "open", ...this.#wish(), terms, amount, ceiling: null }, more);
  }

  increment(amount: number, more: Partial<Submission> = {}): Promise<Submitted> {
    return this.#submit(
      { do: "increment", ...this.#wish(), amount, currency: "USD", line: null, notBefore: null },
      more,
    );
  }

  capture(amount: number): Promise<Submitted> {
    const how = { final: true, leaveDoubt: false, acceptLate: false };
    return this.#submit({ do: "capture", ...this.#wish(), amount, currency: "USD", ...how });
  }

  async hold(id = HOLD): Promise<Hold> {
    const hold = await this.#parts.store.load(id);
    if (!hold) throw new Error(`no hold ${id}`);
    return hold;
  }

  #submit(command: Command, more: Partial<Submission> = {}): Promise<Submitted> {
    return this.driver.submit({ hold: HOLD, command, ...more });
  }

  #wish(): { entry: EntryId; by: Actor; reason: null } {
    this.#made += 1;
    return { entry: `step_${this.#parts.clock.now()}_${this.#made}`, by: DESK, reason: null };
  }
}

/** The terms of a hold at the book gateway. */
export function bookTerms(id: string, openedAt: Instant, capabilities: Capabilities): Terms {
  return {
    id,
    merchant: "harbor",
    mode: "test",
    account: "book",
    gateway: "book",
    payee: "harbor",
    profile: "lodging",
    currency: "USD",
    exponent: 2,
    order: `stay of ${id}`,
    label: "412",
    card: null,
    capabilities,
    expiry: null,
    extendAutomatically: false,
    forgotten: "warn",
    openedAt,
  };
}

/** The state of the step that a caller was answered, or the code of the refusal. */
export function stateOf(submitted: Submitted): string {
  if ("refused" in submitted) return submitted.refused.code;
  return submitted.hold.entries.find(({ id }) => id === submitted.entry)?.state ?? "none";
}
