import { expect } from "vitest";
import type { Clock } from "../../clock.ts";
import type { Gateway } from "../../gateways/port.ts";
import {
  sums,
  type Actor,
  type Capabilities,
  type Command,
  type EntryId,
  type Hold,
  type Instant,
  type Terms,
} from "../../hold/index.ts";
import { makeIds } from "../../ids.ts";
import { createHub, createRelay } from "../../live/index.ts";
import type { Store } from "../../store/store.ts";
import type { BookGateway } from "../../testing/book-gateway.ts";
import { createDriver, type Driver, type Submission, type Submitted } from "../index.ts";

export const DESK: Actor = { kind: "console", name: "Front desk" };
export const HOLD = "hold_1";
/** Entries that all processes have made. */
let made = 0;
/** The only one that is configured. */
const ACCOUNT = "book";

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
      gateway: (account) => (account === ACCOUNT ? gateway : undefined),
      unseal: (sealed) => Promise.resolve(sealed),
      changes: this.relay,
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

  open(amount = 40_000, more: Partial<Submission> = {}, other: Partial<Terms> = {}): Promise<Submitted> {
    const id = more.hold ?? HOLD;
    const { clock, gateway } = this.#parts;
    const capabilities = gateway.capabilities({ card: null, currency: "USD", profile: "lodging" });
    const terms = { ...bookTerms(id, clock.now(), capabilities), ...other };
    return this.#submit({ do: "open", ...this.#wish(), terms, amount, ceiling: null }, more);
  }

  propose(amount: number, until: Instant): Promise<Submitted> {
    return this.#submit({ do: "propose", ...this.#wish(), amount, currency: "USD", line: null, until });
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
    made += 1;
    return { entry: `step_${made}`, by: DESK, reason: null };
  }
}

/** What the gateway's book says of the first hold is what we say of it. */
export async function expectBooksEqual(process: Process, gateway: BookGateway): Promise<void> {
  const { authorized, captured, held } = sums(await process.hold());
  expect({ authorized, captured, held }).toEqual({ ...gateway.book(), released: undefined });
}

/** The terms of a hold at the book gateway. */
export function bookTerms(id: string, openedAt: Instant, capabilities: Capabilities): Terms {
  return {
    id,
    merchant: "harbor",
    mode: "test",
    account: ACCOUNT,
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
