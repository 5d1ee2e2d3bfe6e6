import { codes, MAX_MINOR, type Code } from "@plimsoll/shared";
import { afterEach, beforeEach, expect, test } from "vitest";
import { opening, refusalOf, World, type Answer } from "./testing/harness.ts";

let world: World;
beforeEach(async () => void (world = await World.start()));
afterEach(() => world.stop());

const USD = { currency: "USD" };

/** Refused with this code and its sentence, and nothing is changed: no hold, no event, nothing at the gateway. */
async function expectRefused(code: Code, ask: () => Promise<Answer>): Promise<void> {
  const before = await world.state();
  const answer = await ask();
  const { message, code: refused, reference } = refusalOf(answer);
  expect([refused, answer.status, message]).toEqual([code, codes[code].status, codes[code].sentence]);
  expect(reference).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
  expect(await world.state()).toBe(before);
}

test.each<[string, Code, Record<string, unknown>]>([
  ["another currency than the hold's", "wrong_currency", { amount: 10_00, currency: "EUR" }],
  ["a currency that is none", "unknown_currency", { amount: 10_00, currency: "ABC" }],
  ["gold", "unknown_currency", { amount: 10_00, currency: "XAU" }],
  ["a currency that is no text", "unknown_currency", { amount: 10_00, currency: 840 }],
  ["nothing", "invalid_amount", { amount: 0, ...USD }],
  ["less than nothing", "invalid_amount", { amount: -10_00, ...USD }],
  ["a fraction of a minor unit", "invalid_amount", { amount: 10.5, ...USD }],
  ["decimal text", "invalid_amount", { amount: "10.00", ...USD }],
  ["no amount", "invalid_amount", { ...USD }],
  ["more than 15 digits", "amount_too_large", { amount: MAX_MINOR + 1, ...USD }],
  ["a card number as the reason", "card_number", { amount: 10_00, ...USD, reason: "4111 1111 1111 1111" }],
  ["an undocumented field", "invalid_input", { amount: 10_00, ...USD, total: 20_00 }],
  ["a reason that is too long", "invalid_input", { amount: 10_00, ...USD, reason: "x".repeat(141) }],
])("an increment of %s is refused: %s", async (_what, code, more) => {
  const { id } = await world.open();
  await expectRefused(code, () => world.call("merchant.v1.increment", { hold: id, ...more }));
});

test("more decimals than the gateway takes in a currency of three", async () => {
  world.gateway.can = { step: 10 };
  const { id } = await world.open(400_000, { currency: "KWD" });
  const dinner = (amount: number) => world.call("merchant.v1.increment", { hold: id, amount, currency: "KWD" });
  await expectRefused("too_many_decimals", () => dinner(10_005));
  expect((await dinner(10_010)).status).toBe(200);
});

test("a hold that is captured, released, declined or expired takes no increment", async () => {
  const increment = (hold: string) => () => world.call("merchant.v1.increment", { hold, amount: 10_00, ...USD });
  const captured = await world.open();
  await world.call("merchant.v1.capture", { hold: captured.id, amount: 400_00, ...USD });
  await expectRefused("already_captured", increment(captured.id));

  const released = await world.open();
  await world.call("merchant.v1.reverse", { hold: released.id });
  await expectRefused("already_reversed", increment(released.id));

  world.gateway.mood = "declines";
  const declined = await world.open();
  world.gateway.mood = "approves";
  expect(declined.lifecycle).toBe("declined");
  await expectRefused("hold_declined", increment(declined.id));

  world.gateway.can = { readable: true };
  const expired = await world.open();
  world.gateway.says = "expired";
  await world.hint(expired.id);
  await world.until(expired.id, ({ expiredAt }) => expiredAt !== null);
  await expectRefused("hold_expired", increment(expired.id));
});

test("a hold in doubt takes no increment, and says when it looks next", async () => {
  const { id } = await world.open();
  await world.doubt(id);
  const again = () => world.call("merchant.v1.increment", { hold: id, amount: 10_00, ...USD });
  await expectRefused("in_doubt", again);
  expect(refusalOf(await again()).detail).toEqual({
    nextLook: expect.stringMatching(/^2026-05-01T12:01:0\dZ|\.\d+Z$/),
  });
});

test("the 101st increment", async () => {
  const { id } = await world.open();
  for (let nth = 1; nth <= 100; nth += 1) {
    expect((await world.call("merchant.v1.increment", { hold: id, amount: 1, ...USD })).status).toBe(200);
  }
  await expectRefused("increment_limit", () => world.call("merchant.v1.increment", { hold: id, amount: 1, ...USD }));
  expect(world.gateway.book.authorized).toBe(400_00 + 100);
});

test("more captured than is on hold", async () => {
  const { id } = await world.open();
  await expectRefused("above_hold", () => world.call("merchant.v1.capture", { hold: id, amount: 400_01, ...USD }));
});

test("above the ceiling, the same line of a bill twice, a step that is nobody's", async () => {
  const { id } = await world.open(400_00, { ceiling: { amount: 450_00 } });
  const dinner = { hold: id, amount: 50_00, ...USD, line: "bill-1" };
  await expectRefused("above_ceiling", () => world.call("merchant.v1.increment", { ...dinner, amount: 50_01 }));
  await world.call("merchant.v1.increment", dinner);
  await expectRefused("duplicate_line", () => world.call("merchant.v1.increment", dinner));
  const step = `step_${"0".repeat(32)}`;
  await expectRefused("no_such_step", () => world.call("merchant.v1.withdraw", { hold: id, step }));
  await expectRefused("no_such_step", () =>
    world.call("merchant.v1.resolve", { hold: id, step, outcome: "applied", evidence: "seen" }),
  );
});

test("another merchant's hold, and one of the other mode, are not there", async () => {
  const { id } = await world.open();
  for (const key of [world.keys.other, world.keys.live]) {
    await expectRefused("not_found", () => world.call("merchant.v1.hold", { hold: id }, { key }));
    await expectRefused("not_found", () => world.call("merchant.v1.capture", { hold: id, amount: 1, ...USD }, { key }));
    await expectRefused("not_found", () => world.call("merchant.v1.history", { hold: id }, { key }));
  }
});

test.each<[string, Code, Record<string, unknown>]>([
  ["an unknown gateway account", "unknown_gateway", { account: "nowhere" }],
  ["another merchant's account", "unknown_gateway", { account: "other-test" }],
  ["the live account with a test key", "wrong_mode", { account: "grand-live" }],
  ["a card number for a payment token", "card_number", { payment: { token: "4111111111111111" } }],
  ["a card number for an instrument", "card_number", { payment: { instrument: "5555555555554444" } }],
  ["a card number as the label", "card_number", { label: "4111-1111-1111-1111" }],
  ["a whole card", "invalid_input", { payment: { number: "4111111111111111", cvc: "123" } }],
  ["a fractional ceiling", "invalid_amount", { ceiling: { amount: 450.5 } }],
  ["a ceiling of nothing", "invalid_amount", { ceiling: { amount: 0 } }],
  ["a ceiling below the amount", "above_ceiling", { ceiling: { amount: 100_00 } }],
  ["a profile that is none", "invalid_input", { profile: "casino" }],
  ["no order", "invalid_input", { order: undefined }],
  ["a fraction", "invalid_amount", { amount: 400.25 }],
])("a hold opened with %s is refused: %s", async (_what, code, more) => {
  await expectRefused(code, () => world.call("merchant.v1.open", { ...opening(), ...more }));
});

test("what the gateway can't show is not adopted, nor what is another hold's already", async () => {
  const adopt = (payment: string) =>
    world.call("merchant.v1.adopt", { order: "stay-9", payment, currency: "USD", profile: "lodging" });
  await expectRefused("unreadable", () => adopt("7000000000000000000099"));
  const mine = await world.open();
  await expectRefused("duplicate_payment", () => adopt(mine.references.payment ?? ""));
});

test("a token for a page that is on no list, for another's hold, or with a fractional limit", async () => {
  const { id } = await world.open();
  const issue = (more: object) =>
    world.call("merchant.v1.tokens.issue", { scope: "payer", holds: [id], origin: "https://hotel.example", ...more });
  await expectRefused("origin_refused", () => issue({ origin: "https://hotel.example.evil.test" }));
  // Another merchant's page is no page of ours.
  await expectRefused("origin_refused", () => issue({ origin: "https://other.example" }));
  await expectRefused("not_found", () => issue({ holds: [`hold_${"0".repeat(32)}`] }));
  await expectRefused("invalid_input", () => issue({ seconds: 601 }));
  const staff = { scope: "console", holds: "desk", operator: "Ada" };
  await expectRefused("invalid_amount", () => issue({ ...staff, max: 10.5 }));
  await expectRefused("invalid_input", () => issue({ ...staff, operator: "" }));
});
