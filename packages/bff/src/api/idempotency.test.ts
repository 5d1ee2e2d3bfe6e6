import type { MerchantDone } from "@plimsoll/shared";
import { afterEach, beforeEach, expect, test } from "vitest";
import { doneOf, HOTEL, opening, refusalOf, World } from "./testing/harness.ts";

let world: World;
let hold: string;
beforeEach(async () => {
  world = await World.start();
  hold = (await world.open()).id;
});
afterEach(() => world.stop());

const dinner = () => ({ hold, amount: 50_00, currency: "USD" });

test("the same key and body is the same step, as it stands now, marked as a replay; the gateway is asked once", async () => {
  const first = doneOf(await world.call("merchant.v1.increment", dinner(), { idempotency: "k" }));
  await world.call("merchant.v1.increment", { ...dinner(), amount: 7_00 });
  const again = doneOf(await world.call("merchant.v1.increment", dinner(), { idempotency: "k" }));
  expect([first.replayed, again.replayed, again.step]).toEqual([false, true, first.step]);
  expect(again.hold.amounts.held).toBe(457_00);
  expect(world.gateway.book.authorized).toBe(457_00);
});

test("many at once with one key are one step", async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => world.call("merchant.v1.increment", dinner(), { idempotency: "k" })),
  );
  expect(new Set(answers.map((answer) => doneOf(answer).step)).size).toBe(1);
  expect(answers.filter((answer) => !doneOf(answer).replayed)).toHaveLength(1);
  expect(world.gateway.book.authorized).toBe(450_00);
});

test("the same key with another body, or spelled otherwise, is a conflict", async () => {
  await world.call("merchant.v1.increment", dinner(), { idempotency: "k" });
  const other = await world.call("merchant.v1.increment", { ...dinner(), amount: 51_00 }, { idempotency: "k" });
  expect([other.status, refusalOf(other).code]).toEqual([409, "key_conflict"]);
  const { hold: id, amount, currency } = dinner();
  const spelled = await world.call("merchant.v1.increment", { currency, amount, hold: id }, { idempotency: "k" });
  expect(refusalOf(spelled).code).toBe("key_conflict");
  expect(world.gateway.book.authorized).toBe(450_00);
});

test("the same request while the gateway is still silent is answered at once, with the step as it stands by then", async () => {
  world.gateway.mood = "is silent";
  const asked = world.gateway.asked();
  const first = world.call("merchant.v1.increment", dinner(), { idempotency: "k" });
  await asked;
  const again = doneOf(await world.call("merchant.v1.increment", dinner(), { idempotency: "k" }));
  expect([again.replayed, stateOf(again)]).toEqual([true, "asking"]);
  world.clock.passes(60_000);
  await first;
  await world.until(hold, ({ operations }) => operations.some(({ doubtSince }) => doubtSince !== null));
  await world.call("merchant.v1.resolve", { hold, step: again.step, outcome: "applied", evidence: "by telephone" });
  const later = doneOf(await world.call("merchant.v1.increment", dinner(), { idempotency: "k" }));
  expect([later.step, stateOf(later)]).toEqual([again.step, "applied"]);
  expect(world.gateway.timesAsked).toBe(2);
});

test("what was refused while a step was in doubt is taken under the same key once the doubt has ended", async () => {
  await world.doubt(hold);
  const raise = () => world.call("merchant.v1.increment", dinner(), { idempotency: "k" });
  expect(refusalOf(await raise()).code).toBe("in_doubt");
  const step = (await world.store.load(hold))?.entries.at(-1)?.id;
  await world.call("merchant.v1.resolve", { hold, step, outcome: "not_applied", evidence: "by telephone" });
  expect(doneOf(await raise())).toMatchObject({ replayed: false, hold: { amounts: { held: 450_00 } } });
});

test("an opening with the same key is the same hold", async () => {
  const asked = opening();
  const first = doneOf(await world.call("merchant.v1.open", asked, { idempotency: "k" }));
  const again = doneOf(await world.call("merchant.v1.open", asked, { idempotency: "k" }));
  expect([again.hold.id, again.replayed]).toEqual([first.hold.id, true]);
  expect(world.gateway.books.size).toBe(2);
});

test("a refusal uses up no key", async () => {
  const asked = { ...dinner(), amount: 500_00 };
  const take = () => world.call("merchant.v1.capture", asked, { idempotency: "k" });
  expect(refusalOf(await take()).code).toBe("above_hold");
  await world.call("merchant.v1.increment", { ...dinner(), amount: 100_00 });
  expect(doneOf(await take())).toMatchObject({ replayed: false, hold: { amounts: { captured: 500_00 } } });
});

test("keys of a browser, of another merchant and of another procedure are others", async () => {
  const token = await world.deskToken();
  const idempotency = "capture-1";
  await world.call("console.v1.increment", dinner(), { token, idempotency });
  const mine = await world.call("merchant.v1.increment", dinner(), { idempotency });
  expect(doneOf(mine).replayed).toBe(false);
  const proposed = await world.call("merchant.v1.propose", dinner(), { idempotency });
  expect(doneOf(proposed).replayed).toBe(false);
  const other = await world.call("merchant.v1.open", opening(), { key: world.keys.other, idempotency });
  expect(doneOf(other).replayed).toBe(false);
  expect(world.gateway.book.authorized).toBe(500_00);
});

test("keys of live and test mode, of two operators, and of two payers are others", async () => {
  const idempotency = "k";
  for (const key of [world.keys.test, world.keys.live]) {
    expect(doneOf(await world.call("merchant.v1.open", opening(), { key, idempotency })).replayed).toBe(false);
  }
  const { issue } = world.merchant().tokens;
  for (const operator of ["Ada", "Ben"]) {
    const { token } = await issue.mutate({ scope: "console", holds: "desk", origin: HOTEL, operator });
    const raised = doneOf(await world.call("console.v1.increment", dinner(), { token, idempotency }));
    expect(raised.replayed).toBe(false);
  }
  const other = (await world.open()).id;
  for (const asked of [hold, other]) {
    const { step } = doneOf(await world.call("merchant.v1.propose", { ...dinner(), hold: asked }));
    const answer = { hold: asked, question: step };
    const token = await world.payerToken(asked);
    expect(doneOf(await world.call("widget.v1.deny", answer, { token, idempotency })).replayed).toBe(false);
  }
});

test("a renewed token is the same person: what was sent with the old one is known again", async () => {
  const raise = async () =>
    doneOf(await world.call("console.v1.increment", dinner(), { token: await world.deskToken(), idempotency: "k" }));
  const first = await raise();
  world.clock.passes(5 * 60_000);
  expect(await raise()).toMatchObject({ step: first.step, replayed: true });
});

function stateOf({ hold: { steps }, step }: MerchantDone): string | undefined {
  return steps.find(({ id }) => id === step)?.state;
}
