import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { startSandbox, type Sandbox } from "@plimsoll/sandbox";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accountAt, GATEWAYS } from "./accounts.ts";
import { makePlimsoll, ORIGIN, type Plimsoll } from "./plimsoll.ts";

/** What must never be written, looked for in the very bytes of the database file and of its log of writes. */
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

it.each(GATEWAYS)(
  "no secret of a whole story at %s is in the database file, while its token is at the gateway or afterwards",
  { timeout: 60_000 },
  async (gateway) => {
    const { account, secrets, control, currency, payee } = await accountAt(sandbox, gateway);
    const plimsoll = await makePlimsoll(account, secrets);
    try {
      await plimsoll.start();
      const key = await plimsoll.key();
      const merchant = await plimsoll.merchant(key);
      const canaries = [...Object.values(secrets), key];
      const money = (amount: number) => ({ amount, currency });
      const token = async () => {
        const issued = await control.token("visa");
        canaries.push(issued.token);
        return { token: issued.token };
      };
      const stay = { profile: "lodging", card: { network: "visa" } } as const;

      const { hold } = await merchant.open.mutate({
        ...stay,
        ...money(400_00),
        order: "stay-412",
        payment: await token(),
      });
      const shown = { holds: [hold.id], origin: ORIGIN };
      const payer = await merchant.tokens.issue.mutate({ ...shown, scope: "payer" });
      const desk = await merchant.tokens.issue.mutate({ ...shown, scope: "console", operator: "Ada" });
      canaries.push(payer.token, desk.token);
      const dinner = { hold: hold.id, ...money(50_00), reason: "Dinner" };
      await browse(plimsoll, desk.token, "console.v1.increment", dinner);
      const { hold: asks, step } = await merchant.propose.mutate({ hold: hold.id, ...money(25_00) });
      const yes = { hold: hold.id, question: step, amount: 25_00, total: 475_00, version: asks.version };
      await browse(plimsoll, payer.token, "widget.v1.approve", yes);
      await merchant.capture.mutate({ hold: hold.id, ...money(475_00) });

      const held = await control.script({ do: "delay", when: "before", match: { operation: "authorize" } });
      const opening = merchant.open.mutate({
        ...stay,
        ...money(75_00),
        order: "stay-413",
        payment: await token(),
      });
      await control.reached(held.id);
      expectNone(plimsoll.database, canaries);
      await control.release(held.id);
      await merchant.reverse.mutate({ hold: (await opening).hold.id });
      expectNone(plimsoll.database, canaries);
      await plimsoll.stop();
      expectNone(plimsoll.database, canaries);

      const { payments } = await control.books(payee);
      expect(payments.slice(-2).map(({ sums: { captured, held: left } }) => [captured, left])).toEqual([
        [475_00, 0],
        [0, 0],
      ]);
    } finally {
      await plimsoll.remove();
    }
  },
);

/** What a browser on the merchant's page sends with its token. */
async function browse({ url }: Plimsoll, token: string, procedure: string, input: object): Promise<void> {
  const response = await fetch(`${url}/plimsoll/trpc/${procedure}`, {
    method: "POST",
    body: JSON.stringify(input),
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "idempotency-key": randomUUID(),
      origin: ORIGIN,
    },
  });
  expect([response.status, await response.text()]).toEqual([200, expect.anything()]);
}

function expectNone(database: string, canaries: readonly string[]): void {
  const written = Buffer.concat(
    [database, `${database}-wal`].filter((file) => existsSync(file)).map((file) => readFileSync(file)),
  );
  // What is there is found.
  expect(written.includes("stay-412")).toBe(true);
  expect(canaries.filter((canary) => written.includes(canary))).toEqual([]);
}
