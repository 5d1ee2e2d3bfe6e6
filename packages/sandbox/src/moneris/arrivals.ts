import type { FaultEngine } from "../control/fault-engine.ts";
import type { WireRequest } from "../control/wire.ts";

/** One request from the moment that its caller was known. */
export interface Arrival {
  readonly n: number;
}

/** Which requests came, and which of them a fault still holds: `keyWhileRunning` asks for it. */
export interface Arrivals {
  arrive(request: WireRequest): Arrival;
  /** The name under which the fault engine passes an arrival on; empty for a caller that was turned away. */
  nameOf(request: WireRequest): string;
  /** The same fault engine; what it holds is known here. */
  watching(faults: FaultEngine): FaultEngine;
  /** Settles when no request that came before this one and carries `key` is held any more; undefined where none is. */
  before(arrival: Arrival, key: string): Promise<unknown> | undefined;
}

interface Held {
  readonly n: number;
  readonly references: readonly string[];
  readonly work: Promise<unknown>;
}

export function createArrivals(): Arrivals {
  const arrivals = new WeakMap<WireRequest, Arrival>();
  const held = new Set<Held>();
  let count = 0;
  const hold = (references: readonly string[], work: Promise<unknown>) => {
    const n = references.map(numberOf).find((found) => found !== undefined);
    if (n === undefined) return;
    const entry = { n, references, work: work.catch(() => undefined).finally(() => held.delete(entry)) };
    held.add(entry);
  };
  return {
    arrive: (request) => {
      count += 1;
      const arrival = { n: count };
      arrivals.set(request, arrival);
      return arrival;
    },
    nameOf: (request) => nameOf(arrivals.get(request)),
    watching: (faults) => ({
      ...faults,
      take: (target) => {
        const met = faults.take(target);
        if (met === undefined) return undefined;
        return {
          ...met,
          track: (work) => {
            hold(target.references, work);
            met.track(work);
          },
        };
      },
    }),
    before: ({ n }, key) => {
      const earlier = [...held].filter((entry) => entry.n < n && entry.references.includes(key));
      return earlier.length === 0 ? undefined : Promise.all(earlier.map(({ work }) => work));
    },
  };
}

const PREFIX = "moneris-arrival-";

function nameOf(arrival: Arrival | undefined): string {
  return arrival === undefined ? "" : `${PREFIX}${arrival.n}`;
}

function numberOf(reference: string): number | undefined {
  return reference.startsWith(PREFIX) ? Number(reference.slice(PREFIX.length)) : undefined;
}
