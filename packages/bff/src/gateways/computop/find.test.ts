import { total } from "@plimsoll/shared";
import { describe, expect, it } from "vitest";
import { ManualClock } from "../../testing/manual-clock.ts";
import type { Order } from "../port.ts";
import type { WireResult } from "../wire-client.ts";
import { createDoor } from "./door.ts";
import { find } from "./find.ts";
import { account, answered, answering, detailsOf, NOON, order, page, PAY_ID } from "./testing/order.ts";

const MINUTE = 60_000;
const notThere = answered(404, { responseCode: "20160001", responseDescription: "Parameter value is unknown" });

async function found(asked: Order, result: WireResult, more: object = {}, at = NOON + MINUTE) {
  const settings = account(more);
  const { send, sent } = answering(result);
  const { now, after } = new ManualClock(at);
  const door = createDoor(settings, { send, now, after });
  const finding = await find(door, asked, settings, now, AbortSignal.timeout(1_000));
  return { finding, path: sent[0]?.path };
}

describe("an authorization", () => {
  const direct = order("authorize", { step: 10_000 });

  it("is found by our own transId, with its amount and its payId", async () => {
    expect(await found(direct, answered(200, detailsOf({})))).toEqual({
      path: "/api/v2/payments/getByTransId/ourTransId",
      finding: {
        is: "applied",
        grade: "own_amount",
        applied: 10_000,
        total: null,
        references: { hold: { payment: PAY_ID }, entry: { id: "b55e68b7e4644a90836ae31effe1fc60" } },
      },
    });
  });

  it.each([
    ["declined", { status: "FAILED", responseCode: "22060305" }, { is: "declined", code: "0305", networkCode: "05" }],
    ["refused", { status: "FAILED", responseCode: "20180011" }, { is: "absent" }],
    ["pending", { status: "PENDING", responseCode: "60000000" }, { is: "unknown", cause: "pending" }],
    ["captured at once", { status: "CAPTURED" }, { is: "applied", applied: 10_000 }],
    ["reversed", { status: "REVERSED" }, { is: "unknown", cause: "unknown_status" }],
    ["of an unknown word", { status: "SETTLING" }, { is: "unknown", cause: "unknown_status" }],
    ["another's", { transId: "another" }, { is: "unknown", cause: "answer_to_another_request" }],
  ])("may be %s", async (_, more, finding) => {
    expect((await found(direct, answered(200, detailsOf({}, more)))).finding).toMatchObject(finding);
  });

  it("in another currency, or without an amount, is not taken for what was asked", async () => {
    const inPounds = await found(direct, answered(200, detailsOf({ currency: "GBP" })));
    expect(inPounds.finding).toEqual({ is: "unknown", cause: "currency_disagrees" });
    const silent = await found(direct, answered(200, detailsOf({}, { amount: undefined })));
    expect(silent.finding).toMatchObject({ is: "applied", grade: "none", applied: null });
  });

  it("is absent only by the gateway's own word", async () => {
    expect((await found(direct, notThere)).finding).toEqual({ is: "absent" });
    for (const [status, body] of [
      [404, "<html>"],
      [404, {}],
      [401, { error: "no" }],
      [500, {}],
      [200, "<html>"],
      [200, '{"payId":"9'],
    ] as const)
      expect((await found(direct, answered(status, body))).finding).toMatchObject({ is: "unknown" });
    expect((await found(direct, { is: "unclear", cause: "timed_out" })).finding).toMatchObject({ is: "unknown" });
  });
});

describe("a payment on the page", () => {
  const asked = order("authorize", { step: 10_000 }, { means: page });
  const pending = answered(200, detailsOf({}, { status: "PENDING", responseCode: "60000000" }));
  const afterwards = NOON + 32 * MINUTE;

  it("is not yet paid as long as the page is open, and absent when it has closed", async () => {
    for (const nothing of [notThere, pending]) {
      expect((await found(asked, nothing)).finding).toEqual({ is: "unknown", cause: "not_paid_yet" });
      expect((await found(asked, nothing, {}, afterwards)).finding).toEqual({ is: "absent" });
    }
  });

  it("is applied once it is paid, declined once the issuer has said so, absent where it failed", async () => {
    expect((await found(asked, answered(200, detailsOf({})))).finding).toMatchObject({
      is: "applied",
      applied: 10_000,
    });
    const failed = (responseCode: string) =>
      found(asked, answered(200, detailsOf({}, { status: "FAILED", responseCode })));
    expect((await failed("22060351")).finding).toMatchObject({ is: "declined", code: "0351" });
    expect((await failed("20180011")).finding).toEqual({ is: "absent", givenUp: true });
  });

  it("that expired unpaid is absent when it has closed", async () => {
    const expired = answered(200, detailsOf({}, { status: "EXPIRED" }));
    expect((await found(asked, expired)).finding).toMatchObject({ is: "unknown" });
    expect((await found(asked, expired, {}, afterwards)).finding).toEqual({ is: "absent" });
  });
});

/** 100.00 held, 25.00 added; before it, an earlier 40.00 was added and let go again. */
describe("a step by the sums", () => {
  const reversed = (asked: Order): Order => ({ ...asked, payment: { ...asked.payment, reversed: total(4_000) } });
  const increment = reversed(order("increment", { before: 10_000, step: 2_500 }));
  const capture = reversed(order("capture", { step: 12_500 }));
  const reverse = reversed(order("reverse", { before: 12_500, step: 2_500 }));

  it.each([
    ["increment", increment, "standing", { value: 12_500 }, { is: "applied", grade: "total", total: 12_500 }],
    ["increment", increment, "standing", { value: 10_000 }, { is: "absent" }],
    ["increment", increment, "standing", { value: 11_000 }, { is: "unknown", cause: "neither_sum" }],
    ["increment", increment, "authorized", { value: 16_500 }, { is: "applied", grade: "total", total: 12_500 }],
    ["increment", increment, "authorized", { value: 14_000 }, { is: "absent" }],
    ["increment", increment, "first", { value: 10_000 }, { is: "unknown", cause: "increments_not_in_details" }],
    ["capture", capture, "standing", { value: 12_500, capturedValue: 12_500 }, { is: "applied", total: 12_500 }],
    ["capture", capture, "standing", { value: 12_500, capturedValue: 0 }, { is: "absent" }],
    ["capture", capture, "authorized", { value: 16_500, capturedValue: 12_500 }, { is: "applied", total: 12_500 }],
    ["reversal", reverse, "standing", { value: 10_000 }, { is: "applied", grade: "total", total: 10_000 }],
    ["reversal", reverse, "standing", { value: 12_500 }, { is: "absent" }],
  ])("$0 where the amount means $2: $3", async (_, asked, amountValue, amount, finding) => {
    const looked = await found(asked, answered(200, detailsOf(amount)), { amountValue });
    expect(looked.path).toBe(`/api/v2/payments/getByPayId/${PAY_ID}`);
    expect(looked.finding).toMatchObject(finding);
  });

  it("that reverses is not told by sums in which reversals don't show", async () => {
    const { finding, path } = await found(reverse, answered(200, detailsOf({ value: 16_500 })), {
      amountValue: "authorized",
    });
    expect([finding, path]).toEqual([{ is: "unknown", cause: "reversals_not_in_details" }, undefined]);
  });

  it("is not absent as long as a word speaks of more than the sums show", async () => {
    const of = async (asked: Order, status: string) =>
      (await found(asked, answered(200, detailsOf({ value: 12_500 }, { status })))).finding;
    expect(await of(capture, "CAPTURE_REQUEST")).toEqual({ is: "unknown", cause: "unknown_status" });
    expect(await of(reverse, "REVERSED")).toEqual({ is: "unknown", cause: "unknown_status" });
    expect(await of(capture, "AUTHORIZED")).toEqual({ is: "absent" });
  });

  it("is not told by sums that are not there, or another's", async () => {
    const of = async (body: unknown) => (await found(increment, answered(200, body))).finding;
    expect(await of(detailsOf({ currency: "USD" }))).toEqual({ is: "unknown", cause: "currency_disagrees" });
    expect(await of(detailsOf({}, { amount: { currency: "EUR", value: 12_500 } }))).toMatchObject({ is: "unknown" });
    expect(await of(detailsOf({}, { payId: "another" }))).toMatchObject({ is: "unknown" });
    expect(await of(detailsOf({}, { amount: { currency: "EUR", value: -1, capturedValue: 0 } }))).toMatchObject({
      is: "unknown",
    });
    expect((await found(increment, notThere)).finding).toMatchObject({ is: "unknown" });
  });
});

describe("a step by its own transId", () => {
  const settings = { lookUpOfSteps: "by_trans_id" };
  const increment = order("increment", { before: 10_000, step: 2_500 });
  const looked = async (asked: Order, amount: object, more: object = {}, set: object = {}) =>
    (await found(asked, answered(200, detailsOf(amount, more)), { ...settings, ...set })).finding;

  it("is proved by the sums that have moved with it", async () => {
    expect(await looked(increment, { value: 12_500 })).toMatchObject({ is: "applied", grade: "total", total: 12_500 });
    const reverse = order("reverse", { before: 12_500, step: 2_500 });
    expect(await looked(reverse, { value: 10_000 })).toMatchObject({ is: "applied", grade: "total", total: 10_000 });
  });

  it("is found and read back where the sums don't tell", async () => {
    expect(await looked(increment, { value: 2_500 })).toMatchObject({ is: "applied", grade: "none" });
    expect(await looked(increment, { value: 10_000 }, {}, { amountValue: "first" })).toMatchObject({
      is: "applied",
      grade: "none",
    });
    const reverse = order("reverse", { before: 12_500, step: 2_500 });
    expect(await looked(reverse, { value: 12_500 }, { status: "REVERSED" }, { amountValue: "first" })).toMatchObject({
      is: "applied",
      grade: "none",
    });
  });

  it("is no yes where the payment's word stands beside sums that have not moved", async () => {
    expect(await looked(increment, { value: 10_000 })).toEqual({ is: "unknown", cause: "not_told" });
  });

  it.each([
    ["declined", { status: "FAILED", responseCode: "22060351" }, { is: "declined", code: "0351" }],
    ["refused", { status: "FAILED", responseCode: "22060901" }, { is: "absent" }],
    ["pending", { status: "PENDING", responseCode: "60000000" }, { is: "unknown", cause: "pending" }],
  ])("may be %s", async (_, more, finding) => {
    expect(await looked(increment, { value: 10_000 }, more)).toMatchObject(finding);
  });

  it("is absent where nothing has that transId", async () => {
    expect((await found(increment, notThere, settings)).finding).toEqual({ is: "absent" });
  });
});
