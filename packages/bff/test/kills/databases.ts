import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../../src/store/testing/postgres-server.ts";
import type { Database } from "./contract.ts";

/** Where databases of one kind come from, each of them new. */
export interface Databases {
  readonly name: "sqlite" | "postgres";
  fresh(): Promise<Database>;
  close(): Promise<void>;
}

export function sqliteDatabases(): Databases {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-kills-"));
  let made = 0;
  return {
    name: "sqlite",
    fresh: async () => ({ file: join(folder, `${++made}.db`) }),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** On a server of its own. */
export async function postgresDatabases(): Promise<Databases> {
  const server = await startPostgres();
  return { ...onServer(() => server.newDatabase()), close: () => server.stop() };
}

/** On a server that somebody else starts and ends. */
export function onServer(newDatabase: () => Promise<string>): Databases {
  return {
    name: "postgres",
    fresh: async () => ({ postgres: { url: await newDatabase() } }),
    close: () => Promise.resolve(),
  };
}
