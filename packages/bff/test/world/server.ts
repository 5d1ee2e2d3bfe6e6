import { createDriver, type Driver } from "../../src/driver/index.ts";
import type { Gateway } from "../../src/gateways/port.ts";
import { makeIds } from "../../src/ids.ts";
import { createHub, createRelay, type Hub } from "../../src/live/index.ts";
import type { Store } from "../../src/store/store.ts";
import type { Chance } from "./chance.ts";
import type { Disk } from "./disk.ts";
import { storeFor, type Witness } from "./virtual-store.ts";
import { partsFor, type WorldAccount } from "./gateways.ts";
import { sendFrom, type Net } from "./network.ts";
import type { Process } from "./process.ts";

/** One process of the BFF, with the shipped parts in it: driver, adapters, hub. */
export interface Server {
  readonly process: Process;
  readonly driver: Driver;
  readonly store: Store;
  readonly hub: Hub;
  gateway(account: string): Gateway | undefined;
}

interface Parts {
  readonly process: Process;
  readonly disk: Disk;
  readonly exclusive: boolean;
  readonly chance: Chance;
  readonly net: Net;
  readonly accounts: readonly WorldAccount[];
  readonly witness: Witness;
  readonly fails: Parameters<typeof storeFor>[0]["fails"];
  readonly alarm: (what: string, error: unknown) => void;
}

/** A caller is told after this how things stand. */
const PATIENCE = 8_000;

export function startServer(parts: Parts): Server {
  const { process, chance, net, accounts, alarm } = parts;
  const { clock } = process;
  const store = storeFor(parts);
  const hub = createHub();
  const relay = createRelay({ store, hub, clock, alarm });
  const send = sendFrom(process, net);
  const connected = new Map(
    accounts.map(({ id, stand, settings }) => [
      id,
      stand.conforming.connect(settings, partsFor(id, { send, clock, bytes: chance.bytes })),
    ]),
  );
  const gateway = (account: string) => connected.get(account);
  const driver = createDriver({
    store,
    clock,
    ids: makeIds(clock.now, chance.bytes),
    gateway,
    unseal: (sealed) => Promise.resolve(sealed),
    changes: relay,
    alarm,
    alert: () => {},
    patience: PATIENCE,
  });
  void driver.start().then(() => relay.start());
  return { process, driver, store, hub, gateway };
}
