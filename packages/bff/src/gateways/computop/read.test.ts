import { total } from "@plimsoll/shared";
import { describe, expect, it } from "vitest";
import { ManualClock } from "../../testing/manual-clock.ts";
import type { Payment } from "../port.ts";
import type { WireResult } from "../wire-client.ts";
import { createDoor } from "./door.ts";
import { noticesIn } from "./notices.ts";
import { read } from "./read.ts";
import { account, answered, answering, detailsOf, NOON, order, PAY_ID } from "./testing/order.ts";

const { payment } = order("capture", { step: 1 });

async function snapshot(result: WireResult, more: object = {}, of: Payment = payment) {
  const settings = account(more);
  const { send } = answering(result);
  const { now, after } = new ManualClock(NOON);
  return read(createDoor(settings, { send, now, after }), of, settings, NOON, AbortSignal.timeout(1_000));
}

describe("the payment's books", () => {
  it("have what is authorized and captured, as of the moment when it was asked", async () => {
    expect(await snapshot(answered(200, detailsOf({ value: 12_500 })))).toEqual({
      is: "snapshot",
      authorized: 12_500,
      captured: 0,
      state: "open",
      asOf: NOON,
      references: { payment: PAY_ID },
    });
  });

  it.each([
    ["standing", { value: 10_000 }, 14_000],
    ["authorized", { value: 14_000 }, 14_000],
  ])("count what was let go back in where the amount is what is %s", async (amountValue, amount, authorized) => {
    const books = await snapshot(
      answered(200, detailsOf(amount)),
      { amountValue },
      { ...payment, reversed: total(4_000) },
    );
    expect(books).toMatchObject({ is: "snapshot", authorized });
  });

  it.each([
    ["AUTHORIZED", 0, "open"],
    ["OK", 0, "open"],
    ["OK", 9_000, "captured"],
    ["CAPTURED", 9_000, "captured"],
    ["AUTHORIZED", 9_000, "captured"],
    ["REVERSED", 0, "reversed"],
    ["EXPIRED", 0, "expired"],
    ["CAPTURED", 0, "unrecognised"],
    ["FAILED", 0, "unrecognised"],
    ["PENDING", 0, "unrecognised"],
    ["SOMETHING", 0, "unrecognised"],
  ])("%s with %i captured are %s", async (status, capturedValue, state) => {
    expect(await snapshot(answered(200, detailsOf({ capturedValue }, { status })))).toMatchObject({
      captured: capturedValue,
      state,
    });
  });

  it.each([
    ["another payment's", answered(200, detailsOf({}, { payId: "another" })), "answer_to_another_request"],
    ["in another currency", answered(200, detailsOf({ currency: "USD" })), "currency_disagrees"],
    ["without amounts", answered(200, detailsOf({}, { amount: { currency: "EUR" } })), "amounts_not_named"],
    ["in fractions", answered(200, detailsOf({ value: 0.5 })), "amounts_not_named"],
    ["not there", answered(404, { responseCode: "20160004" }), "not_found"],
    ["HTML", answered(200, "<html>"), "unreadable_answer"],
    ["half", answered(200, '{"amount":'), "unreadable_answer"],
    ["out of order", answered(503, "{}"), "http_503"],
    ["silent", { is: "unclear", cause: "timed_out" } as const, "timed_out"],
  ])("can't be read where the answer is %s", async (_, result, cause) => {
    expect(await snapshot(result)).toMatchObject({ is: "cannot", cause });
  });

  it("can't be read without a payId, or where details keep the first amount for ever", async () => {
    const whole = answered(200, detailsOf({}));
    expect(await snapshot(whole, {}, { ...payment, references: {} })).toMatchObject({ cause: "no_payment_id" });
    expect(await snapshot(whole, { amountValue: "first" })).toMatchObject({ cause: "increments_not_in_details" });
  });
});

describe("a notice", () => {
  const notices = (text: string) => noticesIn(new TextEncoder().encode(text));
  const paid = { about: { payment: PAY_ID }, says: null };
  const reference = { about: { reference: "ourTransId" }, says: null };

  it.each([
    ["basic", JSON.stringify({ payId: PAY_ID }), [paid]],
    ["enhanced", JSON.stringify(detailsOf({})), [reference, paid]],
    ["with other letters", JSON.stringify({ PayID: PAY_ID, TransID: "ourTransId" }), [reference, paid]],
    ["a form", `PayID=${PAY_ID}&TransID=ourTransId&MID=m&Status=OK&Code=00000000`, [reference, paid]],
    ["of our transId alone", JSON.stringify({ transId: "ourTransId" }), [reference]],
  ])("is a reason to look and never evidence: %s", async (_, body, expected) => {
    expect(await notices(body)).toEqual(expected);
  });

  it.each([
    ["nothing", ""],
    ["a word", "hello"],
    ["HTML", "<html><body>PayID</body></html>"],
    ["half", '{"payId":"91a6'],
    ["a list", '[{"payId":"1"}]'],
    ["a number", "7"],
    ["ids of another form", '{"payId":{"id":1},"transId":7}'],
    ["ids that are none", '{"payId":"a/../b","transId":"<script>"}'],
  ])("that is %s is unreadable", async (_, body) => {
    expect(await notices(body)).toBe("unreadable");
  });

  it("that is no text is unreadable", async () => {
    expect(await noticesIn(Uint8Array.of(0x70, 0x61, 0xff, 0xfe))).toBe("unreadable");
  });
});
