import type { Gateway } from "../gateways/port.ts";
import { advance, wakeAt, type Actor, type Event, type Hold, type Instant } from "../hold/index.ts";
import type { Ids } from "../ids.ts";
import type { Change } from "../store/store.ts";
import { begin, type Begun, type Job, type Payer } from "./begin.ts";

/** What a commit begins with: fresh events, when, and who or what made them. */
export interface Fresh {
  readonly events: readonly Event[];
  readonly now: Instant;
  readonly actor: Actor | null;
  readonly cause: string;
  readonly payer?: Payer;
}

/** Events made of the hold as a commit sees it. */
export type Made = (hold: Hold, now: Instant) => readonly Event[];

/** With whose help the next step may be begun in the same commit. */
export interface Hand {
  /** Undefined where nothing may be begun: the process drains, or the account is not configured. */
  readonly gateway: Gateway | undefined;
  /** Its gateway is paused: what is there may be looked at, and nothing is asked. */
  readonly paused: boolean;
  readonly ids: Ids;
}

/** What follows from fresh events: the hold, what is to be written (nothing where nothing happened), and the job to do then. */
export interface Followed {
  readonly hold: Hold;
  readonly write?: NonNullable<Change<unknown>["write"]>;
  readonly job: Job | undefined;
}

/** The hold after fresh events, with the next step begun in the same commit. */
export function follow(before: Hold | undefined, fresh: Fresh, hand: Hand): Followed {
  const { now, actor, cause, payer = null } = fresh;
  const advanced = advance(before, fresh.events, now);
  const { hold, requests, job, events: begun } = begunBy(hand, advanced, now, payer);
  const events = [...advanced.events, ...begun];
  if (events.length === 0) return { hold, job };
  return { hold, job, write: { hold, events, requests, at: now, actor, cause, wakeAt: wakeAt(hold) } };
}

function begunBy(
  { gateway, paused, ids }: Hand,
  advanced: ReturnType<typeof advance>,
  now: Instant,
  payer: Payer | null,
): Begun {
  const asks = advanced.next.do !== "look" && advanced.next.do !== "read";
  if (gateway && !(paused && asks)) return begin(advanced, gateway, ids, now, payer);
  return { hold: advanced.hold, events: [], requests: [], job: undefined };
}
