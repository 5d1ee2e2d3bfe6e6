import type { PayerDone, PayerView, StaffView } from "@plimsoll/shared";
import { afterEach, beforeEach, expect, test } from "vitest";
import { dataOf, refusalOf, World } from "./testing/harness.ts";

let world: World;
let hold: string;
let token: string;
beforeEach(async () => {
  world = await World.start();
  hold = (await world.open(400_00, { ceiling: { amount: 450_00, agreed: "up to $450.00" } })).id;
  token = await world.payerToken(hold);
});
afterEach(() => world.stop());

async function look(): Promise<PayerView> {
  return (dataOf(await world.call("widget.v1.hold", undefined, { token })) as { hold: PayerView }).hold;
}

const spa = () =>
  world.call("merchant.v1.propose", { hold, amount: 250_00, currency: "USD", reason: "Two more nights" });

async function question() {
  const { question: asked, version } = await look();
  if (!asked) throw new Error("nothing is asked");
  return { hold, question: asked.id, amount: asked.amount, total: asked.total, version };
}

test("a payer says yes: the hold rises, and so does what they agreed to; what was shown is recorded", async () => {
  await spa();
  const shown = await look();
  expect(shown.question).toMatchObject({ amount: 250_00, total: 650_00, reason: "Two more nights" });
  expect(shown.can).toEqual({ approve: { ok: true }, deny: { ok: true } });
  const done = dataOf(await world.call("widget.v1.approve", await question(), { token })) as PayerDone;
  expect(done.hold.amounts.held).toBe(650_00);
  expect(done.hold.ceiling).toEqual({ amount: 650_00, agreed: true });
  const { events } = await world.merchant().history.query({ hold });
  const consent = events.find(({ type }) => type === "consented");
  expect(consent?.event).toMatchObject({ consent: { how: "in_element", total: 650_00 } });
  expect(JSON.stringify(consent)).toContain("Two more nights");
});

test("what a payer agreed to elsewhere is recorded as stated by the merchant, with the words they saw; else as nobody's yes", async () => {
  const at = world.clock.now();
  const consent = { total: 450_00, how: "stated_by_merchant", shown: "up to $450.00", at };
  expect((await world.store.load(hold))?.ceiling).toEqual({ amount: 450_00, consent });
  const estimated = await world.open(400_00, { ceiling: { amount: 500_00 } });
  expect((await world.store.load(estimated.id))?.ceiling).toEqual({ amount: 500_00, consent: null });
});

test("a payer says no: nothing is added, and the desk sees it", async () => {
  await spa();
  const { question: id } = await question();
  await world.call("widget.v1.deny", { hold, question: id }, { token });
  const after = await look();
  expect([after.amounts.held, after.question, after.steps.at(-1)?.why]).toEqual([400_00, null, "denied"]);
  const desk = dataOf(await world.call("console.v1.holds", undefined, { token: await world.deskToken() }));
  expect(desk).toMatchObject({ holds: [{ attention: "denied" }] });
});

test("a yes to a total that is no longer so is stale, and nothing is added", async () => {
  await spa();
  const before = await question();
  await world.call("merchant.v1.increment", { hold, amount: 50_00, currency: "USD" });
  const answer = await world.call("widget.v1.approve", before, { token });
  expect(refusalOf(answer)).toMatchObject({ code: "stale_consent", detail: { total: 700_00 } });
  expect(world.gateway.book.authorized).toBe(450_00);
});

test("without a question there is nothing to answer", async () => {
  expect((await look()).can.approve).toMatchObject({ ok: false, code: "not_waiting" });
  const answer = await world.call("widget.v1.deny", { hold, question: `step_${"0".repeat(32)}` }, { token });
  expect(refusalOf(answer).code).toBe("not_waiting");
});

test("why the issuer declined is for the merchant; the payer reads a class of reason", async () => {
  world.gateway.mood = "declines";
  await world.call("merchant.v1.increment", { hold, amount: 10_00, currency: "USD" });
  world.gateway.mood = "asks for the payer";
  await world.call("merchant.v1.increment", { hold, amount: 11_00, currency: "USD" });
  const payer = await look();
  expect(payer.steps.map(({ why }) => why)).toEqual([null, "not_approved", "authentication"]);
  expect(JSON.stringify(payer)).not.toMatch(/insufficient|"51"|"1A"|later/);
  const { hold: server } = await world.merchant().hold.query({ hold });
  expect(server.steps[1]?.answer).toEqual({ code: "insufficient_funds", networkCode: "51", advice: "later" });
  expect(server.attention).toBe("declined");
});

test("in doubt: the payer sees it being checked, the desk may leave it behind at most with what is confirmed", async () => {
  await world.doubt(hold);
  const payer = await look();
  expect(payer).toMatchObject({ doubt: { kind: "no_answer" }, amounts: { held: 400_00, pending: 10_00 } });
  const desk = await world.deskToken();
  const { hold: seen } = dataOf(await world.call("console.v1.hold", { hold }, { token: desk })) as { hold: StaffView };
  expect(seen.doubtful).toEqual({ step: seen.steps[1]?.id, amount: 10_00 });
  expect(seen.limits.capture).toBe(400_00);
  expect(seen.can).toMatchObject({
    capture: { ok: true },
    resolve: { ok: true },
    increment: { ok: false, code: "in_doubt" },
  });
  const capture = (amount: number) =>
    world.call("console.v1.capture", { hold, amount, currency: "USD", leaveDoubt: true }, { token: desk });
  expect(refusalOf(await capture(410_00)).code).toBe("above_confirmed");
  await capture(400_00);
  expect(world.gateway.book).toEqual({ authorized: 400_00, captured: 400_00, reversed: 0 });
});

test("at the end the payer has a receipt for their bank", async () => {
  await world.call("merchant.v1.capture", { hold, amount: 380_00, currency: "USD" });
  const { reference, release } = await look();
  expect(release).toMatchObject({ amount: 20_00, requested: null });
  expect(dataOf(await world.call("widget.v1.receipt", undefined, { token }))).toMatchObject({
    merchant: "Grand Hotel",
    descriptor: "GRAND HOTEL",
    charged: 380_00,
    released: 20_00,
    reference,
    networkTransaction: "123456789619999",
    approvalCodes: ["831000"],
  });
});
