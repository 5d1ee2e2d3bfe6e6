import { movableClock } from "../../../sandbox/src/clock.ts";
import { createChanges } from "../../../sandbox/src/control/changes.ts";
import { createFaultEngine, type FaultEngine } from "../../../sandbox/src/control/fault-engine.ts";
import type { ImitatedGateway } from "../../../sandbox/src/control/imitated-gateway.ts";
import type { Journal } from "../../../sandbox/src/control/journal.ts";
import computop from "../../src/gateways/computop/testing/conformance.ts";
import cybersource from "../../src/gateways/cybersource/testing/conformance.ts";
import moneris from "../../src/gateways/moneris/testing/conformance.ts";
import type { AccountParts } from "../../src/gateways/index.ts";
import type { Gateway } from "../../src/gateways/port.ts";
import { MOST_HOLDS } from "./schedule.ts";
import type { Conforming, Settings } from "../../src/gateways/testing/conformance/conforming.ts";
import notices from "../../src/gateways/testing/notices/conformance.ts";
import totals from "../../src/gateways/testing/totals/conformance.ts";

/** One gateway of the world: its imitation with its books, without a socket. */
export interface Stand {
  readonly conforming: Conforming;
  readonly imitation: ImitatedGateway;
  readonly faults: FaultEngine;
  readonly origin: string;
  /** The so many-th payment token of a world. */
  token(number: number): Promise<string>;
}

/** One of our accounts at one of them. */
export interface WorldAccount {
  readonly id: string;
  readonly stand: Stand;
  readonly settings: Settings;
  /** As an adapter with nobody to talk to tells it. */
  readonly gateway: Gateway;
  /** How long an attempt takes at most, and how long after it the gateway may still apply it. */
  readonly deadline: number;
  readonly slowestApply: number;
  /** Where it says that less than was asked may be approved. */
  readonly partialApproval: { readonly authorize: boolean; readonly increment: boolean };
}

/** What imitations and adapters take from outside: a world of a moment gives it, one after the other. */
export interface Outside {
  readonly now: () => number;
  readonly bytes: (count: number) => Uint8Array;
}

const CONFORMING: readonly Conforming[] = [cybersource, moneris, computop, notices, totals];

/** Made once a thread: what is slow to make is made once, and a reset makes all of it as new. */
export async function standGateways(outside: Outside): Promise<readonly WorldAccount[]> {
  const accounts: WorldAccount[] = [];
  for (const [index, conforming] of CONFORMING.entries()) {
    const faults = createFaultEngine();
    const imitation = await conforming.imitate({
      clock: movableClock({ now: () => outside.now() }),
      random: { bytes: (count) => outside.bytes(count) },
      faults,
      journal: NO_JOURNAL,
      changes: createChanges(),
      merchants: [],
      readings: {},
    });
    const origin = `http://127.0.0.1:${4302 + index}`;
    const stand = { conforming, imitation, faults, origin, token: await tokensOf(conforming, imitation) };
    for (const [name, given] of Object.entries(conforming.accounts(stand.origin))) {
      // Its JWT is made by a thread of its own, at a moment that no seed knows; the older way signs at once.
      const settings = conforming.name === "cybersource" ? { ...given, auth: "http_signature" } : given;
      const id = `${conforming.name}: ${name}`;
      const gateway = conforming.connect(settings, partsFor(id, nowhere(outside)));
      const { recovery, partialApproval } = gateway.capabilities(askerOf(conforming));
      const { authorization: authorize, increment } = partialApproval;
      accounts.push({ id, stand, settings, gateway, ...recovery, partialApproval: { authorize, increment } });
    }
  }
  return accounts;
}

/** Books, switches, faults and what is to be told, as at the start. */
export function resetGateways(accounts: readonly WorldAccount[]): void {
  for (const { imitation, faults } of new Set(accounts.map(({ stand }) => stand))) {
    faults.abandon();
    imitation.reset();
    imitation.notices?.deliver("held");
  }
}

function askerOf({ cards, currencies }: Conforming) {
  return { card: cards.grows.card, currency: currencies[2], profile: "general" } as const;
}

type Connected = Omit<AccountParts, "noticesUrl">;

export function partsFor(account: string, parts: Connected): AccountParts {
  return { ...parts, noticesUrl: `http://127.0.0.1:4300/plimsoll/notices/${encodeURIComponent(account)}` };
}

function nowhere({ now, bytes }: Outside): Connected {
  return {
    send: async () => ({ is: "not_sent", cause: "nowhere" }),
    clock: { now, monotonic: now, after: () => () => {} },
    bytes,
  };
}

/** CyberSource's are signed, which takes its time, and a reset forgets only that they were used: they serve every world. */
async function tokensOf({ name, cards }: Conforming, imitation: ImitatedGateway): Promise<Stand["token"]> {
  const issue = async () => (await imitation.token(cards.grows.name))?.token ?? "";
  if (name !== "cybersource") return issue;
  const signed: string[] = [];
  for (let number = 0; number < MOST_HOLDS; number += 1) signed.push(await issue());
  return async (number) => signed[number] ?? "";
}

/** Nobody reads it here: the books tell. */
const NO_JOURNAL: Journal = { open: () => () => {}, entries: () => [], clear: () => {} };
