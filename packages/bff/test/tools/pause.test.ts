import { startSandbox, type Sandbox } from "@plimsoll/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase } from "../../src/store/testing/fresh-database.ts";
import { accountAt, type SandboxAccount } from "./accounts.ts";
import { makePlimsoll, type Plimsoll } from "./plimsoll.ts";

/** `plimsoll pause`, with the real processes: what it stops, what goes on, and that it ends. */
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const why = ["--why", "Their status page says so", "--by", "Ada"] as const;
const test = ["--mode", "test"] as const;

describe.each(["a file", "PostgreSQL"])("with the holds in %s, a pause", (kept) => {
  it("asks nothing new, finds out what is in doubt all the same, and ends", { timeout: 120_000 }, async () => {
    const at = await accountAt(sandbox, "cybersource");
    const postgres = kept === "PostgreSQL" ? await freshDatabase() : undefined;
    const plimsoll = await makePlimsoll(at.account, at.secrets, postgres);
    try {
      await expectPause(plimsoll, at);
    } finally {
      await plimsoll.remove();
    }
  });
});

async function expectPause(plimsoll: Plimsoll, at: SandboxAccount): Promise<void> {
  await plimsoll.start();
  const merchant = await plimsoll.merchant();
  const { token } = await at.control.token("visa");
  const about = { order: "stay-1", amount: 400_00, currency: "USD", profile: "lodging" } as const;
  const { hold } = await merchant.open.mutate({ ...about, card: { network: "visa" }, payment: { token } });
  const raise = { hold: hold.id, amount: 50_00, currency: "USD" };
  const doubt = async () => (await merchant.hold.query({ hold: hold.id })).hold.doubt;

  await at.control.script({ gateway: "cybersource", do: "drop", when: "after", match: { operation: "increment" } });
  await merchant.increment.mutate(raise);
  expect(await said(plimsoll, "pause", "cybersource", ...test, ...why)).toBe(
    "cybersource (test) is paused. Nothing new is asked of it; look-ups and reads go on.",
  );
  await expect(merchant.increment.mutate(raise)).rejects.toMatchObject({
    data: { httpStatus: 503 },
    message: expect.stringMatching(/Nothing new is asked/),
  });
  await expect.poll(doubt, { timeout: 30_000, interval: 200 }).toBeNull();
  expect((await merchant.hold.query({ hold: hold.id })).hold.amounts.authorized).toBe(450_00);

  expect(await said(plimsoll, "pause", "cybersource", ...test, ...why)).toMatch(
    /^It was paused before: .* by Ada: Their/,
  );
  expect(await said(plimsoll, "pauses")).toMatch(
    /^cybersource \(test\), since 2\d{3}-.*Z by Ada: Their status page says so$/,
  );
  expect(await plimsoll.run("pause", "acme", ...test, ...why)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("no account of the configuration is on acme; there are: cybersource"),
  });

  await plimsoll.stop();
  await plimsoll.start();
  await expect(merchant.increment.mutate(raise), "a restart lifts no pause").rejects.toThrow(/Nothing new is asked/);
  expect(await said(plimsoll, "resume", "cybersource", ...test)).toBe("cybersource (test) is asked again.");
  await merchant.increment.mutate(raise);
  expect((await at.control.books(at.payee)).payments.map(({ sums }) => sums.authorized)).toEqual([500_00]);
  expect(await said(plimsoll, "pauses")).toBe("Nothing is paused.");
  expect(await said(plimsoll, "resume", "cybersource", ...test)).toBe("cybersource (test) was not paused.");
  expect(await said(plimsoll, "reconcile")).toMatch(
    /1 agree, 0 differ, 0 ours alone, 0 theirs alone, 0 can't be told$/,
  );
}

async function said(plimsoll: Plimsoll, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await plimsoll.run(...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout.trim();
}
