import type { Fault, FaultReport, Operation } from "./fault.ts";

/** What a request is, as far as a fault can match it. */
export interface FaultTarget {
  readonly gateway: string;
  readonly operation: Operation;
  readonly references: readonly string[];
}

/** A fault that a request has met. */
export interface MetFault {
  readonly id: string;
  readonly fault: Fault;
  /** Resolves when the control door releases it; rejects when the sandbox closes or is reset. */
  readonly released: Promise<void>;
  /** Tells the engine what is being carried out, so that a release can wait for it. */
  track(work: Promise<unknown>): void;
}

export interface FaultEngine {
  script(fault: Fault): FaultReport;
  take(target: FaultTarget): MetFault | undefined;
  reports(): FaultReport[];
  find(id: string): FaultReport | undefined;
  reached(id: string): Promise<FaultReport | undefined>;
  release(id: string): Promise<FaultReport | undefined>;
  withdraw(id: string): boolean;
  /** Lets go of everything: what is held is never applied. */
  abandon(): void;
}

interface Scripted {
  readonly id: string;
  readonly fault: Fault;
  left: number;
  toSkip: number;
  gate: PromiseWithResolvers<void>;
  readonly met: PromiseWithResolvers<void>;
  readonly underWay: Set<Promise<unknown>>;
}

/** Holds what is scripted, in order; a request takes the first fault that matches it. */
export function createFaultEngine(): FaultEngine {
  let scripted: Scripted[] = [];
  let count = 0;
  const find = (id: string) => scripted.find((candidate) => candidate.id === id);
  return {
    script: (fault) => {
      count += 1;
      const entry = scriptedFault(`fault-${count}`, fault);
      scripted.push(entry);
      return report(entry);
    },
    take: (target) => {
      const entry = scripted.find((candidate) => matches(candidate, target) && passesSkip(candidate));
      return entry === undefined ? undefined : meet(entry);
    },
    reports: () => scripted.map(report),
    find: (id) => mapped(find(id)),
    reached: async (id) => {
      const entry = find(id);
      await entry?.met.promise;
      return mapped(entry);
    },
    release: async (id) => {
      const entry = find(id);
      if (entry !== undefined) await open(entry);
      return mapped(entry);
    },
    withdraw: (id) => {
      const entry = find(id);
      if (entry !== undefined) entry.left = 0;
      return entry !== undefined;
    },
    abandon: () => {
      for (const entry of scripted) {
        entry.gate.reject(new Error("the sandbox let go of this fault"));
        entry.met.resolve();
      }
      scripted = [];
    },
  };
}

function scriptedFault(id: string, fault: Fault): Scripted {
  return {
    id,
    fault,
    left: fault.times === "always" ? Number.POSITIVE_INFINITY : fault.times,
    toSkip: fault.skip,
    gate: quietGate(),
    met: Promise.withResolvers<void>(),
    underWay: new Set(),
  };
}

/** A gate whose rejection nobody may be waiting for. */
function quietGate(): PromiseWithResolvers<void> {
  const gate = Promise.withResolvers<void>();
  gate.promise.catch(() => undefined);
  return gate;
}

function matches({ fault, left }: Scripted, target: FaultTarget): boolean {
  const { operation, reference } = fault.match;
  return (
    left > 0 &&
    fault.gateway === target.gateway &&
    (operation === "any" || operation === target.operation) &&
    (reference === undefined || target.references.includes(reference))
  );
}

function passesSkip(entry: Scripted): boolean {
  if (entry.toSkip === 0) return true;
  entry.toSkip -= 1;
  return false;
}

function meet(entry: Scripted): MetFault {
  entry.left -= 1;
  return {
    id: entry.id,
    fault: entry.fault,
    released: entry.gate.promise,
    track: (work) => {
      const settled = work.catch(() => undefined).finally(() => entry.underWay.delete(settled));
      entry.underWay.add(settled);
      entry.met.resolve();
    },
  };
}

async function open(entry: Scripted): Promise<void> {
  entry.gate.resolve();
  const held = [...entry.underWay];
  await Promise.all(held);
  // A release before any request opens the gate for the first one; afterwards the next request is held again.
  if (held.length > 0) entry.gate = quietGate();
}

function mapped(entry: Scripted | undefined): FaultReport | undefined {
  return entry === undefined ? undefined : report(entry);
}

function report({ id, fault, left, underWay }: Scripted): FaultReport {
  return { ...fault, id, state: underWay.size > 0 ? "holding" : left > 0 ? "pending" : "done" };
}
