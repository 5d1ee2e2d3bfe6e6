import type { RequestListener } from "node:http";
import type { Router } from "express";
import type { Fault, Operation } from "./fault.ts";
import type { Heard } from "./line.ts";
import type { Outbox } from "./notices.ts";
import type { BooksReport, CardReport, OutcomeReport, PaymentReport, ReadingReport } from "./reports.ts";
import type { Incoming } from "./wire.ts";

/** What a gateway's folder gives to the sandbox: its wire, and what the control door shows and moves in one form for all. */
export interface ImitatedGateway {
  /** As in `fault.gateway`, and the control door's path: `moneris`. */
  readonly name: string;
  /** For people: "Moneris Unified API". */
  readonly title: string;
  /** The test merchant's, by the wire's names: known to everyone, worth nothing outside this machine. */
  readonly credentials?: Readonly<Record<string, string>>;
  /** The documented wire, served on a port of its own. */
  readonly wire: RequestListener;
  /** Answers one request of that wire without a socket, for whoever is in the same process. */
  answer(request: Incoming): Promise<Heard>;
  /** What only this gateway has at the control door, under `/<name>`; most have nothing. */
  readonly door?: Router;
  /** What callers can ask of it, as far as a fault can match it. */
  readonly operations: readonly Operation[];
  readonly outcomes: readonly OutcomeReport[];
  readonly cards: readonly CardReport[];
  readonly readings: Switches;
  /** What it tells merchants' servers unasked; most gateways tell nothing. */
  readonly notices?: Outbox;
  /** Those that have an account here, the test merchant first. */
  merchants(): readonly string[];
  books(merchant: string): BooksReport | undefined;
  /** @param id the payment's id, or an id or reference of any of its movements */
  payment(merchant: string, id: string): PaymentReport | undefined;
  /** Lets time pass for one payment alone; a negative `ms` is refused by the door. */
  advance(merchant: string, id: string, ms: number): PaymentReport | undefined;
  /** A payment token for one of `cards`, as the gateway's own card field gives it; undefined for a card that is not there. */
  token(card: string): Promise<IssuedToken | undefined>;
  /** Adds an account; throws a ZodError where it is not of this gateway's form. */
  addMerchant(merchant: unknown): void;
  /** Why this gateway cannot do what a fault wants, or null. */
  objection(fault: Fault): string | null;
  /** Books, switches, notices and used tokens as at the start. */
  reset(): void;
}

/** The switches of a gateway. */
export interface Switches {
  report(): ReadingReport[];
  /** Throws a ZodError for a name or value that is not there. */
  set(name: string, value: unknown): void;
}

/** What the gateway's card field hands to the page around it. */
export interface IssuedToken {
  readonly token: string;
  readonly network: string;
  readonly lastFour: string;
  /** ISO 8601. */
  readonly expires: string;
}
