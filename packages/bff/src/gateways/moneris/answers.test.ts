import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Order } from "../port.ts";
import { outcomeOf } from "./answers.ts";
import { account, order, PAYMENT } from "./testing/order.ts";
import { json } from "./testing/gate.ts";
import { paymentOf, problemOf } from "./testing/payment.ts";

const settings = account();
const told = (status: number, body: unknown, asked: Order, attempt = 1, more: object = {}) =>
  outcomeOf(json(status, body), asked, attempt, account(more));
const unknown = (cause: string) => ({ is: "unknown", cause });
const rejected = (cause: string, again = "never") => ({ is: "rejected", cause, again });

const create = order("authorize", { step: 40_000 });
const raise = order("increment", { before: 40_000, step: 5_000 });
const complete = order("capture", { step: 45_000 }, { final: true });
const part = order("capture", { step: 10_000 }, { captures: 0 });
const cancel = order("reverse", { before: 45_000, step: 45_000 }, { final: true });
const extend = order("extend", { before: 45_000, step: 0 }, { references: { payment: PAYMENT, listed: "1" } });

describe("a payment that is authorized", () => {
  it("shows its running total and the one id that it goes by", () => {
    expect(
      told(201, paymentOf("AUTHORIZED", { amount: 40_000, authorized: 40_000, capturable: 40_000 }), create),
    ).toEqual({
      is: "approved",
      grade: "total",
      applied: null,
      total: 40_000,
      references: {
        hold: { payment: PAYMENT, listed: "0" },
        entry: { transaction: "938c2cc0dcc05f2b68c4287040cfcf71", approvalCode: "033470" },
      },
    });
  });

  it("for another amount is told as it was answered", () => {
    expect(told(201, paymentOf("AUTHORIZED", { authorized: 20_000 }), create)).toMatchObject({
      grade: "total",
      total: 20_000,
    });
  });

  it("with nothing but the amount that was sent shows an echo, and without amounts nothing", () => {
    expect(told(201, paymentOf("AUTHORIZED", { amount: 40_000 }), create)).toMatchObject({
      grade: "echo",
      applied: 40_000,
    });
    expect(told(201, paymentOf("AUTHORIZED"), create)).toMatchObject({ grade: "none", applied: null, total: null });
    const odd = { authorizedAmount: { amount: "400.00", currency: "CAD" } };
    expect(told(201, paymentOf("AUTHORIZED", {}, odd), create)).toMatchObject({ grade: "none" });
  });

  it("and is still in motion is undecided, but has its name already", () => {
    expect(told(201, paymentOf("PROCESSING"), create)).toEqual({
      ...unknown("status_processing"),
      references: { hold: { payment: PAYMENT } },
    });
  });

  it("needs an id, and must be ours", () => {
    expect(told(201, paymentOf("AUTHORIZED", {}, { paymentId: null }), create)).toEqual(unknown("no_payment_id"));
    expect(told(201, paymentOf("AUTHORIZED", {}, { orderId: "another" }), create)).toEqual(
      unknown("answer_to_another_request"),
    );
    expect(told(201, paymentOf("AUTHORIZED", {}, { merchantId: "9999999999999" }), create)).toEqual(
      unknown("another_merchant"),
    );
  });
});

describe("an increment", () => {
  it("shows the new running total, as in the sample of the description", () => {
    // OpenAPI 2.6.1, incrementalAuthorizationSuccessResponse: `amount` is the step's, capturableAmount 0, createdAt for processedAt.
    const cents = (amount: number) => ({ amount, currency: "CAD" });
    const sample = paymentOf(
      "INCREMENTED",
      { amount: 20_000, authorized: 36_000, capturable: 0 },
      {
        incrementalAuthorizations: [
          { amount: cents(10_000), createdAt: "2025-07-30T06:43:40.252Z" },
          { amount: cents(20_000), createdAt: "2025-08-30T06:43:40.252Z" },
        ],
      },
    );
    const asked = order(
      "increment",
      { before: 16_000, step: 20_000 },
      { references: { payment: PAYMENT, listed: "1" } },
    );
    expect(told(200, sample, asked)).toMatchObject({
      is: "approved",
      grade: "total",
      applied: null,
      total: 36_000,
      references: { hold: { payment: PAYMENT, listed: "2" } },
    });
  });

  it.each([
    ["its own answer lists it", [5_000], "1"],
    ["its own answer lists only those before it", [], "1"],
    ["more is listed than we know of", [5_000, 5_000], "untold"],
    ["nothing is listed at all", undefined, "untold"],
  ])("is counted where %s", (_, increments, listed) => {
    const shown = { authorized: 45_000, ...(increments ? { increments } : {}) };
    expect(told(200, paymentOf("INCREMENTED", shown), raise)).toMatchObject({ references: { hold: { listed } } });
  });

  it("under another status is not known to be one", () => {
    for (const status of ["AUTHORIZED", "PROCESSING", "PARTIALLY_COMPLETED", "SUCCEEDED", "CANCELED"]) {
      expect(told(200, paymentOf(status, { authorized: 45_000 }), raise)).toEqual(
        unknown(`status_${status.toLowerCase()}`),
      );
    }
  });
});

describe("an extension", () => {
  it("moves no sum and is one more in the list", () => {
    const shown = { authorized: 45_000, increments: [5_000, 0] };
    expect(told(200, paymentOf("INCREMENTED", shown), extend)).toMatchObject({
      is: "approved",
      grade: "total",
      total: 45_000,
      references: { hold: { listed: "2" } },
    });
  });

  it("that is not listed makes the count unknown from then on", () => {
    const shown = { authorized: 45_000, increments: [5_000] };
    expect(told(200, paymentOf("AUTHORIZED", shown), extend)).toMatchObject({
      is: "approved",
      references: { hold: { listed: "untold" } },
    });
  });
});

describe("a completion", () => {
  it("that is itemized shows the sum of what is captured", () => {
    const asked = order("capture", { before: 60_000, step: 13_000 }, { captures: 1, final: true });
    const both = paymentOf("SUCCEEDED", {
      amount: 13_000,
      completions: [
        [60_000, false],
        [13_000, true],
      ],
    });
    expect(told(200, both, asked)).toMatchObject({ is: "approved", grade: "total", total: 73_000 });
  });

  it("that isn't comes back as it was sent, and shows no more than that", () => {
    expect(
      told(200, paymentOf("SUCCEEDED", { amount: 45_000, authorized: 45_000, capturable: 0 }), complete),
    ).toMatchObject({
      is: "approved",
      grade: "echo",
      applied: 45_000,
      total: null,
    });
    const other = paymentOf("SUCCEEDED", { amount: 40_000, authorized: 45_000 });
    expect(told(200, other, complete)).toMatchObject({ grade: "none", applied: null });
    const amount = { completedAmount: "amount" };
    expect(told(200, other, complete, 1, amount)).toMatchObject({ grade: "own_amount", applied: 40_000 });
  });

  it("in part leaves the payment open", () => {
    const left = { authorized: 45_000, capturable: 35_000 };
    expect(told(200, paymentOf("PARTIALLY_COMPLETED", left), part)).toMatchObject({ grade: "total", total: 10_000 });
    expect(told(200, paymentOf("PARTIALLY_COMPLETED", { completions: [[10_000, false]] }), part)).toMatchObject({
      grade: "total",
      total: 10_000,
    });
  });

  it("in part under the name of success is told by the list, where no completion was the last", () => {
    const goesOn = paymentOf("SUCCEEDED", { authorized: 45_000, capturable: 35_000, completions: [[10_000, false]] });
    expect(told(200, goesOn, part)).toMatchObject({ is: "approved", grade: "total", total: 10_000 });
    expect(told(200, goesOn, complete)).toEqual(unknown("status_partially_completed"));
  });

  it("that ends what should go on, or goes on where it should end, is not known", () => {
    expect(told(200, paymentOf("SUCCEEDED", { amount: 10_000, authorized: 45_000 }), part)).toEqual(
      unknown("status_succeeded"),
    );
    expect(told(200, paymentOf("PARTIALLY_COMPLETED", { amount: 45_000 }), complete)).toEqual(
      unknown("status_partially_completed"),
    );
  });
});

describe("letting go", () => {
  it("is a canceled payment, which names no amount", () => {
    expect(told(200, paymentOf("CANCELED", { amount: 45_000, authorized: 45_000 }), cancel)).toEqual({
      is: "approved",
      grade: "none",
      applied: null,
      total: null,
      references: { entry: { transaction: "938c2cc0dcc05f2b68c4287040cfcf71", approvalCode: "033470" } },
    });
    expect(told(200, paymentOf("AUTHORIZED"), cancel)).toEqual(unknown("status_authorized"));
  });

  it("of what a completion left is a completed payment", () => {
    const rest = order("reverse", { before: 45_000, step: 35_000 }, { captures: 1 });
    const shown = {
      completions: [
        [10_000, false],
        [0, true],
      ],
    } as const;
    expect(told(200, paymentOf("SUCCEEDED", shown), rest)).toMatchObject({ is: "approved", grade: "none" });
    expect(told(200, paymentOf("CANCELED"), rest)).toEqual(unknown("status_canceled"));
  });
});

describe("an issuer's no", () => {
  it.each([
    [422, "INSUFFICIENT_FUNDS", null],
    [400, "INSUFFICIENT_FUNDS", null],
    [422, "EXPIRED_CARD", "other_data"],
    [422, "DECLINED_RETRY", "later"],
    [422, "STOLEN_CARD", "never_again"],
  ])("is an error of its own category: %i %s", (status, title, advice) => {
    expect(told(status, problemOf(status, "DECLINED_ERROR", title), raise)).toEqual({
      is: "declined",
      code: title,
      networkCode: null,
      advice,
    });
  });

  it("is a status too, with the network's code", () => {
    const details = (isoResponseCode: string) => ({ transactionDetails: { isoResponseCode, responseCode: "481" } });
    expect(told(201, paymentOf("DECLINED", {}, details("51")), create)).toMatchObject({
      is: "declined",
      code: "DECLINED",
      networkCode: "51",
      advice: null,
    });
    expect(told(201, paymentOf("DECLINED_RETRY", {}, details("91")), create)).toMatchObject({ advice: "later" });
    expect(told(201, paymentOf("DECLINED", {}, details("54")), create)).toMatchObject({ advice: "other_data" });
  });

  it.each([
    ["049", "approved"],
    ["050", "unknown"],
    ["481", "unknown"],
    ["null", "approved"],
  ])("is no status that says yes: response code %s", (responseCode, is) => {
    const answer = paymentOf("INCREMENTED", { authorized: 45_000 }, { transactionDetails: { responseCode } });
    expect(told(200, answer, raise).is).toBe(is);
  });
});

describe("a gateway's no", () => {
  it("on a first attempt is certain", () => {
    const errors = [{ parameterName: "amount.currency", parameterValue: "XXX", reasonCode: "INVALID_VALUE" }];
    expect(told(400, problemOf(400, "INVALID_REQUEST_ERROR", "INVALID_REQUEST", { errors }), raise)).toEqual(
      rejected("INVALID_REQUEST: amount.currency INVALID_VALUE"),
    );
    expect(told(403, problemOf(403, "UNAUTHORIZED_ERROR", "FORBIDDEN_REQUEST"), raise)).toEqual(
      rejected("FORBIDDEN_REQUEST"),
    );
    expect(told(404, problemOf(404, "INVALID_REQUEST_ERROR", "NOT_FOUND"), complete)).toEqual(rejected("NOT_FOUND"));
    expect(told(422, problemOf(422, "INVALID_REQUEST_ERROR", "WRONG_STATE"), cancel)).toEqual(rejected("WRONG_STATE"));
    expect(told(409, problemOf(409, "INVALID_REQUEST_ERROR", "CONFLICT"), cancel)).toEqual(rejected("CONFLICT"));
  });

  it("on a later attempt may be so because an earlier one was applied", () => {
    expect(told(400, problemOf(400, "INVALID_REQUEST_ERROR", "WRONG_STATE"), complete, 2)).toEqual(
      unknown("refused_later: WRONG_STATE"),
    );
    expect(told(403, problemOf(403, "UNAUTHORIZED_ERROR", "FORBIDDEN_REQUEST"), raise, 2)).toEqual(
      unknown("refused_later: FORBIDDEN_REQUEST"),
    );
  });

  it("by a key that is known is a fault at first, and evidence later", () => {
    const conflict = problemOf(409, "IDEMPOTENCY_ERROR", "IDEMPOTENCY_ERROR");
    for (const asked of [create, raise, complete, cancel]) {
      expect(told(409, conflict, asked, 1)).toEqual(rejected("key_conflict"));
      expect(told(409, conflict, asked, 2)).toEqual({ is: "received", cause: "key_conflict" });
    }
  });

  it("by an order that is known is a fault at first, and evidence later", () => {
    const errors = [{ parameterName: "orderId", reasonCode: "INVALID_VALUE" }];
    const twice = problemOf(400, "INVALID_REQUEST_ERROR", "INVALID_REQUEST", { errors });
    expect(told(400, twice, create, 1)).toEqual(rejected("INVALID_REQUEST: orderId INVALID_VALUE"));
    expect(told(400, twice, create, 2)).toEqual({ is: "received", cause: "order_id_conflict" });
  });

  it("at its door passes: credentials, and too many requests", () => {
    expect(told(401, problemOf(401, "UNAUTHORIZED_ERROR", "UNAUTHORIZED_REQUEST"), raise, 2)).toEqual(
      rejected("credentials_refused", "later"),
    );
    expect(told(429, "", raise)).toEqual(rejected("too_many_requests", "later"));
    expect(told(429, problemOf(429, "API_ERROR", "TOO_MANY_REQUESTS"), raise)).toEqual(
      rejected("too_many_requests", "later"),
    );
  });

  it("never quotes what was sent", () => {
    const errors = [
      { parameterName: "paymentMethod.temporaryToken", parameterValue: "ot-SECRET", reasonCode: "INVALID_FORMAT" },
    ];
    const outcome = told(
      400,
      problemOf(400, "INVALID_REQUEST_ERROR", "Token ot-SECRET is bad", { errors, detail: "ot-SECRET" }),
      create,
    );
    expect(outcome).toEqual(rejected("INVALID_REQUEST_ERROR: paymentMethod.temporaryToken INVALID_FORMAT"));
  });
});

describe("what can't be told", () => {
  it.each([500, 503])("%i is no verdict, whatever it says", (status) => {
    expect(told(status, problemOf(status, "INTERNAL_SERVER_ERROR", "INTERNAL_SERVER_ERROR"), raise)).toEqual(
      unknown(`http_${status}`),
    );
    expect(told(status, problemOf(status, "DECLINED_ERROR", "DECLINED"), raise)).toEqual(unknown(`http_${status}`));
  });

  it("an intermittent issue under any status", () => {
    expect(told(400, problemOf(400, "API_ERROR", "API_ERROR"), raise)).toEqual(unknown("API_ERROR"));
  });

  it.each([200, 201, 400, 401, 403, 404, 409, 422, 429, 302, 502])("a page of HTML with status %i", (status) => {
    expect(told(status, "<html><body>Please wait</body></html>", raise).is).toBe("unknown");
  });

  it("half a body, an empty one, and one that says nothing", () => {
    const whole = JSON.stringify(paymentOf("INCREMENTED", { authorized: 45_000 }));
    expect(told(200, whole.slice(0, whole.length / 2), raise)).toEqual(unknown("unreadable_answer"));
    expect(told(200, "", raise)).toEqual(unknown("unreadable_answer"));
    expect(told(200, "{}", raise)).toEqual(unknown("unreadable_answer"));
    expect(told(422, problemOf(422, null, "DECLINED"), raise)).toEqual(unknown("unreadable_answer"));
  });

  it("another payment, another currency, an unknown status", () => {
    const other = { paymentId: "pi0105ARZ3NDEKTSV4RRFFQ69G5FAW" };
    expect(told(200, paymentOf("INCREMENTED", { authorized: 45_000 }, other), raise)).toEqual(
      unknown("another_payment"),
    );
    expect(told(200, paymentOf("INCREMENTED", { authorized: 45_000, currency: "USD" }), raise)).toEqual(
      unknown("currency_disagrees"),
    );
    expect(told(200, paymentOf("SETTLED", { authorized: 45_000 }), raise)).toEqual(unknown("unknown_status"));
  });

  it("an answer that never came whole, and what was not sent", () => {
    expect(outcomeOf({ is: "unclear", cause: "econnreset" }, raise, 1, settings)).toEqual(unknown("econnreset"));
    expect(outcomeOf({ is: "not_sent", cause: "econnrefused" }, raise, 1, settings)).toEqual(
      rejected("not_sent: econnrefused", "later"),
    );
  });

  it("whatever comes, nothing is thrown, and nothing but a whole yes is a yes", () => {
    const kinds = fc.constantFrom(create, raise, complete, part, cancel, extend);
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.json(), kinds, (status, body, asked) => {
        expect(["unknown", "rejected"]).toContain(told(status, body, asked).is);
      }),
    );
  });
});
