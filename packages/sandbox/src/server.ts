import type { Clock } from "./clock.ts";
import { movableClock } from "./clock.ts";
import { createChanges } from "./control/changes.ts";
import { createControlDoor } from "./control/door.ts";
import { createFaultEngine } from "./control/fault-engine.ts";
import type { CreateGateway } from "./control/gateway-parts.ts";
import { createJournal } from "./control/journal.ts";
import type { GatewayName } from "./gateways.ts";
import { eachGateway } from "./gateways.ts";
import { listenOnLoopback } from "./loopback.ts";
import type { Listening } from "./loopback.ts";
import type { Random } from "./random.ts";
import { systemRandom } from "./random.ts";

export interface SandboxOptions {
  /** A free port is taken for each that is not named. */
  readonly ports?: Readonly<Partial<Record<string, number>> & Partial<Record<GatewayName | "control", number>>>;
  /** Signatures are checked against it; the control door moves the gateways' time on top of it. */
  readonly clock?: Clock;
  readonly random?: Random;
  /** By gateway: accounts besides the test merchant's, in the gateway's own form. */
  readonly merchants?: Readonly<Partial<Record<string, readonly unknown[]>>>;
  /** By gateway: readings that are not at their default; a reset comes back to these. */
  readonly readings?: Readonly<Partial<Record<string, Readonly<Record<string, string>>>>>;
  /** Gateways of a test's own, each on a free port. */
  readonly extra?: readonly CreateGateway[];
}

/** Where something listens, on 127.0.0.1. */
export interface Address {
  readonly url: string;
}

/** The gateways by name (`sandbox.cybersource.url` in place of https://apitest.cybersource.com), extra ones in `gateways`. */
export type Sandbox = Readonly<Record<GatewayName | "control", Address>> & {
  readonly gateways: Readonly<Record<GatewayName, Address> & Partial<Record<string, Address>>>;
  close(): Promise<void>;
};

/**
 * Starts the imitated gateways and their control door, on 127.0.0.1 only.
 *
 * Each gateway has a port of its own: CyberSource's signature covers `host` and the request target, so the caller must
 * sign the documented path (`/pts/v2/payments`) and nothing may be put before it.
 * @throws where a port is taken, or an account or reading is not of its gateway's form; then nothing listens
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { random = systemRandom } = options;
  const clock = movableClock(options.clock ?? { now: Date.now });
  const changes = createChanges();
  const faults = createFaultEngine();
  const journal = createJournal(clock, changes);
  const parts = { clock, random, faults, journal, changes };
  const listening: Listening[] = [];
  const listen = async (...given: Parameters<typeof listenOnLoopback>): Promise<Address> => {
    const one = await listenOnLoopback(...given);
    listening.push(one);
    return { url: one.url };
  };
  const close = async () => {
    faults.abandon();
    await Promise.all(listening.map((one) => one.close()));
  };
  const serve = async (create: CreateGateway, name: string) => {
    const { merchants = {}, readings = {}, ports = {} } = options;
    const given = { merchants: merchants[name] ?? [], readings: readings[name] ?? {} };
    const gateway = await create({ ...parts, ...given });
    return { gateway, ...(await listen(gateway.wire, ports[name] ?? 0)) };
  };
  try {
    const own = await eachGateway(serve);
    const extra: Awaited<ReturnType<typeof serve>>[] = [];
    for (const create of options.extra ?? []) extra.push(await serve(create, "extra"));
    const door = createControlDoor({ ...parts, gateways: [...Object.values(own), ...extra] });
    const control = await listen(door, options.ports?.control ?? 0);
    const extraByName = Object.fromEntries(extra.map(({ gateway, url }) => [gateway.name, { url }]));
    return { ...own, control, gateways: { ...extraByName, ...own }, close };
  } catch (error) {
    await close();
    throw error;
  }
}
