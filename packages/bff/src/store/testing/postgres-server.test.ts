import { Client } from "pg";
import { describe, expect, test } from "vitest";
import { freshDatabase } from "./fresh-database.ts";
import { onServer, ownPostgres } from "./postgres-server.ts";

describe("a PostgreSQL for tests", () => {
  test("gives each place a database of its own", async () => {
    const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
    await onServer(one, "create table things (id int)");
    await onServer(other, "create table things (id int)");
    expect(one).not.toBe(other);
  });

  test("keeps what it was told over a restart, syncs its commits, and is gone when it has stopped", async () => {
    const postgres = await ownPostgres();
    const database = await postgres.newDatabase();
    await onServer(database, "create table things (id int)");
    await postgres.restart();
    await onServer(database, "insert into things values (1)");
    expect(await settingOf(database, "fsync")).toBe("on");
    await postgres.stop();
    await expect(onServer(database, "select 1")).rejects.toThrow("ECONNREFUSED");
  });
});

async function settingOf(url: string, name: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ readonly setting: string }>("select current_setting($1) as setting", [name]);
  await client.end();
  return rows[0]?.setting;
}
