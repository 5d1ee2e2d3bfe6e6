import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTRPCClient, httpLink } from "@trpc/client";
import { sandboxControl, startSandbox, type Sandbox } from "@plimsoll/sandbox";
import { createKeys } from "../../src/access/index.ts";
import { makeIds, openStore, systemClock, type AppRouter } from "../../src/bff.ts";
import { freePort } from "../../src/testing/free-port.ts";
import { Balancer } from "../../src/testing/balancer.ts";
import { Member } from "./member.ts";

export type MerchantClient = ReturnType<typeof merchantAt>;

const MERCHANT = "harbor";
export const ORIGIN = "https://hotel.example";

interface Parts {
  readonly members: readonly Member[];
  /** Where the balancer is reached. */
  readonly url: string;
  readonly key: string;
  /** Our account at the gateway. */
  readonly mid: string;
  readonly sandbox: Sandbox;
  readonly close: () => Promise<void>;
}

/** Several processes of `plimsoll serve` on one PostgreSQL, a balancer in front of them, and a gateway with its books. */
export class Deployment {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  get members(): readonly Member[] {
    return this.#parts.members;
  }

  get url(): string {
    return this.#parts.url;
  }

  /** `listen`: where news of other processes are listened for, where that is not the database itself. */
  static async start(count: number, database: string, listen?: string): Promise<Deployment> {
    const folder = mkdtempSync(join(tmpdir(), "plimsoll-deployment-"));
    const sandbox = await startSandbox();
    const control = sandboxControl(sandbox.control.url);
    await control.setReading("searchLag", "0s");
    const account = { mid: `fleet_${randomUUID().slice(0, 8)}`, keyId: randomUUID(), secret: randomSecret() };
    await control.addMerchant(account);
    const ports = await Promise.all(Array.from({ length: count }, freePort));
    const balancer = await Balancer.start(ports);
    const url = `http://127.0.0.1:${balancer.port}`;
    const environment = {
      PLIMSOLL_SECRET: randomSecret(),
      CYBERSOURCE_SECRET: account.secret,
      DATABASE: database,
      ...(listen === undefined ? {} : { LISTEN: listen }),
    };
    const members = ports.map((port) => {
      const config = join(folder, `${port}.json`);
      writeFileSync(config, JSON.stringify(configOf({ url, port, host: sandbox.cybersource.url, account, listen })));
      return new Member(port, config, environment);
    });
    // One after the other: the first one makes the tables.
    for (const member of members) await member.start();
    return new Deployment({
      members,
      url,
      key: await newKey(database),
      mid: account.mid,
      sandbox,
      async close() {
        await Promise.all(members.map((member) => member.end("SIGKILL")));
        await Promise.all([balancer.close(), sandbox.close()]);
        rmSync(folder, { recursive: true });
      },
    });
  }

  merchant(url = this.url): MerchantClient {
    return merchantAt(url, this.#parts.key);
  }

  /** An open hold of 400.00. */
  async open(): Promise<string> {
    const { token } = await sandboxControl(this.#parts.sandbox.control.url).token("visa");
    const wish = {
      order: randomUUID(),
      amount: 400_00,
      currency: "USD",
      card: { network: "visa" },
      profile: "lodging",
      payment: { token },
    } as const;
    const { hold } = await this.merchant().open.mutate(wish, { context: { "idempotency-key": randomUUID() } });
    if (hold.lifecycle !== "open") throw new Error(`the opening came to ${hold.lifecycle}`);
    return hold.id;
  }

  async payerToken(hold: string): Promise<string> {
    const issued = await this.merchant().tokens.issue.mutate(
      { scope: "payer", holds: [hold], origin: ORIGIN },
      { context: { "idempotency-key": randomUUID() } },
    );
    return issued.token;
  }

  /** The gateway's own payments. */
  async books() {
    return (await sandboxControl(this.#parts.sandbox.control.url).books(this.#parts.mid)).payments;
  }

  close(): Promise<void> {
    return this.#parts.close();
  }
}

function merchantAt(url: string, key: string) {
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/plimsoll/trpc`,
        headers: ({ op }) => ({ authorization: `Bearer ${key}`, ...(op.context as Record<string, string>) }),
      }),
    ],
  }).merchant.v1;
}

interface Place {
  readonly url: string;
  readonly port: number;
  readonly host: string;
  readonly account: { readonly mid: string; readonly keyId: string };
  readonly listen: string | undefined;
}

function configOf({ url, port, host, account, listen }: Place) {
  const times = { lookUpLag: 0, slowestApply: 0, deadline: 5_000 };
  return {
    publicUrl: url,
    listen: { port },
    database: { postgres: { env: "DATABASE" }, ...(listen === undefined ? {} : { listen: { env: "LISTEN" } }) },
    secret: { env: "PLIMSOLL_SECRET" },
    merchants: [{ id: MERCHANT, name: "Harbor Hotel", descriptor: "HARBOR HOTEL", origins: [ORIGIN] }],
    accounts: [
      {
        id: "cards",
        merchant: MERCHANT,
        mode: "test",
        gateway: "cybersource",
        settings: { host, merchantId: account.mid, keyId: account.keyId, scenario: "lodging", ...times },
        secrets: { secret: { env: "CYBERSOURCE_SECRET" } },
      },
    ],
  };
}

async function newKey(database: string): Promise<string> {
  const store = await openStore({ postgres: { url: database } });
  const keys = createKeys({ store, ids: makeIds(Date.now), clock: systemClock });
  const { secret } = await keys.create(MERCHANT, "test", "till");
  await store.close();
  return secret;
}

function randomSecret(): string {
  return randomBytes(32).toString("base64");
}
