import { describe, expect, it } from "vitest";
import type { Order } from "../port.ts";
import type { WireResult } from "../wire-client.ts";
import { outcomeOf } from "./answers.ts";
import { account, answered, NOON, order, page, PAY_ID } from "./testing/order.ts";

const authorize = order("authorize", { step: 10_000 });
const session = order("authorize", { step: 10_000 }, { means: page });
const increment = order("increment", { before: 10_000, step: 2_500 });
const capture = order("capture", { step: 12_500 }, { final: true });
const reverse = order("reverse", { before: 12_500, step: 2_500 });

/** API reference: the envelope of every step. */
function envelope(status: string, responseCode = "00000000", more: object = {}) {
  return {
    payId: PAY_ID,
    merchantId: "plimsoll_test",
    transId: "ourTransId",
    xId: "b55e68b7e4644a90836ae31effe1fc60",
    refNr: "ourTransId",
    status,
    responseCode,
    responseDescription: "as it is",
    ...more,
  };
}

function outcome(result: WireResult, asked: Order = increment, attempt = 1, more: object = {}) {
  return outcomeOf(result, asked, attempt, account(more));
}

describe("a success", () => {
  it("names the payment for life and the step's own xId, and no amount: it is read back", () => {
    expect(outcome(answered(200, envelope("AUTHORIZED")), authorize)).toEqual({
      is: "approved",
      grade: "none",
      applied: null,
      total: null,
      references: { hold: { payment: PAY_ID }, entry: { id: "b55e68b7e4644a90836ae31effe1fc60" } },
    });
  });

  it.each([
    ["increment", increment, "AUTHORIZED"],
    ["increment", increment, "OK"],
    ["capture", capture, "CAPTURED"],
    ["capture", capture, "CAPTURE_REQUEST"],
    ["capture", capture, "OK"],
    ["reversal", reverse, "REVERSED"],
    ["reversal", reverse, "OK"],
  ])("of an $0 is $2 with 00000000", (_, asked, status) => {
    expect(outcome(answered(200, envelope(status)), asked)).toMatchObject({ is: "approved", grade: "none" });
  });

  it("wants the code and the word: either alone is none", () => {
    expect(outcome(answered(200, envelope("AUTHORIZED", "00000001")))).toMatchObject({ is: "unknown" });
    expect(outcome(answered(200, envelope("ACCEPTED")))).toMatchObject({ is: "unknown", cause: "unknown_status" });
    expect(outcome(answered(200, envelope("REVERSED")))).toMatchObject({ is: "unknown" });
    expect(outcome(answered(200, envelope("AUTHORIZED")), capture)).toMatchObject({ is: "unknown" });
    expect(outcome(answered(200, { payId: PAY_ID, responseCode: "00000000" }))).toMatchObject({ is: "unknown" });
  });

  it("may have other words where the account's settings say so", () => {
    const statuses = { authorized: ["AUTHORIZED", "AUTHORIZE_REQUEST"] };
    const asked = answered(200, envelope("AUTHORIZE_REQUEST"));
    expect(outcome(asked)).toEqual({ is: "unknown", cause: "pending" });
    expect(outcome(asked, increment, 1, { statuses })).toMatchObject({ is: "approved" });
  });

  it("of an authorization without a payId can't be followed up", () => {
    expect(outcome(answered(200, envelope("AUTHORIZED", "00000000", { payId: undefined })), authorize)).toEqual({
      is: "unknown",
      cause: "no_payment_id",
    });
  });

  it("of another operation or payment is not ours", () => {
    for (const more of [{ transId: "another" }, { payId: "another" }])
      expect(outcome(answered(200, envelope("AUTHORIZED", "00000000", more)))).toEqual({
        is: "unknown",
        cause: "answer_to_another_request",
      });
  });
});

describe("a page for the payer", () => {
  const href = "https://test.computop-paygate.com/pay/4f2c";
  const waiting = { is: "waiting", on: "payer", until: NOON + 1_800_000, action: href };

  it.each([
    ["_links", { payId: PAY_ID, _links: { redirect: { href, type: "text/html" } } }],
    ["_Links", { payId: PAY_ID, _Links: { redirect: { href } } }],
    ["links", { payId: PAY_ID, links: { redirect: href } }],
    ["redirectUrl", { payId: PAY_ID, redirectUrl: href }],
  ])("stands in %s and is waited for until it closes", (_, body) => {
    for (const status of [200, 201, 202])
      expect(outcome(answered(status, body), session)).toEqual({
        ...waiting,
        references: { hold: { payment: PAY_ID } },
      });
  });

  it("is waited for without a payId too: it is found by our transId", () => {
    expect(outcome(answered(200, { _links: { redirect: { href } } }), session)).toEqual(waiting);
  });

  it("is no approval, whatever words stand beside it", () => {
    const body = envelope("OK", "00000000", { _links: { redirect: { href } } });
    expect(outcome(answered(200, body), session)).toMatchObject({ is: "waiting", on: "payer" });
    expect(outcome(answered(200, envelope("OK")), session)).toEqual({ is: "unknown", cause: "unknown_status" });
  });

  it("comes for a direct payment where the payer has to authenticate", () => {
    const body = envelope("PENDING", "70000001", { _links: { redirect: { href } } });
    expect(outcome(answered(202, body), authorize)).toMatchObject({ is: "waiting", action: href });
  });

  it("is followed over https alone, or to the sandbox", () => {
    const to = (address: string, more = {}) =>
      outcome(answered(200, { _links: { redirect: { href: address } } }), session, 1, more).is;
    expect(to("javascript:alert(1)")).toBe("unknown");
    expect(to("http://test.computop-paygate.com.evil.example/")).toBe("unknown");
    expect(to("https://someone@pay.example/")).toBe("unknown");
    expect(to("http://127.0.0.1:9000/pay/1", { host: "http://127.0.0.1:4000" })).toBe("waiting");
  });

  it("is none where the session failed", () => {
    const body = envelope("FAILED", "20110005", { _links: { redirect: { href } } });
    expect(outcome(answered(200, body), session)).toMatchObject({ is: "rejected" });
  });
});

describe("a no", () => {
  it.each([
    ["22060305", "0305", "05", null],
    ["21000351", "0351", "51", "later"],
    ["22060343", "0343", "43", "never_again"],
    ["22060354", "0354", "54", "other_data"],
    ["2206031A", "authentication_required", "1A", null],
  ])("of the issuer is a decline: %s", (responseCode, code, networkCode, advice) => {
    for (const status of [200, 400])
      expect(outcome(answered(status, envelope("FAILED", responseCode)))).toEqual({
        is: "declined",
        code,
        networkCode,
        advice,
        references: { entry: { id: "b55e68b7e4644a90836ae31effe1fc60" } },
      });
  });

  it.each([
    ["40100002", "never"],
    ["20110005", "never"],
    ["20140005", "never"],
    ["40010000", "never"],
    ["20F00001", "never"],
    ["22060905", "never"],
    ["22060303", "never"],
    ["22060396", "later"],
  ])("of the gateway or acquirer is a rejection: %s", (responseCode, again) => {
    const rejected = { is: "rejected", cause: responseCode, again };
    expect(outcome(answered(400, { responseCode, responseDescription: "no" }), capture)).toEqual(rejected);
    expect(outcome(answered(200, envelope("FAILED", responseCode)), capture)).toEqual(rejected);
  });

  it("to a first increment may say that the profile makes no pre-authorizations", () => {
    const no = answered(400, { responseCode: "22060901", responseDescription: "no" });
    expect(outcome(no)).toEqual({ is: "rejected", cause: "no_pre_authorization_perhaps: 22060901", again: "never" });
    expect(outcome(no, { ...increment, increments: 1 })).toMatchObject({ cause: "22060901" });
  });

  it.each(["42060001", "40F00001", "22060", "", "OK"])("that leaves it open is none: %s", (responseCode) => {
    for (const status of [200, 400])
      expect(outcome(answered(status, envelope("FAILED", responseCode)))).toMatchObject({ is: "unknown" });
  });

  it("that contradicts itself is none", () => {
    expect(outcome(answered(200, envelope("AUTHORIZED", "22060305")))).toMatchObject({ is: "unknown" });
    expect(outcome(answered(200, envelope("FAILED")))).toMatchObject({ is: "unknown" });
  });
});

describe("what was asked before", () => {
  it.each([
    ["a key that is taken", answered(409, { responseCode: "20170009", responseDescription: "no" })],
    ["a transId that is taken", answered(400, { responseCode: "20170001", responseDescription: "no" })],
  ])("%s is a fault at first and later a sign that it was received", (_, result) => {
    expect(outcome(result)).toMatchObject({ is: "rejected", again: "never" });
    expect(outcome(result, increment, 2)).toMatchObject({ is: "received" });
  });

  it("and is still worked on was received", () => {
    const busy = answered(409, { responseCode: "60000009", responseDescription: "busy" });
    expect(outcome(busy)).toEqual({ is: "unknown", cause: "pending" });
    expect(outcome(busy, increment, 2)).toEqual({ is: "received", cause: "conflict" });
  });

  it("and is refused now is left open: the first attempt may be why", () => {
    const no = answered(400, { responseCode: "22060905", responseDescription: "no" });
    expect(outcome(no, capture, 2)).toEqual({ is: "unknown", cause: "refused_when_asked_again: 22060905" });
    expect(outcome(answered(404, { responseCode: "20160004" }), capture, 2)).toMatchObject({ again: "later" });
  });
});

describe("an answer from the door", () => {
  it.each([
    [401, { error: "invalid_token" }, { cause: "credentials_refused", again: "later" }],
    [403, { responseCode: "20160010", responseDescription: "no" }, { cause: "not_permitted", again: "never" }],
    [404, { responseCode: "20160004", responseDescription: "no" }, { cause: "not_found", again: "never" }],
    [429, { error: "too_many" }, { cause: "too_many_requests", again: "later" }],
  ])("%i in the gateway's own shape applied nothing", (status, body, rejected) => {
    expect(outcome(answered(status, body))).toEqual({ is: "rejected", ...rejected });
  });

  it.each([401, 403, 404, 409, 400, 422, 429])("%i in another's shape tells nothing", (status) => {
    for (const body of ["<html>no</html>", "", "{}", '{"responseCode":"00000000"}', '{"responseCode":"220'])
      expect(outcome(answered(status, body))).toEqual({ is: "unknown", cause: "unreadable_answer" });
  });

  it.each([302, 500, 502, 503, 504])("%i tells nothing, whatever it says", (status) => {
    for (const body of ["<html>", { responseCode: "22060305", responseDescription: "declined" }])
      expect(outcome(answered(status, body))).toEqual({ is: "unknown", cause: `http_${status}` });
  });
});

describe("no whole answer", () => {
  it("is certain only where nothing was sent", () => {
    expect(outcome({ is: "not_sent", cause: "econnrefused" })).toEqual({
      is: "rejected",
      cause: "not_sent: econnrefused",
      again: "later",
    });
    expect(outcome({ is: "unclear", cause: "timed_out" })).toEqual({ is: "unknown", cause: "timed_out" });
    for (const body of ["<html>ok</html>", '{"payId":"91a6', "[]", "null", '"AUTHORIZED"'])
      expect(outcome(answered(200, body))).toEqual({ is: "unknown", cause: "unreadable_answer" });
  });
});
