import { describe, expect, it } from "vitest";
import type { Order } from "../port.ts";
import type { WireRequest, WireResult } from "../wire-client.ts";
import { createCyberSource } from "./adapter.ts";
import { account, order } from "./testing/order.ts";

const signal = new AbortController().signal;
const PAYMENT = "7474221808366131703814";

type Answers = (request: WireRequest) => WireResult | [status: number, body: object];

/** The adapter on a wire whose answers the test says; what was asked is kept. */
function gateway(answers: Answers, more: object = {}) {
  const asked: WireRequest[] = [];
  const adapter = createCyberSource(account("flexible", more), {
    send: async (request) => {
      asked.push(request);
      const said = answers(request);
      return "is" in said ? said : { is: "answered", status: said[0], contentType: "", body: JSON.stringify(said[1]) };
    },
    now: () => 1_000_000,
    randomUUID: () => "00000000-0000-4000-8000-000000000001",
  });
  return { adapter, asked };
}

const done = { rCode: "1", reasonCode: "100", rFlag: "SOK" };
const summary = (name: string, more: object = {}) => ({
  id: "81",
  clientReferenceInformation: { code: "ref-1" },
  applicationInformation: { applications: [{ name, ...done }] },
  orderInformation: { amountDetails: { totalAmount: "10.00", currency: "USD" } },
  ...more,
});
const found = (...summaries: object[]) => ({
  totalCount: summaries.length,
  _embedded: { transactionSummaries: summaries },
});
const record = (id: string, name: string, amountDetails: object, related: string[] = [], more: object = {}) => ({
  id,
  rootId: PAYMENT,
  applicationInformation: { reasonCode: 100, applications: [{ name, ...done, returnCode: 1 }] },
  orderInformation: { amountDetails: { currency: "USD", ...amountDetails } },
  _links: {
    relatedTransactions: related.map((to) => ({ href: `https://apitest.cybersource.com/tss/v2/transactions/${to}` })),
  },
  ...more,
});

describe("looking an increment up by our reference", () => {
  const increment = order("increment", { before: 2000, step: 1000 });
  const look = (answers: Answers, asked: Order = increment) => gateway(answers).adapter.find(asked, signal);
  const search =
    (answer: object, detail: [number, object] = [404, {}]): Answers =>
    ({ method }) =>
      method === "POST" ? [201, answer] : detail;

  it("asks for the code alone, and reads the amount from the record", async () => {
    const detail = record("81", "ics_incremental_auth", { authorizedAmount: "10.00", totalAmount: "30.00" }, [], {
      clientReferenceInformation: { code: "ref-1" },
    });
    const { adapter, asked } = gateway(search(found(summary("ics_incremental_auth")), [200, detail]));
    expect(await adapter.find(increment, signal)).toEqual({
      is: "applied",
      grade: "own_amount",
      applied: 1000,
      total: null,
      references: { entry: { id: "81" } },
    });
    expect(JSON.parse(asked[0]?.body ?? "")).toMatchObject({
      query: "clientReferenceInformation.code:ref-1",
      save: false,
    });
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /tss/v2/searches",
      "GET /tss/v2/transactions/81",
    ]);
  });

  it("tells that what it found waits for a review", async () => {
    const pending = { status: "AUTHORIZED_PENDING_REVIEW" };
    const answers = search(found({ ...summary("ics_incremental_auth"), ...pending }));
    expect(await look(answers)).toMatchObject({ is: "applied", reviewed: true });
  });

  it("shows no amount where the record is the original's, as it is when both go by one id", async () => {
    const original = record("81", "ics_auth", { authorizedAmount: "20.00" }, [], {
      clientReferenceInformation: { code: "other" },
    });
    const finding = await look(search(found(summary("ics_incremental_auth")), [200, original]));
    expect(finding).toMatchObject({ is: "applied", grade: "none", applied: null });
  });

  it("nothing found is absent, with or without an empty list", async () => {
    expect(await look(search({ totalCount: 0 }))).toEqual({ is: "absent" });
    expect(await look(search(found()))).toEqual({ is: "absent" });
    expect(await look(search(found(summary("ics_auth", { clientReferenceInformation: { code: "ref-10" } }))))).toEqual({
      is: "absent",
    });
  });

  it("a decline keeps its reason, and a refusal at the door left nothing", async () => {
    const refused = (rFlag: string) =>
      summary("ics_incremental_auth", {
        applicationInformation: { applications: [{ name: "ics_incremental_auth", rCode: "0", rFlag }] },
        errorInformation: { reason: "INSUFFICIENT_FUND" },
        processorInformation: { responseCode: "51" },
      });
    expect(await look(search(found(refused("DCARDREFUSED"))))).toEqual({
      is: "declined",
      code: "INSUFFICIENT_FUND",
      networkCode: "51",
      advice: null,
    });
    expect(await look(search(found(refused("DINVALIDDATA"))))).toEqual({ is: "absent" });
  });

  it("says absent in no other case", async () => {
    const unclear: Answers[] = [
      search({}),
      search({ totalCount: 5, _embedded: { transactionSummaries: [summary("ics_auth")] } }),
      search(found(summary("ics_incremental_auth"), summary("ics_incremental_auth"))),
      search(found(summary("ics_bill"))),
      search(found(summary("ics_incremental_auth", { id: "no id" }))),
      search(found(summary("ics_auth", { orderInformation: { amountDetails: { currency: "EUR" } } }))),
      () => [200, []],
      () => [401, {}],
      () => [404, {}],
      () => [500, found()],
      () => ({ is: "not_sent", cause: "econnrefused" }),
      () => ({ is: "unclear", cause: "timed_out" }),
    ];
    for (const answers of unclear) expect((await look(answers)).is).toBe("unknown");
    expect((await look(search(found()), { ...increment, reference: "a OR b" })).is).toBe("unknown");
  });

  it("without a reference is told by the sums", async () => {
    const books =
      (authorized: string): Answers =>
      () => [200, record(PAYMENT, "ics_auth", { authorizedAmount: authorized })];
    const byTotals = (authorized: string) =>
      gateway(books(authorized), { clientReferenceInPatch: "omit" }).adapter.find(increment, signal);
    expect(await byTotals("20.00")).toEqual({ is: "absent" });
    expect(await byTotals("30.00")).toMatchObject({ is: "applied", grade: "total", total: 3000 });
    expect((await byTotals("25.00")).is).toBe("unknown");
  });
});

describe("reading a payment's books", () => {
  const { payment } = order("capture", { step: 1 });
  const books =
    (...records: { id: string }[]): Answers =>
    ({ path }) => {
      const hit = records.find(({ id }) => path.endsWith(`/${id}`));
      return hit ? [200, hit] : [404, {}];
    };
  const first = (related: string[] = []) =>
    record(PAYMENT, "ics_auth", { totalAmount: "30.00", authorizedAmount: "20.00" }, related);
  const read = (answers: Answers) => gateway(answers).adapter.read(payment, signal);

  it("adds up the original and each increment, whatever the original says its total is", async () => {
    const answers = books(
      first(["81"]),
      record("81", "ics_incremental_auth", { authorizedAmount: "10.00", totalAmount: "30.00" }, [PAYMENT]),
    );
    expect(await read(answers)).toEqual({
      is: "snapshot",
      authorized: 3000,
      captured: 0,
      state: "open",
      asOf: 1_000_000,
      references: { payment: PAYMENT },
    });
  });

  it("counts no declined increment, and takes voids off captures", async () => {
    const declined = record("81", "ics_incremental_auth", { authorizedAmount: "0.00" });
    const refused = { applicationInformation: { applications: [{ name: "ics_incremental_auth", rCode: "0" }] } };
    const answers = books(
      first(["81", "82", "83"]),
      { ...declined, ...refused },
      record("82", "ics_bill", { totalAmount: "15.00" }),
      record("83", "ics_void", { totalAmount: "15.00" }, ["84"]),
      record("84", "ics_bill", { totalAmount: "20.00" }),
    );
    expect(await read(answers)).toMatchObject({ authorized: 2000, captured: 2000, state: "captured" });
  });

  it("knows a reversal and a review, and never follows a link to elsewhere", async () => {
    expect(await read(books(first(["85"]), record("85", "ics_auth_reversal", {})))).toMatchObject({
      state: "reversed",
      authorized: 2000,
    });
    const reviewed = { ...first(), status: "AUTHORIZED_PENDING_REVIEW" };
    const { adapter, asked } = gateway(
      books({ ...reviewed, _links: { relatedTransactions: [{ href: "https://elsewhere.example/x" }] } } as {
        id: string;
      }),
    );
    expect(await adapter.read(payment, signal)).toMatchObject({ state: "reviewed" });
    expect(asked).toHaveLength(1);
  });

  it("cannot where anything is missing", async () => {
    const unclear: Answers[] = [
      books(),
      books(first(["81"])),
      books(record(PAYMENT, "ics_bill", { totalAmount: "20.00" })),
      books(record(PAYMENT, "ics_auth", {})),
      books(record(PAYMENT, "ics_auth", { authorizedAmount: "20.00", currency: "EUR" })),
      () => [200, { id: "somebody-else" }],
      () => ({ is: "unclear", cause: "timed_out" }),
    ];
    for (const answers of unclear) expect((await read(answers)).is).toBe("cannot");
    expect(await gateway(books(first())).adapter.read({ ...payment, references: {} }, signal)).toMatchObject({
      cause: "no_payment_id",
    });
  });
});

describe("undoing by our reference", () => {
  const authorize = order("authorize", { step: 2000 });
  const undo = (asked: Order, answers: Answers, more = {}) => {
    const { adapter, asked: sent } = gateway(answers, more);
    return { outcome: adapter.undo?.(asked, signal), sent };
  };

  it("an authorization is reversed by the transactionId that it carried", async () => {
    const reversed = {
      id: "9",
      status: "REVERSED",
      reversalAmountDetails: { reversedAmount: "20.00", currency: "USD" },
    };
    const { outcome, sent } = undo(authorize, () => [201, reversed]);
    expect(await outcome).toMatchObject({ is: "approved", applied: 2000 });
    expect(sent[0]).toMatchObject({ method: "POST", path: "/pts/v2/reversals" });
    expect(JSON.parse(sent[0]?.body ?? "")).toMatchObject({
      clientReferenceInformation: { transactionId: "ref-1" },
      reversalInformation: { amountDetails: { totalAmount: "20.00", currency: "USD" } },
    });
  });

  it("there is nothing to undo only where the gateway says so", async () => {
    const flat =
      (reason: string): Answers =>
      () => [400, { status: "INVALID_REQUEST", reason }];
    expect(await undo(authorize, flat("MISSING_AUTH")).outcome).toMatchObject({ is: "rejected", again: "never" });
    const unclear: Answers[] = [
      flat("INVALID_DATA"),
      flat("NOT_SUPPORTED"),
      () => [502, { reason: "MISSING_AUTH" }],
      () => [401, {}],
      () => [403, {}],
      () => [404, {}],
      () => [502, {}],
    ];
    for (const answers of unclear) expect((await undo(authorize, answers).outcome)?.is).toBe("unknown");
  });

  it("an answer that names other money than was to be undone proves nothing", async () => {
    const named = (reversedAmount: string, currency: string): Answers => {
      return () => [201, { id: "9", status: "REVERSED", reversalAmountDetails: { reversedAmount, currency } }];
    };
    expect((await undo(authorize, named("10.00", "USD")).outcome)?.is).toBe("unknown");
    expect((await undo(authorize, named("20.00", "EUR")).outcome)?.is).toBe("unknown");
    const inPart = undo(authorize, named("10.00", "USD"), { partialApproval: true });
    expect((await inPart.outcome)?.is).toBe("approved");
  });

  it("a capture is voided", async () => {
    const { outcome, sent } = undo(order("capture", { step: 1 }), () => [201, { id: "9", status: "VOIDED" }]);
    expect(await outcome).toMatchObject({ is: "approved", grade: "none" });
    expect(sent[0]?.path).toBe("/pts/v2/voids");
  });

  it("an increment is left alone unless the account says that it may be", async () => {
    const increment = order("increment", { before: 2000, step: 1000 });
    const left = undo(increment, () => [201, { status: "REVERSED" }]);
    expect((await left.outcome)?.is).toBe("unknown");
    expect(left.sent).toHaveLength(0);
    const undone = undo(increment, () => [201, { status: "REVERSED" }], { undoOfIncrements: true });
    expect((await undone.outcome)?.is).toBe("approved");
  });
});

describe("asking", () => {
  const asked = order("authorize", { step: 2000 });
  const attempt = (token: string | null, answers: Answers) => {
    const { adapter, asked: sent } = gateway(answers);
    return { sent, outcome: adapter.ask({ order: asked, written: adapter.write(asked), number: 1, token, signal }) };
  };
  const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJqdGkiOiIxIn0.c2ln";

  it("puts the payer's token in at the last moment, and lets it out nowhere", async () => {
    const { sent, outcome } = attempt(jwt, () => [201, { id: "1", status: "AUTHORIZED", echo: jwt }]);
    const said = JSON.stringify(await outcome);
    expect(JSON.parse(sent[0]?.body ?? "")).toMatchObject({ tokenInformation: { transientTokenJwt: jwt } });
    expect(said).toContain("approved");
    expect(said).not.toContain(jwt);
  });

  it("sends nothing without a token, or with what is none", async () => {
    for (const token of [null, "", 'x","capture":true,"y":"', "4111111111111111"]) {
      const { sent, outcome } = attempt(token, () => [201, {}]);
      expect(await outcome).toEqual({ is: "rejected", cause: "not_sent: no_payment_token", again: "never" });
      expect(sent).toHaveLength(0);
    }
  });
});
