import { describe, expect, it } from "vitest";
import type { WireResult } from "../wire-client.ts";
import { createMoneris } from "./adapter.ts";
import { gate, json } from "./testing/gate.ts";
import { account, PAYMENT } from "./testing/order.ts";
import { paymentOf } from "./testing/payment.ts";

const signal = new AbortController().signal;
const FROM = Date.parse("2026-11-20T00:00:00Z");
const UNTIL = Date.parse("2026-11-22T12:00:00Z");

function listing(answering: (query: URLSearchParams) => WireResult, until = FROM + 3_600_000) {
  const wire = gate(({ path }) => answering(new URL(path, "https://moneris.invalid").searchParams));
  const gateway = createMoneris(account(), {
    send: wire.send,
    now: () => UNTIL,
    after: () => () => {},
    randomUUID: () => "x",
  });
  return { ...wire, list: () => gateway.list?.(FROM, until, signal) };
}

const one = (status: string, shown: object = {}, more: object = {}) =>
  listing(() => json(200, { data: [paymentOf(status, shown, { orderId: "our-reference", ...more })] })).list();

describe("the gateway's own list", () => {
  it("shows each payment with its sums", async () => {
    const listed = { payment: PAYMENT, reference: "our-reference", currency: "CAD" };
    const at = Date.parse("2026-11-22T12:00:00.000Z");
    expect(await one("INCREMENTED", { amount: 40_000, authorized: 45_000 })).toEqual({
      is: "listed",
      payments: [{ ...listed, authorized: 45_000, captured: 0, state: "open", at }],
    });
    const completed = { amount: 40_000, authorized: 45_000, completions: [[30_000, true]] };
    expect(await one("SUCCEEDED", completed)).toMatchObject({
      payments: [{ authorized: 45_000, captured: 30_000, state: "captured" }],
    });
  });

  it("tells what was declined from what was never told", async () => {
    expect(await one("DECLINED", { amount: 100 })).toMatchObject({
      payments: [{ state: "declined", authorized: null }],
    });
    expect(await one("DECLINED", { amount: 100, increments: [100] })).toMatchObject({
      payments: [{ state: "unrecognised" }],
    });
    expect(await one("SAILING", { authorized: 100 })).toMatchObject({
      payments: [{ payment: PAYMENT, state: null, authorized: null, captured: null }],
    });
  });

  it("has no other merchant's payments", async () => {
    expect(await one("AUTHORIZED", { authorized: 100 }, { merchantId: "another" })).toEqual({
      is: "listed",
      payments: [],
    });
  });

  it("is asked for day by day, without a gap between them", async () => {
    const spans: [number, number][] = [];
    const { list } = listing((query) => {
      spans.push([Date.parse(query.get("created_from") ?? ""), Date.parse(query.get("created_to") ?? "")]);
      return json(200, { data: [] });
    }, UNTIL);
    await list();
    expect(spans).toHaveLength(3);
    for (const [index, [from, to]] of spans.entries()) {
      expect(to - from).toBeLessThanOrEqual(86_400_000);
      expect(from).toBeLessThan(spans[index - 1]?.[1] ?? FROM);
    }
    expect(spans.at(-1)?.[1]).toBe(UNTIL);
  });

  it("is whole or not at all", async () => {
    const next = "/payments?cursor=abc&limit=20";
    const { list } = listing((query) => (query.has("cursor") ? json(500, {}) : json(200, { data: [], next })));
    expect(await list()).toEqual({ is: "cannot", cause: "http_500" });
    let page = 0;
    const endless = listing(() => json(200, { data: [], next: `/payments?cursor=c${(page += 1)}` }));
    expect(await endless.list()).toEqual({ is: "cannot", cause: "too_many_payments" });
    for (const nowhere of ["/payments?limit=20", "https://:", "/payments?cursor=abc&limit=20"]) {
      const stuck = listing(() => json(200, { data: [], next: nowhere }));
      expect(await stuck.list()).toEqual({ is: "cannot", cause: "unreadable_answer" });
    }
  });
});
