import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runPlimsoll } from "./command-line.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-cli-"));
const taken: Server = createServer();
let port: number;
const SECRET = randomBytes(32).toString("base64");
const ENVIRONMENT = { PLIMSOLL_SECRET: SECRET, CYBERSOURCE_SECRET: SECRET };

beforeAll(async () => {
  await once(taken.listen(0, "127.0.0.1"), "listening");
  const address = taken.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  ({ port } = address);
});

afterAll(() => {
  taken.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("the command line says what is wrong, in a sentence, and ends with 1", () => {
  it.each([
    ["a port that is taken", () => ["serve", "--config", config({})], /can't be listened on/],
    ["a configuration that isn't there", () => ["serve", "--config", "nowhere.json"], /nowhere\.json can't be read/],
    ["a gateway that there isn't", () => ["serve", "--config", config({ gateway: "acme" })], /no gateway called acme/],
    ["a setting that isn't right", () => ["serve", "--config", config({ settings: { scenario: "x" } })], /scenario/],
    [
      "a secret that isn't set",
      () => ["serve", "--config", config({ secrets: { secret: { env: "NOT_SET" } } })],
      /NOT_SET is not set/,
    ],
    ["a mode that there isn't", () => [...createKey(), "--mode", "prod"], /--mode is test or live/],
    ["no BFF to make a key", () => [...createKey(), "--mode", "test"], /no BFF runs on/],
    ["a port that is none", () => ["sandbox", "--port", "abc"], /abc is not a port/],
    ["what can't be done with a key", () => ["key", "burn"], /plimsoll --help/],
    ["a command that there isn't", () => ["sell"], /plimsoll serve --config FILE/],
  ])("%s", async (_, args, said) => {
    const { code, stderr } = await runPlimsoll(args(), ENVIRONMENT);
    expect(stderr).toMatch(said);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(1);
  });
});

function createKey(): string[] {
  return ["key", "create", "--config", config({}), "--merchant", "harbor", "--name", "x"];
}

let configs = 0;
function config(account: object): string {
  const name = join(folder, `${++configs}`);
  const settings = { merchantId: "m", keyId: "k", scenario: "lodging" };
  const secrets = { secret: { env: "CYBERSOURCE_SECRET" } };
  writeFileSync(
    `${name}.json`,
    JSON.stringify({
      publicUrl: `http://127.0.0.1:${port}`,
      listen: { port },
      database: `${name}.db`,
      secret: { env: "PLIMSOLL_SECRET" },
      merchants: [{ id: "harbor", name: "Harbor Hotel", descriptor: "HARBOR HOTEL" }],
      accounts: [
        { id: "cards", merchant: "harbor", mode: "test", gateway: "cybersource", settings, secrets, ...account },
      ],
    }),
  );
  return `${name}.json`;
}
