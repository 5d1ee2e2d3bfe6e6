import type { Mode } from "@plimsoll/shared";
import type { Hold, HoldId } from "../hold/index.ts";

/** Tells the viewers in this process of every change of a hold. */
export interface Hub {
  tell(hold: Hold): void;
  /** Hears of one hold; the answer stops it. */
  ofHold(id: HoldId, hear: (hold: Hold) => void): () => void;
  /** Hears of every hold of a merchant; the answer stops it. */
  ofDesk(merchant: string, mode: Mode, hear: (hold: Hold) => void): () => void;
  /** Whether anybody here would hear of it. */
  hears(hold: HoldId, desk: Desk): boolean;
  /** What somebody here hears of. */
  heard(): { readonly holds: readonly HoldId[]; readonly desks: readonly Desk[] };
}

/** All of a merchant's holds of one mode. */
export interface Desk {
  readonly merchant: string;
  readonly mode: Mode;
}

export function createHub(): Hub {
  const holds = new Map<HoldId, Set<(hold: Hold) => void>>();
  const desks = new Map<string, Set<(hold: Hold) => void>>();
  const named = new Map<string, Desk>();
  return {
    tell(hold) {
      const listeners = [...(holds.get(hold.terms.id) ?? []), ...(desks.get(deskName(hold.terms)) ?? [])];
      tellEach(listeners, hold);
    },
    ofHold: (id, hear) => listen(holds, id, hear),
    ofDesk(merchant, mode, hear) {
      const name = deskName({ merchant, mode });
      named.set(name, { merchant, mode });
      return listen(desks, name, hear);
    },
    hears: (hold, desk) => holds.has(hold) || desks.has(deskName(desk)),
    heard: () => ({ holds: [...holds.keys()], desks: [...desks.keys()].flatMap((name) => named.get(name) ?? []) }),
  };
}

/** One that fails keeps no other from hearing. Throws what went wrong once all have heard. */
function tellEach(listeners: readonly ((hold: Hold) => void)[], hold: Hold): void {
  const faults: unknown[] = [];
  for (const hear of listeners) {
    try {
      hear(hold);
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, "a listener failed");
}

type Listeners = Map<string, Set<(hold: Hold) => void>>;

function listen(listeners: Listeners, topic: string, hear: (hold: Hold) => void): () => void {
  const those = listeners.get(topic) ?? new Set();
  listeners.set(topic, those.add(hear));
  return () => {
    those.delete(hear);
    if (those.size === 0 && listeners.get(topic) === those) listeners.delete(topic);
  };
}

/** One name for each desk. */
export function deskName({ merchant, mode }: Desk): string {
  return `${mode} ${merchant}`;
}
