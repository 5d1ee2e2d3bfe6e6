import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { quiet } from "../testing/manual-clock.ts";
import { dataOf, doneOf, refusalOf, World } from "./testing/harness.ts";

let world: World;
beforeEach(async () => void (world = await World.start()));
afterEach(() => world.stop());

test("a stay: opened, raised three times, captured; the gateway's books agree", async () => {
  const merchant = world.merchant();
  const { hold } = await merchant.open.mutate({
    order: "stay-412",
    label: "412 · A. Jones",
    profile: "lodging",
    amount: 400_00,
    currency: "USD",
    card: { network: "visa", last4: "4242", funding: "credit" },
    payment: { token: "transient" },
  });
  expect(hold).toMatchObject({ lifecycle: "open", version: expect.any(Number), amounts: { held: 400_00 } });
  for (const [amount, reason] of [
    [50_00, "Dinner"],
    [200_00, "One more night"],
    [50_00, "Mini-bar"],
  ] as const) {
    await merchant.increment.mutate({ hold: hold.id, amount, currency: "USD", reason });
  }
  const raised = await merchant.hold.query({ hold: hold.id });
  expect(raised.hold.amounts).toMatchObject({ requested: 400_00, authorized: 700_00, held: 700_00, pending: 0 });
  expect(raised.hold.steps.map(({ reason, applied }) => [reason, applied])).toEqual([
    [null, 400_00],
    ["Dinner", 50_00],
    ["One more night", 200_00],
    ["Mini-bar", 50_00],
  ]);
  const captured = await merchant.capture.mutate({ hold: hold.id, amount: 700_00, currency: "USD" });
  expect(captured.hold).toMatchObject({ lifecycle: "captured", amounts: { captured: 700_00, held: 0 } });
  expect(world.gateway.book).toEqual({ authorized: 700_00, captured: 700_00, reversed: 0 });
  expect(world.gateway.tokens).toEqual(["transient"]);
});

test("a stay that is cancelled: all is released, and it is said that this was asked for", async () => {
  const { id } = await world.open();
  const { hold } = await world.merchant().reverse.mutate({ hold: id, reason: "Cancelled" });
  expect(hold).toMatchObject({ lifecycle: "reversed", amounts: { held: 0, released: 400_00, captured: 0 } });
  expect(hold.release).toMatchObject({ amount: 400_00, requested: expect.any(String) });
  expect(world.gateway.book).toEqual({ authorized: 400_00, captured: 0, reversed: 400_00 });
});

test("an authorization that the merchant already has is adopted as the gateway's books show it, and raised", async () => {
  world.gateway.books.set("7000000000000000000042", { authorized: 300_00, captured: 0, reversed: 0 });
  const merchant = world.merchant();
  const { hold } = await merchant.adopt.mutate({
    order: "stay-7",
    payment: "7000000000000000000042",
    currency: "USD",
    profile: "lodging",
  });
  expect(hold).toMatchObject({ lifecycle: "open", amounts: { held: 300_00 } });
  expect(hold.references.payment).toBe("7000000000000000000042");
  await merchant.increment.mutate({ hold: hold.id, amount: 25_00, currency: "USD" });
  expect(world.gateway.books.get("7000000000000000000042")).toMatchObject({ authorized: 325_00 });
});

describe("what a gateway calls a payment is taken as it is, also where it passes for a card's number", () => {
  // Both pass Luhn; the second one is in Diners' range and of its length.
  const names = ["305136685813069", "30513668581305"];
  const book = { authorized: 300_00, captured: 0, reversed: 0 };

  test.each(names)("adopted: %s", async (payment) => {
    world.gateway.books.set(payment, { ...book });
    const merchant = world.merchant();
    const { hold } = await merchant.adopt.mutate({ order: "stay-7", payment, currency: "USD", profile: "lodging" });
    expect(hold).toMatchObject({ references: { payment }, amounts: { held: 300_00 } });
    await merchant.increment.mutate({ hold: hold.id, amount: 25_00, currency: "USD" });
    expect(world.gateway.books.get(payment)).toEqual({ ...book, authorized: 325_00 });
  });

  test.each(names)("by a person's word: %s", async (payment) => {
    world.gateway.mood = "is silent";
    const asked = world.gateway.asked();
    const opening = world.open(300_00);
    await asked;
    world.clock.passes(60_000);
    const { id, steps } = await opening;
    await world.until(id, ({ operations }) => operations.some(({ doubtSince }) => doubtSince !== null));
    world.gateway.mood = "approves";
    world.gateway.books.set(payment, { ...book });
    const merchant = world.merchant();
    const found = { hold: id, step: steps[0]?.id ?? "", outcome: "applied", payment, evidence: "the portal" } as const;
    const { hold } = await merchant.resolve.mutate(found);
    expect(hold).toMatchObject({ doubt: null, references: { payment }, amounts: { held: 300_00 } });
    await merchant.increment.mutate({ hold: id, amount: 25_00, currency: "USD" });
    expect(world.gateway.books.get(payment)).toEqual({ ...book, authorized: 325_00 });
  });
});

test("what a gateway can do is fixed when a hold opens: a changed setting is for those that open after it, and for no others", async () => {
  const before = await world.open();
  world.gateway.can = { incrementable: "no", increments: null, partialCapture: "never" };
  const after = await world.open();
  const raise = (hold: string) => world.call("merchant.v1.increment", { hold, amount: 50_00, currency: "USD" });
  const part = (hold: string) =>
    world.call("merchant.v1.capture", { hold, amount: 100_00, currency: "USD", final: false });
  expect(doneOf(await raise(before.id)).hold.amounts).toMatchObject({ held: 450_00 });
  expect(doneOf(await part(before.id)).hold).toMatchObject({ lifecycle: "open", amounts: { captured: 100_00 } });
  world.gateway.can = {};
  expect(refusalOf(await raise(after.id)).code).toBe("not_incrementable");
  expect(refusalOf(await part(after.id)).code).toBe("partial_capture_unsupported");
  expect([...world.gateway.books.values()]).toEqual([
    { authorized: 450_00, captured: 100_00, reversed: 0 },
    { authorized: 400_00, captured: 0, reversed: 0 },
  ]);
});

test("a gateway that is slow: after eight seconds the caller sees the step as it stands", async () => {
  const { id } = await world.open();
  world.gateway.mood = "is silent";
  const asked = world.gateway.asked();
  const answer = world.merchant().increment.mutate({ hold: id, amount: 10_00, currency: "USD" });
  await asked;
  await quiet();
  world.clock.passes(8_000);
  const { hold, step } = await answer;
  expect(hold.steps.find((one) => one.id === step)).toMatchObject({ state: "asking", doubt: false, applied: 0 });
  expect(hold.amounts).toMatchObject({ held: 400_00, pending: 10_00 });
});

test("a step that is never answered is in doubt, and a named person's word ends it", async () => {
  const { id } = await world.open();
  await world.doubt(id);
  const { hold } = await world.merchant().hold.query({ hold: id });
  expect(hold).toMatchObject({ doubt: { kind: "no_answer" }, amounts: { held: 400_00, pending: 10_00 } });
  const step = hold.doubtful?.step ?? "";
  const found = { hold: id, step, outcome: "applied", evidence: "seen in the gateway's own screen" } as const;
  const resolved = await world.merchant().resolve.mutate(found);
  expect(resolved.hold).toMatchObject({ doubt: null, amounts: { held: 410_00, pending: 0 } });
  const { events } = await world.merchant().history.query({ hold: id });
  expect(events.filter(({ type }) => type === "applied").map(({ by }) => by)).toEqual([null, "grand-hotel's server"]);
});

test("what waits for the payer can be taken back by the desk", async () => {
  const { id } = await world.open();
  const merchant = world.merchant();
  const { step } = await merchant.propose.mutate({ hold: id, amount: 90_00, currency: "USD" });
  const token = await world.deskToken();
  await world.call("console.v1.withdraw", { hold: id, step }, { token });
  const { hold } = await merchant.hold.query({ hold: id });
  expect([hold.question, hold.steps[1]?.state, hold.amounts.held]).toEqual([null, "withdrawn", 400_00]);
});

test("what persons say is in the history with their name, why and what shows it, which no payer reads", async () => {
  const { id, steps } = await world.open();
  await world.doubt(id);
  const merchant = world.merchant();
  const step = (await merchant.hold.query({ hold: id })).hold.doubtful?.step ?? "";
  const token = await world.deskToken();
  const at = { hold: id, currency: "USD" };
  const resolved = {
    hold: id,
    step,
    outcome: "applied",
    reason: "The guest leaves",
    evidence: "portal, increment of 14:02",
  };
  expect((await world.call("console.v1.resolve", resolved, { token })).status).toBe(200);
  await merchant.correct.mutate({
    ...at,
    step: steps[0]?.id ?? "",
    amount: 5_00,
    reason: "Set right",
    evidence: "portal, 14:10",
  });
  await merchant.sayCaptured.mutate({ ...at, amount: 415_00, reason: "Bill", evidence: "portal, charge 4711" });
  const { events } = await merchant.history.query({ hold: id });
  const said = events.filter(({ cause, type }) => type !== "opened" && /resolve|correct|say_captured/.test(cause));
  const of = (cause: string) => JSON.stringify(said.filter((one) => one.cause === cause));
  expect(said.map(({ by }) => by)).not.toContain(null);
  const word = (reason: string, evidence: string) => JSON.stringify({ reason, evidence }).slice(1, -1);
  expect(of("resolve")).toContain(word("The guest leaves", "portal, increment of 14:02"));
  expect(of("correct")).toContain(word("Set right", "portal, 14:10"));
  expect(of("say_captured")).toContain(word("Bill", "portal, charge 4711"));
  expect(new Set(said.filter(({ cause }) => cause === "resolve").map(({ by }) => by))).toEqual(new Set(["Ada"]));
  const seen = dataOf(await world.call("widget.v1.hold", undefined, { token: await world.payerToken(id) }));
  const read = JSON.stringify(seen);
  expect(["Set right", "Bill", "portal"].map((words) => read.includes(words))).toEqual([true, true, false]);
});
