import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../src/store/index.ts";
import { freshDatabase } from "../src/store/testing/fresh-database.ts";
import { onServer } from "../src/store/testing/postgres-server.ts";
import { endOf, isReady, runPlimsoll, startPlimsoll, type Ran } from "./command-line.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-cli-postgres-"));
const config = join(folder, "plimsoll.json");
/** Of this test alone: roles are the whole server's. */
const clerk = `clerk_${randomBytes(4).toString("hex")}`;
let owner: string;
let serving: string;

beforeAll(async () => {
  owner = await freshDatabase();
  await onServer(owner, `create role ${clerk} login`, `grant pg_read_all_data, pg_write_all_data to ${clerk}`);
  serving = Object.assign(new URL(owner), { username: clerk, password: "hunter2" }).href;
  writeFileSync(config, JSON.stringify(settings({ postgres: { env: "DATABASE" }, connections: 3 })));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await onServer(owner, `drop owned by ${clerk}`, `drop role ${clerk}`);
});

it("a role that may not change the schema is told what to run, by a role that may", async () => {
  const refused = await plimsoll(["serve", "--config", config], serving);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/^The database's schema is behind .* run plimsoll migrate with a role that may\.\n$/);
  const migrated = await plimsoll(["migrate", "--config", config], owner);
  expect(migrated).toEqual({ code: 0, stdout: "The database's schema is that of this version.\n", stderr: "" });
});

it("then it serves, and keys are made beside it, by a process of their own", async () => {
  const server = startPlimsoll(["serve", "--config", config], environment(serving));
  await isReady(server);
  const words = ["--merchant", "harbor", "--mode", "test", "--name", "desk"];
  const made = await plimsoll(["key", "create", "--config", config, ...words], serving);
  const ended = endOf(server);
  server.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\S{20,}\n$/) });
  const store = await openStore({ postgres: { url: owner } });
  expect(await store.keys.list()).toMatchObject([{ merchant: "harbor", mode: "test", name: "desk" }]);
  await store.close();
  expect(readdirSync(folder)).toEqual(["plimsoll.json"]);
});

it("what can't be reached is said in a sentence, without a word of its address", async () => {
  const nowhere = "postgres://ann:hunter2@127.0.0.1:1/holds";
  const { code, stdout, stderr } = await plimsoll(["serve", "--config", config], nowhere);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^The database can't be reached \(ECONNREFUSED\): .*\n$/)]);
  expect(stdout + stderr).not.toMatch(/hunter2|127\.0\.0\.1/);
});

describe("what is refused when the database is open already ends all the same, with its sentence", () => {
  it("a port that is taken: by the server of the database itself", async () => {
    const taken = join(folder, "taken.json");
    const listen = { port: Number(new URL(owner).port) };
    writeFileSync(taken, JSON.stringify({ ...settings({ postgres: { env: "DATABASE" } }), listen }));
    const { code, stderr } = await plimsoll(["serve", "--config", taken], owner);
    rmSync(taken);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^\S+ can't be listened on: .*\n$/)]);
  });

  it.each([
    ["pauses", 1],
    ["reconcile", 2],
  ])("a secret of the wrong length, of %s", async (command, ends) => {
    const short = { ...environment(owner), PLIMSOLL_SECRET: "c2hvcnQ=" };
    const { code, stderr } = await runPlimsoll([command, "--config", config], short);
    expect([code, stderr]).toEqual([ends, "the secret must be 32 random bytes in base64\n"]);
  });
});

it.each([
  ["as the database", "postgres://ann:hunter2@db.example/holds"],
  ["in place of a reference", { postgres: "postgres://ann:hunter2@db.example/holds" }],
])("a URL in the configuration itself, %s, is refused and not repeated", async (_, database) => {
  const open = join(folder, "open.json");
  writeFileSync(open, JSON.stringify(settings(database)));
  const { code, stdout, stderr } = await plimsoll(["serve", "--config", open], owner);
  rmSync(open);
  expect(code).toBe(1);
  expect(stderr).toContain(`the path of a file, or { "postgres": { "env": "NAME" } } that says where the URL is`);
  expect(stdout + stderr).not.toContain("hunter2");
});

function settings(database: unknown): object {
  return {
    publicUrl: "http://127.0.0.1",
    listen: { port: 0 },
    database,
    secret: { env: "PLIMSOLL_SECRET" },
    merchants: [{ id: "harbor", name: "Harbor Hotel", descriptor: "HARBOR HOTEL" }],
    accounts: [
      {
        id: "cards",
        merchant: "harbor",
        mode: "test",
        gateway: "cybersource",
        settings: { merchantId: "m", keyId: "k", scenario: "lodging" },
        secrets: { secret: { env: "CYBERSOURCE_SECRET" } },
      },
    ],
  };
}

function environment(database: string) {
  return { PLIMSOLL_SECRET: SECRET, CYBERSOURCE_SECRET: SECRET, DATABASE: database };
}

function plimsoll(args: readonly string[], database: string): Promise<Ran> {
  return runPlimsoll(args, environment(database));
}

const SECRET = randomBytes(32).toString("base64");
