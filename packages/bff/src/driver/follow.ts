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

/** What follows from fresh events: the hold, what is to be written (nothing where nothing happened), and the job to do then. */
export interface Followed {
  readonly hold: Hold;
  readonly write?: NonNullable<Change<unknown>["write"]>;
  readonly job: Job | undefined;
}

/** The hold after fresh events, with the next step begun in the same commit; without a gateway nothing is begun. */
export function follow(before: Hold | undefined, fresh: Fresh, gateway: Gateway | undefined, ids: Ids): Followed {
  const { now, actor, cause, payer = null } = fresh;
  const advanced = advance(before, fresh.events, now);
  const begun: Begun = gateway
    ? begin(advanced, gateway, ids, now, payer)
    : { hold: advanced.hold, events: [], requests: [], job: undefined };
  const { hold, requests, job } = begun;
  const events = [...advanced.events, ...begun.events];
  if (events.length === 0) return { hold, job };
  return { hold, job, write: { hold, events, requests, at: now, actor, cause, wakeAt: wakeAt(hold) } };
}
