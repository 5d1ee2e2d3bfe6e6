import { startSandbox, type Sandbox } from "@plimsoll/sandbox";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { exitCode, told, type Line, type Told } from "../../src/reconcile/index.ts";
import { freshDatabase } from "../../src/store/testing/fresh-database.ts";
import { accountAt, type SandboxAccount } from "./accounts.ts";
import { backUp } from "./backup.ts";
import { makePlimsoll, type Merchant, type Plimsoll } from "./plimsoll.ts";

/** The procedure of docs/reconcile.md, "After restoring an old backup", done with the real processes. The books judge. */
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const evidence = "the gateway's portal, after the restore";

describe.concurrent.each([
  { gateway: "cybersource", kept: "a file", reconciles: "running" },
  { gateway: "cybersource", kept: "PostgreSQL", reconciles: "stopped" },
  { gateway: "moneris", kept: "a file", reconciles: "stopped" },
  { gateway: "computop", kept: "PostgreSQL", reconciles: "running" },
] as const)(
  "an old backup of $gateway's holds in $kept, reconciled while it is $reconciles",
  ({ gateway, kept, reconciles }) => {
    it(
      "shows every disagreement, blocks what is stale, and is set right; nothing is doubled",
      { timeout: 120_000 },
      async () => {
        const at = await accountAt(sandbox, gateway);
        const postgres = kept === "PostgreSQL" ? await freshDatabase() : undefined;
        const plimsoll = await makePlimsoll(at.account, at.secrets, postgres);
        try {
          await plimsoll.start();
          const merchant = await plimsoll.merchant();
          const [raised, charged, same] = [
            await open(merchant, at),
            await open(merchant, at),
            await open(merchant, at),
          ];
          await plimsoll.stop();
          const backup = await backUp(plimsoll, postgres);

          await plimsoll.start();
          const lost = await goOn(merchant, at, { raised, charged });
          await plimsoll.stop();
          await backup.restore();
          if (reconciles === "running") await plimsoll.start();

          const { lines, all, code } = await reconcile(plimsoll, "--restored");
          expect(code).toBe(1);
          expect(all[0]).toEqual({ is: "marked", account: "cards", holds: 3 });
          expect(of(lines, raised)).toMatchObject({
            verdict: "differs",
            ours: { authorized: 400_00 },
            theirs: { authorized: 450_00 },
          });
          expect(of(lines, charged)).toMatchObject({
            verdict: "differs",
            ours: { captured: 0 },
            theirs: { captured: 400_00 },
          });
          expect(of(lines, same)).toMatchObject({ verdict: "agrees" });
          const alone = lines.filter(({ verdict }) => verdict === "theirs_alone");
          // Computop documents no list: what was opened after the backup can't be found, and it says so.
          if (gateway === "computop")
            expect(all).toContainEqual(expect.objectContaining({ is: "began", list: "none" }));
          else expect(alone).toMatchObject([{ payment: lost.payment, theirs: { authorized: 75_00, captured: 0 } }]);

          if (reconciles === "stopped") await plimsoll.start();
          for (const hold of [raised, charged]) await contradicted(merchant, hold);
          await expect(merchant.increment.mutate({ hold: raised, amount: 1_00, ...money(at) })).rejects.toThrow(
            /disagree/,
          );

          await merchant.correct.mutate({
            hold: raised,
            step: await firstStep(merchant, raised),
            amount: 50_00,
            ...money(at),
            evidence,
          });
          await merchant.sayCaptured.mutate({ hold: charged, amount: 400_00, ...money(at), evidence });
          for (const { payment } of alone)
            await merchant.adopt.mutate({ order: "stay-lost", payment: payment ?? "", ...money(at) });
          expect(await reconcile(plimsoll)).toMatchObject({ code: 0 });

          await merchant.capture.mutate({ hold: raised, amount: 450_00, ...money(at) });
          await merchant.increment.mutate({ hold: same, amount: 10_00, ...money(at) });
          await expectBooks(at, merchant, { raised, same, lost: lost.payment });
        } finally {
          await plimsoll.remove();
        }
      },
    );
  },
);

const money = ({ currency }: SandboxAccount) => ({ currency });

let orders = 0;
async function open(merchant: Merchant, { control, currency }: SandboxAccount, amount = 400_00): Promise<string> {
  const { token } = await control.token("visa");
  const card = { network: "visa" } as const;
  const order = `stay-${(orders += 1)}`;
  const { hold } = await merchant.open.mutate({
    order,
    amount,
    currency,
    card,
    profile: "lodging",
    payment: { token },
  });
  expect(hold.amounts.held).toBe(amount);
  return hold.id;
}

/** What the backup will not know of. */
async function goOn(merchant: Merchant, at: SandboxAccount, { raised, charged }: { raised: string; charged: string }) {
  await merchant.increment.mutate({ hold: raised, amount: 50_00, ...money(at) });
  await merchant.capture.mutate({ hold: charged, amount: 400_00, ...money(at) });
  await open(merchant, at, 75_00);
  const { payments } = await at.control.books(at.payee);
  return { payment: payments.at(-1)?.id ?? "" };
}

async function reconcile(plimsoll: Plimsoll, ...more: readonly string[]) {
  const { code, stdout, stderr } = await plimsoll.run("reconcile", "--account", "cards", "--json", ...more);
  if (stdout === "") throw new Error(stderr);
  const all: Told[] = stdout
    .trim()
    .split("\n")
    .map((line) => told.parse(JSON.parse(line)));
  expect(exitCode(all)).toBe(code);
  return { code, all, lines: all.filter((one) => one.is === "line") };
}

function of(lines: readonly Line[], hold: string): Line | undefined {
  return lines.find((line) => line.hold === hold);
}

/** Looked at by itself because reconciling said so, and blocked. */
async function contradicted(merchant: Merchant, hold: string): Promise<void> {
  const isBlocked = async () => {
    const { events } = await merchant.history.query({ hold });
    expect(events.map(({ type }) => type)).toContain("contradicted");
  };
  // `expect.poll` belongs to one test, and several of these go on at once.
  await vi.waitFor(isBlocked, { timeout: 20_000, interval: 100 });
}

async function firstStep(merchant: Merchant, hold: string): Promise<string> {
  const { steps } = (await merchant.hold.query({ hold })).hold;
  return steps.find(({ kind }) => kind === "authorization")?.id ?? "";
}

async function expectBooks(
  { control, payee }: SandboxAccount,
  merchant: Merchant,
  { raised, same, lost }: { raised: string; same: string; lost: string },
): Promise<void> {
  const { payments } = await control.books(payee);
  const sums = payments.map(({ sums: { authorized, captured } }) => [authorized, captured]);
  expect(sums).toEqual([
    [450_00, 450_00],
    [400_00, 400_00],
    [410_00, 0],
    [75_00, 0],
  ]);
  expect(payments.at(-1)?.id).toBe(lost);
  expect((await merchant.hold.query({ hold: raised })).hold.amounts).toMatchObject({ captured: 450_00, held: 0 });
  expect((await merchant.hold.query({ hold: same })).hold.amounts).toMatchObject({ authorized: 410_00, held: 410_00 });
}
