import type { Clock } from "./clock.ts";
import { movableClock } from "./clock.ts";
import { createControlDoor } from "./control/door.ts";
import { createFaultEngine } from "./control/fault-engine.ts";
import { createJournal, redactKeys } from "./control/journal.ts";
import { createCybersource, cybersourceSecrets } from "./cybersource/cybersource.ts";
import type { MerchantScript } from "./cybersource/merchants.ts";
import type { ReadingValues } from "./cybersource/readings.ts";
import { listenOnLoopback } from "./loopback.ts";
import type { Random } from "./random.ts";
import { systemRandom } from "./random.ts";

export interface SandboxOptions {
  /** A free port is taken for each that is not named. */
  readonly ports?: { readonly cybersource?: number; readonly control?: number };
  /** Signatures are checked against it; the control door moves the gateways' time on top of it. */
  readonly clock?: Clock;
  readonly random?: Random;
  /** CyberSource merchants besides `plimsoll_test`. */
  readonly merchants?: readonly MerchantScript[];
  /** Readings that are not at their default; a reset comes back to these. */
  readonly readings?: Partial<ReadingValues>;
}

export interface Sandbox {
  /** In place of https://apitest.cybersource.com. */
  readonly cybersource: { readonly url: string };
  readonly control: { readonly url: string };
  close(): Promise<void>;
}

/**
 * Starts the imitated gateways and their control door, on 127.0.0.1 only.
 *
 * Each gateway has a port of its own: CyberSource's signature covers `host` and the request target, so the caller must
 * sign the documented path (`/pts/v2/payments`) and nothing may be put before it.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { ports = {}, merchants = [], readings = {}, random = systemRandom } = options;
  const clock = movableClock(options.clock ?? { now: Date.now });
  const faults = createFaultEngine();
  const journal = createJournal(clock, redactKeys(new Set(cybersourceSecrets)));
  const gateway = await createCybersource({ clock, random, faults, journal, merchants, readings });
  const cybersource = await listenOnLoopback(gateway.wire, ports.cybersource ?? 0);
  const control = await listenOnLoopback(
    createControlDoor({ clock, faults, journal, gateways: [gateway] }),
    ports.control ?? 0,
  );
  return {
    cybersource: { url: cybersource.url },
    control: { url: control.url },
    close: async () => {
      faults.abandon();
      await Promise.all([cybersource.close(), control.close()]);
    },
  };
}
