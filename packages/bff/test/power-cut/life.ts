import { Kysely } from "kysely";
import { createDriver, type Driver } from "../../src/driver/index.ts";
import type { Gateway } from "../../src/gateways/port.ts";
import { makeIds } from "../../src/ids.ts";
import { createHub } from "../../src/live/index.ts";
import { nodeSqliteDialect, sqlite, type Embedded } from "../../src/store/engine-sqlite.ts";
import { migrate } from "../../src/store/migrate.ts";
import type { Tables } from "../../src/store/schema.ts";
import { sqlStore } from "../../src/store/sql-store.ts";
import { settle } from "../../src/store/sqlite-file.ts";
import type { Store } from "../../src/store/store.ts";
import type { ManualClock } from "../../src/testing/manual-clock.ts";
import type { Disk } from "./disk.ts";
import type { Machine } from "./wasm-database.ts";
import type { World } from "./world.ts";

export interface Life {
  readonly driver: Driver;
  readonly store: Store;
  readonly clock: ManualClock;
  readonly world: World;
}

export interface Setting {
  readonly machine: Machine;
  /** Said to SQLite after the shipped settings. */
  readonly besides: readonly string[];
}

/**
 * The BFF from its start until the power goes or its work is done, with the shipped settings, migrations, engine,
 * store and driver. Answers how many acknowledged commits it missed; throws where what it found is not coherent.
 */
export async function live(
  { machine, besides }: Setting,
  disk: Disk,
  world: World,
  work: (life: Life) => Promise<void>,
): Promise<number> {
  const database = machine.open(disk, world.random);
  let missing = 0;
  try {
    settle(database);
    for (const pragma of besides) database.exec(`pragma ${pragma}`);
    const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(database) });
    await migrate(db, sqlite);
    const store = sqlStore(db, sqlite);
    mustBeSound(database);
    missing = await world.promised.missingIn(store);
    await mustHaveWritten(store, world);
    await Promise.race([disk.gone, work(start(world.promised.noting(store), disk, world))]);
  } catch (error) {
    if (disk.on) throw error;
  } finally {
    close(database, disk);
  }
  return missing;
}

function start(store: Store, disk: Disk, world: World): Life {
  const clock = world.newClock();
  const driver = createDriver({
    store,
    clock,
    ids: makeIds(clock.now, (count) => world.random.bytes(count)),
    gateway: (account) => wired(world.gateway(account), disk, world),
    unseal: (sealed) => Promise.resolve(sealed),
    changes: { ...createHub(), missed: () => {} },
    alarm: () => {},
    alert: () => {},
    patience: 8_000,
  });
  return { driver, store, clock, world };
}

/** A machine without power sends nothing. */
function wired(gateway: Gateway, disk: Disk, world: World): Gateway {
  return {
    ...gateway,
    ask(attempt) {
      if (!disk.on) return new Promise(() => {});
      world.asked.add(attempt.order.operation);
      return gateway.ask(attempt);
    },
  };
}

function mustBeSound(database: Embedded): void {
  const verdict = database.prepare("pragma integrity_check").get();
  if (verdict?.["integrity_check"] !== "ok") throw new Error(`SQLite finds: ${JSON.stringify(verdict)}`);
  const orphans = database.prepare("pragma foreign_key_check").all();
  if (orphans.length > 0) throw new Error(`rows without the row they belong to: ${JSON.stringify(orphans)}`);
}

async function mustHaveWritten(store: Store, world: World): Promise<void> {
  for (const operation of world.asked)
    if (!(await store.request(operation))) throw new Error(`operation ${operation} was asked and is not written`);
}

/** Without power nothing that is left to do on the way out reaches the disk. */
function close(database: Embedded, disk: Disk): void {
  try {
    database.close();
  } catch (error) {
    if (disk.on) throw error;
  }
}
