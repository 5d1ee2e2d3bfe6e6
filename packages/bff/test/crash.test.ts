import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTRPCClient, httpLink } from "@trpc/client";
import { sandboxControl, startSandbox, type Sandbox } from "@plimsoll/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requestKey } from "../src/admin.ts";
import type { AppRouter } from "../src/bff.ts";

/**
 * The process is really killed between two of its steps and started again on the same database. The judge is always
 * the gateway's own books.
 */
const SECRET = randomBytes(32).toString("base64");
const folder = mkdtempSync(join(tmpdir(), "plimsoll-crash-"));
const children = new Set<ChildProcess>();
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
  await sandboxControl(sandbox.control.url).setReading("searchLag", "0s");
});

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

const points = [
  { on: "increment", at: "after the gateway", books: { authorized: 45_000, captured: 0, held: 45_000 } },
  { on: "increment", at: "before the gateway", books: { authorized: 40_000, captured: 0, held: 40_000 } },
  { on: "capture", at: "after the gateway", books: { authorized: 40_000, captured: 40_000, held: 0 } },
  { on: "reverse", at: "after the gateway", books: { authorized: 40_000, captured: 0, held: 0 } },
  { on: "authorize", at: "after the gateway", books: { authorized: 40_000, captured: 0, held: 40_000 } },
] as const;

describe.concurrent("killed and started again", () => {
  it.each(points)("$at at $on ends at the gateway's books", { timeout: 60_000 }, async ({ on, at, books }) => {
    const bff = await makeBff();
    const crashes = await bff.start({ CRASH_AT: at, CRASH_ON: on });
    const merchant = await bff.merchant();
    const hold = await openHold(merchant).catch(unanswered);
    if (hold) await ask(merchant, hold, on).catch(unanswered);
    expect(await crashes.ended).toEqual([null, "SIGKILL"]);

    await bff.start({});
    await expect.poll(() => stateOf(merchant), { timeout: 30_000, interval: 200 }).toEqual({ doubt: null, ...books });
    expect(await bff.books()).toEqual(books);
  });
});

type Merchant = ReturnType<typeof connect>["merchant"]["v1"];
type On = (typeof points)[number]["on"];

async function openHold(merchant: Merchant): Promise<string> {
  const token = await sandboxControl(sandbox.control.url).token("visa");
  const { hold } = await merchant.open.mutate(
    {
      order: "stay-412",
      amount: 40_000,
      currency: "USD",
      card: { network: "visa" },
      profile: "lodging",
      payment: { token: token.token },
    },
    keyed(),
  );
  return hold.id;
}

async function ask(merchant: Merchant, hold: string, on: On): Promise<void> {
  if (on === "increment") await merchant.increment.mutate({ hold, amount: 5_000, currency: "USD" }, keyed());
  if (on === "capture") await merchant.capture.mutate({ hold, amount: 40_000, currency: "USD" }, keyed());
  if (on === "reverse") await merchant.reverse.mutate({ hold }, keyed());
}

/** What the merchant is shown of the one hold there is, ended or not. */
async function stateOf(merchant: Merchant) {
  const hold = known.get(merchant) ?? (await merchant.holds.query()).holds[0]?.id;
  if (hold === undefined) return undefined;
  known.set(merchant, hold);
  const { doubt, amounts } = (await merchant.hold.query({ hold })).hold;
  return { doubt, authorized: amounts.authorized, captured: amounts.captured, held: amounts.held };
}
const known = new WeakMap<Merchant, string>();

/** The process died before it could answer: that is the point. */
function unanswered(): undefined {
  return undefined;
}

async function makeBff() {
  const mid = `crash_${randomUUID().slice(0, 8)}`;
  const keyId = randomUUID();
  const secret = randomBytes(32).toString("base64");
  const control = sandboxControl(sandbox.control.url);
  await control.addMerchant({ mid, keyId, secret });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const database = join(folder, `${mid}.db`);
  const file = join(folder, `${mid}.json`);
  const settings = {
    host: sandbox.cybersource.url,
    merchantId: mid,
    keyId,
    scenario: "lodging",
    lookUpLag: 0,
    slowestApply: 0,
    deadline: 2_000,
  };
  writeFileSync(
    file,
    JSON.stringify({
      publicUrl: url,
      listen: { port },
      database,
      secret: { env: "PLIMSOLL_SECRET" },
      merchants: [{ id: "harbor", name: "Harbor Hotel", descriptor: "HARBOR HOTEL" }],
      accounts: [
        {
          id: "cards",
          merchant: "harbor",
          mode: "test",
          gateway: "cybersource",
          settings,
          secrets: { secret: { env: "CYBERSOURCE_SECRET" } },
        },
      ],
    }),
  );
  return {
    async start(crash: Record<string, string>) {
      const child = spawn(
        process.execPath,
        ["--conditions=@plimsoll/source", join(import.meta.dirname, "crashing-bff.ts"), file],
        {
          env: { ...process.env, ...crash, PLIMSOLL_SECRET: SECRET, CYBERSOURCE_SECRET: secret },
          stdio: ["ignore", "pipe", "inherit"],
        },
      );
      children.add(child);
      const ended = once(child, "exit");
      await once(child.stdout, "data");
      return { ended };
    },
    async merchant(): Promise<Merchant> {
      const key = await requestKey(database, { merchant: "harbor", mode: "test", name: "crash" });
      return connect(url, key ?? "").merchant.v1;
    },
    async books() {
      const { authorized, captured, held } = (await control.books(mid)).sums["USD"] ?? {};
      return { authorized, captured, held };
    },
  };
}

function connect(url: string, key: string) {
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/plimsoll/trpc`,
        headers: ({ op }) => ({ authorization: `Bearer ${key}`, ...(op.context as Record<string, string>) }),
      }),
    ],
  });
}

function keyed() {
  return { context: { "idempotency-key": randomUUID() } };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
