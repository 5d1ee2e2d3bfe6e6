import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTRPCClient, httpLink } from "@trpc/client";
import type { AppRouter } from "../../src/bff.ts";
import type { AccountConfig } from "../../src/config.ts";
import { freePort } from "../../src/testing/free-port.ts";
import { runPlimsoll, type Ran } from "../command-line.ts";
import { Member } from "../deployment/member.ts";

/** Where its merchant's pages are. */
export const ORIGIN = "https://harbor.example";

export type Merchant = ReturnType<typeof client>["merchant"]["v1"];

/** One Plimsoll as somebody runs it: a configuration, the command line, and a merchant's server that talks to it. */
export interface Plimsoll {
  readonly database: string;
  readonly url: string;
  start(): Promise<void>;
  /** As a service manager does it; resolves once the process has ended. */
  stop(): Promise<void>;
  /** Another command on the same configuration. */
  run(...args: readonly string[]): Promise<Ran>;
  /** A key of its own, while it runs. */
  key(): Promise<string>;
  /** With that key, or one of its own. */
  merchant(key?: string): Promise<Merchant>;
  remove(): Promise<void>;
}

/**
 * @param secrets the environment in which the account's secrets stand
 * @param postgres the URL of a PostgreSQL in place of a file
 */
export async function makePlimsoll(
  account: AccountConfig,
  secrets: Record<string, string>,
  postgres?: string,
): Promise<Plimsoll> {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-tools-"));
  const config = join(folder, "plimsoll.json");
  const database = join(folder, "plimsoll.db");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(
    config,
    JSON.stringify({
      publicUrl: url,
      listen: { port },
      database: postgres === undefined ? database : { postgres: { env: "PLIMSOLL_POSTGRES" } },
      secret: { env: "PLIMSOLL_SECRET" },
      merchants: [{ id: account.merchant, name: "Harbor Hotel", descriptor: "HARBOR HOTEL", origins: [ORIGIN] }],
      accounts: [account],
    }),
  );
  const secret = randomBytes(32).toString("base64");
  const environment = {
    ...secrets,
    PLIMSOLL_SECRET: secret,
    ...(postgres === undefined ? {} : { PLIMSOLL_POSTGRES: postgres }),
  };
  const serving = new Member(port, config, environment);
  const run = (...args: readonly string[]) => runPlimsoll([...args, "--config", config], environment);
  const stop = () => serving.end("SIGTERM");
  const key = async () => {
    const named = ["--merchant", account.merchant, "--mode", account.mode, "--name", "tools"];
    const { stdout, stderr } = await run("key", "create", ...named);
    if (stdout === "") throw new Error(stderr);
    return stdout.trim();
  };

  return {
    database,
    url,
    run,
    start: () => serving.start(),
    stop,
    key,
    merchant: async (given) => client(url, given ?? (await key())).merchant.v1,
    async remove() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function client(url: string, key: string) {
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/plimsoll/trpc`,
        headers: ({ op }) => ({
          authorization: `Bearer ${key}`,
          ...(op.type === "mutation" ? { "idempotency-key": randomUUID() } : {}),
        }),
      }),
    ],
  });
}
