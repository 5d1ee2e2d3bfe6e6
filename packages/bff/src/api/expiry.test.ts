import { afterEach, beforeEach, expect, test } from "vitest";
import { refusalOf, World } from "./testing/harness.ts";

const DAY = 24 * 60 * 60_000;

let world: World;
beforeEach(async () => void (world = await World.start()));
afterEach(() => world.stop());

const rental = {
  order: "rental-7",
  profile: "vehicle_rental",
  amount: 900_00,
  currency: "USD",
  payment: { token: "transient" },
} as const;

const inDays = (days: number) => new Date(world.clock.now() + days * DAY).toISOString();

test("how long a hold lives is fixed when it opens: by its card and trade, or by the gateway's own rule", async () => {
  const merchant = world.merchant();
  const mastercard = await merchant.open.mutate({ ...rental, card: { network: "mastercard" } });
  expect(mastercard.hold).toMatchObject({
    ends: { at: inDays(30), estimated: true, passed: false },
    bankMayFree: { at: inDays(5), estimated: true },
  });
  const unknown = await merchant.open.mutate({ ...rental, order: "rental-8" });
  expect(unknown.hold.ends?.at).toBe(inDays(7));
  const there = { network: "visa", present: true } as const;
  const present = await merchant.open.mutate({ ...rental, order: "sale-9", profile: "general", card: there });
  expect(present.hold.ends?.at).toBe(inDays(5));
  const ours = {
    captureWithin: 3 * DAY,
    bankKeeps: 2 * DAY,
    prolongedBy: [],
    source: "its own page",
    read: "2026-11-22",
  };
  world.gateway.can = { expiry: ours };
  const own = await merchant.open.mutate({ ...rental, order: "rental-10", card: { network: "mastercard" } });
  expect([own.hold.ends?.at, own.hold.bankMayFree?.at]).toEqual([inDays(3), inDays(2)]);
  world.gateway.can = {};
  expect((await merchant.hold.query({ hold: own.hold.id })).hold.ends?.at).toBe(inDays(3));
});

test("after its estimated end a hold is captured only by somebody who says so, at every door", async () => {
  const { hold } = await world.merchant().open.mutate({ ...rental, card: { network: "visa" } });
  world.clock.passes(31 * DAY);
  const bill = { hold: hold.id, amount: 900_00, currency: "USD" };
  const desk = { token: await world.deskToken() };
  expect(refusalOf(await world.call("console.v1.capture", bill, desk)).code).toBe("late_presentment");
  await expect(world.merchant().capture.mutate(bill)).rejects.toMatchObject({
    data: { plimsoll: { code: "late_presentment" } },
  });
  expect(refusalOf(await world.call("console.v1.capture", { ...bill, accept: "anything" }, desk)).code).toBe(
    "invalid_input",
  );
  const late = await world.merchant().capture.mutate({ ...bill, accept: "late_presentment" });
  expect(late.hold).toMatchObject({ lifecycle: "captured", amounts: { captured: 900_00 } });
  expect(world.gateway.book).toEqual({ authorized: 900_00, captured: 900_00, reversed: 0 });
});

test("an adopted hold lives from when the merchant says that it was approved; else no end is estimated", async () => {
  const book = { authorized: 300_00, captured: 0, reversed: 0 };
  world.gateway.books.set("7000000000000000000042", { ...book });
  world.gateway.books.set("7000000000000000000043", { ...book });
  const stay = { order: "stay-7", currency: "USD", profile: "lodging", card: { network: "visa" } } as const;
  const merchant = world.merchant();
  const known = await merchant.adopt.mutate({ ...stay, payment: "7000000000000000000042", approved: inDays(-10) });
  expect(known.hold.ends).toEqual({ at: inDays(20), estimated: true, passed: false });
  const unknown = await merchant.adopt.mutate({ ...stay, payment: "7000000000000000000043" });
  expect([unknown.hold.ends, unknown.hold.bankMayFree]).toEqual([null, null]);
});

test("time passes for one hold in test mode, and for no other; in live mode for none", async () => {
  const merchant = world.merchant();
  const rented = await merchant.open.mutate({ ...rental, card: { network: "visa" } });
  const other = await merchant.open.mutate({ ...rental, order: "rental-8", card: { network: "visa" } });
  const { hold } = await merchant.passTime.mutate({ hold: rented.hold.id, seconds: 30 * 24 * 3600 - 10 * 3600 });
  expect(hold).toMatchObject({
    ends: { at: inDays(10 / 24), passed: false },
    attention: "ending",
    opened: inDays(-30 + 10 / 24),
  });
  expect((await merchant.hold.query({ hold: other.hold.id })).hold.ends?.at).toBe(inDays(30));
  const passed = await merchant.passTime.mutate({ hold: hold.id, seconds: 11 * 3600 });
  expect(passed.hold).toMatchObject({ lifecycle: "open", ends: { passed: true }, amounts: { held: 900_00 } });
  const live = await world.open(900_00, {}, world.keys.live);
  const refused = await world.call("merchant.v1.passTime", { hold: live.id, seconds: 60 }, { key: world.keys.live });
  expect(refusalOf(refused).code).toBe("wrong_mode");
});

test("a merchant may say that the bank has let go of a hold, with evidence, and it is on record who did", async () => {
  const merchant = world.merchant();
  const { hold } = await merchant.open.mutate({ ...rental, card: { network: "visa" } });
  const silent = await world.call("merchant.v1.sayLapsed", { hold: hold.id, evidence: " " });
  expect(["evidence_required", "invalid_input"]).toContain(refusalOf(silent).code);
  const said = await merchant.sayLapsed.mutate({ hold: hold.id, evidence: "the issuer, by telephone, 14:02" });
  expect(said.hold).toMatchObject({ lifecycle: "expired", amounts: { held: 0, lapsed: 900_00 } });
  const { events } = await merchant.history.query({ hold: hold.id });
  expect(events).toContainEqual(
    expect.objectContaining({
      type: "expired",
      by: "grand-hotel's server",
      event: expect.objectContaining({ evidence: "the issuer, by telephone, 14:02" }),
    }),
  );
});
