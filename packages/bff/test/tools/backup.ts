import { copyFileSync, rmSync } from "node:fs";
import { onServer } from "../../src/store/testing/postgres-server.ts";
import type { Plimsoll } from "./plimsoll.ts";

/** What somebody keeps of the holds of a Plimsoll that is stopped. */
export interface Backup {
  /** The holds are again as they were, and nothing is left of what came after. */
  restore(): Promise<void>;
}

/** @param postgres the URL of its PostgreSQL, where it is not a file */
export function backUp({ database }: Plimsoll, postgres?: string): Promise<Backup> {
  return postgres === undefined ? backUpFile(database) : backUpDatabase(new URL(postgres));
}

async function backUpFile(database: string): Promise<Backup> {
  const backup = `${database}.backup`;
  copyFileSync(database, backup);
  return {
    async restore() {
      for (const suffix of ["-wal", "-shm"]) rmSync(`${database}${suffix}`, { force: true });
      copyFileSync(backup, database);
    },
  };
}

async function backUpDatabase(url: URL): Promise<Backup> {
  const name = url.pathname.slice(1);
  const server = Object.assign(new URL(url), { pathname: "/postgres" }).href;
  await onServer(server, `create database ${name}_backup template ${name}`);
  return {
    restore: () => onServer(server, `drop database ${name}`, `alter database ${name}_backup rename to ${name}`),
  };
}
