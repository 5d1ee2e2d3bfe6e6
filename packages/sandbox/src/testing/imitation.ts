import type { Clock } from "../clock.ts";
import { movableClock } from "../clock.ts";
import { createChanges } from "../control/changes.ts";
import { createFaultEngine } from "../control/fault-engine.ts";
import type { FaultEngine } from "../control/fault-engine.ts";
import { faultSchema } from "../control/fault.ts";
import type { FaultReport, FaultScript } from "../control/fault.ts";
import type { CreateGateway } from "../control/gateway-parts.ts";
import type { ImitatedGateway } from "../control/imitated-gateway.ts";
import { createJournal } from "../control/journal.ts";
import type { JournalEntry } from "../control/journal.ts";
import { listenOnLoopback } from "../loopback.ts";
import { systemRandom } from "../random.ts";

/** A fault for the one gateway that there is. */
export type Scripted = FaultScript extends infer Each ? (Each extends unknown ? Omit<Each, "gateway"> : never) : never;

/** One imitated gateway alone, on a port of its own, with its books and faults at hand in the same process. */
export interface Imitation {
  /** The base URL of its wire. */
  readonly url: string;
  readonly gateway: ImitatedGateway;
  /** Throws where the gateway can't do what the fault wants. */
  script(fault: Scripted): FaultReport;
  readonly faults: Pick<FaultEngine, "reached" | "release" | "reports" | "withdraw">;
  journal(): readonly JournalEntry[];
  /** Books, switches, tokens and faults as at the start. */
  reset(): void;
  close(): Promise<void>;
}

export async function startImitation(create: CreateGateway, { clock }: { readonly clock: Clock }): Promise<Imitation> {
  const faults = createFaultEngine();
  const changes = createChanges();
  const movable = movableClock(clock);
  const journal = createJournal(movable, changes);
  const parts = { clock: movable, random: systemRandom, faults, journal, changes, merchants: [], readings: {} };
  const gateway = await create(parts);
  const listening = await listenOnLoopback(gateway.wire, 0);
  return {
    url: listening.url,
    gateway,
    script(script) {
      const fault = faultSchema.parse({ ...script, gateway: gateway.name });
      const objection = gateway.objection(fault);
      if (objection !== null) throw new Error(objection);
      return faults.script(fault);
    },
    faults,
    journal: () => journal.entries(0),
    reset() {
      faults.abandon();
      journal.clear();
      gateway.reset();
    },
    close() {
      faults.abandon();
      return listening.close();
    },
  };
}
