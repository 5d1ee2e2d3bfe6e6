import { describe, expect, it } from "vitest";
import { ManualClock } from "../../testing/manual-clock.ts";
import type { Order } from "../port.ts";
import { createMoneris } from "./adapter.ts";
import { gate, json } from "./testing/gate.ts";
import { account, order, PAYMENT } from "./testing/order.ts";
import { paymentOf, problemOf } from "./testing/payment.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const clock = new ManualClock(NOW);
const patient = new AbortController().signal;

function gatewayShowing(status: number, body: unknown, settings: object = {}) {
  const wire = gate(() => json(status, body));
  const gateway = createMoneris(account(settings), {
    send: wire.send,
    now: clock.now,
    after: clock.after,
    randomUUID: () => "x",
  });
  return { gateway, ...wire };
}

const found = (
  asked: Order,
  body: unknown,
  { status = 200, ...settings }: { status?: number; [name: string]: unknown } = {},
) => gatewayShowing(status, body, settings).gateway.find(asked, patient);
const unknown = (cause: string) => ({ is: "unknown", cause });
const listed = (count: string) => ({ references: { payment: PAYMENT, listed: count } });

describe("an increment in doubt", () => {
  const raise = order("increment", { before: 40_000, step: 5_000 }, listed("1"));

  it("is told by the running total", async () => {
    expect(await found(raise, paymentOf("INCREMENTED", { authorized: 45_000, increments: [1_000, 5_000] }))).toEqual({
      is: "applied",
      grade: "total",
      applied: null,
      total: 45_000,
      references: { hold: { payment: PAYMENT, listed: "2" } },
    });
    expect(await found(raise, paymentOf("INCREMENTED", { authorized: 40_000 }))).toEqual({ is: "absent" });
    expect(await found(raise, paymentOf("AUTHORIZED", { authorized: 40_000 }))).toEqual({ is: "absent" });
  });

  it("is not told by a third sum, by none, by other money or by a payment in motion", async () => {
    expect(await found(raise, paymentOf("INCREMENTED", { authorized: 42_500 }))).toEqual(unknown("neither_sum"));
    expect(await found(raise, paymentOf("INCREMENTED"))).toEqual(unknown("amounts_not_named"));
    expect(await found(raise, paymentOf("INCREMENTED", { authorized: 45_000, currency: "USD" }))).toEqual(
      unknown("currency_disagrees"),
    );
    expect(await found(raise, paymentOf("PROCESSING", { authorized: 45_000 }))).toEqual(unknown("status_processing"));
    expect(await found(raise, paymentOf("SETTLED", { authorized: 45_000 }))).toEqual(unknown("unknown_status"));
  });

  it("left behind by a completion is absent only where the list says so too", async () => {
    const completed = (increments?: readonly number[]) =>
      paymentOf("SUCCEEDED", { amount: 40_000, authorized: 40_000, ...(increments ? { increments } : {}) });
    expect(await found(raise, completed())).toEqual(unknown("payment_closed"));
    expect(await found(raise, completed([1_000, 5_000]))).toEqual(unknown("payment_closed"));
    expect(await found(raise, completed([1_000]))).toEqual({ is: "absent" });
  });
});

describe("an extension in doubt", () => {
  const extend = order("extend", { before: 45_000, step: 0 }, listed("1"));
  const shows = (increments: readonly number[] | undefined, authorized = 45_000) =>
    paymentOf("INCREMENTED", { authorized, ...(increments ? { increments } : {}) });

  it("is told by one more entry of nothing", async () => {
    expect(await found(extend, shows([5_000, 0]))).toMatchObject({ is: "applied", grade: "total", total: 45_000 });
    expect(await found(extend, shows([5_000]))).toEqual({ is: "absent" });
  });

  it("is not told by another list, by none, or where we never knew how many there were", async () => {
    expect(await found(extend, shows([5_000, 100]))).toEqual(unknown("neither_list"));
    expect(await found(extend, shows([5_000, 0, 0]))).toEqual(unknown("neither_list"));
    expect(await found(extend, shows(undefined))).toEqual(unknown("increments_not_listed"));
    expect(
      await found({ ...extend, ...order("extend", { before: 45_000, step: 0 }, listed("untold")) }, shows([0])),
    ).toEqual(unknown("increments_not_listed"));
    expect(await found(extend, shows([5_000, 0], 46_000))).toEqual(unknown("neither_sum"));
  });

  it("is not told at all where the account doesn't list them", async () => {
    expect(await found(extend, shows([5_000]), { extensionsListed: false })).toEqual(unknown("extensions_not_listed"));
  });
});

describe("a completion in doubt", () => {
  const complete = order("capture", { step: 45_000 }, { final: true });
  const part = order("capture", { before: 10_000, step: 20_000 }, { captures: 1 });

  const amount = { completedAmount: "amount" };

  it("is told by what is listed as completed", async () => {
    const whole = paymentOf("SUCCEEDED", { authorized: 45_000, completions: [[45_000, true]] });
    expect(await found(complete, whole)).toMatchObject({ is: "applied", grade: "total", total: 45_000 });
    expect(await found(complete, paymentOf("INCREMENTED", { authorized: 45_000 }))).toEqual({ is: "absent" });
    const parts = paymentOf("PARTIALLY_COMPLETED", {
      authorized: 50_000,
      completions: [
        [10_000, false],
        [20_000, false],
      ],
    });
    expect(await found(part, parts)).toMatchObject({ is: "applied", grade: "total", total: 30_000 });
    const before = paymentOf("PARTIALLY_COMPLETED", { authorized: 50_000, capturable: 40_000 });
    expect(await found(part, before)).toEqual({ is: "absent" });
  });

  it("that isn't listed is told by the payment's end, but not how much it took", async () => {
    const bare = paymentOf("SUCCEEDED", { amount: 45_000, authorized: 45_000 });
    expect(await found(complete, bare)).toMatchObject({ is: "applied", grade: "none", total: null });
    expect(await found(part, bare)).toEqual(unknown("amounts_not_named"));
    expect(await found({ ...part, final: true }, bare)).toEqual(unknown("amounts_not_named"));
  });

  it("is told by its amount where the account says that it is named", async () => {
    const less = order("capture", { step: 30_000 }, { final: true });
    const shows = (cents: number) => paymentOf("SUCCEEDED", { amount: cents, authorized: 45_000 });
    expect(await found(less, shows(30_000), amount)).toMatchObject({ is: "applied", grade: "total", total: 30_000 });
    expect(await found(less, shows(45_000), amount)).toEqual(unknown("neither_sum"));
  });

  it("is not told where the payment ended otherwise", async () => {
    const open = paymentOf("PARTIALLY_COMPLETED", { authorized: 50_000, completions: [[45_000, false]] });
    expect(await found(complete, open)).toEqual(unknown("status_partially_completed"));
    expect(await found(complete, paymentOf("CANCELED", { authorized: 45_000 }))).toEqual(unknown("neither_sum"));
  });
});

describe("a cancel in doubt", () => {
  const cancel = order("reverse", { before: 45_000, step: 45_000 }, { final: true });
  const rest = order("reverse", { before: 45_000, step: 35_000, held: 35_000 }, { captures: 1 });

  it("is told by the payment's status, which names no amount", async () => {
    expect(await found(cancel, paymentOf("CANCELED", { authorized: 45_000 }))).toMatchObject({
      is: "applied",
      grade: "none",
    });
    expect(await found(cancel, paymentOf("INCREMENTED", { authorized: 45_000 }))).toEqual({ is: "absent" });
    expect(await found(cancel, paymentOf("SUCCEEDED", { amount: 45_000 }))).toEqual(unknown("status_succeeded"));
  });

  it("of the rest is told by a payment that is completed with no more than before", async () => {
    const done = (amount: number) =>
      paymentOf("SUCCEEDED", {
        completions: [
          [10_000, false],
          [amount, true],
        ],
      });
    expect(await found(rest, done(0))).toMatchObject({ is: "applied", grade: "none" });
    expect(await found(rest, done(35_000))).toEqual(unknown("status_succeeded"));
    expect(await found(rest, paymentOf("PARTIALLY_COMPLETED", { completions: [[10_000, false]] }))).toEqual({
      is: "absent",
    });
  });
});

describe("a creation in doubt", () => {
  const create = order("authorize", { step: 40_000 }, { at: NOW - 90_000 });
  const ours = (status: string, more: object = {}) =>
    paymentOf(status, { authorized: 40_000, ...more }, { orderId: create.reference });
  const other = paymentOf("AUTHORIZED", { authorized: 1 }, { orderId: "another" });
  const page = (data: readonly object[], next: string | null = null) => ({ data, next });

  it("is found by our orderId among the payments of that time, page after page", async () => {
    const pages = [page([other, other], "/payments?cursor=c2&limit=20"), page([other, ours("AUTHORIZED")])];
    const wire = gate(({ path }) => json(200, pages[path.includes("cursor=c2") ? 1 : 0]));
    const gateway = createMoneris(account(), {
      send: wire.send,
      now: clock.now,
      after: clock.after,
      randomUUID: () => "x",
    });
    expect(await gateway.find(create, patient)).toEqual({
      is: "applied",
      grade: "total",
      applied: null,
      total: 40_000,
      references: {
        hold: { payment: PAYMENT, listed: "0" },
        entry: { transaction: "938c2cc0dcc05f2b68c4287040cfcf71", approvalCode: "033470" },
      },
    });
    const asked = new URL(wire.asked[1]?.path ?? "", "https://x").searchParams;
    expect(Object.fromEntries(asked)).toEqual({
      limit: "20",
      created_from: "2026-11-22T11:53:30.000Z",
      created_to: "2026-11-22T12:05:00.000Z",
    });
  });

  it("was declined where the list says so", async () => {
    const details = { transactionDetails: { isoResponseCode: "51" } };
    const declined = paymentOf("DECLINED", {}, { orderId: create.reference, ...details });
    expect(await found(create, page([declined]))).toEqual({
      is: "declined",
      code: "DECLINED",
      networkCode: "51",
      advice: null,
    });
  });

  it.each([
    ["no such order is listed: that proves nothing", page([other]), "not_listed"],
    ["nothing is listed", page([]), "not_listed"],
    ["two are", page([ours("AUTHORIZED"), ours("AUTHORIZED")]), "found_more_than_one"],
    ["it is in motion", page([ours("PROCESSING")]), "status_processing"],
    ["somebody has gone on with it", page([ours("CANCELED")]), "status_canceled"],
    ["it is in other money", page([ours("AUTHORIZED", { currency: "USD" })]), "currency_disagrees"],
    ["the list is none", { payments: [] }, "unreadable_answer"],
  ])("is not told where %s", async (_, list, cause) => {
    expect(await found(create, list)).toEqual(unknown(cause));
  });

  it("goes no further than pages that lead somewhere, on its own host, and never for ever", async () => {
    let pages = 0;
    const endless = gate(() => json(200, page([other], `https://elsewhere.example/x?cursor=${(pages += 1)}`)));
    const deps = { send: endless.send, now: clock.now, after: clock.after, randomUUID: () => "x" };
    expect(await createMoneris(account(), deps).find(create, patient)).toEqual(unknown("too_many_payments"));
    expect(endless.asked).toHaveLength(26);
    expect(new Set(endless.asked.map(({ origin }) => origin))).toEqual(new Set(["https://api.sb.moneris.io"]));
    expect(await found(create, page([other], "/payments?limit=20"))).toEqual(unknown("unreadable_answer"));
  });
});

describe("a look-up that comes to nothing", () => {
  const raise = order("increment", { before: 40_000, step: 5_000 });

  it.each([
    [404, problemOf(404, "INVALID_REQUEST_ERROR", "NOT_FOUND"), "http_404"],
    [500, problemOf(500, "INTERNAL_SERVER_ERROR", "INTERNAL_SERVER_ERROR"), "http_500"],
    [200, "<html>", "unreadable_answer"],
    [200, '{"paymentId":', "unreadable_answer"],
    [200, paymentOf("INCREMENTED", {}, { paymentId: "pi0105ARZ3NDEKTSV4RRFFQ69G5FAW" }), "another_payment"],
  ])("%i is no absence", async (status, body, cause) => {
    expect(await found(raise, body, { status })).toEqual(unknown(cause));
  });
});

describe("reading a payment", () => {
  const { payment } = order("increment", { before: 40_000, step: 1 });
  const read = (body: unknown, settings: object = {}, status = 200) =>
    gatewayShowing(status, body, settings).gateway.read(payment, patient);

  it.each([
    ["AUTHORIZED", { authorized: 40_000 }, 40_000, 0, "open"],
    ["INCREMENTED", { authorized: 45_000 }, 45_000, 0, "open"],
    ["PARTIALLY_COMPLETED", { authorized: 45_000, capturable: 35_000 }, 45_000, 10_000, "open"],
    ["SUCCEEDED", { authorized: 45_000, completions: [[30_000, true]] }, 45_000, 30_000, "captured"],
    [
      "SUCCEEDED",
      {
        authorized: 45_000,
        completions: [
          [10_000, false],
          [5_000, true],
        ],
      },
      45_000,
      15_000,
      "captured",
    ],
    ["SUCCEEDED", { authorized: 45_000, completions: [[10_000, false]] }, 45_000, 10_000, "open"],
    ["SUCCEEDED", { authorized: 45_000, completions: [[0, true]] }, 45_000, 0, "reversed"],
    ["CANCELED", { authorized: 45_000 }, 45_000, 0, "reversed"],
  ] as const)("%s %o is %i authorized, %i captured, %s", async (status, shown, authorized, captured, state) => {
    expect(await read(paymentOf(status, shown))).toMatchObject({
      is: "snapshot",
      authorized,
      captured,
      state,
      asOf: NOW,
    });
  });

  it("gives its names and the count of its increments", async () => {
    expect(await read(paymentOf("INCREMENTED", { authorized: 45_000, increments: [5_000] }))).toMatchObject({
      references: { payment: PAYMENT, listed: "1" },
    });
  });

  it.each([
    ["isn't listed", paymentOf("SUCCEEDED", { amount: 1, authorized: 45_000 })],
    [
      "is listed, and not as the last",
      paymentOf(
        "SUCCEEDED",
        { authorized: 45_000 },
        { multipleCompletions: [{ amount: { amount: 1, currency: "CAD" } }] },
      ),
    ],
  ])("SUCCEEDED by a completion that %s is charged, and not told how much", async (_, body) => {
    const shown = await read(body, { completedAmount: "not_told" });
    expect(shown).toMatchObject({ is: "snapshot", authorized: 45_000, captured: null, state: "captured", asOf: NOW });
  });

  it.each(["PROCESSING", "DECLINED", "DECLINED_RETRY"])("%s says nothing of what is held", async (status) => {
    expect(await read(paymentOf(status, { authorized: 45_000 }))).toMatchObject({ state: "unrecognised" });
  });

  it.each([
    ["a status that nobody documents", paymentOf("EXPIRED", { authorized: 1 }), {}, "unknown_status"],
    ["no running total", paymentOf("INCREMENTED", { amount: 5_000 }), {}, "amounts_not_named"],
    ["no running total of what is completed", paymentOf("SUCCEEDED", { amount: 1 }), {}, "amounts_not_named"],
    [
      "completions that were canceled",
      paymentOf("CANCELED", { authorized: 1, completions: [[1, false]] }),
      {},
      "amounts_not_named",
    ],
    ["other money", paymentOf("AUTHORIZED", { authorized: 1, currency: "USD" }), {}, "currency_disagrees"],
    [
      "other money in a list",
      paymentOf(
        "INCREMENTED",
        { authorized: 1 },
        { incrementalAuthorizations: [{ amount: { amount: 1, currency: "USD" } }] },
      ),
      {},
      "currency_disagrees",
    ],
  ])("can't be done with %s", async (_, body, settings, cause) => {
    expect(await read(body, settings)).toEqual({ is: "cannot", cause });
  });

  it("can't be done without an id, and asks for nothing then", async () => {
    const { gateway, asked } = gatewayShowing(200, {});
    const lost = { ...payment, references: { payment: "../x" } };
    expect(await gateway.read(lost, patient)).toEqual({ is: "cannot", cause: "no_payment_id" });
    expect(asked).toHaveLength(0);
  });
});
