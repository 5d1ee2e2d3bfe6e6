import { describe, expect, it } from "vitest";
import type { WireRequest, WireResult } from "../wire-client.ts";
import { createCyberSource } from "./adapter.ts";
import { account } from "./testing/order.ts";

const signal = new AbortController().signal;
const FROM = Date.parse("2026-11-20T00:00:00Z");
const UNTIL = Date.parse("2026-11-21T00:00:00.250Z");

/** A wire on which each search is answered by the page at its offset; what was asked is kept. */
function listing(pageAt: (offset: number) => object | number) {
  const asked: { query: string; offset: number }[] = [];
  const send = async ({ body }: WireRequest): Promise<WireResult> => {
    const request = JSON.parse(body ?? "");
    asked.push({ query: request.query, offset: request.offset });
    const said = pageAt(request.offset);
    const [status, answer] = typeof said === "number" ? [said, {}] : [201, said];
    return { is: "answered", status, contentType: "", body: JSON.stringify(answer) };
  };
  const adapter = createCyberSource(account("flexible"), { send, now: () => UNTIL, randomUUID: () => "one" });
  return { asked, list: () => adapter.list?.(FROM, UNTIL, signal) };
}

const record = (id: number, name: string, rCode = "1", more: object = {}) => ({
  id: String(id),
  submitTimeUtc: "2026-11-20T08:30:00Z",
  clientReferenceInformation: { code: `ref-${id}` },
  applicationInformation: { applications: [{ name, rCode }] },
  orderInformation: { amountDetails: { totalAmount: "10.00", currency: "USD" } },
  ...more,
});

const page = (totalCount: number, ...transactionSummaries: object[]) => ({
  totalCount,
  _embedded: { transactionSummaries },
});

describe("the gateway's own list", () => {
  it("has each authorization once, by the time that it was submitted, and leaves its sums open", async () => {
    const records = [
      record(1, "ics_auth"),
      record(2, "ics_incremental_auth"),
      record(3, "ics_bill"),
      record(4, "ics_auth", "0"),
      record(5, "ics_auth", "1", { merchantId: "another_of_the_portfolio" }),
    ];
    const { list, asked } = listing(() => page(records.length, ...records));
    const sums = { authorized: null, captured: null, state: null };
    const at = Date.parse("2026-11-20T08:30:00Z");
    const first = { payment: "1", reference: "ref-1", currency: "USD", ...sums, at };
    expect(await list()).toEqual({ is: "listed", payments: [first] });
    expect(asked).toEqual([{ query: "submitTimeUtc:[2026-11-20T00:00:00Z TO 2026-11-21T00:00:01Z}", offset: 0 }]);
  });

  it("is read page after page", async () => {
    const all = Array.from({ length: 120 }, (_, index) => record(index + 1, "ics_auth"));
    const { list, asked } = listing((offset) => page(120, ...all.slice(offset, offset + 50)));
    expect(await list()).toMatchObject({ payments: { length: 120 } });
    expect(asked.map(({ offset }) => offset)).toEqual([0, 50, 100]);
  });

  it("is empty only where the gateway says so", async () => {
    expect(await listing(() => ({ totalCount: 0 })).list()).toEqual({ is: "listed", payments: [] });
    expect(await listing(() => ({})).list()).toEqual({ is: "cannot", cause: "unreadable_answer" });
  });

  it.each([
    ["a page that fails", (offset: number) => (offset === 0 ? page(60, record(1, "ics_auth")) : 503), "http_503"],
    ["a page that is empty before the end", () => page(60), "unreadable_answer"],
    ["too much for one list", () => page(1e6, ...Array<object>(50).fill(record(1, "ics_auth"))), "too_many_records"],
  ] as const)("is whole or not at all: %s", async (_, pageAt, cause) => {
    expect(await listing(pageAt).list()).toEqual({ is: "cannot", cause });
  });
});
